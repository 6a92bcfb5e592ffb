/**
 * OUT arguments: the caller's variable gives the first value and takes the last one.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-snowflake-scripting
 */
import { SnowflakeError } from '../../errors';
import type { TypedValue } from '../../values';
import type { GivenArgument } from './arguments';
import type { ProcedureArgument } from './record';

/** A bind of a CALL that stands for a variable of the calling block. */
export interface VariableValue extends TypedValue {
  variable: string;
}

function variableBehind(value: TypedValue): string | undefined {
  return (value as Partial<VariableValue>).variable;
}

/** Name of the variable behind each OUT argument, by the argument's name. @throws SnowflakeError 001044 */
export function outputVariables(
  declared: readonly ProcedureArgument[],
  given: readonly (GivenArgument | undefined)[],
): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [at, { name, out }] of declared.entries()) {
    if (!out) continue;
    const variable = given[at] && variableBehind(given[at].value);
    if (variable === undefined) throw badOutput(name, 'takes a variable of a Snowflake Scripting block');
    if ([...variables.values()].includes(variable))
      throw badOutput(name, `takes a variable of its own: ${variable} is another one's`);
    variables.set(name, variable);
  }
  return variables;
}

function badOutput(argument: string, what: string): SnowflakeError {
  const message = `SQL compilation error:\nOutput argument '${argument}' ${what}.`;
  return new SnowflakeError('001044', '42P13', message);
}
