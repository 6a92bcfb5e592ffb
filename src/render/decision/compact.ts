/** Queries that stand inside a procedure are read as part of it, so they are laid out as tightly as the rest of it. */
import { formatQuery } from '../format';

const WIDTH = 200;

/** @param sql one SELECT without a CASE; its columns are packed into lines, FROM and WHERE follow on the next line */
export function compactQuery(sql: string): string {
  const clauses = formatQuery(sql, { expressionWidth: 10_000 }).split(/\n(?=\S)/);
  const [select = '', ...others] = clauses.map(packed);
  return [select, others.join(' ')].join('\n');
}

function packed(clause: string): string {
  const [keyword = '', ...items] = clause.split('\n').map((line) => line.trim());
  const lines: string[] = [keyword];
  for (const item of items) {
    const last = lines[lines.length - 1]!;
    const space = last.endsWith('(') || item.startsWith(')') ? '' : ' ';
    if (last.length + item.length < WIDTH) lines[lines.length - 1] = `${last}${space}${item}`;
    else lines.push(`    ${item}`);
  }
  return lines.join('\n');
}
