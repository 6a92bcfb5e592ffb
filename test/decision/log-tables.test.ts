/**
 * The tables of docs/log-layouts.md that say what was tried are those of the tests: a row that is tried and not on the page
 * is missing there, a row on the page that is not tried is a promise. `UPDATE_LOG_TABLES=1` writes them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KINDS, SESSIONS } from './column-kinds';
import { CASES } from './row-cases';

const PAGE = join(__dirname, '..', '..', 'docs', 'log-layouts.md');

const TIMES = [
  ['times as', 'column', '`zones`', ...SESSIONS.map((zone) => `session in ${zone}`), 'a failure recorded'],
  ...Object.entries(KINDS).map(([name, { type, zone, write }]) => [
    `${name}: \`${write(Date.UTC(2026, 2, 10, 6)).replaceAll("'", '')}\``,
    type,
    zone,
    ...SESSIONS.map(() => 'right'),
    'right',
  ]),
];

const ROWS = [
  ['log', 'rows twice', 'any order', 'run: start and end row', 'node: start and end row'],
  ...CASES.map(({ layout, runs, nodes }) => [
    layout.name,
    'right',
    'right',
    runs ? 'right' : 'written at the end only',
    nodes ? 'right' : 'written at the end only',
  ]),
];

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

it.each([
  ['times', TIMES],
  ['rows', ROWS],
])('the table of %s is the one of the tests', (name, rows) => {
  const block = `<!-- tried: ${name} -->\n\n${table(rows)}\n\n<!-- end of ${name} -->`;
  let page = readFileSync(PAGE, 'utf8');
  if (process.env['UPDATE_LOG_TABLES'] !== undefined) {
    page = page.replace(new RegExp(`<!-- tried: ${name} -->[\\s\\S]*<!-- end of ${name} -->`), () => block);
    writeFileSync(PAGE, page);
  }
  expect(page).toContain(block);
});
