/**
 * Selections as people write them: commas, white space, JSON, a list as Python prints it. The config normalises its own
 * by the same rules (`src/model/selection.ts`).
 */
import { literal } from '../sql-text';

/** What separates the entries of a selection. */
export const SEPARATORS = ', \t\n\r[]()"\'';

/** Words that mean no selection, in any case. */
export const NO_SELECTION = ['all', 'none', 'null'] as const;

/**
 * Entries sorted and joined by commas; '' for none.
 * @param text an expression of type VARCHAR
 * @param indent blanks before each line but the first
 */
export function normalisedSelection(text: string, indent: number): string {
  const lines = [
    'REGEXP_REPLACE(',
    '    ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(',
    `        COALESCE(${text}, ''),`,
    `        ${literal(SEPARATORS)}`,
    "    )), ','),",
    `    '^(${NO_SELECTION.join('|')})$', '', 1, 1, 'i')`,
  ];
  return lines.join('\n').replaceAll('\n', `\n${' '.repeat(indent)}`);
}

/** What follows an option on a command line, up to the next option. @param line an expression of type VARCHAR */
export function optionOfLine(line: string, names: readonly string[]): string {
  const option = literal(`(^|[[:space:]])(${names.join('|')})([[:space:]]+|=)`);
  const value = literal('(([^-[:space:]][^[:space:]]*[[:space:]]*)+)');
  return `REGEXP_SUBSTR(${line},\n            ${option} ||\n            ${value},\n            1, 1, 'e', 4)`;
}

export const SELECT_OPTIONS = ['--select', '-s', '--models', '--model', '-m'] as const;

/** A key of dbt's arguments, whether the column is OBJECT, VARIANT or text. @param column an expression */
export function argument(column: string, key: string): string {
  return `GET(PARSE_JSON(TO_VARIANT(${column})::VARCHAR), ${literal(key)})::VARCHAR`;
}
