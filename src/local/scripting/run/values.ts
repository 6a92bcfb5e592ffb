/** Expressions, conditions and variables while a block runs. */
import { invalidIdentifier } from '../check';
import { bindVariables, RESULTSET_STATUS } from '../expressions/bound';
import { evaluateFast } from '../expressions/fast';
import { SLOW, type Fast, type Lookup } from '../expressions/fast-value';
import { boolean, BOOLEAN, integer, text, type SqlType, type TypedValue } from '../../values';
import type { Expression, Place, VariableRef } from '../ast';
import type { Activation } from './activation';
import { convert } from './convert';
import { raising } from './raised';
import { statusOf } from './result-sets';
import { find, type Row, type Scope, type Variable } from './scope';

/** Gives the values of variables, row columns and the built-in SQL... variables. */
export function lookupIn(scope: Scope, run: Activation): Lookup {
  const lookup: Lookup = (name, column) => {
    const entity = find(scope, name);
    if (!entity) return column === undefined ? builtIn(name, scope, run) : SLOW;
    if (entity.is === 'resultset') return column === RESULTSET_STATUS ? text(statusOf(entity)) : SLOW;
    if (column !== undefined) return entity.is === 'row' ? columnOf(entity, column) : SLOW;
    return entity.is === 'variable' ? valueOf(entity) : SLOW;
  };
  lookup.now = () => run.session.account.clock.now();
  return lookup;
}

function columnOf(row: Row, column: string): Fast {
  const index = row.columns.findIndex(({ name }) => name === column);
  if (index < 0) return SLOW;
  return { type: row.columns[index]!.type, value: row.values[index] ?? null };
}

function valueOf(variable: Variable): TypedValue {
  return { type: variable.type ?? text(null).type, value: variable.value };
}

/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/dml-status, .../exceptions, .../query-id */
function builtIn(name: string, { handling }: Scope, run: Activation): Fast {
  const rows = run.rowsAffected;
  switch (name) {
    case 'SQLCODE':
      return handling ? integer(Number(handling.code)) : SLOW;
    case 'SQLERRM':
      return handling ? text(handling.message) : SLOW;
    case 'SQLSTATE':
      return handling ? text(handling.sqlState) : SLOW;
    case 'SQLROWCOUNT':
      return integer(rows ?? null);
    case 'SQLFOUND':
      return boolean(rows === undefined ? null : rows > 0);
    case 'SQLNOTFOUND':
      return boolean(rows === undefined ? null : rows === 0);
    case 'SQLID':
      return text(run.lastQueryId ?? null);
    default:
      return SLOW;
  }
}

/** @throws RaisedException EXPRESSION_ERROR */
export async function evaluate(expression: Expression, scope: Scope, run: Activation): Promise<TypedValue> {
  const lookup = lookupIn(scope, run);
  const fast = evaluateFast(expression, lookup);
  if (fast !== SLOW) return fast;
  const { sql, binds } = bindVariables(expression, lookup);
  return raising('EXPRESSION_ERROR', expression.place, () => run.session.evaluate(sql, binds));
}

export async function evaluateAll(
  expressions: readonly Expression[],
  scope: Scope,
  run: Activation,
): Promise<TypedValue[]> {
  const all: TypedValue[] = [];
  for (const expression of expressions) all.push(await evaluate(expression, scope, run));
  return all;
}

/** Whether a condition is TRUE; NULL is not. */
export async function isTrue(condition: Expression, scope: Scope, run: Activation): Promise<boolean> {
  const value = await evaluate(condition, scope, run);
  if (value.value === null) return false;
  const truth = await raising('EXPRESSION_ERROR', condition.place, () =>
    convert(value, BOOLEAN, run.session),
  );
  return truth === true;
}

/** Sets a declared variable; the value takes the variable's type. */
export async function assign(
  name: string,
  value: TypedValue,
  scope: Scope,
  run: Activation,
  place: Place,
): Promise<void> {
  const variable = variableNamed(name, scope, place);
  variable.type ??= value.value === null ? undefined : inferred(value.type);
  variable.value = await raising('EXPRESSION_ERROR', place, () =>
    convert(value, variable.type ?? value.type, run.session),
  );
}

function variableNamed(name: string, scope: Scope, place: Place): Variable {
  const entity = find(scope, name);
  if (entity?.is !== 'variable') throw invalidIdentifier(name, place);
  return entity;
}

/** The type a variable declared without one takes from its first value: lengths and precisions are not kept. */
export function inferred(type: SqlType): SqlType {
  if (type.kind === 'VARCHAR') return { kind: 'VARCHAR' };
  return type.kind === 'NUMBER' ? { kind: 'NUMBER', precision: 38, scale: type.scale } : type;
}

/** Value behind `:v` or `:rec.col` in SQL. @throws SnowflakeError 002049 when there is no such variable */
export function bindValue(
  { name, column }: VariableRef,
  scope: Scope,
  run: Activation,
): TypedValue | undefined {
  const value = lookupIn(scope, run)(name, column);
  return value === SLOW ? undefined : value;
}
