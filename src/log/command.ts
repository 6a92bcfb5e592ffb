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

/**
 * The first word that is a command of dbt, in lower case; a text without one is taken as it is.
 * @param texts expressions: the first that is not NULL is looked at
 */
export function commandWord(texts: readonly string[], indent: number): string {
  const text = (depth: number): string => (texts.length === 1 ? texts[0]! : firstOf(texts, indent + depth));
  return [
    'COALESCE(',
    '    REGEXP_SUBSTR(',
    `        LOWER(${text(8)}),`,
    `        ${literal('(^|[[:space:]])(')} ||`,
    ...grouped(COMMANDS).map((words) => `        ${literal(words)} ||`),
    `        ${literal(')([[:space:]]|$)')},`,
    `        1, 1, 'e', 2),`,
    `    LOWER(TRIM(${text(4)})))`,
  ].join(`\n${' '.repeat(indent)}`);
}

function firstOf(texts: readonly string[], indent: number): string {
  const further = `\n${' '.repeat(indent + 4)}`;
  return `COALESCE(${further}${texts.join(`,${further}`)})`;
}

/** The words of a pattern, a handful a line. */
function grouped(words: readonly string[]): string[] {
  const half = Math.ceil(words.length / 2);
  return [`${words.slice(0, half).join('|')}|`, words.slice(half).join('|')];
}
