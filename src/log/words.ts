/** Status words as numbers, so that the worst of several rows is the greatest. */
import type { AuditTablesState } from '../model/deployment';
import { literal } from '../sql-text';

type Statuses = AuditTablesState['statuses'];

/** Of a run: 0 running, which no word means too; 1 succeeded; 3 failed, which every unknown word means. */
export function runSeverity(column: string, statuses: Statuses, indent: number): string {
  return severity(
    column,
    indent,
    [
      [['', ...statuses.running], 0],
      [statuses.succeeded, 1],
    ],
    3,
  );
}

/** Of a node: 0 running, 1 succeeded, 3 failed; 2 skipped, which every other word means, and none. */
export function nodeSeverity(column: string, statuses: Statuses, indent: number): string {
  return severity(
    column,
    indent,
    [
      [statuses.running, 0],
      [statuses.succeeded, 1],
      [statuses.failed, 3],
    ],
    2,
  );
}

function severity(
  column: string,
  indent: number,
  words: readonly (readonly [readonly string[], number])[],
  other: number,
): string {
  const word = `UPPER(TRIM(COALESCE(${column}::VARCHAR, '')))`;
  const lines = [
    'CASE',
    ...words.filter(([list]) => list.length > 0).flatMap(([list, number]) => whenIn(word, list, number)),
    `    ELSE ${other}`,
    'END',
  ];
  return lines.join(`\n${' '.repeat(indent)}`);
}

function whenIn(word: string, list: readonly string[], number: number): string[] {
  return [`    WHEN ${word}`, ...inList(list, 8), `        THEN ${number}`];
}

/** `IN ('A', 'B')` over as many lines as it needs. */
function inList(list: readonly string[], indent: number): string[] {
  const lines = ['IN ('];
  list.map(literal).forEach((word, at) => {
    const piece = `${word}${at === list.length - 1 ? ')' : ','}`;
    const line = lines[lines.length - 1]!;
    if (line.length + piece.length > 90) lines.push(`    ${piece}`);
    else lines[lines.length - 1] = `${line}${line.endsWith('(') ? '' : ' '}${piece}`;
  });
  return lines.map((line) => ' '.repeat(indent) + line);
}
