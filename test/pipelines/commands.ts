/** The commands of dbt-auto-restart in the examples of docs/pipelines, as they stand there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, type Ended } from '../cli/program';

export const EXAMPLES = ['github-actions.yml', 'gitlab-ci.yml', 'azure-pipelines.yml'] as const;

const DOCS = join(__dirname, '..', '..', 'docs');

export const exampleText = (name: string): string => readFileSync(join(DOCS, 'pipelines', name), 'utf8');

/** Lines that begin with it, in the order of the file; a mark of a list may stand before them. */
export function commandsIn(text: string): string[] {
  return [...text.matchAll(/^\s*(?:- )?(npx dbt-auto-restart .*)$/gm)].map(([, line]) => line!.trim());
}

/** By what they are for. */
export function stagesOf(name: string) {
  const commands = commandsIn(exampleText(name));
  const those = (words: RegExp): string[] => commands.filter((line) => words.test(line));
  return {
    check: those(/restart (?:generate|rehearse)/),
    plan: those(/restart plan .*--markdown/),
    apply: those(/restart apply/),
    drift: those(/restart plan .*--check/),
    all: commands,
  };
}

/**
 * Runs one line as the shell of the pipeline does, redirections and all, against the local Snowflake of the folder.
 * No terminal, no stdin.
 */
export function runLine(folder: string, line: string): Ended {
  const touchesAccount = / (?:plan|apply|destroy)\b/.test(line);
  const [head, redirected = ''] = line.split(/(?= >)/);
  const local = touchesAccount ? `${head} --connection local${redirected}` : line;
  const script = local.replace('npx dbt-auto-restart', `'${process.execPath}' '${program()}'`);
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, CI: 'true' },
  });
  return { code: status, stdout, stderr };
}

export function git(folder: string, ...args: string[]): void {
  const who = ['-c', 'user.name=Baker', '-c', 'user.email=baker@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'pipe' });
}
