/** Expressions, conditions and variables while a block runs. */
import type { Session } from '../../engine/contract';
import { SnowflakeError } from '../../errors';
import { invalidIdentifier } from '../compile/errors';
import { bindVariables, RESULTSET_STATUS } from '../expressions/bound';
import { evaluateFast } from '../expressions/fast';
import { SLOW, type Fast, type Lookup } from '../expressions/fast-value';
import { holds } from '../expressions/truth';
import { boolean, integer, text, type SqlType, type SqlValue, type TypedValue } from '../../values';
import type { Expression, Place, VariableRef } from '../ast';
import type { Activation } from './activation';
import { convert } from './convert';
import { raising } from './raised';
import { statusOf } from './result-sets';
import { find, replace, type Row, type Scope, type Variable } from './scope';

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

function valueOf({ type, value }: Variable): TypedValue {
  return { type, value };
}

/** https://docs.snowflake.com/en/developer-guide/snowflake-scripting/dml-status, .../exceptions, .../query-id */
function builtIn(name: string, { handling }: Scope, run: Activation): Fast {
  const rows = run.rowsAffected;
  switch (name) {
    case 'SQLCODE':
      return integer(handling ? Number(handling.code) : null);
    case 'SQLERRM':
      return handling ? text(handling.message) : SLOW;
    case 'SQLSTATE':
      return handling ? text(handling.sqlState) : SLOW;
    case 'SQLROWCOUNT':
      return text(rows === undefined ? null : String(rows));
    case 'ACTIVITY_COUNT':
      return integer(run.activity ?? null);
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
  return raising('EXPRESSION_ERROR', expression.place, () => evaluateSql(sql, binds, run.session));
}

/** Positions in its message count from the expression, which SQL sees behind a SELECT. */
async function evaluateSql(sql: string, binds: readonly TypedValue[], session: Session): Promise<TypedValue> {
  try {
    return await session.evaluate(sql, binds);
  } catch (error) {
    throw error instanceof SnowflakeError ? withoutSelect(error) : error;
  }
}

function withoutSelect(error: SnowflakeError): SnowflakeError {
  const message = error.message.replace(
    /^(SQL compilation error: error line 1 at position )(\d+)/,
    (_, before: string, position: string) => before + String(Number(position) - 'SELECT '.length),
  );
  if (message === error.message) return error;
  return new SnowflakeError(error.code, error.sqlState, message);
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

/** @throws RaisedException EXPRESSION_ERROR when it has no value */
export async function isTrue(condition: Expression, scope: Scope, run: Activation): Promise<boolean> {
  return holds(await evaluate(condition, scope, run));
}

/** Sets a declared variable; the value takes the variable's type. */
export async function assign(
  name: string,
  value: TypedValue,
  scope: Scope,
  run: Activation,
  place: Place,
): Promise<void> {
  const variable = variableNamed(name, value.type, scope, place);
  set(
    variable,
    value,
    await raising('EXPRESSION_ERROR', place, () => convert(value, variable.type, run.session)),
  );
}

/** Keeps a value that has taken the variable's type; a BOOLEAN in a NUMBER is returned as it was converted, without a scale. */
export function set(variable: Variable, from: TypedValue, converted: SqlValue): void {
  const isTruth = from.type.kind === 'BOOLEAN' && variable.type.kind === 'NUMBER' && from.value !== null;
  variable.returned = isTruth ? { type: TRUTH, value: from.value ? 1 : 0 } : undefined;
  variable.value = converted;
}

/** What a BOOLEAN is as a number. */
export const TRUTH: SqlType = { kind: 'NUMBER', precision: 2, scale: 0 };

/** The row of a loop that is assigned to is a variable from then on, until the next turn. */
function variableNamed(name: string, type: SqlType, scope: Scope, place: Place): Variable {
  const entity = find(scope, name);
  if (entity?.is === 'variable') return entity;
  if (entity?.is !== 'row') throw invalidIdentifier(name, place);
  const variable: Variable = { is: 'variable', type, value: null };
  replace(scope, name, variable);
  return variable;
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
