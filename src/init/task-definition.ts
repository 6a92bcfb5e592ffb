/** What the body of a task, written by hand, does with dbt. */
import type { DbtCommand } from '../config/types';
import { parseDbtLine } from './dbt-line';

export type FoundCall =
  /** EXECUTE DBT PROJECT, or a procedure that takes a project and a command line. */
  | { kind: 'dbt'; runner: { object: string } | { procedure: string; project: string }; dbt: DbtCommand }
  /** A procedure of this product, or of what came before it: it decides itself. */
  | { kind: 'restart'; project: string }
  /** dbt is started, but not in a way that can be taken over. */
  | { kind: 'unclear'; why: string }
  | null;

const EXECUTE =
  /\bEXECUTE\s+DBT\s+PROJECT\s+(?:IF\s+EXISTS\s+)?((?:"[^"]*"|[\w$])+(?:\.(?:"[^"]*"|[\w$]+))*)/gi;
const ARGS = /\bARGS\s*=\s*'((?:[^']|'')*)'/i;
const CALL =
  /\bCALL\s+((?:"[^"]*"|[\w$]+)(?:\.(?:"[^"]*"|[\w$]+))*)\s*\(\s*'((?:[^']|'')*)'\s*(?:,\s*'((?:[^']|'')*)'\s*)?/gi;

export function callIn(definition: string): FoundCall {
  const text = withoutComments(definition);
  const executed = [...text.matchAll(EXECUTE)];
  const called = [...text.matchAll(CALL)];
  if (executed.length === 0) return called.map(procedureCall).find((call) => call !== null) ?? null;
  if (executed.length > 1) return { kind: 'unclear', why: `starts dbt ${executed.length} times` };
  const [, object = ''] = executed[0] ?? [];
  const line = unquoted(ARGS.exec(text)?.[1] ?? 'build');
  const dbt = parseDbtLine(line);
  return dbt === null
    ? { kind: 'unclear', why: `runs dbt ${line}` }
    : { kind: 'dbt', runner: { object }, dbt };
}

function procedureCall([, procedure = '', project = '', line]: RegExpMatchArray): FoundCall {
  if (/(?:^|\.)RUN_DBT_AUTO_RESTART$/i.test(procedure))
    return { kind: 'restart', project: unquoted(project) };
  const dbt = line === undefined ? null : parseDbtLine(unquoted(line));
  return dbt === null ? null : { kind: 'dbt', runner: { procedure, project: unquoted(project) }, dbt };
}

/** Not in texts: a command line has dashes of its own. */
function withoutComments(text: string): string {
  return text.replace(/('(?:[^']|'')*')|--[^\n]*|\/\*[\s\S]*?\*\//g, (_, kept?: string) => kept ?? ' ');
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'");
}
