/** INSERT, UPDATE, DELETE and MERGE in DuckDB's words. https://docs.snowflake.com/en/sql-reference/sql-dml */
import type { SnowflakeError } from '../../errors';
import { unsupported } from '../../errors';
import { refuseDuplicates } from '../../catalog/names';
import type { ColumnRecord, TableRecord } from '../../catalog/objects';
import type { Assignment, Dml, Expression, MergeClause, Query } from '../ast';
import { fresh, type Compilation } from '../compilation';
import { duckName, quoteIdentifier, quoteLiteral } from '../duck-text';
import { tokenize } from '../lexer';
import { parseExpression } from '../parse/expression';
import { compileError, newScope } from '../scope';
import { TokenReader } from '../token-reader';
import { assign } from './coerce';
import { lower, lowerCondition, type Context } from './expression';
import { addRelation, lowerFrom } from './from';
import { lowerQuery } from './query';

/** @param table the target, already found */
export function lowerDml(dml: Dml, table: TableRecord, compilation: Compilation): string {
  switch (dml.is) {
    case 'insert':
      return lowerInsert(dml, table, compilation);
    case 'update':
      return lowerUpdate(dml, table, compilation);
    case 'delete':
      return lowerDelete(dml, table, compilation);
    case 'merge':
      return lowerMerge(dml, table, compilation);
  }
}

type Of<Kind extends Dml['is']> = Extract<Dml, { is: Kind }>;

function lowerInsert(dml: Of<'insert'>, table: TableRecord, compilation: Compilation): string {
  const named = dml.columns ?? table.columns.map((column) => column.name);
  const targets = named.map((name) => columnOf(table, name, compilation, dml.at));
  refuseDuplicates(targets);
  const query = lowerQuery(withDefaults(dml.query, targets, compilation), compilation, undefined);
  if (query.columns.length !== targets.length)
    throw lengthMismatch(compilation, dml.at, targets.length, query.columns.length);
  const source = fresh(compilation, 'r');
  const given = query.columns.map((column, index) =>
    assign({ sql: `${source}.${column.key}`, type: column.type }, targets[index]!.type),
  );
  const others = table.columns.filter((column) => !targets.includes(column) && hasDefault(column));
  const names = [...targets, ...others].map(quotedName);
  const values = [...given, ...others.map((column) => defaultSql(column, compilation))];
  return `INSERT INTO ${table.duckName} (${names.join(', ')}) SELECT ${values.join(', ')} FROM (${query.sql}) AS ${source}`;
}

/** `VALUES (1, DEFAULT)`: the word stands for the column's default. */
function withDefaults(query: Query, targets: readonly ColumnRecord[], compilation: Compilation): Query {
  const { body } = query;
  if (body.is !== 'values' || !body.rows.some((row) => row.some((value) => value.is === 'default')))
    return query;
  const rows = body.rows.map((row) =>
    row.map((value, index): Expression =>
      value.is === 'default' ? defaultExpression(targets[index], compilation) : value,
    ),
  );
  return { ...query, body: { ...body, rows } };
}

function defaultExpression(column: ColumnRecord | undefined, compilation: Compilation): Expression {
  if (column?.autoincrement) {
    throw unsupported(`DEFAULT for the AUTOINCREMENT column ${column.name}; leave it out`);
  }
  if (column?.default === undefined) return { is: 'null' };
  compilation.cacheable = false;
  return parseExpression(new TokenReader(column.default, tokenize(column.default)));
}

export const hasDefault = (column: ColumnRecord): boolean =>
  column.default !== undefined || column.autoincrement !== undefined;

export function defaultSql(column: ColumnRecord, compilation: Compilation): string {
  if (column.autoincrement) return `nextval(${quoteLiteral(column.autoincrement.sequence)})`;
  const expression = parseExpression(new TokenReader(column.default!, tokenize(column.default!)));
  return assign(lower(expression, { compilation, scope: newScope(undefined) }), column.type);
}

function lowerUpdate(dml: Of<'update'>, table: TableRecord, compilation: Compilation): string {
  const { context, alias } = target(table, dml.alias, compilation);
  const from = dml.from && lowerFrom(dml.from, context);
  refuseDuplicates(dml.set.map(({ column }) => ({ name: column })));
  if (from === undefined) {
    const set = assignments(dml.set, table, context);
    return `UPDATE ${table.duckName} AS ${alias} SET ${set}${where(dml.where, context)}`;
  }
  // A row that joins several is changed, and counted, once.
  const [changed, source] = [fresh(compilation, 'r'), fresh(compilation, 'r')];
  const values = dml.set.map((each, index) => {
    const column = columnOf(table, each.column, compilation, each.at);
    return { name: quotedName(column), sql: `${assignedSql(each.value, column, context)} AS v${index}` };
  });
  const rows = `SELECT DISTINCT ON (${alias}.rowid) ${alias}.rowid AS id, ${values.map(({ sql }) => sql).join(', ')} FROM ${table.duckName} AS ${alias}, ${from}${where(dml.where, context)}`;
  const set = values.map(({ name }, index) => `${name} = ${source}.v${index}`).join(', ');
  return `UPDATE ${table.duckName} AS ${changed} SET ${set} FROM (${rows}) AS ${source} WHERE ${changed}.rowid = ${source}.id`;
}

/**
 * A query for how many rows of the target join more than one row of what is after FROM; `undefined` without a FROM.
 * https://docs.snowflake.com/en/sql-reference/sql/update
 */
export function lowerMultiJoined(
  dml: Of<'update'>,
  table: TableRecord,
  compilation: Compilation,
): string | undefined {
  if (dml.from === undefined) return undefined;
  const { context, alias } = target(table, dml.alias, compilation);
  const from = lowerFrom(dml.from, context);
  return `SELECT CAST(count(*) AS HUGEINT) AS v FROM (SELECT 1 FROM ${table.duckName} AS ${alias}, ${from}${where(dml.where, context)} GROUP BY ${alias}.rowid HAVING count(*) > 1)`;
}

function lowerDelete(dml: Of<'delete'>, table: TableRecord, compilation: Compilation): string {
  const { context, alias } = target(table, dml.alias, compilation);
  const using = dml.using ? ` USING ${lowerFrom(dml.using, context)}` : '';
  return `DELETE FROM ${table.duckName} AS ${alias}${using}${where(dml.where, context)}`;
}

function lowerMerge(dml: Of<'merge'>, table: TableRecord, compilation: Compilation): string {
  const { context, alias } = target(table, dml.alias, compilation);
  const source = lowerFrom(dml.source, context);
  const on = lowerCondition(dml.on, context);
  const inSource = withoutTarget(context);
  const clauses = dml.clauses.map((clause) =>
    mergeClause(clause, table, clause.matched ? context : inSource),
  );
  return `MERGE INTO ${table.duckName} AS ${alias} USING ${source} ON ${on} ${clauses.join(' ')} RETURNING merge_action`;
}

/** A row that is not matched has no row of the target: there a name means a column of the source. */
function withoutTarget({ compilation, scope }: Context): Context {
  const relations = scope.relations.slice(1);
  return { compilation, scope: { ...scope, relations, star: relations.flatMap(({ columns }) => columns) } };
}

function mergeClause(
  { matched, condition, action }: MergeClause,
  table: TableRecord,
  context: Context,
): string {
  const when = `WHEN ${matched ? '' : 'NOT '}MATCHED${condition ? ` AND ${lowerCondition(condition, context)}` : ''} THEN `;
  if (action.is === 'delete') return `${when}DELETE`;
  if (action.is === 'update') return `${when}UPDATE SET ${assignments(action.set, table, context)}`;
  const named = action.columns ?? table.columns.map((column) => column.name);
  const targets = named.map((name) => columnOf(table, name, context.compilation, 0));
  refuseDuplicates(targets);
  if (targets.length !== action.values.length)
    throw lengthMismatch(context.compilation, 0, targets.length, action.values.length);
  const given = action.values.map((value, index) => assignedSql(value, targets[index]!, context));
  const others = table.columns.filter((column) => !targets.includes(column) && hasDefault(column));
  const values = [...given, ...others.map((column) => defaultSql(column, context.compilation))];
  const names = [...targets, ...others].map(quotedName);
  return `${when}INSERT (${names.join(', ')}) VALUES (${values.join(', ')})`;
}

/** The table that changes, as the first relation of the scope. */
function target(
  table: TableRecord,
  named: string | undefined,
  compilation: Compilation,
): { context: Context; alias: string } {
  const context: Context = { compilation, scope: newScope(undefined) };
  const alias = fresh(compilation, 'r');
  const columns = table.columns.map((column) => ({
    name: column.name,
    type: column.type,
    sql: quotedName(column),
  }));
  const path = [table.database, table.schema, table.name];
  addRelation(
    context,
    path,
    columns,
    named === undefined ? undefined : { name: named, columns: undefined },
    alias,
  );
  return { context, alias };
}

function assignments(set: readonly Assignment[], table: TableRecord, context: Context): string {
  return set
    .map(({ column: name, value, at }) => {
      const column = columnOf(table, name, context.compilation, at);
      return `${quotedName(column)} = ${assignedSql(value, column, context)}`;
    })
    .join(', ');
}

/** A value on its way into a column; DEFAULT is the column's own. */
function assignedSql(value: Expression, column: ColumnRecord, context: Context): string {
  if (value.is !== 'default') return assign(lower(value, context), column.type);
  return hasDefault(column) ? defaultSql(column, context.compilation) : 'NULL';
}

function lengthMismatch(compilation: Compilation, at: number, wanted: number, given: number): SnowflakeError {
  const text = `Insert value list does not match column list expecting ${wanted} but got ${given}`;
  return compileError(compilation, at, '002020', '21S01', text);
}

/**
 * A query that has a row when more than one row of the source would change the same row of the target, which Snowflake
 * refuses (ERROR_ON_NONDETERMINISTIC_MERGE); `undefined` when no clause changes rows.
 */
export function lowerMergeCheck(
  dml: Of<'merge'>,
  table: TableRecord,
  compilation: Compilation,
): string | undefined {
  const changing = dml.clauses.filter((clause) => clause.matched);
  if (changing.length === 0) return undefined;
  const { context, alias } = target(table, dml.alias, compilation);
  const source = lowerFrom(dml.source, context);
  const on = lowerCondition(dml.on, context);
  const conditions = changing.map(({ condition }) =>
    condition ? lowerCondition(condition, context) : 'TRUE',
  );
  return `SELECT 1 AS v FROM ${table.duckName} AS ${alias} JOIN ${source} ON ${on} WHERE ${conditions.join(' OR ')} GROUP BY ${alias}.rowid HAVING count(*) > 1 LIMIT 1`;
}

function where(condition: Expression | undefined, context: Context): string {
  return condition ? ` WHERE ${lowerCondition(condition, context)}` : '';
}

function columnOf(table: TableRecord, name: string, compilation: Compilation, at: number): ColumnRecord {
  const column = table.columns.find((each) => each.name === name);
  if (!column) throw compileError(compilation, at, '000904', '42000', `invalid identifier '${name}'`);
  return column;
}

function quotedName(column: { name: string }): string {
  return quoteIdentifier(duckName(column.name));
}
