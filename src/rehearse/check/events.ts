/** Events of a rehearsal: one of the known kinds, inside the rehearsal's time, about nodes, tasks and deployments that exist. */
import { z } from 'zod';
import { didYouMean, nearest } from '../../config/nearest';
import { showValue, type ProblemSink } from '../../config/problems';
import { type DagNode, nodesCalled, tellingApart } from '../../local/index';
import type { RehearsalEvent } from '../rehearsal';
import { fitting, time } from './shape';

/** What the names in a rehearsal may be; `undefined` where it is not known for another mistake. */
export interface Known {
  deployments: readonly string[];
  tasks: readonly string[] | undefined;
  /** That the config grants to, and those that own its deployments. */
  roles: readonly string[] | undefined;
  /** Of each project that is brought. */
  nodes: readonly (readonly DagNode[])[] | undefined;
  /** Milliseconds. */
  start: number | undefined;
  end: number | undefined;
}

const at = time;
const times = z.int().positive().optional();
const until = time.optional();
const inRun = z.union([z.int().positive(), z.array(z.int().positive()).nonempty()]).optional();
const task = z.string().optional();

const KINDS = {
  fail: z.strictObject({
    ...{ at: time.optional(), fail: z.string(), times, until, task, inRun },
    error: z.string().optional(),
  }),
  failRate: z.strictObject({
    at,
    failRate: z.string(),
    probability: z.number().min(0).max(1),
    seed: z.int(),
    until,
  }),
  crash: z.strictObject({ at: time.optional(), crash: z.string(), times, until, task, inRun }),
  remove: z.strictObject({ at, remove: z.string() }),
  suspend: z.strictObject({ at, suspend: z.string() }),
  resume: z.strictObject({ at, resume: z.string() }),
  run: z.strictObject({ at, run: z.string(), role: z.string().optional() }),
  apply: z.strictObject({ at, apply: z.string() }),
};
export type EventKind = keyof typeof KINDS;

export function kindOf(event: object): EventKind {
  return kindsIn(event)[0]!;
}

function kindsIn(event: object): EventKind[] {
  return (Object.keys(KINDS) as EventKind[]).filter((kind) => Object.hasOwn(event, kind));
}

export function checkEvent(value: unknown, known: Known, sink: ProblemSink): RehearsalEvent | undefined {
  if (typeof value !== 'object' || value === null) {
    sink.add([], `${showValue(value)} is no event`, `write { at: '...', fail: '<node>' }`);
    return undefined;
  }
  const kinds = kindsIn(value);
  const [kind] = kinds;
  if (kind === undefined) return noKind(value, sink);
  if (kinds.length > 1) {
    sink.add([], `it is ${kinds.join(' and ')} at once`, 'write one event for each');
    return undefined;
  }
  const event = fitting<z.ZodRawShape>(KINDS[kind], value, sink) as RehearsalEvent | undefined;
  if (event) {
    checkTimes(event, known, sink);
    checkNames(event, known, sink);
    checkExtent(event, sink);
  }
  return event;
}

function noKind(value: object, sink: ProblemSink): undefined {
  const words = Object.keys(KINDS);
  const guesses = Object.keys(value).flatMap((key) => nearest(key, words) ?? []);
  const hint = guesses[0] === undefined ? `one of ${words.join(', ')}` : `did you mean ${guesses[0]}?`;
  sink.add([], `${showValue(value)} does not say what happens`, hint);
  return undefined;
}

function checkTimes(event: RehearsalEvent, { start, end }: Known, sink: ProblemSink): void {
  for (const field of ['at', 'until'] as const) {
    const value = (event as { at?: string; until?: string })[field];
    if (value === undefined) continue;
    const moment = Date.parse(value);
    if (start !== undefined && moment < start)
      sink.add([field], `${value} is before the start of the rehearsal`);
    if (end !== undefined && moment > end) sink.add([field], `${value} is after the end of the rehearsal`);
  }
  if ('until' in event && event.until !== undefined && Date.parse(event.until) <= Date.parse(event.at))
    sink.add(['until'], `${event.until} is not after at, ${event.at}`);
}

function checkNames(event: RehearsalEvent, known: Known, sink: ProblemSink): void {
  const kind = kindOf(event);
  const named = (event as unknown as Record<string, string | undefined>)[kind]!;
  if (kind === 'apply') checkName(named, known.deployments, 'deployment', sink.at(kind));
  if (kind === 'suspend' || kind === 'resume') checkName(named, known.tasks, 'task', sink.at(kind));
  if ('role' in event && event.role !== undefined)
    checkName(event.role, known.roles, 'role', sink.at('role'));
  if ('task' in event) checkName(event.task, known.tasks, 'task', sink.at('task'));
  const isAny = (kind === 'failRate' && named === '*') || (kind === 'crash' && named === '');
  if (['fail', 'failRate', 'crash', 'remove'].includes(kind) && !isAny)
    checkNode(named, known, sink.at(kind));
}

export function checkName(
  name: string,
  names: readonly string[] | undefined,
  what: string,
  sink: ProblemSink,
): void {
  if (names && !names.includes(name)) sink.add([], `there is no ${what} ${name}`, didYouMean(name, names));
}

/** A name of one node in each project that has it: of two projects it is both. */
export function checkNode(text: string, { nodes }: Known, sink: ProblemSink): void {
  if (!nodes) return;
  const called = nodes.map((ofProject) => nodesCalled(ofProject, text));
  if (called.every((found) => found.length === 0)) {
    const names = nodes.flat().map(({ name }) => name);
    sink.add([], `there is no node ${text === '' ? "''" : text}`, didYouMean(text, names));
  }
  for (const sharing of called)
    if (sharing.length > 1)
      sink.add(
        [],
        `${sharing.length} nodes are called ${text}`,
        `write ${tellingApart(sharing).join(' or ')}`,
      );
}

/** How often it happens is said in one way. */
function checkExtent(event: RehearsalEvent, sink: ProblemSink): void {
  const given = event as { at?: string; times?: number; until?: string; task?: string; inRun?: unknown };
  if (!('fail' in event) && !('crash' in event)) return;
  if ((given.task === undefined) !== (given.inRun === undefined))
    sink.add([], 'task and inRun go together', "write task: '<TASK>', inRun: 3");
  if (given.at === undefined && given.inRun === undefined) sink.add(['at'], 'it is missing');
  const ways = [given.times, given.until, given.inRun].filter((way) => way !== undefined);
  if (ways.length > 1) sink.add([], 'it says in more than one way how often', 'times, until or inRun');
}
