/**
 * The command line of dbt, as ARGS of EXECUTE DBT PROJECT carries it.
 * https://docs.getdbt.com/reference/dbt-commands,
 * https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-supported-commands
 */
import { unsupported } from '../errors';

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
] as const;
export type DbtCommand = (typeof COMMANDS)[number];

/** Commands that dbt has, but that mean nothing to a DAG without data. */
const REFUSED = ['clean', 'clone', 'debug', 'docs', 'init', 'run-operation', 'show', 'source'];

export interface DbtInvocation {
  command: DbtCommand;
  /** One entry for each `--select` value; white space inside an entry is a union too. */
  select: string[];
  exclude: string[];
  resourceTypes: string[];
  excludeResourceTypes: string[];
  indirectSelection: string;
  vars: string | undefined;
  target: string | undefined;
  threads: number | undefined;
  state: string | undefined;
  fullRefresh: boolean;
  failFast: boolean;
  warnError: boolean;
  /** What follows the command, as written. */
  rest: string;
}

interface Option {
  takes: 'nothing' | 'one' | 'many';
  /** Commands that know the option. @default all */
  commands?: readonly string[];
}

const OPTIONS: Readonly<Record<string, Option>> = {
  '--select': { takes: 'many' },
  '--exclude': { takes: 'many' },
  '--resource-type': { takes: 'many', commands: ['build', 'list', 'test'] },
  '--exclude-resource-type': { takes: 'many', commands: ['build', 'list', 'test'] },
  '--indirect-selection': { takes: 'one' },
  '--vars': { takes: 'one' },
  '--target': { takes: 'one' },
  '--profile': { takes: 'one' },
  '--threads': { takes: 'one' },
  '--state': { takes: 'one' },
  '--defer-state': { takes: 'one' },
  '--target-path': { takes: 'one' },
  '--log-path': { takes: 'one' },
  '--log-level': { takes: 'one' },
  '--log-level-file': { takes: 'one' },
  '--warn-error-options': { takes: 'one' },
  '--output': { takes: 'one', commands: ['list'] },
  '--output-keys': { takes: 'many', commands: ['list'] },
  '--full-refresh': { takes: 'nothing', commands: ['build', 'run', 'seed', 'compile', 'retry'] },
  '--fail-fast': { takes: 'nothing' },
  '--warn-error': { takes: 'nothing' },
  '--defer': { takes: 'nothing' },
  '--favor-state': { takes: 'nothing' },
  '--empty': { takes: 'nothing', commands: ['build', 'run', 'snapshot'] },
  '--store-failures': { takes: 'nothing', commands: ['build', 'test'] },
  '--debug': { takes: 'nothing' },
  '--quiet': { takes: 'nothing' },
  '--no-defer': { takes: 'nothing' },
  '--no-fail-fast': { takes: 'nothing' },
  '--no-partial-parse': { takes: 'nothing' },
  '--partial-parse': { takes: 'nothing' },
  '--no-use-colors': { takes: 'nothing' },
  '--use-colors': { takes: 'nothing' },
  '--no-version-check': { takes: 'nothing' },
  '--version-check': { takes: 'nothing' },
};

const SHORT: Readonly<Record<string, string>> = {
  '-s': '--select',
  '-m': '--select',
  '--models': '--select',
  '--model': '--select',
  '-t': '--target',
  '-x': '--fail-fast',
  '-d': '--debug',
  '-q': '--quiet',
  '-f': '--full-refresh',
  '--resource-types': '--resource-type',
};

/** https://docs.snowflake.com/en/user-guide/data-engineering/dbt-projects-on-snowflake-supported-commands */
const NOT_IN_SNOWFLAKE = ['--profiles-dir', '--project-dir', '--log-format', '--log-format-file'];

/**
 * @param args with or without a command; options alone are those of `dbt run`, as Snowflake documents
 * @throws DbtError as dbt's command line refuses it, SnowflakeError for what the local Snowflake does not model
 */
export function parseArgs(args: string): DbtInvocation {
  const words = splitArgs(args);
  const at = commandIndex(words);
  const command = at === undefined ? 'run' : commandOf(words[at]!.value);
  const given = words.filter((_, index) => index !== at);
  const values = readOptions(given, command);
  const one = (name: string): string | undefined => values.get(name)?.at(-1);
  const threads = one('--threads');
  if (threads !== undefined && !/^[1-9]\d*$/.test(threads)) {
    throw new DbtError(`Invalid value for '--threads': '${threads}' is not a valid integer.`);
  }
  return {
    command,
    select: values.get('--select') ?? [],
    exclude: values.get('--exclude') ?? [],
    resourceTypes: values.get('--resource-type') ?? [],
    excludeResourceTypes: values.get('--exclude-resource-type') ?? [],
    indirectSelection: one('--indirect-selection') ?? 'eager',
    vars: one('--vars'),
    target: one('--target'),
    threads: threads === undefined ? undefined : Number(threads),
    state: one('--state'),
    fullRefresh: values.has('--full-refresh'),
    failFast: values.has('--fail-fast'),
    warnError: values.has('--warn-error'),
    rest:
      at === undefined ? args.trim() : (args.slice(0, words[at]!.start) + args.slice(words[at]!.end)).trim(),
  };
}

/** The first word that is not an option; flags without a value may stand before it. */
function commandIndex(words: readonly Word[]): number | undefined {
  for (const [index, word] of words.entries()) {
    if (!word.value.startsWith('-')) return index;
    const option = OPTIONS[SHORT[word.value] ?? word.value];
    if (option?.takes !== 'nothing') return undefined;
  }
  return undefined;
}

function commandOf(word: string): DbtCommand {
  const command = word === 'ls' ? 'list' : word;
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
    const name = SHORT[flag] ?? flag;
    const option = optionOf(name, flag, command);
    const found = attached === undefined ? [] : [attached];
    const wanted = option.takes === 'nothing' ? 0 : option.takes === 'one' ? 1 : Infinity;
    while (found.length < wanted && at < words.length && (attached === undefined || wanted === 1)) {
      // A value of an option with one value may look like an option only where it was quoted, as JSON is.
      if (words[at]!.value.startsWith('-')) break;
      found.push(words[at]!.value);
      at += 1;
    }
    if (wanted > 0 && found.length === 0) throw new DbtError(`Option '${flag}' requires an argument.`);
    if (wanted === 0 && found.length > 0) throw new DbtError(`Option '${flag}' does not take a value.`);
    values.set(name, [...(option.takes === 'many' ? (values.get(name) ?? []) : []), ...found]);
  }
  return values;
}

function optionOf(name: string, flag: string, command: DbtCommand): Option {
  if (name === '--selector') throw unsupported('dbt option --selector');
  if (NOT_IN_SNOWFLAKE.includes(name))
    throw new DbtError(`Unsupported option in dbt Projects on Snowflake: ${flag}`);
  const option = OPTIONS[name];
  if (!option || (option.commands && !option.commands.includes(command))) {
    throw new DbtError(`No such option: ${flag}`);
  }
  return option;
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
