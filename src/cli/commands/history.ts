/** `history`: what ran, what was decided, what failed, what was saved. */
import type { Argv } from 'yargs';
import type { HistoryFilter } from '../../readings/history';
import type { TaskRun } from '../../readings/executions';
import type { TracedRun } from '../../oncall/traces';
import type { Project } from '../project';
import { EXIT } from '../output/exit-codes';
import { note, print, printJson, printLines } from '../output/terminal';
import { openProject, readingOptions, type Reading, type ReadingArgs } from '../reading';

export const command = 'history';
export const describe = 'list runs: what was decided, what failed, what was saved';

interface Args extends ReadingArgs {
  project?: string;
  job?: string;
  task?: string;
  since?: string;
  failed: boolean;
  limit: number;
  csv: boolean;
}

export function builder(parser: Argv): Argv {
  return readingOptions(parser)
    .option('project', { type: 'string', requiresArg: true, describe: 'runs of this dbt project' })
    .option('job', { type: 'string', requiresArg: true, describe: 'runs of this job' })
    .option('task', {
      type: 'string',
      requiresArg: true,
      describe: 'runs that this task started, seven days back',
    })
    .option('since', { type: 'string', requiresArg: true, describe: '90m, 24h, 7d, a date or a time (UTC)' })
    .option('failed', { type: 'boolean', default: false, describe: 'only what failed or crashed' })
    .option('limit', { type: 'number', default: 30, requiresArg: true, describe: 'so many runs at most' })
    .option('csv', { type: 'boolean', default: false, describe: 'print as CSV' });
}

/** The runs of one account. */
export interface TargetHistory {
  target: string;
  /** The account's clock, ISO 8601 in UTC. */
  now: string;
  /** Newest first. */
  runs: TracedRun[];
  /** Task runs that failed and left no run in the log. */
  unlogged: TaskRun[];
}

export async function handler(args: Args): Promise<number> {
  const { AutoRestartError } = await import('../../errors');
  if (!Number.isInteger(args.limit) || args.limit < 1 || args.limit > 10_000) {
    throw new AutoRestartError('REQUEST', 'it is no number of runs', {
      where: '--limit',
      hint: 'a whole number from 1 to 10000',
    });
  }
  if (args.csv && args.json)
    throw new AutoRestartError('REQUEST', '--csv and --json are two answers: choose one');
  await refuseNoTime(args.since);
  const { loadOneEnvironment } = await import('../project');
  const project = await loadOneEnvironment(args);
  await refuseUnknown(project, args);
  const reading = await openProject(project, args);
  const found: TargetHistory[] = [];
  try {
    for (const target of reading.targets) found.push(await historyOf(target, args));
  } finally {
    await reading.close();
  }
  const { historyCsv, historyText } = await import('../output/history-report');
  if (args.json) printJson(found);
  else if (args.csv) printLines(historyCsv(found));
  else print(historyText(found, project.deployments.length > 1));
  return EXIT.ok;
}

/** @throws AutoRestartError REQUEST for a name that the config does not have */
async function refuseUnknown({ deployments }: Project, args: Args): Promise<void> {
  const { AutoRestartError } = await import('../../errors');
  const { didYouMean } = await import('../../config/nearest');
  const known = {
    project: deployments.flatMap(({ jobs }) => jobs.map(({ project }) => project)),
    job: deployments.flatMap(({ jobs }) => jobs.map(({ name }) => name)),
    task: deployments.flatMap(({ graphs }) =>
      graphs.flatMap(({ root, children }) => [root, ...children].map(({ name }) => name.name)),
    ),
  };
  for (const kind of ['project', 'job', 'task'] as const) {
    const asked = args[kind];
    if (asked === undefined || known[kind].some((name) => name.toUpperCase() === asked.toUpperCase()))
      continue;
    throw new AutoRestartError('REQUEST', `there is no ${kind} ${asked}`, {
      where: `--${kind}`,
      hint: didYouMean(asked, [...new Set(known[kind])]),
    });
  }
}

async function historyOf(
  { name, facts, deployments, reader }: Reading['targets'][number],
  args: Args,
): Promise<TargetHistory> {
  const { readHistory } = await import('../../readings/history');
  const { readExecutions, readTaskRuns } = await import('../../readings/executions');
  const { traced, unlogged } = await import('../../oncall/traces');
  const tasks: TaskRun[] = [];
  const executions = [];
  for (const deployment of deployments) {
    const what = `of ${deployment.name}`;
    tasks.push(...(await orNone(readTaskRuns(reader, deployment), `task runs ${what}`)));
    if (deployment.state.kind === 'audit-tables')
      executions.push(...(await orNone(readExecutions(reader, deployment), `executions of dbt ${what}`)));
  }
  const isHistory = (asked: string): boolean =>
    deployments.some((one) => one.name === asked && one.state.kind === 'execution-history');
  // What a task started is known only once runs and tasks are side by side.
  const wanted = await filterOf(args, Date.parse(facts.now));
  const filter = args.task === undefined ? wanted : { ...wanted, limit: 10_000 };
  const all = traced(await readHistory(reader, deployments, filter), { tasks, executions, isHistory });
  const isOfTask = ({ task }: { task: string | null }): boolean =>
    args.task === undefined || task?.toUpperCase() === args.task.toUpperCase();
  const runs = all.filter(isOfTask).slice(0, args.limit);
  const oldest = filter.since ?? runs.at(-1)?.startedAt ?? '';
  const ofNoRun =
    args.job === undefined && args.project === undefined ? unlogged(all, tasks).filter(isOfTask) : [];
  return {
    target: name,
    now: facts.now,
    runs,
    unlogged: ofNoRun.filter(({ startedAt }) => (startedAt ?? '') >= oldest),
  };
}

/** What the account remembers is an addition: without it the runs are shown all the same. */
async function orNone<Row>(rows: Promise<Row[]>, what: string): Promise<Row[]> {
  try {
    return await rows;
  } catch (error) {
    const { endsSession } = await import('../../snowflake/errors');
    if (endsSession(error)) throw error;
    note(`${what} cannot be seen: ${(error as Error).message.split('\n')[0]}`);
    return [];
  }
}

async function refuseNoTime(since: string | undefined): Promise<void> {
  const { sinceMoment } = await import('../../oncall/since');
  if (since === undefined || sinceMoment(since, 0) !== null) return;
  const { AutoRestartError } = await import('../../errors');
  throw new AutoRestartError('REQUEST', `${since} is no time`, {
    where: '--since',
    hint: '90m, 24h, 7d, 2026-03-10 or 2026-03-10T06:00 (UTC)',
  });
}

async function filterOf({ project, job, since, failed, limit }: Args, now: number): Promise<HistoryFilter> {
  const { sinceMoment } = await import('../../oncall/since');
  const moment = since === undefined ? null : sinceMoment(since, now);
  return {
    limit,
    failed,
    ...(project === undefined ? {} : { project }),
    ...(job === undefined ? {} : { job }),
    ...(moment === null ? {} : { since: moment }),
  };
}
