/** Expressions, from Snowflake's meaning to DuckDB's words. */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Expression } from '../ast';
import type { Compilation, Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import type { Scope } from '../scope';
import { lowerArithmetic, lowerConcatenation } from './arithmetic';
import { lowerCall } from './call';
import { cast, isSemi } from './coerce';
import { forComparison, unify } from './common-type';
import { neverHolds } from './dead-branches';
import { jsonArray, lowerObject, lowerPath } from './json';
import { lowerColumn, lowerPosition } from './names';
import { checkOperands, requireText } from './operands';
import { lowerBetween, lowerInList, lowerLike, lowerTupleComparison } from './predicates';
import { lowerExists, lowerInQuery, lowerQuantified, lowerScalarSubquery } from './subquery';
import { notingTextWork } from './text-work';
import { lowerBind, lowerNumber, lowerVariable } from './values';

export interface Context {
  compilation: Compilation;
  scope: Scope;
  /** In the condition of a join, where DuckDB does not take every subquery. */
  isJoin?: boolean;
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
      return notingTextWork(expression, lowerCall(expression, context), context);
    case 'unary':
      return lowerUnary(expression.op, lower(expression.operand, context), context, expression.at);
    case 'binary':
      return lowerBinary(expression.op, expression.left, expression.right, context, expression.at);
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

function lowerUnary(op: '-' | '+' | 'NOT', operand: Lowered, context: Context, at = 0): Lowered {
  if (op === 'NOT') {
    checkOperands(op, [operand], context, at);
    return truth(`(NOT ${cast(operand, BOOLEAN_TYPE).sql})`);
  }
  const value =
    operand.type.kind === 'VARCHAR' || isSemi(operand.type) ? cast(operand, { kind: 'FLOAT' }) : operand;
  return op === '-' ? { sql: `(-${value.sql})`, type: value.type } : value;
}

export function lowerBinary(
  op: string,
  left: Expression,
  right: Expression,
  context: Context,
  at = 0,
): Lowered {
  if (op === 'AND' || op === 'OR') {
    const sides = [lower(left, context), lower(right, context)];
    checkOperands(op, sides, context, at);
    return truth(`(${sides.map((side) => cast(side, BOOLEAN_TYPE).sql).join(` ${op} `)})`);
  }
  if (op === '||') return lowerConcatenation(lower(left, context), lower(right, context));
  if (['+', '-', '*', '/', '%'].includes(op)) return lowerArithmetic(op, left, right, context, at);
  if (left.is === 'tuple' && right.is === 'tuple')
    return lowerTupleComparison(op, left.items, right.items, context);
  const [a, b] = forComparison(lower(left, context), lower(right, context));
  return truth(`(${a.sql} ${op} ${b.sql})`);
}

function lowerCase(expression: Expression & { is: 'case' }, context: Context): Lowered {
  const operand = expression.operand && lower(expression.operand, context);
  const live = expression.whens.filter(
    ([when]) => operand !== undefined || !neverHolds(when, (inner) => lower(inner, context)),
  );
  if (live.length === 0) return lowerElse(expression, context);
  const conditions = live.map(([when]) => {
    if (!operand) return lowerCondition(when, context);
    const [left, right] = forComparison(operand, lower(when, context));
    return `${left.sql} = ${right.sql}`;
  });
  const results = live.map(([, then]) => lower(then, context));
  if (expression.otherwise) results.push(lower(expression.otherwise, context));
  const { values, type } = unify(results);
  const whens = conditions
    .map((condition, index) => `WHEN ${condition} THEN ${values[index]!.sql}`)
    .join(' ');
  const otherwise = expression.otherwise ? ` ELSE ${values[values.length - 1]!.sql}` : '';
  return { sql: `(CASE ${whens}${otherwise} END)`, type };
}

/** Of a CASE without a live branch its type is left, to which the branches contribute. */
function lowerElse({ whens, otherwise }: Expression & { is: 'case' }, context: Context): Lowered {
  const rest: Lowered = otherwise ? lower(otherwise, context) : { sql: 'NULL', type: { kind: 'NULL' } };
  const { values, type } = unify([...whens.map(([, then]) => lower(then, context)), rest]);
  return { sql: values[values.length - 1]!.sql, type };
}

function lowerCast(expression: Expression & { is: 'cast' }, context: Context): Lowered {
  const operand = lower(expression.operand, context);
  if (expression.try) requireText(operand, expression.type);
  return cast(operand, expression.type, expression.try);
}
