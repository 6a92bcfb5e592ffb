/** Small tables without lines: columns two spaces apart, cells may be coloured. They fit the terminal. */
import { columnsOf, wrapped } from './fit';
import { terminalWidth } from './terminal';

const GAP = '  ';
/** A column that is broken into lines is not made narrower than this. */
const NARROWEST_COLUMN = 20;
/** Where not even that fits, each row is a paragraph, its further lines this far in. */
const PARAGRAPH_INDENT = 6;

type Row = readonly string[];

/**
 * @param head column titles; none for a table without
 * @param width columns of the terminal; `undefined` for any
 */
export function tableText(rows: readonly Row[], head: Row = [], width?: number): string {
  if (head.length === 0) return tableRows(rows, width).join('\n');
  const all = [head, ...rows];
  const titled = titledWidths(head, rows);
  const isTight = width !== undefined && total(columnWidths(all)) > width;
  if (!isTight || total(titled) > width) return tableRows(all, width).join('\n');
  return all.flatMap((row) => brokenLines(row, titled, 0)).join('\n');
}

/** As wide as the cells, and as the longest word of the title: titles of several words go over several lines. */
function titledWidths(head: Row, rows: readonly Row[]): number[] {
  const cells = columnWidths(rows);
  return head.map((title, at) =>
    Math.max(cells[at] ?? 0, ...(title.match(/\S+/g) ?? []).map((word) => columnsOf(word))),
  );
}

/** Each row as a text of one line or more. */
export function tableRows(
  rows: readonly Row[],
  width: number | undefined = terminalWidth('stdout'),
): string[] {
  const natural = columnWidths(rows);
  if (width === undefined || total(natural) <= width) return rows.map((row) => line(row, natural));
  const widths = narrowed(natural, width);
  return rows.map((row) => (widths === null ? paragraph(row, width) : brokenLines(row, widths)).join('\n'));
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

/** The widest columns cut to one width, with which all fit; `null` when they would become too narrow to read. */
function narrowed(natural: readonly number[], width: number): number[] | null {
  for (let most = Math.max(...natural) - 1; most >= NARROWEST_COLUMN; most -= 1) {
    const widths = natural.map((each) => Math.min(each, most));
    if (total(widths) <= width) return widths;
  }
  return null;
}

/** Each cell in as many lines as it needs, beside the others. */
function brokenLines(row: Row, widths: readonly number[], hang?: number): string[] {
  const cells = row.map((cell, at) =>
    columnsOf(cell) <= widths[at]! ? [cell] : wrapped(cell, widths[at]!, hang),
  );
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    line(
      cells.map((lines) => lines[at] ?? ''),
      widths,
    ),
  );
}

function paragraph(row: Row, width: number): string[] {
  return wrapped(row.filter((cell) => cell.trim() !== '').join(GAP), width, PARAGRAPH_INDENT);
}
