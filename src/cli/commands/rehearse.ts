/** `rehearse`: plays the scenarios of `rehearsals/` on the local Snowflake and shows what the tasks would do. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Argv } from 'yargs';
import { didYouMean } from '../../config/nearest';
import { AutoRestartError } from '../../errors';
import type { Deployment } from '../../model/deployment';
import type { LoadedRehearsal } from '../../rehearse/load';
import type { Rehearsed } from '../../rehearse/rehearsal';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { progress } from '../output/progress';
import { colors, note, print, printJsonText } from '../output/terminal';

export const command = 'rehearse [names..]';
export const describe = 'play rehearsals/*.ts: days of schedule in seconds';

interface Args extends CommonArgs {
  names?: string[];
  manifest?: string;
  html?: string;
  all: boolean;
}

export function builder(parser: Argv): Argv {
  return parser
    .positional('names', {
      type: 'string',
      array: true,
      describe: 'files of rehearsals/ without .ts; default: all',
    })
    .option('manifest', {
      type: 'string',
      requiresArg: true,
      describe: "manifest.json of your own dbt project, instead of the rehearsal's",
    })
    .option('html', {
      type: 'string',
      requiresArg: true,
      describe: 'write a page with pictures to this file',
    })
    .option('all', {
      type: 'boolean',
      default: false,
      describe: 'every step of a long rehearsal on a line of its own',
    });
}

export async function handler(args: Args): Promise<number> {
  const { loadOneEnvironment } = await import('../project');
  const { loadRehearsals } = await import('../../rehearse/load');
  const { rehearseAll } = await import('../../rehearse/all');
  const project = await loadOneEnvironment({ ...args, deployment: undefined } as CommonArgs);
  const written = ofDeployment(args, await loadRehearsals(project.root, args.names ?? []), project.names);
  const wanted = written.length > 0 ? written : await ordinary(args, project.deployments);
  if (args.html !== undefined) refuseUnwritable(args.html);
  const bar = progress();
  const played = rehearseAll(wanted, project, {
    ...(args.manifest === undefined ? {} : { manifest: args.manifest }),
    onProgress: (name, share) => bar.show(name, share),
  });
  const results: Rehearsed[] = [];
  try {
    for await (const result of played) {
      bar.clear();
      results.push(result);
      if (!args.json) await printTimeline(result, args.all);
    }
  } finally {
    bar.clear();
  }
  if (args.html !== undefined) await writePage(args.html, results, args.all);
  if (args.json) await printAsJson(results);
  if (results.length === 0) note(`there are no rehearsals${place(args, project.root)}`);
  else if (!args.json) note(conclusion(results));
  return results.every(({ ok }) => ok) ? EXIT.ok : EXIT.failed;
}

/** Without a rehearsal of one's own, `--manifest` is played all the same. */
async function ordinary(
  { manifest, deployment }: Args,
  deployments: readonly Deployment[],
): Promise<readonly LoadedRehearsal[]> {
  if (manifest === undefined) return [];
  const { ordinaryDays } = await import('../../rehearse/ordinary-days');
  const { ownManifest } = await import('../../rehearse/own-manifest');
  const asked = deployments.filter(({ name }) => deployment === undefined || name === deployment);
  return ordinaryDays(ownManifest(path.resolve(manifest)).text, asked);
}

/** @throws AutoRestartError REQUEST for a deployment that does not exist */
function ofDeployment(
  { deployment }: Args,
  loaded: readonly LoadedRehearsal[],
  names: readonly string[],
): readonly LoadedRehearsal[] {
  if (deployment === undefined) return loaded;
  if (!names.includes(deployment)) {
    throw new AutoRestartError('REQUEST', `there is no deployment ${deployment}`, {
      where: '--deployment',
      hint: didYouMean(deployment, names),
    });
  }
  return loaded.filter(({ rehearsal }) => {
    const own = (rehearsal as { deployment?: unknown } | undefined)?.deployment;
    return own === undefined || own === deployment;
  });
}

/** Before minutes are spent on what cannot be written. */
function refuseUnwritable(file: string): void {
  const folder = path.dirname(path.resolve(file));
  const isFolder = fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder && !fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
  const message = isFolder ? `${file} is a folder` : `there is no folder ${folder}`;
  throw new AutoRestartError('REQUEST', message, { where: '--html' });
}

async function printTimeline(result: Rehearsed, all: boolean): Promise<void> {
  const { timelineText } = await import('../output/timeline');
  print(`${timelineText(result, colors('stdout'), { all })}\n\n`);
}

async function printAsJson(results: readonly Rehearsed[]): Promise<void> {
  const { rehearsalJson } = await import('../output/rehearsal-json');
  printJsonText(rehearsalJson(results));
}

async function writePage(file: string, results: readonly Rehearsed[], all: boolean): Promise<void> {
  const { pageOf } = await import('../../rehearse/page/page');
  try {
    fs.writeFileSync(file, pageOf(results, { all }));
  } catch (error) {
    throw new AutoRestartError('FAILED', `the page cannot be written: ${(error as Error).message}`, {
      where: file,
      cause: error,
    });
  }
  note(`wrote ${file}`);
}

function place({ deployment }: Args, root: string): string {
  return `${deployment === undefined ? '' : ` of ${deployment}`} in ${path.join(root, 'rehearsals')}`;
}

function conclusion(results: readonly Rehearsed[]): string {
  const missed = results.filter(({ ok }) => !ok).length;
  return `${results.length} rehearsed, ${missed === 0 ? 'all' : `${missed} not`} as expected`;
}
