/** `report`: what happened in the last weeks, as a page, and in a few lines. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Argv } from 'yargs';
import type { ReportTarget } from '../../report/page/page';
import { EXIT } from '../output/exit-codes';
import { note, print, printJson } from '../output/terminal';
import { openReading, readingOptions, type Reading, type ReadingArgs } from '../reading';

export const command = 'report';
export const describe = 'what ran, failed and was saved; --html FILE: as one page';

interface Args extends ReadingArgs {
  html?: string;
  days: number;
}

export function builder(parser: Argv): Argv {
  return readingOptions(parser)
    .option('html', { type: 'string', requiresArg: true, describe: 'write one page that needs nothing else' })
    .option('days', { type: 'number', default: 28, requiresArg: true, describe: 'so many days, up to now' });
}

const DAY_MS = 86_400_000;
/** More than this cannot be looked at anyway; the page says that there was more. */
const MOST_RUNS = 20_000;

export async function handler(args: Args): Promise<number> {
  await refuseDays(args.days);
  const reading = await openReading(args);
  const found: ReportTarget[] = [];
  try {
    for (const target of reading.targets) found.push(await readTarget(target, args.days));
  } finally {
    await reading.close();
  }
  if (args.html !== undefined) await writePage(found, args.html);
  if (args.json) printJson(found);
  else print((await import('../output/report-text')).reportText(found));
  return EXIT.ok;
}

async function refuseDays(days: number): Promise<void> {
  if (Number.isFinite(days) && days > 0 && days <= 366) return;
  const { AutoRestartError } = await import('../../errors');
  throw new AutoRestartError('REQUEST', 'it is no number of days', {
    where: '--days',
    hint: 'from 1 to 366',
  });
}

async function readTarget(
  { name, facts, deployments, reader }: Reading['targets'][number],
  days: number,
): Promise<ReportTarget> {
  const { readHistory } = await import('../../readings/history');
  const { readTaskRuns } = await import('../../readings/executions');
  const { reportOf } = await import('../../report/report');
  const { endsSession } = await import('../../snowflake/errors');
  const now = Date.parse(facts.now);
  const from = new Date(now - days * DAY_MS).toISOString();
  const reports = [];
  for (const deployment of deployments) {
    const notes: string[] = [];
    const taskRuns = await readTaskRuns(reader, deployment).catch((error: Error) => {
      if (endsSession(error)) throw error;
      notes.push(
        `the history of tasks could not be read, so looks are not counted: ${error.message.replace(/\s+/g, ' ')}`,
      );
      return null;
    });
    const runs = await readHistory(reader, [deployment], { since: from, limit: MOST_RUNS });
    if (runs.length === MOST_RUNS)
      notes.push(`only the newest ${MOST_RUNS.toLocaleString('en-US')} runs are in this report`);
    if (days > deployment.lookBackDays)
      notes.push(`the views look back ${deployment.lookBackDays} days (lookBackDays)`);
    const within = taskRuns?.filter(({ startedAt }) => startedAt !== null && startedAt >= from) ?? null;
    reports.push(reportOf(deployment, { runs, taskRuns: within, from, now: facts.now, notes }));
  }
  return { target: name, reports };
}

async function writePage(found: readonly ReportTarget[], file: string): Promise<void> {
  const { reportPage } = await import('../../report/page/page');
  const { AutoRestartError } = await import('../../errors');
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, reportPage(found));
  } catch (error) {
    throw new AutoRestartError('FAILED', `the page cannot be written: ${(error as Error).message}`, {
      where: '--html',
      cause: error,
    });
  }
  note(`wrote ${file}`);
}
