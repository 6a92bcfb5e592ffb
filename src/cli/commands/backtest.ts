/** `backtest`: what policies would have come to over one's own log. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Argv } from 'yargs';
import type { BacktestReport } from '../../backtest/backtest';
import type { BacktestLog } from '../../backtest/log';
import type { Policy } from '../../backtest/policies';
import { didYouMean } from '../../config/nearest';
import type { Config } from '../../config/types';
import { AutoRestartError } from '../../errors';
import type { Deployment } from '../../model/deployment';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { progress } from '../output/progress';
import { colors, note, print, printJson } from '../output/terminal';
import type { Project } from '../project';

export const command = 'backtest';
export const describe = 'compare policies over your own log';

interface Args extends CommonArgs {
  since: string;
  log?: string;
  save?: string;
  policy?: string;
  html?: string;
}

export function builder(parser: Argv): Argv {
  return parser
    .option('since', {
      type: 'string',
      default: '90d',
      requiresArg: true,
      describe: 'how far back: 90d, or a date',
    })
    .option('log', { type: 'string', requiresArg: true, describe: 'an exported log, instead of an account' })
    .option('save', {
      type: 'string',
      requiresArg: true,
      describe: 'write the log to this file, and no more',
    })
    .option('policy', { type: 'string', requiresArg: true, describe: 'a file of policies to compare with' })
    .option('html', { type: 'string', requiresArg: true, describe: 'write a page to this file' });
}

export async function handler(args: Args): Promise<number> {
  const { loadOneEnvironment } = await import('../project');
  const since = readSince(args.since);
  const file = args.log === undefined ? null : await readFile(args.log);
  const project = await loadOneEnvironment(args);
  const deployment = theDeployment(args, project, file);
  const { log: read, now } =
    file === null ? await readAccount(args, project, deployment, since.days) : { log: file, now: Date.now() };
  if (args.save !== undefined) {
    write(args.save, JSON.stringify(read), '--save');
    return EXIT.ok;
  }
  const { withoutAhead } = await import('../../backtest/log');
  const log = withoutAhead(read, now);
  const ahead = read.runs.length - log.runs.length;
  if (ahead > 0) note(`left out: ${ahead} of the runs, which the log says start later than now`);
  const report = await play(log, await policies(args, project, deployment), startOf(log, since));
  if (args.html !== undefined) {
    const { backtestPage } = await import('../../backtest/page');
    write(args.html, backtestPage(report), '--html');
  }
  if (args.json) printJson(report);
  else {
    const { backtestText } = await import('../output/backtest-text');
    print(`${backtestText(report, colors('stdout'))}\n`);
  }
  return EXIT.ok;
}

/** Days for an account, and a time for a log that may end long ago: its own last day counts. */
function readSince(text: string): { days: (now: number) => number; at: (log: BacktestLog) => string } {
  const [, count] = /^(\d{1,4})d$/.exec(text) ?? [];
  if (count !== undefined && Number(count) > 0) {
    const days = Number(count);
    return { days: () => days, at: (log) => new Date(lastStart(log) - days * DAY_MS).toISOString() };
  }
  const at = Date.parse(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(at)) {
    const iso = new Date(at).toISOString();
    return { days: (now) => Math.max(1, Math.ceil((now - at) / DAY_MS)), at: () => iso };
  }
  throw new AutoRestartError('REQUEST', `${text} is no time to look back to`, {
    where: '--since',
    hint: 'write 90d, or a date: 2026-01-31',
  });
}

const DAY_MS = 86_400_000;

function startOf(log: BacktestLog, { at }: ReturnType<typeof readSince>): string {
  const since = at(log);
  if (log.runs.length > 0 && Date.parse(since) > lastStart(log))
    throw new AutoRestartError('REQUEST', `the log ends before ${since.slice(0, 10)}`, {
      where: '--since',
      hint: `its last run started ${new Date(lastStart(log)).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    });
  return since;
}

function lastStart({ runs }: BacktestLog): number {
  return runs.reduce((last, run) => Math.max(last, Date.parse(run.started_at)), DAY_MS * 10_000);
}

async function readFile(file: string): Promise<BacktestLog> {
  const { parseLog } = await import('../../backtest/log');
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new AutoRestartError('REQUEST', `the log cannot be read: ${(error as Error).message}`, {
      where: '--log',
      cause: error,
    });
  }
  return parseLog(text, file);
}

/** The one that is asked for, that the file is of, or the only one. */
function theDeployment({ deployment }: Args, { all, names }: Project, log: BacktestLog | null): Deployment {
  const wanted = deployment ?? (all.length === 1 ? all[0]!.name : log?.deployment);
  const found = all.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  throw new AutoRestartError(
    'REQUEST',
    wanted === undefined || wanted === ''
      ? 'the config has several deployments, and none was named'
      : `there is no deployment ${wanted}`,
    {
      where: '--deployment',
      hint: wanted === undefined || wanted === '' ? `one of ${names.join(', ')}` : didYouMean(wanted, names),
    },
  );
}

/** @returns the log, and the account's clock: the local Snowflake's is not this machine's */
async function readAccount(
  args: Args,
  project: Project,
  deployment: Deployment,
  days: (now: number) => number,
): Promise<{ log: BacktestLog; now: number }> {
  const { openTargets } = await import('../targets');
  const { readLog } = await import('../../backtest/read-log');
  const one = { ...project, deployments: [deployment] };
  const opened = await openTargets(one, { connection: args.connection, concurrency: 1 });
  try {
    opened.notes.forEach(note);
    const { session, facts } = opened.targets[0]!;
    const now = Date.parse(facts.now);
    return { log: await readLog(session, deployment, days(now)), now };
  } finally {
    await opened.close();
  }
}

async function policies(
  { policy: file }: Args,
  { configs }: Project,
  deployment: Deployment,
): Promise<Policy[]> {
  const { commonPolicies, policiesOf } = await import('../../backtest/policies');
  const common = commonPolicies(deployment);
  if (file === undefined) return common;
  const { importTypeScript } = await import('../../config/import-typescript');
  const library = await import('../../config/define');
  if (!fs.existsSync(file))
    throw new AutoRestartError('REQUEST', `there is no file ${file}`, { where: '--policy' });
  const exported = await importTypeScript(path.resolve(file), library);
  const config = configs[0]?.config as Config;
  return [
    ...common,
    ...policiesOf(deployment.name, config.deployments[deployment.name]!, exported['default'], file),
  ];
}

async function play(log: BacktestLog, all: readonly Policy[], since: string): Promise<BacktestReport> {
  const { backtest } = await import('../../backtest/backtest');
  const { defaultTemplates } = await import('../../render/templates');
  const bar = progress();
  try {
    const onProgress = (policy: string, share: number): void => bar.show(policy, share);
    return await backtest(log, all, { templates: defaultTemplates(), since, onProgress });
  } finally {
    bar.clear();
  }
}

function write(file: string, text: string, where: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    throw new AutoRestartError('FAILED', `${file} cannot be written: ${(error as Error).message}`, {
      where,
      cause: error,
    });
  }
  note(`wrote ${file}`);
}
