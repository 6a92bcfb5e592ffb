/** Turns the histories that the local Snowflake keeps (TASK_HISTORY, executions of dbt) into the steps of a timeline. */
import type { Execution } from '../local/dbt/executions';
import type { TaskRun } from '../local/tasks/task-run';
import type { Deployment, Task } from '../model/deployment';
import type { Step } from './rehearsal';

/** @param models names of all models by unique id */
export function stepOf(
  run: TaskRun,
  executions: readonly Execution[],
  deployment: Deployment,
  models: ReadonlyMap<string, string>,
): Step {
  const task = taskNamed(run.name, deployment);
  const mode = task?.action.kind === 'call' ? task.action.mode : null;
  const decided = mode === null ? plain(run) : decision(run.returnValue, run.errorMessage);
  return {
    at: minuteOf(run.scheduledTime),
    task: run.name,
    mode,
    ...decided,
    ...dbtOf(executions, models),
    outcome: run.state,
  };
}

/** A statement that an operator typed. */
export function operatorStep(
  at: number,
  result: { message: string; failed: boolean },
  executions: readonly Execution[],
  models: ReadonlyMap<string, string>,
): Step {
  return {
    at: minuteOf(at),
    task: null,
    mode: null,
    action: executions.length > 0 ? 'DBT' : 'NOTHING',
    reason: null,
    attempt: retryNumber(result.message),
    message: firstLine(result.message),
    ...dbtOf(executions, models),
    outcome: result.failed ? 'FAILED' : 'SUCCEEDED',
  };
}

function taskNamed(name: string, { graphs }: Deployment): Task | undefined {
  return graphs.flatMap(({ root, children }) => [root, ...children]).find((task) => task.name.name === name);
}

type Decided = Pick<Step, 'action' | 'reason' | 'attempt' | 'message'>;

/** The first word of a return value, as the action of the decision table. */
const ACTIONS: Readonly<Record<string, Step['action']>> = {
  FULL_BUILD: 'FULL_BUILD',
  RETRY: 'SELECTIVE_RETRY',
  SKIPPED: 'SKIP',
  NOTHING: 'NOTHING',
};

/** A task's return value is a word, a reason code and the message. */
function decision(returnValue: string | null, error: string | null): Decided {
  const [, word, reason, message] = /^(\w+) (\w+) ([\s\S]*)$/.exec(returnValue ?? '') ?? [];
  if (word === undefined || reason === undefined || message === undefined) {
    return { action: 'RAISED', reason: null, attempt: 0, message: firstLine(error ?? '') };
  }
  return { action: ACTIONS[word] ?? 'NOTHING', reason, attempt: retryNumber(message), message };
}

function plain(run: TaskRun): Decided {
  const skipped = run.state === 'SKIPPED';
  const message = skipped
    ? `WHEN ${run.conditionText ?? ''} is false`
    : firstLine(run.errorMessage ?? 'dbt succeeded');
  return { action: skipped ? 'SKIP' : 'DBT', reason: null, attempt: 0, message };
}

function retryNumber(message: string): number {
  return Number(/RETRY #(\d+)/.exec(message)?.[1] ?? 0);
}

/** The last execution says what was run; a retry that selected nothing is followed by a full build in the same call. */
function dbtOf(
  executions: readonly Execution[],
  models: ReadonlyMap<string, string>,
): Pick<Step, 'command' | 'ran' | 'failed' | 'skipped'> {
  const last = executions[executions.length - 1];
  if (!last) return { command: null, ran: [], failed: [], skipped: [] };
  const results = Object.entries(last.results ?? {});
  const named = (wanted: (status: string) => boolean): string[] =>
    results.flatMap(([id, status]) => (wanted(status) && models.has(id) ? [models.get(id)!] : []));
  const failed = (status: string): boolean => status === 'error' || status === 'fail';
  if (last.command === 'test') {
    // Tests are all it runs; the models are not its business.
    const names = (wanted: (status: string) => boolean): string[] =>
      results.flatMap(([id, status]) => (wanted(status) ? [id.split('.')[2] ?? id] : []));
    const line = `${last.command} ${last.args}`.trim();
    return {
      command: line,
      ran: names((status) => status !== 'skipped'),
      failed: names(failed),
      skipped: [],
    };
  }
  const ran = named((status) => status !== 'skipped');
  return {
    command: `${last.command} ${last.args}`.trim(),
    ran,
    failed: named(failed),
    skipped: [...models.values()].filter((model) => !ran.includes(model)),
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}

/** Microseconds since 1970 as `2026-01-05 06:00`, UTC. */
function minuteOf(micros: number): string {
  return new Date(micros / 1000).toISOString().slice(0, 16).replace('T', ' ');
}
