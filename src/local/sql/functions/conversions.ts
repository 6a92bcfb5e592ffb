/** To numbers and booleans. https://docs.snowflake.com/en/sql-reference/functions-conversion */
import { SnowflakeError, unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { cast } from '../lower/coerce';
import { plainDigits } from './number-formats';
import { define } from './registry';
import { literalText, textOf, varchar } from './types';

/** TO_NUMBER(value [, format] [, precision [, scale]]). */
function toNumber(tries: boolean) {
  return (args: Lowered[]): Lowered => {
    const [value, ...rest] = args as [Lowered, ...Lowered[]];
    const format = rest[0]?.type.kind === 'VARCHAR' ? rest.shift() : undefined;
    const sizes = rest.map((each) => {
      if (!/^\d+$/.test(each.sql)) throw unsupported('TO_NUMBER with a computed precision or scale');
      return Number(each.sql);
    });
    if (tries && value.type.kind !== 'VARCHAR' && value.type.kind !== 'NULL') {
      throw new SnowflakeError(
        '001065',
        '22023',
        `SQL compilation error:\nFunction TRY_TO_NUMBER cannot be used with arguments of type ${value.type.kind}`,
      );
    }
    const digits = format
      ? varchar(plainDigits(textOf(value), literalText(format, 'TO_NUMBER'), tries))
      : value;
    return cast(digits, { kind: 'NUMBER', precision: sizes[0] ?? 38, scale: sizes[1] ?? 0 }, tries);
  };
}
define('TO_NUMBER TO_DECIMAL TO_NUMERIC', [1, 4], toNumber(false));
define('TRY_TO_NUMBER TRY_TO_DECIMAL TRY_TO_NUMERIC', [1, 4], toNumber(true));
define('TO_DOUBLE', 1, ([a]) => cast(a!, { kind: 'FLOAT' }));
define('TRY_TO_DOUBLE', 1, ([a]) => cast(a!, { kind: 'FLOAT' }, true));
define('TO_BOOLEAN', 1, ([a]) => cast(a!, { kind: 'BOOLEAN' }));
define('TRY_TO_BOOLEAN', 1, ([a]) => cast(a!, { kind: 'BOOLEAN' }, true));
