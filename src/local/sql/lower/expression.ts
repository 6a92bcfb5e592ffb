/** Expressions, from Snowflake's meaning to DuckDB's words. */
import { SnowflakeError, unsupported } from '../../errors';
import type { SqlType, TypedValue } from '../../values';
import type { Expression, Like, OrderItem } from '../ast';
import type { Compilation, Lowered, Parameter, Type } from '../compilation';
import { duckType } from '../types';
import { quoteLiteral } from '../duck-text';
import { compileError, findColumn, invalidIdentifier, type Scope } from '../scope';
import { lowerArithmetic, lowerConcatenation } from './arithmetic';
import { cast, forComparison, isSemi, toText, toVariant, unify } from './coerce';
import { lowerCall } from './call';
import { lowerExists, lowerInQuery, lowerQuantified, lowerScalarSubquery } from './subquery';

export interface Context {
  compilation: Compilation;
  scope: Scope;
  /** What `$1` means in this clause, for VALUES and staged results. */
  inAggregate?: boolean;
}

export const BOOLEAN_TYPE: SqlType = { kind: 'BOOLEAN' };

export function lower(expression: Expression, context: Context): Lowered {
  switch (expression.is) {
    case 'number':
      return lowerNumber(expression.text);
    case 'string':
      return { sql: quoteLiteral(expression.value), type: { kind: 'VARCHAR' } };
    case 'boolean':
      return { sql: expression.value ? 'TRUE' : 'FALSE', type: BOOLEAN_TYPE };
    case 'null':
      return { sql: 'NULL', type: { kind: 'NULL' } };
    case 'column':
      return lowerColumn(expression, context);
    case 'position':
      return lowerPosition(expression, context);
    case 'bind':
      return lowerBind(expression.index, context);
    case 'variable':
      return lowerVariable(expression.name, context);
    case 'call':
      return lowerCall(expression, context);
    case 'unary':
      return lowerUnary(expression.op, lower(expression.operand, context));
    case 'binary':
      return lowerBinary(expression.op, expression.left, expression.right, context);
    case 'isNull':
      return truth(`(${lower(expression.operand, context).sql} IS ${expression.not ? 'NOT ' : ''}NULL)`);
    case 'isBoolean': {
      const value = cast(lower(expression.operand, context), BOOLEAN_TYPE).sql;
      return truth(`(${value} IS ${expression.not ? 'NOT ' : ''}${expression.value ? 'TRUE' : 'FALSE'})`);
    }
    case 'distinctFrom': {
      const [left, right] = forComparison(lower(expression.left, context), lower(expression.right, context));
      return truth(`(${left.sql} IS ${expression.not ? 'NOT ' : ''}DISTINCT FROM ${right.sql})`);
    }
    case 'between':
      return lowerBetween(expression, context);
    case 'inList':
      return lowerInList(expression, context);
    case 'like':
      return lowerLike(expression, context);
    case 'case':
      return lowerCase(expression, context);
    case 'cast':
      return lowerCast(expression, context);
    case 'subquery':
      return lowerScalarSubquery(expression.query, context);
    case 'exists':
      return lowerExists(expression.query, context);
    case 'inQuery':
      return lowerInQuery(expression, context);
    case 'quantified':
      return lowerQuantified(expression, context);
    case 'path':
      return lowerPath(expression, context);
    case 'array':
      return {
        sql: jsonArray(expression.items.map((item) => lower(item, context))),
        type: { kind: 'ARRAY' },
      };
    case 'object':
      return lowerObject(expression.entries, context);
    case 'interval':
      throw unsupported('INTERVAL outside date arithmetic');
    case 'tuple':
      throw unsupported('row constructor (a, b) in this place');
    case 'star':
      throw unsupported('* in this place');
    case 'default':
      throw unsupported('DEFAULT in this place');
  }
}

export const truth = (sql: string): Lowered => ({ sql, type: BOOLEAN_TYPE });

/** A condition in WHERE, ON, HAVING, QUALIFY, CASE WHEN. */
export function lowerCondition(expression: Expression, context: Context): string {
  return cast(lower(expression, context), BOOLEAN_TYPE).sql;
}

function lowerNumber(text: string): Lowered {
  if (/[eE]/.test(text)) return { sql: text, type: { kind: 'FLOAT' } };
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole.replace(/^0+/, '').length;
  const type: SqlType = {
    kind: 'NUMBER',
    precision: Math.max(1, digits + fraction.length),
    scale: fraction.length,
  };
  return { sql: fraction ? text : whole || '0', type };
}

function lowerColumn(expression: Expression & { is: 'column' }, context: Context): Lowered {
  const { compilation, scope } = context;
  const found = findColumn(scope, expression.parts, compilation, expression.at);
  if (found) return found;
  if (expression.parts.length === 1) {
    const name = expression.parts[0]!;
    const alias = lowerAlias(name, context);
    if (alias) return alias;
    const bare = lowerBareFunction(name, context, expression.at);
    if (bare) return bare;
  }
  throw invalidIdentifier(compilation, expression.at, expression.parts);
}

/** An alias of the select list stands for its expression, in the scopes from here outwards. */
function lowerAlias(name: string, context: Context): Lowered | undefined {
  for (let scope: Scope | undefined = context.scope; scope; scope = scope.outer) {
    const expression = scope.aliases.get(name);
    if (!expression || scope.expanding.has(name)) continue;
    scope.expanding.add(name);
    try {
      const value = lower(expression, { ...context, scope });
      return { sql: `(${value.sql})`, type: value.type };
    } finally {
      scope.expanding.delete(name);
    }
  }
  return undefined;
}

const BARE = new Set([
  'CURRENT_TIMESTAMP',
  'CURRENT_DATE',
  'CURRENT_TIME',
  'LOCALTIMESTAMP',
  'LOCALTIME',
  'CURRENT_USER',
  'CURRENT_ROLE',
  'CURRENT_WAREHOUSE',
  'CURRENT_DATABASE',
  'CURRENT_SCHEMA',
]);

/** CURRENT_TIMESTAMP and its kin need no parentheses. */
function lowerBareFunction(name: string, context: Context, at: number): Lowered | undefined {
  if (!BARE.has(name)) return undefined;
  return lowerCall(
    {
      is: 'call',
      name,
      args: [],
      named: [],
      distinct: false,
      star: false,
      within: undefined,
      ignoreNulls: false,
      over: undefined,
      at,
    },
    context,
  );
}

function lowerPosition(expression: Expression & { is: 'position' }, context: Context): Lowered {
  for (let scope: Scope | undefined = context.scope; scope; scope = scope.outer) {
    const relation =
      expression.table === undefined
        ? scope.relations[0]
        : scope.relations.find((each) => each.path[each.path.length - 1] === expression.table);
    const column = relation?.columns[expression.index - 1];
    if (column) return { sql: column.sql, type: column.type };
  }
  throw invalidIdentifier(context.compilation, expression.at, [`$${expression.index}`]);
}

/** Registers where a parameter's value comes from; the same source is bound once. */
export function parameter(source: Parameter & { type: SqlType }, context: Context): Lowered {
  const { parameters } = context.compilation;
  const same = parameters.findIndex(
    (each) =>
      each.from === source.from &&
      (each.from === 'bind' || each.from === 'session') &&
      JSON.stringify(each) === JSON.stringify(source),
  );
  const number = same >= 0 ? same + 1 : parameters.push(source);
  return { sql: parameterSql(number, source.type), type: source.type };
}

/** A parameter with its type written out, so that DuckDB need not guess it. */
function parameterSql(number: number, type: SqlType): string {
  const raw = `$${number}`;
  switch (type.kind) {
    case 'NUMBER':
      return type.scale === 0
        ? `CAST(${raw} AS HUGEINT)`
        : `CAST(CAST(${raw} AS VARCHAR) AS ${duckType(type)})`;
    case 'TIMESTAMP_TZ':
      return `{'t': make_timestamptz(CAST(split_part(CAST(${raw} AS VARCHAR), ' ', 1) AS BIGINT)), 'o': CAST(split_part(CAST(${raw} AS VARCHAR), ' ', 2) AS SMALLINT)}`;
    case 'VARIANT':
    case 'ARRAY':
    case 'OBJECT':
      return `CAST(CAST(${raw} AS VARCHAR) AS JSON)`;
    case 'BINARY':
      return `unhex(CAST(${raw} AS VARCHAR))`;
    default:
      return `CAST(${raw} AS ${duckType(type)})`;
  }
}

function lowerBind(index: number, context: Context): Lowered {
  const value = context.compilation.environment.binds[index];
  if (!value)
    throw new SnowflakeError(
      '100132',
      '42601',
      `SQL compilation error:\nBind variable ${index + 1} not set.`,
    );
  return parameter({ from: 'bind', index, type: value.type }, context);
}

function lowerVariable(name: string, context: Context): Lowered {
  const value = context.compilation.environment.variable(name);
  if (!value) {
    throw new SnowflakeError(
      '000904',
      '42000',
      `SQL compilation error:\nSession variable '$${name}' does not exist`,
    );
  }
  context.compilation.cacheable = false;
  return literal(value);
}

/** A value as a literal of DuckDB. */
export function literal({ type, value }: TypedValue): Lowered {
  if (value === null) return { sql: `CAST(NULL AS ${duckType(type)})`, type };
  switch (type.kind) {
    case 'TIMESTAMP_NTZ':
      return { sql: `make_timestamp(${value})`, type };
    case 'TIMESTAMP_LTZ':
      return { sql: `make_timestamptz(${value})`, type };
    case 'DATE':
      return { sql: `(DATE '1970-01-01' + ${value})`, type };
    case 'TIME':
      return { sql: `CAST(make_timestamp(${value}) AS TIME)`, type };
    case 'NUMBER':
      return { sql: `CAST(${quoteLiteral(String(value))} AS ${duckType(type)})`, type };
    case 'TIMESTAMP_TZ': {
      const [micros, offset] = String(value).split(' ');
      return { sql: `{'t': make_timestamptz(${micros}), 'o': CAST(${offset} AS SMALLINT)}`, type };
    }
    case 'BINARY':
      return { sql: `unhex(${quoteLiteral(String(value))})`, type };
    default:
      return { sql: `CAST(${quoteLiteral(String(value))} AS ${duckType(type)})`, type };
  }
}

function lowerUnary(op: '-' | '+' | 'NOT', operand: Lowered): Lowered {
  if (op === 'NOT') return truth(`(NOT ${cast(operand, BOOLEAN_TYPE).sql})`);
  const value =
    operand.type.kind === 'VARCHAR' ? cast(operand, { kind: 'NUMBER', precision: 38, scale: 5 }) : operand;
  return op === '-' ? { sql: `(-${value.sql})`, type: value.type } : value;
}

function lowerBinary(op: string, left: Expression, right: Expression, context: Context): Lowered {
  if (op === 'AND' || op === 'OR')
    return truth(`(${lowerCondition(left, context)} ${op} ${lowerCondition(right, context)})`);
  if (op === '||') return lowerConcatenation(lower(left, context), lower(right, context));
  if (['+', '-', '*', '/', '%'].includes(op)) return lowerArithmetic(op, left, right, context);
  if (left.is === 'tuple' && right.is === 'tuple')
    return lowerTupleComparison(op, left.items, right.items, context);
  const [a, b] = forComparison(lower(left, context), lower(right, context));
  return truth(`(${a.sql} ${op} ${b.sql})`);
}

function lowerTupleComparison(
  op: string,
  left: Expression[],
  right: Expression[],
  context: Context,
): Lowered {
  if (left.length !== right.length || (op !== '=' && op !== '<>'))
    throw unsupported(`row comparison with ${op}`);
  const pairs = left.map((item, index) => lowerBinary('=', item, right[index]!, context).sql);
  return truth(op === '=' ? `(${pairs.join(' AND ')})` : `(NOT (${pairs.join(' AND ')}))`);
}

function lowerBetween(expression: Expression & { is: 'between' }, context: Context): Lowered {
  const operand = lower(expression.operand, context);
  const [from, low] = forComparison(operand, lower(expression.low, context));
  const [to, high] = forComparison(operand, lower(expression.high, context));
  return truth(`(${expression.not ? 'NOT ' : ''}(${from.sql} >= ${low.sql} AND ${to.sql} <= ${high.sql}))`);
}

function lowerInList(expression: Expression & { is: 'inList' }, context: Context): Lowered {
  const { operand, list, not } = expression;
  if (operand.is === 'tuple') {
    const rows = list.map((item) => {
      if (item.is !== 'tuple') throw unsupported('IN with rows of different sizes');
      return lowerTupleComparison('=', operand.items, item.items, context).sql;
    });
    return truth(`(${not ? 'NOT ' : ''}(${rows.join(' OR ')}))`);
  }
  const left = lower(operand, context);
  const items = list.map((item) => lower(item, context));
  const sameKind = items.every((item) => item.type.kind === left.type.kind || item.type.kind === 'NULL');
  if (sameKind && left.type.kind !== 'TIMESTAMP_TZ')
    return truth(`(${left.sql} ${not ? 'NOT ' : ''}IN (${items.map((item) => item.sql).join(', ')}))`);
  const pairs = items.map((item) => forComparison(left, item)).map(([a, b]) => `${a.sql} = ${b.sql}`);
  return truth(`(${not ? 'NOT ' : ''}(${pairs.join(' OR ')}))`);
}

/** LIKE and ILIKE as such; RLIKE and REGEXP must match the whole subject. */
function lowerLike(expression: Like, context: Context): Lowered {
  const subject = toText(lower(expression.operand, context));
  // There is no escape character unless ESCAPE names one, in DuckDB as in Snowflake.
  const escape = expression.escape ? ` ESCAPE ${toText(lower(expression.escape, context))}` : '';
  const one = (pattern: Expression): string => {
    const text = toText(lower(pattern, context));
    if (expression.op === 'RLIKE') return `regexp_full_match(${subject}, ${text})`;
    return `(${subject} ${expression.op} ${text}${escape})`;
  };
  const matches = expression.patterns.map(one).join(expression.quantifier === 'ALL' ? ' AND ' : ' OR ');
  return truth(`(${expression.not ? 'NOT ' : ''}(${matches}))`);
}

function lowerCase(expression: Expression & { is: 'case' }, context: Context): Lowered {
  const operand = expression.operand && lower(expression.operand, context);
  const conditions = expression.whens.map(([when]) => {
    if (!operand) return lowerCondition(when, context);
    const [left, right] = forComparison(operand, lower(when, context));
    return `${left.sql} = ${right.sql}`;
  });
  const results = expression.whens.map(([, then]) => lower(then, context));
  if (expression.otherwise) results.push(lower(expression.otherwise, context));
  const { values, type } = unify(results);
  const whens = conditions
    .map((condition, index) => `WHEN ${condition} THEN ${values[index]!.sql}`)
    .join(' ');
  const otherwise = expression.otherwise ? ` ELSE ${values[values.length - 1]!.sql}` : '';
  return { sql: `(CASE ${whens}${otherwise} END)`, type };
}

function lowerCast(expression: Expression & { is: 'cast' }, context: Context): Lowered {
  const operand = lower(expression.operand, context);
  if (expression.try && operand.type.kind !== 'VARCHAR' && operand.type.kind !== 'NULL') {
    throw new SnowflakeError(
      '001065',
      '22023',
      `SQL compilation error:\nTRY_CAST cannot be used with arguments of types ${operand.type.kind} and ${expression.type.kind}`,
    );
  }
  return cast(operand, expression.type, expression.try);
}

function lowerPath(expression: Expression & { is: 'path' }, context: Context): Lowered {
  const operand = lower(expression.operand, context);
  if (!isSemi(operand.type) && operand.type.kind !== 'NULL') {
    throw new SnowflakeError(
      '001044',
      '42P13',
      `SQL compilation error:\nInvalid argument types for function 'GET': (${operand.type.kind}, VARCHAR)`,
    );
  }
  if (expression.step.is === 'string') {
    const path = `$."${expression.step.value.replaceAll('"', '\\"')}"`;
    return { sql: `json_extract(${operand.sql}, ${quoteLiteral(path)})`, type: { kind: 'VARIANT' } };
  }
  if (expression.step.is === 'number')
    return { sql: `json_extract(${operand.sql}, '$[${expression.step.text}]')`, type: { kind: 'VARIANT' } };
  return { sql: `sf_get(${operand.sql}, ${lower(expression.step, context).sql})`, type: { kind: 'VARIANT' } };
}

/** NULL elements become JSON nulls. */
export function jsonArray(items: readonly Lowered[]): string {
  if (items.length === 0) return `CAST('[]' AS JSON)`;
  return `to_json([${items.map((item) => `coalesce(${toVariant(item)}, CAST('null' AS JSON))`).join(', ')}])`;
}

function lowerObject(entries: [Expression, Expression][], context: Context): Lowered {
  const args = entries.flatMap(([key, value]) => [lower(key, context), lower(value, context)]);
  return { sql: jsonObject(args), type: { kind: 'OBJECT' } };
}

/** Alternating keys and values; an entry with a NULL is left out, as OBJECT_CONSTRUCT does. */
export function jsonObject(args: readonly Lowered[], keepNulls = false): string {
  if (args.length === 0) return `CAST('{}' AS JSON)`;
  const parts: string[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    const key = toText(args[index]!);
    const value = toVariant(args[index + 1]!);
    parts.push(
      keepNulls
        ? `{'k': ${key}, 'v': coalesce(${value}, CAST('null' AS JSON))}`
        : `{'k': ${key}, 'v': ${value}}`,
    );
  }
  return `to_json(map_from_entries(list_filter([${parts.join(', ')}], lambda e: e.k IS NOT NULL AND e.v IS NOT NULL)))`;
}

/** ORDER BY items: Snowflake sorts NULLs last ascending and first descending. */
export function orderSql(items: readonly OrderItem[], lowerOne: (item: OrderItem) => string): string {
  return items
    .map(
      (item) =>
        `${lowerOne(item)}${item.descending ? ' DESC' : ' ASC'} NULLS ${item.nulls ?? (item.descending ? 'FIRST' : 'LAST')}`,
    )
    .join(', ');
}

/** What orders, compares and groups: an instant for TIMESTAMP_TZ. */
export function orderable(value: Lowered): string {
  return value.type.kind === 'TIMESTAMP_TZ' ? `(${value.sql}).t` : value.sql;
}

export function argumentError(
  compilation: Compilation,
  at: number,
  name: string,
  types: readonly Type[],
): SnowflakeError {
  return compileError(
    compilation,
    at,
    '001044',
    '42P13',
    `Invalid argument types for function '${name}': (${types.map((type) => type.kind).join(', ')})`,
  );
}
