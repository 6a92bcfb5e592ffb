/** Arguments of system functions: typed values in, plain ones out. */
import { SnowflakeError } from '../../errors';
import type { TypedValue } from '../../values';

export function optionalText(args: readonly TypedValue[], index: number): string | null {
  const value = args[index]?.value ?? null;
  return value === null ? null : String(value);
}

/** @throws SnowflakeError when it is missing or NULL */
export function requiredText(args: readonly TypedValue[], index: number, what: string): string {
  const value = optionalText(args, index);
  if (value === null) throw invalidArgument(`${what} is missing`);
  return value;
}

export function optionalInteger(args: readonly TypedValue[], index: number): number | null {
  const number = optionalNumber(args, index);
  if (number !== null && !Number.isInteger(number)) throw invalidArgument(`${number} is not a whole number`);
  return number;
}

export function optionalNumber(args: readonly TypedValue[], index: number): number | null {
  const value = args[index]?.value ?? null;
  if (value === null) return null;
  const number = Number(value);
  if (Number.isNaN(number)) throw invalidArgument(`'${String(value)}' is not a number`);
  return number;
}

export function optionalBoolean(args: readonly TypedValue[], index: number): boolean | null {
  const value = args[index]?.value ?? null;
  if (value === null || typeof value === 'boolean') return value;
  if (/^(?:true|1)$/i.test(String(value))) return true;
  if (/^(?:false|0)$/i.test(String(value))) return false;
  throw invalidArgument(`'${String(value)}' is neither true nor false`);
}

export function invalidArgument(message: string): SnowflakeError {
  return new SnowflakeError('001044', '42P13', `SQL compilation error:\ninvalid argument: ${message}`);
}
