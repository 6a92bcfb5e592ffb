/** Reads what `explain --now` needs of one job: five statements at most. */
import type { Deployment, Job, ProcedureMode } from '../model/deployment';
import { readHistory } from '../readings/history';
import { readJobStates } from '../readings/job-state';
import { readUnfinished } from '../readings/node-results';
import type { Reader } from '../readings/send';
import { readTaskStates } from '../readings/task-state';
import { chainOf, evidenceOf, type Evidence } from '../oncall/evidence';
import { statusOf } from '../oncall/status';

/** A chain has `maxAttempts` retries and one full run; a streak of other runs may be longer. */
const MOST_RUNS = 200;

export interface Question {
  deployment: Deployment;
  job: Job;
  /** The task whose mode it is; `null` where a job was asked for. */
  task: string | null;
  mode: ProcedureMode;
  /** The account's clock, ISO 8601 in UTC. */
  now: string;
}

/** @throws SnowflakeStatementError where a view but the state cannot be read */
export async function gatherEvidence(reader: Reader, question: Question): Promise<Evidence> {
  const { deployment, job, now } = question;
  const { states, unreadable } = await readJobStates(reader, [deployment]);
  const tasks = await readTaskStates(reader, [deployment]);
  const all = statusOf([deployment], { states, unreadable, tasks, tasksUnseen: null, now: Date.parse(now) });
  const status = all.find((one) => one.job === job.name)!;
  const { state } = status;
  const read = async (filter: object): Promise<Awaited<ReturnType<typeof readHistory>>> =>
    readHistory(reader, [deployment], { limit: MOST_RUNS, ...filter });
  const runs = state?.rootRunId == null ? [] : await read({ job: job.name, rootRunId: state.rootRunId });
  const running = state?.runningRunId == null ? [] : await read({ runId: state.runningRunId });
  const results = await readUnfinished(
    reader,
    deployment,
    chainOf(state, runs).map(({ runId }) => runId),
  );
  return evidenceOf({
    ...question,
    status,
    unreadable: unreadable[0]?.message ?? null,
    runs: [...runs, ...running.filter(({ runId }) => !runs.some((run) => run.runId === runId))],
    results,
  });
}
