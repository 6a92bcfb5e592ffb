/** Small tables without lines: columns two spaces apart, cells may be coloured. They fit the terminal. */
import { columnsOf, wrapped } from './fit';
import { terminalWidth } from './terminal';

const GAP = '  ';
/** A column that is broken into lines is not made narrower than this. */
const NARROWEST_COLUMN = 24;
/** Where not even that fits, each row is a paragraph, its further lines this far in. */
const PARAGRAPH_INDENT = 6;

type Row = readonly string[];

/**
 * @param head column titles; none for a table without
 * @param width columns of the terminal; `undefined` for any
 */
export function tableText(
  rows: readonly Row[],
  head: Row = [],
  width: number | undefined = terminalWidth('stdout'),
): string {
  const all = head.length > 0 ? [head, ...rows] : rows;
  const natural = columnWidths(all);
  if (width === undefined || total(natural) <= width) return all.map((row) => line(row, natural)).join('\n');
  const widest = natural.indexOf(Math.max(...natural));
  const room = width - (total(natural) - natural[widest]!);
  if (room >= NARROWEST_COLUMN) {
    const widths = natural.with(widest, room);
    return all.flatMap((row) => brokenLines(row, widths, widest)).join('\n');
  }
  return rows.flatMap((row) => paragraph(row, width)).join('\n');
}

function columnWidths(rows: readonly Row[]): number[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, () => 0);
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at]!, columnsOf(cell))));
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0) + GAP.length * Math.max(0, widths.length - 1);
}

function line(row: Row, widths: readonly number[]): string {
  return row
    .map((cell, at) => `${cell}${' '.repeat(Math.max(0, widths[at]! - columnsOf(cell)))}`)
    .join(GAP)
    .trimEnd();
}

/** One cell in several lines, the others beside its first. */
function brokenLines(row: Row, widths: readonly number[], at: number): string[] {
  const [first = '', ...more] = wrapped(row[at] ?? '', widths[at]!);
  const empty = row.map(() => '');
  return [line(row.with(at, first), widths), ...more.map((text) => line(empty.with(at, text), widths))];
}

function paragraph(row: Row, width: number): string[] {
  return wrapped(row.filter((cell) => cell.trim() !== '').join(GAP), width, PARAGRAPH_INDENT);
}
