/**
 * PIVOT and UNPIVOT as the queries that they stand for: one aggregate for each value, one branch for each column.
 * https://docs.snowflake.com/en/sql-reference/constructs/pivot, .../unpivot
 */
import { unsupported } from '../../errors';
import {
  newCall,
  newStar,
  type Body,
  type Expression,
  type Query,
  type Select,
  type SelectItem,
  type TableExpression,
} from '../ast';
import type { TokenReader } from '../token-reader';
import { parseExpression, startsQuery } from './expression';

const query = (body: Body): Query => ({
  is: 'query',
  with: [],
  body,
  order: [],
  limit: undefined,
  offset: undefined,
});

const select = (items: SelectItem[], from: TableExpression, more: Partial<Select> = {}): Select => ({
  is: 'select',
  distinct: false,
  top: undefined,
  items,
  from,
  where: undefined,
  group: undefined,
  grouping: undefined,
  having: undefined,
  qualify: undefined,
  ...more,
});

const item = (expression: Expression, alias?: string): SelectItem => ({
  expression,
  alias,
  text: alias ?? '*',
});

/** `PIVOT (SUM(a) FOR b IN ('x' [AS y], ...) [DEFAULT ON NULL (0)])`; the other columns are grouped by. */
export function parsePivot(reader: TokenReader, source: TableExpression): Query {
  const at = reader.peek()!.start;
  reader.expect('PIVOT', '(');
  const aggregate = parseExpression(reader);
  if (reader.sees(',')) throw unsupported('PIVOT with several aggregates');
  if (aggregate.is !== 'call' || aggregate.args.length !== 1) return reader.fail();
  const [value] = aggregate.args as [Expression];
  if (value.is !== 'column') throw unsupported('PIVOT of an expression');
  reader.expect('FOR');
  const by = reader.identifier();
  reader.expect('IN', '(');
  if (reader.sees('ANY') || startsQuery(reader)) throw unsupported('PIVOT ... IN (ANY or a query)');
  const values = parseValues(reader);
  const fallback = reader.accept('DEFAULT', 'ON', 'NULL', '(') ? parseExpression(reader) : undefined;
  if (fallback) reader.expect(')');
  reader.expect(')');
  const cells = values.map(({ expression, name }) => {
    const test: Expression = {
      is: 'binary',
      op: '=',
      left: { is: 'column', parts: [by], at },
      right: expression,
    };
    const only: Expression = { is: 'case', operand: undefined, whens: [[test, value]], otherwise: undefined };
    const cell: Expression = { ...aggregate, args: [only] };
    return item(fallback ? newCall('COALESCE', at, [cell, fallback]) : cell, name);
  });
  const used = [value.parts[value.parts.length - 1]!, by];
  const others = item({ ...newStar(at, undefined, used), mayBeEmpty: true });
  return query(select([others, ...cells], source, { group: 'ALL' }));
}

/** Each value with the name of its column: the alias, or the value as it is written. */
function parseValues(reader: TokenReader): { expression: Expression; name: string }[] {
  const values: { expression: Expression; name: string }[] = [];
  do {
    const from = reader.peek()?.start ?? 0;
    const expression = parseExpression(reader);
    const text = reader.text.slice(from, reader.tokens[reader.at - 1]!.end);
    values.push({ expression, name: reader.accept('AS') ? reader.identifier() : text });
  } while (reader.accept(','));
  reader.expect(')');
  return values;
}

/** `UNPIVOT [INCLUDE NULLS] (a FOR b IN (x [AS 'name'], y))`: a row for each column; NULLs are left out. */
export function parseUnpivot(reader: TokenReader, source: TableExpression): Query {
  const at = reader.peek()!.start;
  reader.expect('UNPIVOT');
  const nulls = reader.accept('INCLUDE', 'NULLS');
  if (!nulls) reader.accept('EXCLUDE', 'NULLS');
  reader.expect('(');
  const value = reader.identifier();
  reader.expect('FOR');
  const name = reader.identifier();
  reader.expect('IN', '(');
  const columns: { column: string; shown: string }[] = [];
  do {
    const column = reader.identifier();
    const named = reader.accept('AS');
    const shown = named ? (reader.peek()?.kind === 'string' ? reader.string() : reader.identifier()) : column;
    columns.push({ column, shown });
  } while (reader.accept(','));
  reader.expect(')', ')');
  const used = columns.map(({ column }) => column);
  const others = { ...newStar(at, undefined, used), mayBeEmpty: true };
  const branches = columns.map(({ column, shown }): Body => {
    const cell: Expression = { is: 'column', parts: [column], at };
    const where: Expression | undefined = nulls ? undefined : { is: 'isNull', operand: cell, not: true };
    const items = [item(others), item({ is: 'string', value: shown }, name), item(cell, value)];
    return query({ ...select(items, source), where });
  });
  const all = branches.reduce((left, right) => ({
    is: 'set',
    op: 'UNION',
    all: true,
    byName: false,
    left,
    right,
  }));
  return query(all);
}
