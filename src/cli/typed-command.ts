/** A command of this tool as it is typed into a shell, with the options that lead to the same place. */
import type { NextCommand } from '../oncall/verdict';
import type { CommonArgs } from './command';

export interface Typing {
  args: Pick<CommonArgs, 'config' | 'env' | 'connection'>;
  /** Named where the config has several deployments; `null` where there is only one. */
  deployment: string | null;
}

/** `npx` is left to whoever needs it: how the tool was started is not known here. */
export function typedCommand({ verb, object }: NextCommand, { args, deployment }: Typing): string {
  const options: [string, string | null | undefined][] = [
    ['--config', args.config],
    ['--env', args.env],
    ['--deployment', verb === 'plan' ? undefined : deployment],
    ['--connection', args.connection],
  ];
  const given = options.flatMap(([name, value]) => (value == null ? [] : [name, shellWord(value)]));
  if (verb === 'explain') given.push('--now');
  const named = object === null ? [] : [shellWord(object)];
  // A name that begins with a dash would be an option.
  const words = object?.startsWith('-') === true ? [...given, '--', ...named] : [...named, ...given];
  return ['dbt-auto-restart', verb, ...words].join(' ');
}

/** What comes from a log may hold anything: between single quotes a shell reads nothing. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
