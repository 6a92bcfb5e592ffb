/** What comes out of a node, in dbt's words. */
import { type DagNode, isEphemeral, isTest } from './dag';
import type { NodeResult } from './run';

/** @param error Snowflake's words for why it fails: `000904 (42000): ...` */
export function finished(
  node: DagNode,
  fails: boolean,
  start: number,
  end: number,
  error: string | null = null,
): NodeResult {
  if (!isTest(node)) {
    if (!fails) return { node, status: 'success', message: builtMessage(node), failures: null, start, end };
    return failed(node, isEphemeral(node) ? compilationError(node) : databaseError(node, error), start, end);
  }
  const base = { node, start, end, failures: Number(fails) };
  if (!fails) return { ...base, status: 'pass', message: null };
  if (node.resourceType === 'unit_test') return { ...base, status: 'fail', message: UNIT_TEST_DIFFERS };
  const warns = node.severity === 'warn';
  return {
    ...base,
    status: warns ? 'warn' : 'fail',
    message: `Got 1 result, configured to ${warns ? 'warn' : 'fail'} if != 0`,
  };
}

/** The node could not be run: `error`, of a test too. */
export function failed(node: DagNode, message: string, start: number, end: number): NodeResult {
  return { node, status: 'error', message, failures: null, start, end };
}

export function skipped(node: DagNode, at: number, message: string | null): NodeResult {
  return { node, status: 'skipped', message, failures: null, start: at, end: at };
}

function databaseError({ resourceType, name, path }: DagNode, error: string | null): string {
  return `Database Error in ${resourceType} ${name} (${path})\n  ${error ?? 'simulated failure'}`;
}

export function compilationError({ name, path }: DagNode): string {
  return `Compilation Error in model ${name} (${path})\n  simulated failure`;
}

/** What the adapter answers: a seed is inserted. */
function builtMessage({ resourceType }: DagNode): string {
  return resourceType === 'seed' ? 'INSERT 1' : 'SUCCESS 1';
}

const UNIT_TEST_DIFFERS = '\n\nactual differs from expected:\n\n@@,simulated\n→ ,0→1\n\n';
