/** One SELECT. */
import { SnowflakeError, unsupported } from '../../errors';
import type { Expression, Select, SelectItem } from '../ast';
import { fresh, type Compilation, type Lowered } from '../compilation';
import { containsAggregate, containsWindow } from '../functions/registry';
import { newScope, type Scope } from '../scope';
import { lower, lowerCondition, type Context } from './expression';
import { orderable } from './order';
import { lowerFrom } from './from';
import type { Correlation, LoweredBody, QueryColumn } from './query';
import { expandStar } from './star';

export function lowerSelect(select: Select, compilation: Compilation, outer: Scope): LoweredBody {
  const scope = newScope(outer);
  const context: Context = { compilation, scope };
  const from = select.from ? ` FROM ${lowerTables(select, context)}` : '';
  for (const item of select.items)
    if (item.alias !== undefined && item.expression.is !== 'star')
      scope.aliases.set(item.alias, item.expression);

  let illegal = scope.correlated > 0;
  const outsideWhere = scope.correlated;
  const where = select.where ? lowerWhere(select.where, context) : undefined;
  illegal ||= where?.illegal ?? false;
  const inWhere = scope.correlated - outsideWhere;

  const outputs = select.items.flatMap((item) => lowerItem(item, context));
  const group = lowerGroup(select, context, outputs);
  const having = select.having ? ` HAVING ${lowerCondition(select.having, context)}` : '';
  const qualify = select.qualify ? ` QUALIFY ${lowerCondition(select.qualify, context)}` : '';
  illegal ||= scope.correlated > outsideWhere + inWhere;

  const columns = outputs.map(({ name, value }): QueryColumn => ({
    name,
    key: fresh(compilation, 'k'),
    type: value.type,
  }));
  const list = outputs
    .map((output, index) => `${shown(output, group.instants)} AS ${columns[index]!.key}`)
    .join(', ');
  const limit = select.top ? ` LIMIT ${lower(select.top, context).sql}` : '';
  const aggregated =
    select.items.some((item) => containsAggregate(item.expression)) ||
    (select.having !== undefined && containsAggregate(select.having));
  const windowed =
    select.qualify !== undefined || select.items.some((item) => containsWindow(item.expression));
  illegal ||= windowed || select.distinct || select.top !== undefined;
  const correlation: Correlation = scope.correlated === 0 ? 'none' : illegal ? 'other' : 'equality';
  const sql = `SELECT ${distinct(select, outputs)}${list}${from}${where ? ` WHERE ${where.sql}` : ''}${group.sql}${having}${qualify}${limit}`;
  const singleRow = aggregated && select.group === undefined;
  const outputSql = select.distinct ? outputs.map(({ value }) => value.sql) : undefined;
  return { sql, columns, correlation, singleRow, scope, ...(outputSql && { distinctOf: outputSql }) };
}

/** TIMESTAMP_TZ values of one instant are one, whatever their offsets. */
function distinct(select: Select, outputs: readonly Output[]): string {
  if (!select.distinct) return '';
  if (!outputs.some(({ value }) => value.type.kind === 'TIMESTAMP_TZ')) return 'DISTINCT ';
  return `DISTINCT ON (${outputs.map(({ value }) => orderable(value)).join(', ')}) `;
}

/** In place of a TIMESTAMP_TZ that is grouped by its instant, one value of the group. */
function shown({ value, aggregate }: Output, instants: readonly string[]): string {
  if (aggregate) return value.sql;
  return instants.reduce((sql, instant) => sql.replaceAll(instant, `any_value(${instant})`), value.sql);
}

/** With WHERE FALSE the names must be right, but no row is read. */
function lowerTables(select: Select, context: Context): string {
  const { tables } = context.compilation;
  const before = new Set(tables);
  const sql = lowerFrom(select.from!, context);
  if (select.where?.is !== 'boolean' || select.where.value) return sql;
  for (const table of tables) if (!before.has(table)) tables.delete(table);
  return sql;
}

/** WHERE, conjunct by conjunct: what is correlated must be a plain equality of an outer and an inner side. */
function lowerWhere(where: Expression, context: Context): { sql: string; illegal: boolean } {
  let illegal = false;
  const parts = conjuncts(where).map((conjunct) => {
    const before = context.scope.correlated;
    const sql = lowerCondition(conjunct, context);
    if (context.scope.correlated > before) illegal ||= !isPlainEquality(conjunct, context);
    return sql;
  });
  return { sql: parts.join(' AND '), illegal };
}

function conjuncts(expression: Expression): Expression[] {
  if (expression.is === 'binary' && expression.op === 'AND')
    return [...conjuncts(expression.left), ...conjuncts(expression.right)];
  return [expression];
}

/** One side speaks of the outer query only, the other of the inner one. */
function isPlainEquality(conjunct: Expression, context: Context): boolean {
  if (conjunct.is !== 'binary' || conjunct.op !== '=') return false;
  const sides = [conjunct.left, conjunct.right].map((side) => {
    const before = context.scope.correlated;
    lower(side, context);
    return context.scope.correlated > before;
  });
  return sides[0] !== sides[1];
}

interface Output {
  name: string;
  value: Lowered;
  /** Whether it is computed from a whole group. */
  aggregate: boolean;
  /** Whether it is computed over the rows of the result: GROUP BY ALL does not group by it. */
  window: boolean;
}

function lowerItem(item: SelectItem, context: Context): Output[] {
  const { expression } = item;
  if (expression.is === 'star')
    return expandStar(expression, context).map((column) => ({
      name: column.name,
      value: { sql: column.sql, type: column.type },
      aggregate: false,
      window: false,
    }));
  if (item.alias !== undefined) context.scope.expanding.add(item.alias);
  const value = lower(expression, context);
  if (item.alias !== undefined) context.scope.expanding.delete(item.alias);
  const name = item.alias ?? implicitName(expression, item.text);
  return [{ name, value, aggregate: containsAggregate(expression), window: containsWindow(expression) }];
}

/** Snowflake names an unaliased expression by its text, in upper case. */
function implicitName(expression: Expression, text: string): string {
  if (expression.is === 'column') return expression.parts[expression.parts.length - 1]!;
  return text.replace(/"[^"]*"|[^"]+/g, (part) => (part.startsWith('"') ? part : part.toUpperCase()));
}

function notAGroup(text: string): SnowflakeError {
  return new SnowflakeError(
    '000979',
    '42601',
    `SQL compilation error:\n[${text}] is not a valid group by expression`,
  );
}

/** GROUP BY, and what of it is a TIMESTAMP_TZ: that is grouped by its instant. */
function lowerGroup(
  select: Select,
  context: Context,
  outputs: readonly Output[],
): { sql: string; instants: string[] } {
  const instants: string[] = [];
  if (select.group === undefined) return { sql: '', instants };
  const key = (value: Lowered): string => {
    if (value.type.kind === 'TIMESTAMP_TZ') instants.push(value.sql.replace(/^\((r\d+\."[^"]+")\)$/, '$1'));
    return orderable(value);
  };
  if (select.group === 'ALL') {
    if (!outputs.some(({ value, aggregate }) => !aggregate && value.type.kind === 'TIMESTAMP_TZ'))
      return { sql: ' GROUP BY ALL', instants };
    const keys = outputs.flatMap(({ value, aggregate, window }, index) =>
      aggregate || window ? [] : [value.type.kind === 'TIMESTAMP_TZ' ? key(value) : String(index + 1)],
    );
    return { sql: ` GROUP BY ${keys.join(', ')}`, instants };
  }
  const one = (expression: Expression): string => {
    if (expression.is === 'number') {
      const output = outputs[Number(expression.text) - 1]?.value;
      if (!output) throw notAGroup(expression.text);
      // DuckDB takes positions at the top of the clause only, and would take a TIMESTAMP_TZ apart by its offset.
      const plain = !select.grouping && output.type.kind !== 'TIMESTAMP_TZ';
      return plain ? expression.text : key(output);
    }
    if (expression.is === 'call' && (expression.name === 'ROLLUP' || expression.name === 'CUBE'))
      throw unsupported(`${expression.name} beside other expressions of GROUP BY`);
    if (expression.is !== 'tuple') return key(lower(expression, context));
    if (!select.grouping) throw unsupported('GROUP BY (a, b)');
    return `(${expression.items.map(one).join(', ')})`;
  };
  const items = select.group.map(one).join(', ');
  return { sql: ` GROUP BY ${select.grouping ? `${select.grouping} (${items})` : items}`, instants };
}
