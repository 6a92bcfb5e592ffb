/** The FROM clause: tables, subqueries, table functions, joins. https://docs.snowflake.com/en/sql-reference/constructs/from */
import { unsupported } from '../../errors';
import type { Alias, Expression, JoinKind, Query, Sample, TableExpression } from '../ast';
import type { TokenReader } from '../token-reader';
import { parseExpression, startsQuery } from './expression';
import { parsePivot, parseUnpivot } from './pivot';
import { parseNames, parseQuery, parseValues } from './query';
import { NOT_AN_ALIAS } from './words';

export function parseFrom(reader: TokenReader): TableExpression {
  let left = parseJoins(reader);
  while (reader.accept(',')) {
    left = {
      is: 'join',
      kind: 'CROSS',
      natural: false,
      left,
      right: parseJoins(reader),
      on: undefined,
      using: undefined,
    };
  }
  return left;
}

function parseJoins(reader: TokenReader): TableExpression {
  let left = parseTable(reader);
  for (;;) {
    const join = parseJoinKind(reader);
    if (!join) return left;
    const right = parseTable(reader);
    const on = reader.accept('ON') ? parseExpression(reader) : undefined;
    const using = !on && reader.accept('USING') ? parseNames(reader) : undefined;
    left = { is: 'join', ...join, left, right, on, using };
  }
}

function parseJoinKind(reader: TokenReader): { kind: JoinKind; natural: boolean } | undefined {
  const natural = reader.accept('NATURAL');
  let kind: JoinKind = 'INNER';
  if (reader.accept('CROSS')) kind = 'CROSS';
  else if (reader.accept('INNER')) kind = 'INNER';
  else {
    for (const side of ['LEFT', 'RIGHT', 'FULL'] as const) {
      if (!reader.accept(side)) continue;
      kind = side;
      reader.accept('OUTER');
    }
  }
  if (reader.sees('ASOF')) throw unsupported('ASOF JOIN');
  if (reader.accept('JOIN')) return { kind, natural };
  if (natural || kind !== 'INNER') reader.fail();
  return undefined;
}

function parseTable(reader: TokenReader): TableExpression {
  const lateral = reader.accept('LATERAL');
  const token = reader.peek();
  if (!token) return reader.fail();
  if (reader.sees('(')) return parseParentheses(reader, lateral);
  if (reader.sees('VALUES')) {
    const rows = parseValues(reader);
    return derived(reader, { is: 'values', rows }, false);
  }
  if (reader.sees('TABLE', '(')) {
    reader.expect('TABLE', '(');
    const table = parseTableFunction(reader, false);
    reader.expect(')');
    return withAlias(reader, table);
  }
  if (reader.sees('$') && reader.peek(1)?.kind === 'number') {
    reader.next();
    return withAlias(reader, { is: 'result', index: Number(reader.next().text), alias: undefined });
  }
  if (reader.sees('@')) throw unsupported('querying a stage');
  if (token.value === 'FLATTEN' || lateral) return withAlias(reader, parseTableFunction(reader, true));
  const name = reader.name();
  if (reader.sees('(') && ['SEMANTIC_VIEW', 'DIRECTORY'].includes(name.join('.')))
    throw unsupported(name.join('.'));
  if (reader.sees('(') && name[0] !== 'IDENTIFIER') return reader.fail();
  return withAlias(reader, { is: 'table', name, alias: undefined, at: token.start });
}

function parseParentheses(reader: TokenReader, lateral: boolean): TableExpression {
  if (startsQuery(reader) || reader.peek(1)?.value === 'VALUES') {
    reader.expect('(');
    const query = parseQuery(reader);
    if (query.body.is === 'values' && !reader.sees(')')) return aliasedInside(reader, query);
    reader.expect(')');
    return withAlias(reader, { is: 'derived', query, lateral, alias: undefined });
  }
  reader.expect('(');
  const inner = parseFrom(reader);
  reader.expect(')');
  return inner;
}

/** `(VALUES (1) AS t(a))`. */
function aliasedInside(reader: TokenReader, query: Query): TableExpression {
  const table = withAlias(reader, { is: 'derived', query, lateral: false, alias: undefined });
  reader.expect(')');
  return table;
}

function derived(
  reader: TokenReader,
  body: { is: 'values'; rows: Expression[][] },
  lateral: boolean,
): TableExpression {
  const query = { is: 'query' as const, with: [], body, order: [], limit: undefined, offset: undefined };
  return withAlias(reader, { is: 'derived', query, lateral, alias: undefined });
}

function parseTableFunction(
  reader: TokenReader,
  lateral: boolean,
): Extract<TableExpression, { is: 'function' }> {
  const start = reader.peek()?.start ?? 0;
  const argument = parseExpression(reader);
  if (argument.is === 'call') {
    return {
      is: 'function',
      name: argument.name.split('.'),
      args: argument.args,
      named: argument.named,
      lateral,
      alias: undefined,
      at: start,
    };
  }
  // TABLE('name') and TABLE(variable) name a table or a result.
  if (argument.is === 'string')
    return {
      is: 'function',
      name: ['IDENTIFIER'],
      args: [argument],
      named: [],
      lateral,
      alias: undefined,
      at: start,
    };
  throw unsupported('TABLE(<expression>)');
}

/** What may follow a table: SAMPLE on either side of the alias, PIVOT or UNPIVOT after it. */
function withAlias(
  reader: TokenReader,
  table: Exclude<TableExpression, { is: 'join' | 'sample' }>,
): TableExpression {
  refuseModifiers(reader);
  const early = parseSample(reader);
  const named = { ...table, alias: parseAlias(reader) };
  refuseModifiers(reader);
  const sample = early ?? parseSample(reader);
  const source: TableExpression = sample ? { is: 'sample', table: named, sample } : named;
  if (reader.sees('PIVOT', '(')) return pivoted(reader, parsePivot(reader, source));
  if (reader.sees('UNPIVOT')) return pivoted(reader, parseUnpivot(reader, source));
  return source;
}

function pivoted(reader: TokenReader, query: Query): TableExpression {
  return withAlias(reader, { is: 'derived', query, lateral: false, alias: undefined });
}

/** `{SAMPLE | TABLESAMPLE} [BERNOULLI | ROW | SYSTEM | BLOCK] (10 | 10 ROWS) [{SEED | REPEATABLE} (1)]`. */
function parseSample(reader: TokenReader): Sample | undefined {
  if (!reader.accept('SAMPLE') && !reader.accept('TABLESAMPLE')) return undefined;
  if (reader.sees('SYSTEM') || reader.sees('BLOCK')) throw unsupported('SAMPLE of blocks');
  if (!reader.accept('BERNOULLI')) reader.accept('ROW');
  reader.expect('(');
  const amount = reader.next();
  if (amount.kind !== 'number') return reader.fail();
  const rows = reader.accept('ROWS') || reader.accept('ROW');
  reader.expect(')');
  const seeded = reader.accept('SEED') || reader.accept('REPEATABLE');
  if (seeded) reader.expect('(');
  const seed = seeded ? reader.integer() : undefined;
  if (seeded) reader.expect(')');
  const count = Number(amount.text);
  return rows ? { rows: count, percent: undefined, seed } : { rows: undefined, percent: count, seed };
}

function refuseModifiers(reader: TokenReader): void {
  for (const clause of ['MATCH_RECOGNIZE', 'CHANGES', 'RESAMPLE'])
    if (reader.sees(clause, '(')) throw unsupported(clause);
  for (const clause of ['AT', 'BEFORE'])
    if (reader.sees(clause, '(')) throw unsupported(`Time Travel (${clause})`);
}

function parseAlias(reader: TokenReader): Alias | undefined {
  const explicit = reader.accept('AS');
  const token = reader.peek();
  const named =
    token?.kind === 'quoted' || (token?.kind === 'word' && (explicit || !NOT_AN_ALIAS.has(token.value)));
  if (!named) return explicit ? reader.fail() : undefined;
  const name = reader.identifier();
  const columns = reader.sees('(') ? parseNames(reader) : undefined;
  return { name, columns };
}
