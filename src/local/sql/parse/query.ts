/** Queries. https://docs.snowflake.com/en/sql-reference/constructs; what is not modelled is refused by its name. */
import { unsupported } from '../../errors';
import {
  newStar,
  type Body,
  type CommonTable,
  type Expression,
  type OrderItem,
  type Query,
  type Select,
  type SelectItem,
} from '../ast';
import type { TokenReader } from '../token-reader';
import { parseDirection, parseExpression, parseList, parseOrderItems } from './expression';
import { parseFrom } from './from';
import { parsePrimary } from './primary';
import { NOT_AN_ALIAS } from './words';

export function parseQuery(reader: TokenReader): Query {
  const tables = parseWith(reader);
  const body = parseSetOperation(reader);
  const query: Query = { is: 'query', with: tables, body, order: [], limit: undefined, offset: undefined };
  // TOP counts after ORDER BY, as LIMIT does.
  if (body.is === 'select' && body.top) {
    query.limit = body.top;
    body.top = undefined;
  }
  if (reader.accept('ORDER', 'BY')) {
    query.order = reader.sees('ALL') ? [parseOrderByAll(reader)] : parseOrderItems(reader);
  }
  if (reader.accept('LIMIT')) {
    query.limit = parseCount(reader);
    if (query.limit.is === 'null') query.limit = undefined;
  }
  if (reader.accept('OFFSET')) {
    query.offset = parseCount(reader);
    if (!reader.accept('ROWS')) reader.accept('ROW');
  }
  if (reader.accept('FETCH')) {
    if (!reader.accept('FIRST')) reader.accept('NEXT');
    query.limit = parseExpression(reader);
    if (!reader.accept('ROWS')) reader.accept('ROW');
    reader.accept('ONLY');
  }
  if (reader.sees('FOR', 'UPDATE')) throw unsupported('SELECT ... FOR UPDATE');
  return query;
}

/** A sign is no part of a count. @throws SnowflakeError 001003 at one */
function parseCount(reader: TokenReader): Expression {
  if (reader.sees('-')) reader.fail();
  return parseExpression(reader);
}

/** ORDER BY ALL: by every column of the result, `*` for short. */
function parseOrderByAll(reader: TokenReader): OrderItem {
  const at = reader.next().start;
  return parseDirection(reader, newStar(at));
}

function parseWith(reader: TokenReader): CommonTable[] {
  const tables: CommonTable[] = [];
  if (!reader.accept('WITH')) return tables;
  const recursive = reader.accept('RECURSIVE');
  do {
    const name = reader.identifier();
    const columns = reader.sees('(') ? parseNames(reader) : undefined;
    reader.expect('AS', '(');
    const query = parseQuery(reader);
    reader.expect(')');
    tables.push({ name, columns, query, recursive });
  } while (reader.accept(','));
  return tables;
}

export function parseNames(reader: TokenReader): string[] {
  const names: string[] = [];
  reader.expect('(');
  do names.push(reader.identifier());
  while (reader.accept(','));
  reader.expect(')');
  return names;
}

/** UNION, EXCEPT and MINUS bind equally, INTERSECT binds stronger. */
function parseSetOperation(reader: TokenReader): Body {
  let left = parseIntersect(reader);
  for (;;) {
    const op = reader.accept('UNION')
      ? 'UNION'
      : reader.accept('EXCEPT') || reader.accept('MINUS')
        ? 'EXCEPT'
        : undefined;
    if (!op) return left;
    const all = op === 'UNION' && reader.accept('ALL');
    if (!all) reader.accept('DISTINCT');
    const byName = op === 'UNION' && reader.accept('BY', 'NAME');
    left = { is: 'set', op, all, byName, left, right: parseIntersect(reader) };
  }
}

function parseIntersect(reader: TokenReader): Body {
  let left = parseBody(reader);
  while (reader.accept('INTERSECT'))
    left = { is: 'set', op: 'INTERSECT', all: false, byName: false, left, right: parseBody(reader) };
  return left;
}

function parseBody(reader: TokenReader): Body {
  if (reader.accept('(')) {
    const query = parseQuery(reader);
    reader.expect(')');
    return query;
  }
  if (reader.sees('VALUES')) return { is: 'values', rows: parseValues(reader) };
  return parseSelect(reader);
}

export function parseValues(reader: TokenReader): Expression[][] {
  reader.expect('VALUES');
  const rows: Expression[][] = [];
  do {
    reader.expect('(');
    rows.push(parseList(reader, ')'));
  } while (reader.accept(','));
  return rows;
}

function parseSelect(reader: TokenReader): Select {
  reader.expect('SELECT');
  const distinct = reader.accept('DISTINCT');
  if (!distinct) reader.accept('ALL');
  const top =
    reader.sees('TOP') && reader.peek(1)?.kind === 'number'
      ? (reader.next(), parsePrimary(reader))
      : undefined;
  const select: Select = {
    is: 'select',
    distinct,
    top,
    items: parseItems(reader),
    from: undefined,
    where: undefined,
    group: undefined,
    grouping: undefined,
    having: undefined,
    qualify: undefined,
  };
  if (reader.sees('INTO')) reader.fail();
  if (reader.accept('FROM')) select.from = parseFrom(reader);
  if (reader.accept('WHERE')) select.where = parseExpression(reader);
  for (const clause of ['START', 'CONNECT']) if (reader.sees(clause)) throw unsupported('CONNECT BY');
  if (reader.accept('GROUP', 'BY')) parseGroup(reader, select);
  if (reader.accept('HAVING')) select.having = parseExpression(reader);
  if (reader.sees('WINDOW')) throw unsupported('WINDOW clause');
  if (reader.accept('QUALIFY')) select.qualify = parseExpression(reader);
  return select;
}

function parseGroup(reader: TokenReader, select: Select): void {
  if (reader.accept('ALL')) {
    select.group = 'ALL';
    return;
  }
  for (const grouping of ['ROLLUP', 'CUBE'] as const) {
    if (!reader.sees(grouping, '(')) continue;
    reader.next();
    reader.next();
    select.grouping = grouping;
    select.group = parseList(reader, ')');
    return;
  }
  if (reader.accept('GROUPING', 'SETS', '(')) {
    select.grouping = 'GROUPING SETS';
    select.group = parseList(reader, ')');
    return;
  }
  select.group = [];
  do select.group.push(parseExpression(reader));
  while (reader.accept(','));
}

function parseItems(reader: TokenReader): SelectItem[] {
  const items: SelectItem[] = [];
  do {
    if (items.length > 0 && reader.sees('FROM')) break; // a trailing comma is allowed
    const from = reader.peek()?.start ?? 0;
    const expression = parseExpression(reader);
    const text = reader.text.slice(from, reader.tokens[reader.at - 1]!.end);
    items.push({ expression, alias: parseItemAlias(reader), text });
  } while (reader.accept(','));
  return items;
}

function parseItemAlias(reader: TokenReader): string | undefined {
  if (reader.accept('AS')) return reader.identifier();
  const token = reader.peek();
  if (token?.kind === 'quoted' || (token?.kind === 'word' && !NOT_AN_ALIAS.has(token.value)))
    return reader.identifier();
  return undefined;
}
