/**
 * The command line of dbt, as ARGS of EXECUTE DBT PROJECT carries it.
 * https://docs.getdbt.com/reference/dbt-commands,
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-supported-commands
 */
import { unsupported } from '../errors';
import { nameOf, NOT_IN_SNOWFLAKE, type Option, OPTIONS, REFUSED_OPTIONS } from './options';

/** What dbt itself says no to: wrong usage, a failing hook. The statement fails, the history says HANDLED_ERROR. */
export class DbtError extends Error {}

const COMMANDS = [
  'build',
  'run',
  'test',
  'seed',
  'snapshot',
  'retry',
  'list',
  'compile',
  'parse',
  'deps',
  'clean',
  'docs generate',
] as const;
export type DbtCommand = (typeof COMMANDS)[number];

/** Commands that dbt has, but that mean nothing to a DAG without data. */
const REFUSED = ['clone', 'debug', 'docs', 'init', 'run-operation', 'show', 'source'];

/** Which tests come along with what is selected. https://docs.getdbt.com/reference/global-configs/indirect-selection */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

export interface DbtInvocation {
  command: DbtCommand;
  /** One entry for each `--select` value; white space inside an entry is a union too. */
  select: string[];
  exclude: string[];
  /** `--selector`: a name of selectors.yml; it takes the place of both. */
  selector: string | undefined;
  resourceTypes: string[];
  excludeResourceTypes: string[];
  indirectSelection: IndirectSelection;
  /** Of `list`. */
  output: 'selector' | 'name' | 'path';
  vars: string | undefined;
  target: string | undefined;
  threads: number | undefined;
  state: string | undefined;
  /** `--defer`, and the path that it looks at before `--state`. */
  defer: boolean;
  deferState: string | undefined;
  fullRefresh: boolean;
  failFast: boolean;
  warnError: boolean;
  /** What follows the command, as written. */
  rest: string;
}

/**
 * @param args with or without a command; options alone are those of `dbt run`, as Snowflake documents
 * @throws DbtError as dbt's command line refuses it, SnowflakeError for what the local Snowflake does not model
 */
export function parseArgs(args: string): DbtInvocation {
  const { command, rest, options } = splitCommand(args);
  const values = readOptions(options, command);
  const one = (name: string): string | undefined => values.get(name)?.at(-1);
  const threads = one('--threads');
  if (threads !== undefined && !/^[1-9]\d*$/.test(threads)) {
    throw new DbtError(`Invalid value for '--threads': '${threads}' is not a valid integer.`);
  }
  const vars = one('--vars');
  // YAML of a mapping has a colon, or is one without entries.
  if (vars !== undefined && !/:|^\s*\{\s*\}\s*$/.test(vars))
    throw new DbtError(`Invalid value for '--vars': String '${vars}' is not valid YAML`);
  const models = values.get('--models');
  for (const other of ['select', 'resource-type']) {
    if (models && values.has(`--${other}`))
      throw new DbtError(`"models" and "${other.replace('-', '_')}" are mutually exclusive arguments`);
  }
  const output = one('--output');
  if (output === 'json') throw unsupported('dbt list --output json');
  return {
    command,
    select: models ?? values.get('--select') ?? [],
    exclude: values.get('--exclude') ?? [],
    selector: one('--selector'),
    resourceTypes: models ? ['model'] : (values.get('--resource-type') ?? []),
    excludeResourceTypes: values.get('--exclude-resource-type') ?? [],
    indirectSelection: (one('--indirect-selection') ?? 'eager') as IndirectSelection,
    output: (output ?? 'selector') as DbtInvocation['output'],
    vars,
    target: one('--target'),
    threads: threads === undefined ? undefined : Number(threads),
    state: one('--state'),
    defer: values.has('--defer') && !values.has('--no-defer'),
    deferState: one('--defer-state'),
    fullRefresh: values.has('--full-refresh'),
    failFast: values.has('--fail-fast') && !values.has('--no-fail-fast'),
    warnError: values.has('--warn-error'),
    rest,
  };
}

/** The command, and the options around it. @throws DbtError for no command of dbt's */
export function splitCommand(args: string): { command: DbtCommand; rest: string; options: Word[] } {
  const words = splitArgs(args);
  const at = commandIndex(words);
  if (at === undefined) return { command: 'run', rest: args.trim(), options: words };
  const command = commandOf(words[at]!.value, words[at + 1]?.value);
  const end = at + command.split(' ').length;
  return {
    command,
    rest: (args.slice(0, words[at]!.start) + args.slice(words[end - 1]!.end)).trim(),
    options: words.filter((_, index) => index < at || index >= end),
  };
}

/** The first word that is neither an option nor the value of one. */
function commandIndex(words: readonly Word[]): number | undefined {
  for (let at = 0; at < words.length; at += 1) {
    const { value } = words[at]!;
    if (!value.startsWith('-')) return at;
    const takes = OPTIONS.get(nameOf(value.replace(/=.*/s, ''), ''))?.takes;
    if (takes === undefined || takes === 'many') return undefined;
    if (takes === 'one' && !value.includes('=')) at += 1;
  }
  return undefined;
}

function commandOf(word: string, next: string | undefined): DbtCommand {
  const command = word === 'ls' ? 'list' : word === 'docs' && next === 'generate' ? 'docs generate' : word;
  const known = COMMANDS.find((name) => name === command);
  if (known) return known;
  if (REFUSED.includes(command)) throw unsupported(`dbt ${command}`);
  throw new DbtError(`No such command '${word}'.`);
}

function readOptions(words: readonly Word[], command: DbtCommand): Map<string, string[]> {
  const values = new Map<string, string[]>();
  for (let at = 0; at < words.length;) {
    const word = words[at]!.value;
    at += 1;
    if (!word.startsWith('-')) throw new DbtError(`Got unexpected extra argument (${word})`);
    const [, flag = word, attached] = /^(--[^=]+)=([\s\S]*)$/.exec(word) ?? [];
    const name = nameOf(flag, command);
    const option = optionOf(name, flag, command);
    const found = attached === undefined ? [] : [attached];
    const wanted = option.takes === 'nothing' ? 0 : option.takes === 'one' ? 1 : Infinity;
    while (found.length < wanted && at < words.length) {
      // The first value may look like an option, as click has it; further ones end at the next option.
      if (words[at]!.value.startsWith('-') && found.length > 0) break;
      found.push(words[at]!.value);
      at += 1;
    }
    if (wanted > 0 && found.length === 0) throw new DbtError(`Option '${flag}' requires an argument.`);
    if (wanted === 0 && found.length > 0) throw new DbtError(`Option '${flag}' does not take a value.`);
    const taken = found.map((value) => chosen(flag, value, option));
    values.set(name, [...(option.takes === 'many' ? (values.get(name) ?? []) : []), ...taken]);
  }
  return values;
}

function optionOf(name: string, flag: string, command: DbtCommand): Option {
  if (REFUSED_OPTIONS.includes(name)) throw unsupported(`dbt option ${name}`);
  if (NOT_IN_SNOWFLAKE.includes(name))
    throw new DbtError(`Unsupported option in dbt Projects on Snowflake: ${flag}`);
  const option = OPTIONS.get(name);
  if (!option || (option.commands && !option.commands.includes(command))) {
    throw new DbtError(`No such option: ${flag}`);
  }
  return option;
}

/** @returns the value as dbt takes it: in lower case, but for the types of resources, where letter case counts */
function chosen(flag: string, value: string, { choices, takes }: Option): string {
  if (!choices) return value;
  const lower = value.toLowerCase();
  if (!choices.includes(lower)) {
    const listed = choices.map((choice) => `'${choice}'`).join(', ');
    throw new DbtError(`Invalid value for '${flag}': '${value}' is not one of ${listed}.`);
  }
  if (takes === 'many' && value !== lower) throw new DbtError(`'${value}' is not a valid NodeType`);
  return lower;
}

export interface Word {
  value: string;
  /** Where the word stands in the text. */
  start: number;
  end: number;
}

/** Splits as a POSIX shell: single quotes are literal, a backslash in double quotes escapes only `"` and itself. */
export function splitArgs(args: string): Word[] {
  const words: Word[] = [];
  const pattern = /(?:[^\s'"\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+|(['"\\])/g;
  for (const match of args.matchAll(pattern)) {
    if (match[1] === '\\') throw new DbtError('No escaped character');
    if (match[1] !== undefined) throw new DbtError('No closing quotation');
    words.push({ value: unquote(match[0]), start: match.index, end: match.index + match[0].length });
  }
  return words;
}

function unquote(word: string): string {
  const part = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g;
  return word.replace(part, (_, single, double, escaped) => {
    if (single !== undefined) return single;
    if (double !== undefined) return double.replace(/\\(["\\])/g, '$1');
    return escaped;
  });
}
