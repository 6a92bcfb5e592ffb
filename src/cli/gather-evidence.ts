/** Reads what `explain --now` needs of one job: five statements at most. */
import type { Deployment, Job, ProcedureMode } from '../model/deployment';
import { readHistory } from '../readings/history';
import { isProvisional, planAnswer, settled } from '../oncall/plan-answer';
import { readJobStates, type JobState } from '../readings/job-state';
import { callText } from '../render/call';
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
  const { states: asViewed, unreadable } = await readJobStates(reader, [deployment]);
  const { states, isCertain } = await settle(reader, question, asViewed);
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
    isCertain,
  });
}

/** With Snowflake's history the procedure is asked too, in mode PLAN: it runs nothing, and looks at files. */
async function settle(
  { session, onSend }: Reader,
  { deployment, job }: Question,
  states: JobState[],
): Promise<{ states: JobState[]; isCertain: boolean }> {
  const own = states.find((state) => state.job === job.name);
  if (deployment.state.kind !== 'execution-history' || own === undefined || !isProvisional(own))
    return { states, isCertain: true };
  const sql = callText(deployment, job, 'PLAN');
  onSend?.(sql);
  const answer = await session.run(sql).then(
    ({ rows: [row] }) => planAnswer(String(Object.values(row ?? {})[0] ?? '')),
    () => null,
  );
  if (answer === null) return { states, isCertain: false };
  return { states: states.map((state) => (state === own ? settled(own, answer) : state)), isCertain: true };
}
