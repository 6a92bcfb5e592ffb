/**
 * A statement with its parameters' values in its text. DuckDB plans a statement with parameters anew for every
 * execution; one without keeps its plan, so a query that comes back with the same values is better asked like that.
 */
import type { SqlType, TypedValue } from '../values';
import { quoteLiteral } from '../sql/duck-text';
import { askedSql, type AskedValue } from './asked-function';

const LONGEST_TEXT = 2000;

/** The value that is asked for when the statement runs, undefined for one that stands in its text. */
export type Asked = AskedValue | undefined;

/** @returns `undefined` where a value has no text of exactly its type */
export function withValues(
  sql: string,
  values: readonly TypedValue[],
  asked: readonly Asked[] = [],
): string | undefined {
  const literals: string[] = [];
  const askedFor: string[] = [];
  for (const [index, value] of values.entries()) {
    const asks = asked[index];
    const literal = asks === undefined ? literalOf(value) : `(SELECT a${askedFor.length} FROM sf_asked)`;
    if (asks !== undefined) askedFor.push(askedSql(asks, askedFor.length));
    if (literal === undefined) return undefined;
    literals.push(literal);
  }
  const text = sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\d+)/g, (piece, number: string | undefined) =>
    number === undefined ? piece : literals[Number(number) - 1]!,
  );
  if (askedFor.length === 0) return text;
  // Once for all places where they stand: a plan has a subquery for each.
  const columns = askedFor.map((asks, index) => `${asks} AS a${index}`);
  return `WITH sf_asked AS MATERIALIZED (SELECT ${columns.join(', ')}) ${text}`;
}

/** What `bindValue` binds, written down. */
function literalOf({ type, value }: TypedValue): string | undefined {
  if (value === null) return 'NULL';
  switch (type.kind) {
    case 'VARCHAR':
      return typeof value === 'string' && value.length <= LONGEST_TEXT ? quoteLiteral(value) : undefined;
    case 'BOOLEAN':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'NUMBER':
      return wholeNumber(type, value);
    case 'FLOAT':
      return Number.isFinite(Number(value)) ? `CAST('${Number(value)}' AS DOUBLE)` : undefined;
    case 'TIMESTAMP_NTZ':
      return `make_timestamp(CAST(${String(value)} AS BIGINT))`;
    default:
      return undefined;
  }
}

function wholeNumber(
  type: SqlType & { kind: 'NUMBER' },
  value: NonNullable<TypedValue['value']>,
): string | undefined {
  const text = String(value);
  return type.scale === 0 && /^-?\d+$/.test(text) ? `CAST(${text} AS HUGEINT)` : undefined;
}
