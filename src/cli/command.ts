/** What a command is, and what every command is given. */
import type { Argv } from 'yargs';

/** Options of every command. */
export interface CommonArgs {
  config?: string;
  env?: string;
  /** One deployment of the config; default: all. */
  deployment?: string;
  /** A named connection, or `local`. */
  connection?: string;
  json: boolean;
}

/**
 * What a file in `commands/` exports. Its imports are light: what a command needs only when it runs is imported in
 * its handler, so that `--help` and the other commands do not pay for it.
 */
export interface Command<Args extends CommonArgs = CommonArgs> {
  /** Name and positional arguments, as yargs writes them: `explain <name>`. */
  command: string;
  describe: string;
  builder(parser: Argv): Argv;
  /** @returns the exit code */
  handler(args: Args): Promise<number>;
}

/** A command as `main` knows it before it is loaded. */
export interface CommandEntry {
  command: string;
  describe: string;
  load(): Promise<Command<never>>;
}
