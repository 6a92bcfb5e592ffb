/** `--complete WORDS`: what may stand in the place of the last word. Asked by the scripts of `completion`. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import yargs, { type Argv } from 'yargs';
import type { CommandEntry } from './command';
import type { Project } from './project';

interface Options {
  key: Record<string, unknown>;
  boolean: string[];
  choices: Record<string, string[]>;
}

/** @param words what is typed after the command's name; the last one is under the cursor, and may be empty */
export async function candidates(
  words: readonly string[],
  commands: readonly CommandEntry[],
  common: Parameters<Argv['options']>[0],
): Promise<string[]> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const found = (await possible(current, before, commands, common)).filter(isPlain);
  return [...new Set(found)].filter((word) => word.startsWith(current)).sort();
}

/** A shell would expand anything else, or take it apart. */
function isPlain(word: string): boolean {
  return /^[\w.:@+-]+$/.test(word);
}

async function possible(
  current: string,
  before: readonly string[],
  commands: readonly CommandEntry[],
  common: Parameters<Argv['options']>[0],
): Promise<string[]> {
  const entry = commands.find(({ command }) => command.split(' ')[0] === commandIn(before));
  const parser = yargs([]).options(common);
  if (entry !== undefined) (await entry.load()).builder(parser);
  const options = (parser as unknown as { getOptions(): Options }).getOptions();
  const last = before.at(-1) ?? '';
  if (last.startsWith('--') && last.length > 2 && !options.boolean.includes(last.slice(2))) {
    return valuesOf(last.slice(2), options, before);
  }
  if (current.startsWith('-')) {
    return Object.keys(options.key).flatMap((name) => (name.length > 1 ? [`--${name}`] : []));
  }
  if (entry === undefined) return commands.map(({ command }) => command.split(' ')[0] ?? '');
  return placed(entry.command.split(' ')[1] ?? '', options, before);
}

/** The first word that is neither an option nor, as far as can be told, the value of one. */
function commandIn(before: readonly string[]): string | undefined {
  return before.find(
    (word, at) =>
      !word.startsWith('-') && !/^--(config|env|deployment|connection)$/.test(before[at - 1] ?? ''),
  );
}

async function valuesOf(option: string, { choices }: Options, before: readonly string[]): Promise<string[]> {
  if (choices[option] !== undefined) return choices[option];
  if (option === 'connection') return ['local'];
  if (option !== 'env' && option !== 'deployment') return [];
  const project = await read(before);
  return option === 'env' ? (project?.environments ?? []) : (project?.names ?? []);
}

/** What the positional argument of a command names: `<name>` a job or task, `<job>`, `<task>`, `[names..]` rehearsals. */
async function placed(argument: string, { choices }: Options, before: readonly string[]): Promise<string[]> {
  const name = argument.replace(/[<>[\].]/g, '');
  if (choices[name] !== undefined) return choices[name];
  const project = await read(before);
  if (project === null) return [];
  const jobs = project.deployments.flatMap((deployment) => deployment.jobs.map((job) => job.name));
  const tasks = project.deployments.flatMap(({ graphs }) =>
    graphs.flatMap(({ root, children }) => [root, ...children].map((task) => task.name.name)),
  );
  if (name === 'names') return rehearsals(project.root);
  if (name === 'job') return jobs;
  if (name === 'task') return tasks;
  return name === 'name' ? [...jobs, ...tasks] : [];
}

function rehearsals(root: string): string[] {
  const folder = path.join(root, 'rehearsals');
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3)] : []));
}

/** @returns `null` for a config that cannot be read: a tab says nothing about it */
async function read(before: readonly string[]): Promise<Project | null> {
  const valueOf = (option: string): string | undefined => {
    const at = before.lastIndexOf(`--${option}`);
    return at < 0 ? undefined : before[at + 1];
  };
  try {
    const { loadProject } = await import('./project');
    const [config, env] = [valueOf('config'), valueOf('env')];
    return await loadProject({
      ...(config === undefined ? {} : { config }),
      ...(env === undefined ? {} : { env }),
    });
  } catch {
    return null;
  }
}
