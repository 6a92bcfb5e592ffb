/** What the commands that read an account share: sessions, the views behind them, and what is sent said first. */
import type { Argv } from 'yargs';
import { note } from './output/terminal';
import type { CommonArgs } from './command';
import type { Project } from './project';
import type { Target } from './targets';
import type { Reader } from '../readings/send';

export interface ReadingArgs extends CommonArgs {
  'show-sql': boolean;
}

export function readingOptions(parser: Argv): Argv {
  return parser.option('show-sql', {
    type: 'boolean',
    default: false,
    describe: 'say on stderr what is sent, before it is',
  });
}

export interface Reading {
  project: Project;
  targets: (Target & { reader: Reader })[];
  close(): Promise<void>;
}

/** @throws AutoRestartError CONNECTION, REFUSED for a deployment that belongs elsewhere, REQUEST without --env */
export async function openReading(args: ReadingArgs): Promise<Reading> {
  const { loadOneEnvironment } = await import('./project');
  const project = await loadOneEnvironment(args);
  return openProject(project, args);
}

export async function openProject(project: Project, args: ReadingArgs): Promise<Reading> {
  const { openTargets } = await import('./targets');
  const opened = await openTargets(project, { connection: args.connection, concurrency: 1 });
  opened.notes.forEach(note);
  const onSend = args['show-sql'] ? await showing() : undefined;
  return {
    project,
    targets: opened.targets.map((target) => ({
      ...target,
      reader: { session: target.session, ...(onSend === undefined ? {} : { onSend }) },
    })),
    close: () => opened.close(),
  };
}

/** Queries that were built have one long line: they are laid out, so that they can be read and typed into a worksheet. */
async function showing(): Promise<(sql: string) => void> {
  const { formatQuery } = await import('../render/format');
  const isBuilt = (sql: string): boolean => /^\s*(?:select|with)\b/i.test(sql) && !sql.includes('\n');
  const laidOut = (sql: string): string => {
    try {
      return formatQuery(sql);
    } catch {
      // What the formatter cannot read is sent all the same, and shown as it is.
      return sql;
    }
  };
  return (sql) => note(`${isBuilt(sql) ? laidOut(sql) : sql};\n`);
}

/** `2026-03-10 06:00 UTC`. */
export function shownNow(now: string): string {
  return `${now.slice(0, 10)} ${now.slice(11, 16)} UTC`;
}
