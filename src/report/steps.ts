/** What an account's views and its task history say -> the steps that pages and tables are drawn from. */
import { readReturnValue } from '../decision/return-value';
import type { Deployment, ProcedureMode } from '../model/deployment';
import type { HistoryRun } from '../readings/history';
import type { TaskRun } from '../readings/executions';
import type { Outcome, Step } from '../rehearse/step';
import { OTHER_RUNS, type Placed } from './lanes';

/** Oldest first. */
export function stepsOf(
  deployment: Deployment,
  { placed, withoutRun }: { placed: readonly Placed[]; withoutRun: readonly TaskRun[] },
): Step[] {
  const modes = new Map(
    deployment.graphs.flatMap(({ root, children }) =>
      [root, ...children].map(
        ({ name, action }) => [name.name, action.kind === 'call' ? action.mode : null] as const,
      ),
    ),
  );
  return [
    ...placed
      .filter(({ run }) => run.startedAt !== null)
      .map((one) => runStep(one, modes.get(one.lane) ?? null)),
    ...withoutRun
      .filter(({ startedAt }) => startedAt !== null)
      .map((run) => lookStep(run, modes.get(run.task) ?? null)),
  ].sort((a, b) => (a.started < b.started ? -1 : a.started > b.started ? 1 : 0));
}

function runStep({ run, lane, taskRun }: Placed, mode: ProcedureMode | null): Step {
  const failed = run.failedModels === null ? [] : run.failedModels.split(', ');
  const unnamed = Math.max(0, (run.modelsRun ?? 0) - failed.length);
  const isOther = run.kind === 'OTHER';
  const decided = readReturnValue(taskRun?.returned ?? null);
  return {
    at: minuteOf(taskRun?.startedAt ?? run.startedAt!),
    task: lane,
    role: null,
    mode,
    action: isOther ? 'DBT' : run.kind === 'SELECTIVE_RETRY' ? 'SELECTIVE_RETRY' : 'FULL_BUILD',
    reason: decided?.reason ?? null,
    attempt: run.attempt ?? 0,
    message: decided?.message ?? taskRun?.returned ?? messageOf(run, lane),
    command: commandOf(run),
    // The view counts what ran and names what failed.
    ran: [...failed, ...Array.from({ length: unnamed }, () => '')],
    failed,
    skipped: [],
    notSelected: [],
    outcome: outcomeOf(run.outcome),
    started: taskRun?.startedAt ?? run.startedAt!,
    ended: run.endedAt ?? (run.outcome === 'RUNNING' ? null : run.startedAt),
    dbtStarted: run.startedAt,
    dbtEnded: run.endedAt,
  };
}

function messageOf(run: HistoryRun, lane: string): string {
  const whose =
    lane === OTHER_RUNS ? [run.project, run.environment].filter(Boolean).join(' in ') : `job ${run.job}`;
  const crashed = run.outcome === 'CRASHED' ? ': the log still says it runs, it is taken for crashed' : '';
  return `${whose}${crashed}`;
}

function commandOf({ command, selection }: HistoryRun): string {
  return [
    command ?? 'build',
    ...(selection === null ? [] : [`--select ${selection.replaceAll(',', ' ')}`]),
  ].join(' ');
}

function outcomeOf(outcome: string): Outcome {
  if (outcome === 'RUNNING') return 'EXECUTING';
  return outcome === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED';
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  FAILED_AND_AUTO_SUSPENDED: 'FAILED_AND_AUTO_SUSPENDED',
  CANCELLED: 'CANCELLED',
  SKIPPED: 'SKIPPED',
  EXECUTING: 'EXECUTING',
};

/** A run of a task of which the log has no run of dbt: it looked and found nothing, was skipped, or failed before dbt. */
function lookStep(run: TaskRun, mode: ProcedureMode | null): Step {
  const outcome = OUTCOMES[run.state] ?? 'FAILED';
  const failed = outcome === 'FAILED' || outcome === 'FAILED_AND_AUTO_SUSPENDED' || outcome === 'CANCELLED';
  const started = run.startedAt!;
  const decided = readReturnValue(run.returned);
  return {
    at: minuteOf(started),
    task: run.task,
    role: null,
    mode,
    action: failed
      ? 'RAISED'
      : outcome === 'SKIPPED' || /SKIPPED/.test(run.returned ?? '')
        ? 'SKIP'
        : 'NOTHING',
    reason: decided?.reason ?? null,
    attempt: 0,
    message: (failed ? run.error : (decided?.message ?? run.returned)) ?? '',
    command: null,
    ran: [],
    failed: [],
    skipped: [],
    notSelected: [],
    outcome,
    started,
    ended: run.endedAt ?? (outcome === 'EXECUTING' ? null : started),
    dbtStarted: null,
    dbtEnded: null,
  };
}

/** `2026-01-05 06:00`. */
function minuteOf(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)}`;
}
