/** Small tables without lines: columns two spaces apart, cells may be coloured. */
import Table from 'cli-table3';

const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
  ].map((name) => [name, '']),
);

/** @param head column titles; none for a table without */
export function tableText(rows: readonly (readonly string[])[], head: readonly string[] = []): string {
  const table = new Table({
    ...(head.length > 0 ? { head: [...head] } : {}),
    chars: { ...NO_LINES, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
