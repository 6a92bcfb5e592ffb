/** FROM: tables, views (whose query is compiled in place), derived tables, joins, and what stands in TABLE(...). */
import { SnowflakeError, unsupported } from '../../errors';
import type { ResultColumn } from '../../values';
import type { Alias, Expression, Sample, TableExpression } from '../ast';
import {
  fresh,
  type Compilation,
  type Lowered,
  type Parameter,
  type Relation,
  type ResultId,
} from '../compilation';
import { duckName, quoteIdentifier } from '../duck-text';
import { tokenize } from '../lexer';
import { parseQuery } from '../parse/query';
import { isTableFunctionOfSnowflake } from '../../reference/table-functions';
import { findCommonTable, newScope, type ScopeColumn, type ScopeRelation } from '../scope';
import { TokenReader, splitName } from '../token-reader';
import { forComparison } from './common-type';
import { lowerCondition, type Context } from './expression';
import { lowerFlatten, lowerGenerator, lowerSplitToTable } from './flatten';
import { lowerQuery, type LoweredQuery } from './query';
import { rowsFromParameter } from './rows';
import { unsupportedSubquery } from './subquery';

/** Adds the relations to the context's scope and returns DuckDB's text. */
export function lowerFrom(from: TableExpression, context: Context): string {
  switch (from.is) {
    case 'table':
      return lowerTable(from.name, from.alias, context);
    case 'derived':
      return lowerDerived(from, context);
    case 'function':
      return lowerTableFunction(from, context);
    case 'result': {
      const queryId = context.compilation.environment.pipe[from.index - 1];
      if (queryId === undefined)
        throw new SnowflakeError(
          '001003',
          '42000',
          `SQL compilation error:\n$${from.index} refers to no earlier statement of the flow`,
        );
      return lowerResult(queryId, from.alias, context);
    }
    case 'join':
      return lowerJoin(from, context);
    case 'sample':
      return `${lowerFrom(from.table, context)} ${sampled(from.sample)}`;
  }
}

function sampled({ rows, percent, seed }: Sample): string {
  const method = rows === undefined ? `BERNOULLI (${percent!} PERCENT)` : `RESERVOIR (${rows} ROWS)`;
  return `TABLESAMPLE ${method}${seed === undefined ? '' : ` REPEATABLE (${seed})`}`;
}

/** Registers a relation under its alias; the columns are given as names of DuckDB within it. */
export function addRelation(
  context: Context,
  path: string[],
  columns: readonly ScopeColumn[],
  alias: Alias | undefined,
  duckAlias: string,
): ScopeRelation {
  const relation: ScopeRelation = {
    path: alias ? [alias.name] : path,
    columns: columns.map((column, index) => ({
      name: alias?.columns?.[index] ?? column.name,
      sql: `${duckAlias}.${column.sql}`,
      type: column.type,
      ...(column.table === undefined ? {} : { table: column.table }),
      ...(column.refused === undefined ? {} : { refused: column.refused }),
    })),
  };
  const name = relation.path[relation.path.length - 1];
  const taken = context.scope.relations.some(
    (each) => JSON.stringify(each.path) === JSON.stringify(relation.path),
  );
  if (name !== undefined && taken) {
    throw new SnowflakeError('002014', '42710', `SQL compilation error:\nduplicate alias '${name}'`);
  }
  context.scope.relations.push(relation);
  context.scope.star.push(...relation.columns);
  return relation;
}

function lowerTable(name: string[], alias: Alias | undefined, context: Context): string {
  const { compilation, scope } = context;
  const duckAlias = fresh(compilation, 'r');
  const common = name.length === 1 ? findCommonTable(scope, name[0]!) : undefined;
  if (common) {
    addRelation(context, name, common.columns, alias, duckAlias);
    return `${common.duckName} AS ${duckAlias}`;
  }
  const relation = relationOf(name, compilation);
  if (!relation) {
    addRelation(context, name, [], alias, duckAlias);
    return `(SELECT 1) AS ${duckAlias}`;
  }
  const path = fullName(name, compilation);
  switch (relation.is) {
    case 'table':
      compilation.tables.add(relation.duckName);
      addRelation(
        context,
        path,
        relation.columns.map((column) => ({
          ...column,
          sql: quoteIdentifier(duckName(column.name)),
          table: relation.duckName,
        })),
        alias,
        duckAlias,
      ).rowid = `${duckAlias}.rowid`;
      return `${relation.duckName} AS ${duckAlias}`;
    case 'view': {
      const view = lowerView(relation, compilation);
      if (relation.columns && relation.columns.length !== view.columns.length)
        throw new SnowflakeError(
          '002057',
          '42601',
          `SQL compilation error:\nView definition for '${path.join('.')}' declared ${relation.columns.length} column(s), but view query produces ${view.columns.length} column(s).`,
        );
      const columns = view.columns.map((column, index) => ({
        name: relation.columns?.[index] ?? column.name,
        sql: column.key,
        type: column.type,
      }));
      addRelation(context, path, columns, alias, duckAlias);
      return `(${view.sql}) AS ${duckAlias}`;
    }
    case 'virtual':
      return lowerRows(
        { from: 'virtualTable', table: relation.table, database: relation.database },
        relation.table.columns,
        path,
        alias,
        context,
      );
  }
}

/** `undefined` for DUAL, which is one row without columns unless there is a table of that name. */
function relationOf(name: readonly string[], { environment, within }: Compilation): Relation | undefined {
  try {
    return environment.relation(name, within);
  } catch (error) {
    if (name.length === 1 && name[0] === 'DUAL' && error instanceof SnowflakeError && error.code === '002003')
      return undefined;
    throw error;
  }
}

function fullName(name: string[], compilation: Compilation): string[] {
  const { database = '', schema = '' } = compilation.within;
  if (name.length === 1) return [database, schema, name[0]!];
  return name.length === 2 ? [database, ...name] : name;
}

/** Names inside a view are looked up in the view's own schema. */
function lowerView(
  view: { text: string; database: string; schema: string },
  compilation: Compilation,
): LoweredQuery {
  const reader = new TokenReader(view.text, tokenize(view.text));
  const query = parseQuery(reader);
  reader.end();
  const within = { database: view.database, schema: view.schema, ofView: true };
  const inner: Compilation = { ...compilation, within, text: view.text };
  const lowered = lowerQuery(query, inner, undefined);
  compilation.cacheable &&= inner.cacheable;
  return lowered;
}

/** Only a lateral one sees the relations before it. */
function lowerDerived(from: TableExpression & { is: 'derived' }, context: Context): string {
  const { compilation, scope } = context;
  const holder = newScope(from.lateral ? scope : scope.outer);
  const lowered = lowerQuery(from.query, compilation, holder);
  if (from.lateral && lowered.correlation === 'other') throw unsupportedSubquery();
  if (!from.lateral) scope.correlated += holder.correlated;
  const duckAlias = fresh(compilation, 'r');
  addRelation(
    context,
    [],
    lowered.columns.map((column) => ({ name: column.name, sql: column.key, type: column.type })),
    from.alias,
    duckAlias,
  );
  return `${from.lateral ? 'LATERAL ' : ''}(${lowered.sql}) AS ${duckAlias}`;
}

function lowerTableFunction(from: TableExpression & { is: 'function' }, context: Context): string {
  const name = from.name[from.name.length - 1]!;
  if (from.name.length === 1) {
    if (name === 'FLATTEN') return lowerFlatten(from, context);
    if (name === 'SPLIT_TO_TABLE' || name === 'STRTOK_SPLIT_TO_TABLE')
      return lowerSplitToTable(from, context);
    if (name === 'GENERATOR') return lowerGenerator(from, context);
    if (name === 'RESULT_SCAN') return lowerResult(resultId(from.args, context), from.alias, context);
    if (name === 'IDENTIFIER')
      return lowerTable(
        splitName((from.args[0] as Expression & { is: 'string' }).value),
        from.alias,
        context,
      );
  }
  const schema = from.name[from.name.length - 2];
  const isBuiltIn = schema === undefined || schema === 'INFORMATION_SCHEMA';
  const { tableFunction: builtIn, tableProcedure } = context.compilation.environment;
  const tableFunction = (isBuiltIn ? builtIn(name) : undefined) ?? tableProcedure(from.name);
  if (!tableFunction) {
    if (isTableFunctionOfSnowflake(from.name)) throw unsupported(`the table function ${from.name.join('.')}`);
    throw new SnowflakeError(
      '002141',
      '42601',
      `SQL compilation error:\nUnknown user-defined table function ${from.name.join('.')}`,
    );
  }
  const args: [string, Expression][] = [
    ...from.args.map((argument, index): [string, Expression] => [String(index), argument]),
    ...from.named,
  ];
  if (builtIn(name) !== tableFunction) checkProcedureCall(args, context);
  return lowerRows(
    { from: 'tableFunction', function: tableFunction, args },
    tableFunction.columns,
    [],
    from.alias,
    context,
  );
}

/**
 * A procedure's columns may change while the statement's text does not; its arguments take no bind variables.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-selecting-from
 */
function checkProcedureCall(args: readonly [string, Expression][], context: Context): void {
  context.compilation.cacheable = false;
  if (JSON.stringify(args).includes('"is":"bind"'))
    throw unsupported('bind variables in a SELECT that calls a procedure');
}

function resultId(args: readonly Expression[], context: Context): ResultId {
  const { environment } = context.compilation;
  const [argument] = args;
  if (argument?.is === 'string') return argument.value;
  if (argument?.is === 'bind') return String(environment.binds[argument.index]?.value ?? '');
  if (argument?.is === 'variable') return String(environment.variable(argument.name)?.value ?? '');
  if (argument?.is === 'call' && argument.name === 'LAST_QUERY_ID') {
    const index = argument.args[0];
    const n =
      index?.is === 'unary' && index.operand.is === 'number'
        ? -Number(index.operand.text)
        : index?.is === 'number'
          ? Number(index.text)
          : -1;
    return { last: n };
  }
  if (argument?.is === 'call' && argument.name === 'SNOWFLAKE.ALERT.GET_CONDITION_QUERY_UUID')
    return environment.alertConditionId ?? '';
  throw unsupported('RESULT_SCAN of anything but a query id, a bind, a variable or LAST_QUERY_ID()');
}

function lowerResult(of: ResultId, alias: Alias | undefined, context: Context): string {
  const { compilation } = context;
  const { environment } = compilation;
  const columns = environment.result(typeof of === 'string' ? of : (environment.lastQueryId(of.last) ?? ''));
  if (typeof of === 'string') compilation.cacheable = false;
  else compilation.lastResults.set(of.last, columns);
  return lowerRows({ from: 'result', of }, columns, [], alias, context);
}

/** Rows that this process computes come in as one JSON parameter. */
function lowerRows(
  source: Parameter,
  columns: readonly ResultColumn[],
  path: string[],
  alias: Alias | undefined,
  context: Context,
): string {
  const number = context.compilation.parameters.push(source);
  const duckAlias = fresh(context.compilation, 'r');
  const keys = columns.map((_, index) => `c${index}`);
  addRelation(
    context,
    path,
    columns.map((column, index) => ({ ...column, sql: keys[index]! })),
    alias,
    duckAlias,
  );
  return `(${rowsFromParameter(number, columns)}) AS ${duckAlias}`;
}

function lowerJoin(join: TableExpression & { is: 'join' }, context: Context): string {
  const { scope } = context;
  const starBefore = scope.star.length;
  const left = lowerFrom(join.left, context);
  const leftStar = scope.star.splice(starBefore);
  const right = lowerFrom(join.right, context);
  const rightStar = scope.star.splice(starBefore);
  const shared = join.natural
    ? leftStar.map((column) => column.name).filter((name) => rightStar.some((column) => column.name === name))
    : join.using;
  if (shared) {
    const merged = shared.map((name) => mergeColumn(name, join.kind, leftStar, rightStar, context));
    scope.star.push(
      ...merged.map((each) => each.column),
      ...[...leftStar, ...rightStar].filter((column) => !shared.includes(column.name)),
    );
    const on = merged.map((each) => each.condition).join(' AND ') || 'TRUE';
    return `${left} ${join.kind} JOIN ${parenthesised(right, join.right)} ON ${on}`;
  }
  scope.star.push(...leftStar, ...rightStar);
  // A join without a condition is a cross join; so is one condition-less LEFT JOIN LATERAL.
  if (join.kind === 'CROSS' || (join.kind === 'INNER' && !join.on))
    return `${left} CROSS JOIN ${parenthesised(right, join.right)}`;
  return `${left} ${join.kind} JOIN ${parenthesised(right, join.right)} ON ${join.on ? lowerCondition(join.on, { ...context, isJoin: true }) : 'TRUE'}`;
}

function parenthesised(sql: string, table: TableExpression): string {
  return table.is === 'join' ? `(${sql})` : sql;
}

function mergeColumn(
  name: string,
  kind: string,
  left: readonly ScopeColumn[],
  right: readonly ScopeColumn[],
  context: Context,
): { column: ScopeColumn; condition: string } {
  const [a, b] = [left.find((column) => column.name === name), right.find((column) => column.name === name)];
  if (!a || !b)
    throw new SnowflakeError('000904', '42000', `SQL compilation error:\ninvalid identifier '${name}'`);
  const [one, other] = forComparison(a as Lowered, b as Lowered);
  const sql = kind === 'RIGHT' ? b.sql : kind === 'FULL' ? `coalesce(${one.sql}, ${other.sql})` : a.sql;
  const column: ScopeColumn = { name, sql, type: kind === 'RIGHT' ? b.type : a.type };
  context.scope.merged.set(name, column);
  return { column, condition: `${one.sql} = ${other.sql}` };
}
