/** Parses the arguments, loads the one command they name, and turns what it throws into text and an exit code. */
import yargs, { type Argv } from 'yargs';
import { didYouMean } from '../config/nearest';
import { AutoRestartError } from '../errors';
import type { CommandEntry } from './command';
import { COMMANDS } from './commands';
import { packageManifest } from './package-manifest';
import { printError } from './output/errors';
import { EXIT, exitCodeOf } from './output/exit-codes';
import { disableColors, print, terminalWidth } from './output/terminal';

const COMMON = {
  config: {
    type: 'string',
    describe: 'config file instead of the auto-restart.config.ts found by walking up',
    requiresArg: true,
  },
  env: { type: 'string', describe: 'one environment of the config', requiresArg: true },
  deployment: { type: 'string', describe: 'only this deployment', requiresArg: true },
  connection: { type: 'string', describe: 'named connection, or local', requiresArg: true },
  json: { type: 'boolean', default: false, describe: 'print the result as JSON' },
  'no-color': { type: 'boolean', default: false, describe: 'no colours' },
} as const;

/** @returns the exit code; everything is printed */
export async function run(
  argv: readonly string[],
  commands: readonly CommandEntry[] = COMMANDS,
): Promise<number> {
  try {
    if (argv.includes('--no-color')) disableColors();
    return argv[0] === '--complete'
      ? await complete(argv.slice(1), commands)
      : await dispatch(argv, commands);
  } catch (error) {
    printError(error, argv);
    return exitCodeOf(error);
  }
}

/** Asked by the script of `completion` at each tab. */
async function complete(words: readonly string[], commands: readonly CommandEntry[]): Promise<number> {
  const { candidates } = await import('./complete');
  const found = await candidates(words, commands, COMMON);
  if (found.length > 0) print(found.join('\n'));
  return EXIT.ok;
}

async function dispatch(argv: readonly string[], commands: readonly CommandEntry[]): Promise<number> {
  let code: number = EXIT.ok;
  const parser: Argv = yargs([...argv])
    .scriptName('dbt-auto-restart')
    .usage('$0 <command>\n\nrestarts dbt inside Snowflake from the point of failure')
    .options(COMMON)
    .parserConfiguration({
      'camel-case-expansion': false,
      'boolean-negation': false,
    })
    .middleware((args) => lastOfEach(args, parser), true)
    .version(packageManifest().version)
    .help()
    .alias('help', 'h')
    .wrap(Math.min(110, terminalWidth('stdout') ?? 100))
    .strict()
    .demandCommand(1, 'no command given')
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      throw error ?? wrongArguments(message, parser, argv, commands);
    });
  for (const entry of commands) {
    parser.command({
      command: entry.command,
      describe: entry.describe,
      builder: async (inner: Argv) => (await entry.load()).builder(inner),
      handler: async (args) => {
        code = await (await entry.load()).handler(args as never);
      },
    });
  }
  await parser.parseAsync().catch((error: unknown) => {
    // Some of what yargs objects to does not come by way of `fail`.
    throw error instanceof Error && error.name === 'YError'
      ? wrongArguments(error.message, parser, argv, commands)
      : error;
  });
  return code;
}

/**
 * Of an option given twice the last counts. Not by yargs' own `duplicate-arguments-array`, which would leave only the
 * last of `rehearse a b c` too.
 */
function lastOfEach(args: Record<string, unknown>, parser: Argv): void {
  const { array } = (parser as unknown as { getOptions(): { array: string[] } }).getOptions();
  for (const [name, value] of Object.entries(args)) {
    if (name !== '_' && Array.isArray(value) && !array.includes(name)) args[name] = value.at(-1);
  }
}

/** yargs says what is wrong in one sentence; the nearest command or option is added. */
function wrongArguments(
  message: string,
  parser: Argv,
  argv: readonly string[],
  commands: readonly CommandEntry[],
): AutoRestartError {
  const names = commands.map(({ command }) => command.split(' ')[0] ?? '');
  const [, list] = /^Unknown arguments?: (.*)$/.exec(message) ?? [];
  if (list === undefined) {
    return new AutoRestartError('REQUEST', lowerFirst(message), {
      hint: 'dbt-auto-restart --help lists what there is',
    });
  }
  const unknown = [...new Set(list.split(', '))];
  const described = unknown.map((word) => {
    const isOption = argv.some((arg) => arg.split('=')[0] === `--${word}` || arg === `-${word}`);
    const dashes = word.length === 1 ? '-' : '--';
    return isOption
      ? { text: `option ${dashes}${word}`, guess: didYouMean(`--${word}`, optionNames(parser)) }
      : {
          text: namesCommand(word, argv) ? `command ${word}` : `argument ${word}`,
          guess: didYouMean(word, names),
        };
  });
  return new AutoRestartError('REQUEST', `there is no ${described.map(({ text }) => text).join(', no ')}`, {
    hint: described.map(({ guess }) => guess).join('; '),
  });
}

/** Whether the word stands where the command stands. */
function namesCommand(word: string, argv: readonly string[]): boolean {
  return argv.find((arg) => !arg.startsWith('-')) === word;
}

function optionNames(parser: Argv): string[] {
  const { key } = (parser as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions();
  return Object.keys(key)
    .filter((name) => name.length > 1 && !name.startsWith('get-yargs'))
    .map((name) => `--${name}`);
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
