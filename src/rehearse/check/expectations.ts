/** What is expected, read: a typo in an expectation would make it hold always, or never. */
import { z } from 'zod';
import { showValue, type ProblemSink } from '../../config/problems';
import type { Expectations } from '../expectations';
import { ACTIONS, MODES, OUTCOMES } from '../step';
import { checkName, checkNode, type Known } from './events';
import { fitting, fittingFields } from './shape';

const pattern = z.custom<RegExp>((value) => Object.prototype.toString.call(value) === '[object RegExp]');
const text = z.union([z.string(), pattern]).optional();
const textOrNull = z.union([z.string(), pattern, z.null()]).optional();
const names = z.array(z.string()).optional();

const step = z.strictObject({
  at: text,
  task: textOrNull,
  role: textOrNull,
  mode: z.enum(MODES).nullable().optional(),
  action: z.enum(ACTIONS).optional(),
  reason: textOrNull,
  attempt: z.int().optional(),
  message: text,
  command: textOrNull,
  ran: names,
  failed: names,
  skipped: names,
  notSelected: names,
  outcome: z.enum(OUTCOMES).optional(),
  started: text,
  ended: textOrNull,
  dbtStarted: textOrNull,
  dbtEnded: textOrNull,
});

const list = z.array(z.unknown()).optional();
const count = z.int().nonnegative().optional();
const counted = z.strictObject({ of: z.unknown(), is: count, atLeast: count, atMost: count });
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const query = z.strictObject({
  sql: z.string(),
  rows: z.array(z.array(cell)).optional(),
  error: text,
  role: z.string().optional(),
});
const expectations = z.strictObject({
  steps: list,
  tasks: z.record(z.string(), z.unknown()).optional(),
  counts: list,
  never: list,
  oneAtATime: z.union([z.literal(true), z.array(z.string())]).optional(),
  messages: z.array(z.union([z.string(), pattern])).optional(),
  queries: list,
});

/** A list is every step. */
export function checkExpectations(value: unknown, known: Known, sink: ProblemSink): Expectations {
  if (Array.isArray(value)) {
    checkSteps(value, known, sink);
    return { steps: value as never };
  }
  const read = fittingFields(expectations, value, sink);
  checkSteps(read.steps ?? [], known, sink.at('steps'));
  checkSteps(read.never ?? [], known, sink.at('never'));
  for (const [task, steps] of Object.entries(read.tasks ?? {})) {
    checkName(task, known.tasks, 'task', sink.at('tasks', task));
    if (Array.isArray(steps)) checkSteps(steps, known, sink.at('tasks', task));
    else sink.add(['tasks', task], `${showValue(steps)} is not a list`);
  }
  if (Array.isArray(read.oneAtATime))
    read.oneAtATime.forEach((task, index) =>
      checkName(task, known.tasks, 'task', sink.at('oneAtATime', index)),
    );
  (read.counts ?? []).forEach((wanted, index) => checkCount(wanted, known, sink.at('counts', index)));
  (read.queries ?? []).forEach((wanted, index) => checkQuery(wanted, known, sink.at('queries', index)));
  return read as Expectations;
}

function checkCount(value: unknown, known: Known, sink: ProblemSink): void {
  const read = fitting(counted, value, sink);
  if (!read) return;
  checkStep(read.of, known, sink.at('of'));
  if (read.is === undefined && read.atLeast === undefined && read.atMost === undefined)
    sink.add([], 'it does not say how many', 'is: 3, atLeast: 1 or atMost: 5');
}

function checkQuery(value: unknown, known: Known, sink: ProblemSink): void {
  const read = fitting(query, value, sink);
  if (!read) return;
  if (read.role !== undefined) checkName(read.role, known.roles, 'role', sink.at('role'));
  if (read.rows === undefined && read.error === undefined) sink.add(['rows'], 'it is missing');
  if (read.rows !== undefined && read.error !== undefined)
    sink.add([], 'it expects rows and an error at once', 'leave one of them out');
}

function checkSteps(values: readonly unknown[], known: Known, sink: ProblemSink): void {
  values.forEach((value, index) => checkStep(value, known, sink.at(index)));
}

function checkStep(value: unknown, known: Known, sink: ProblemSink): void {
  const read = fitting(step, value, sink);
  if (!read) return;
  if (typeof read.role === 'string') checkName(read.role, known.roles, 'role', sink.at('role'));
  if (typeof read.task === 'string') checkName(read.task, known.tasks, 'task', sink.at('task'));
  for (const field of ['ran', 'failed', 'skipped', 'notSelected'] as const)
    (read[field] ?? []).forEach((name, place) => checkNode(name, known, sink.at(field, place)));
}
