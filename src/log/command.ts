/** The dbt command of a run: a column may hold the word alone or the whole line. */
import { literal } from '../sql-text';

/** https://docs.getdbt.com/reference/dbt-commands */
const COMMANDS = [
  'build',
  'clean',
  'clone',
  'compile',
  'debug',
  'deps',
  'docs',
  'init',
  'list',
  'ls',
  'parse',
  'retry',
  'run',
  'run-operation',
  'seed',
  'show',
  'snapshot',
  'source',
  'test',
];

/** The first word that is a command of dbt, in lower case; a text without one is taken as it is. @param text an expression */
export function commandWord(text: string, indent: number): string {
  return [
    'COALESCE(',
    `    REGEXP_SUBSTR(LOWER(${text}),`,
    `        ${literal('(^|[[:space:]])(')} ||`,
    ...grouped(COMMANDS).map((words) => `        ${literal(words)} ||`),
    `        ${literal(')([[:space:]]|$)')},`,
    `        1, 1, 'e', 2),`,
    `    LOWER(TRIM(${text})))`,
  ].join(`\n${' '.repeat(indent)}`);
}

/** The words of a pattern, a handful a line. */
function grouped(words: readonly string[]): string[] {
  const half = Math.ceil(words.length / 2);
  return [`${words.slice(0, half).join('|')}|`, words.slice(half).join('|')];
}
