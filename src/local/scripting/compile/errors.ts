/** What a body fails with before it runs. The wording is Snowflake's; of the codes, 000904, 001044, 090207 and 092228 are. */
import { SnowflakeError } from '../../errors';
import type { Place } from '../ast';

/** 000904, as for a column that does not exist. */
export function invalidIdentifier(name: string, place: Place): SnowflakeError {
  return compilationError(place, `invalid identifier '${name}'`, '000904');
}

/** 092228: a LET or DECLARE without a type, whose value gives none. */
export function notInferred(name: string, place: Place): SnowflakeError {
  const what = ` variable '${name}' cannot have its type inferred from initializer`;
  return compilationError(place, what, '092228', 'P0000');
}

/** A cursor or RESULTSET where a value has to stand. */
export function invalidUse(what: string, name: string, place: Place): SnowflakeError {
  return compilationError(place, ` Invalid use of ${what} '${name}'.`);
}

export function declaredTwice(name: string, place: Place): SnowflakeError {
  return compilationError(place, ` Variable with name '${name}' declared twice.`);
}

export function notPermitted(name: string, place: Place): SnowflakeError {
  return compilationError(place, ` Assignment to variable '${name}' is not permitted.`);
}

/** 090207: no value of the one type has a form in the other. */
export function incompatibleReturn(declared: string, actual: string, place: Place): SnowflakeError {
  const what = ` Declared return type '${declared}' is incompatible with actual return type '${actual}'`;
  return compilationError(place, what, '090207', '42601');
}

/** 001044: an operator has no value for operands of these types. */
export function wrongOperands(what: string, place: Place): SnowflakeError {
  return compilationError(place, what, '001044', '42P13');
}

export function outsideOfLoop(place: Place): SnowflakeError {
  return compilationError(place, 'BREAK and CONTINUE stand in a loop only');
}

export function outsideOfHandler(place: Place): SnowflakeError {
  return compilationError(place, 'RAISE without an exception stands in a handler only');
}

/** A command in parentheses gives no value that a variable could take. */
export function noValue(statement: string): SnowflakeError {
  const message = `SQL compilation error:\nInvalid expression value (${statement}) for assignment.`;
  return new SnowflakeError('001003', '42000', message);
}

function compilationError(
  { line, position }: Place,
  what: string,
  code = '001003',
  sqlState = '42000',
): SnowflakeError {
  const message = `SQL compilation error: error line ${line} at position ${position}\n${what}`;
  return new SnowflakeError(code, sqlState, message);
}
