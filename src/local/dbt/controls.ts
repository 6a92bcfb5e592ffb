/** What a rehearsal sets on a project beside what Snowflake knows: how its hooks log, what fails, what stays hidden. */
import { keyOf } from '../catalog/names';
import type { Catalog, Collection, QualifiedName } from '../engine/contract';
import type { DbtInvocation } from './args';
import type { DagNode } from './dag';
import type { HookSettings } from './hooks/layout';
import type { Faults } from './run';

export interface Controls {
  hooks?: HookSettings;
  /** The target where neither `--target` nor DEFAULT_TARGET says otherwise. */
  target?: string;
  /** Roles see no executions of this project. */
  historyBlind?: boolean;
  faults: Fault[];
  /** What Snowflake says when a node fails, by unique id. */
  errors?: Record<string, string>;
}

/** `node` is a unique id. */
export type Fault =
  | { kind: 'fail'; node: string; times: number; filter?: string }
  /** An empty node: before the first hook. */
  | { kind: 'crash'; node: string; times: number }
  /** In these runs of dbt that the task starts, counted from 1; `seen` is how many it has started since. */
  | { kind: 'in-run'; does: 'fail' | 'crash'; node: string; task: string; runs: number[]; seen: number }
  /** `*` is every node. `state` is the random generator's. */
  | { kind: 'rate'; node: string; probability: number; state: number };

function controls(catalog: Catalog): Collection<Controls> {
  return catalog.collection<Controls>('dbt controls');
}

export function controlsOf(catalog: Catalog, project: QualifiedName): Controls {
  return controls(catalog).get(keyOf(project)) ?? { faults: [] };
}

export async function setControls(
  catalog: Catalog,
  project: QualifiedName,
  change: Partial<Controls>,
): Promise<void> {
  const before = controlsOf(catalog, project);
  await controls(catalog).set(keyOf(project), { ...before, ...change });
}

export async function moveControls(catalog: Catalog, from: QualifiedName, to: QualifiedName): Promise<void> {
  const moved = controls(catalog).get(keyOf(from));
  if (!moved) return;
  await controls(catalog).delete(keyOf(from));
  await controls(catalog).set(keyOf(to), moved);
}

/** A run's share of the faults: asking uses them up, in `left`. */
export interface FaultsOfRun extends Faults {
  /** Dies before the first hook. */
  crashesAtStart(): boolean;
  /** The faults after the run; the same array where nothing was used up. */
  left(): Fault[];
}

/**
 * @param commandLine what the filter of a fault is looked for in: `build --select tag:merge`
 * @param task name of the task that started the run, `null` for a person's
 */
export function faultsOf(
  faults: readonly Fault[],
  commandLine: string,
  task: string | null = null,
  errors: Readonly<Record<string, string>> = {},
): FaultsOfRun {
  const now = faults.map((fault) =>
    fault.kind === 'in-run' && fault.task === task ? { ...fault, seen: fault.seen + 1 } : { ...fault },
  );
  const isTheRun = (does: 'fail' | 'crash', node: string): boolean =>
    now.some(
      (fault) =>
        fault.kind === 'in-run' &&
        fault.does === does &&
        fault.node === node &&
        fault.task === task &&
        fault.runs.includes(fault.seen),
    );
  const uses = (kind: 'fail' | 'crash', node: string): boolean => {
    const fault = now.find((candidate) => {
      if (candidate.kind !== kind || candidate.node !== node || candidate.times <= 0) return false;
      return candidate.kind === 'crash' || commandLine.includes(candidate.filter ?? '');
    });
    if (!fault || fault.kind === 'rate' || fault.kind === 'in-run') return false;
    fault.times -= 1;
    return true;
  };
  const drawn = (node: DagNode): boolean => {
    let fails = false;
    for (const fault of now) {
      if (fault.kind !== 'rate' || (fault.node !== '*' && fault.node !== node.uniqueId)) continue;
      const { value, state } = nextRandom(fault.state);
      fault.state = state;
      fails ||= value < fault.probability;
    }
    return fails;
  };
  return {
    crashesAtStart: () => isTheRun('crash', '') || uses('crash', ''),
    crashes: (node) => isTheRun('crash', node.uniqueId) || uses('crash', node.uniqueId),
    fails: (node) => {
      const fails = drawn(node) || isTheRun('fail', node.uniqueId);
      return uses('fail', node.uniqueId) || fails;
    },
    error: ({ uniqueId }) => errors[uniqueId] ?? null,
    left: () => now.filter(isLeft),
  };
}

function isLeft(fault: Fault): boolean {
  if (fault.kind === 'in-run') return fault.seen < Math.max(...fault.runs);
  return fault.kind === 'rate' || fault.times > 0;
}

/** mulberry32: 32 bits of state, the same sequence for the same seed on every machine. */
function nextRandom(before: number): { value: number; state: number } {
  const state = (before + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32, state };
}

/** `build --select tag:merge`. */
export function commandLineOf(invocation: DbtInvocation): string {
  return `${invocation.command} ${invocation.rest}`.trim();
}
