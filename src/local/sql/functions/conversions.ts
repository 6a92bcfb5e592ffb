/** To numbers and booleans. https://docs.snowflake.com/en/sql-reference/functions-conversion */
import { unsupported } from '../../errors';
import type { SqlType } from '../../values';
import type { Lowered } from '../compilation';
import { cast } from '../lower/coerce';
import { requireText } from '../lower/operands';
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
    const type: SqlType = { kind: 'NUMBER', precision: sizes[0] ?? 38, scale: sizes[1] ?? 0 };
    if (tries) requireText(value, type);
    const digits = format
      ? varchar(plainDigits(textOf(value), literalText(format, 'TO_NUMBER'), tries))
      : value;
    return cast(digits, type, tries);
  };
}
define('TO_NUMBER TO_DECIMAL TO_NUMERIC', [1, 4], toNumber(false));
define('TRY_TO_NUMBER TRY_TO_DECIMAL TRY_TO_NUMERIC', [1, 4], toNumber(true));
define('TO_DOUBLE', 1, ([a]) => cast(a!, { kind: 'FLOAT' }));
define('TRY_TO_DOUBLE', 1, ([a]) => tryCast(a!, { kind: 'FLOAT' }));
define('TO_BOOLEAN', 1, ([a]) => cast(a!, { kind: 'BOOLEAN' }));
define('TRY_TO_BOOLEAN', 1, ([a]) => tryCast(a!, { kind: 'BOOLEAN' }));

function tryCast(value: Lowered, type: SqlType): Lowered {
  requireText(value, type);
  return cast(value, type, true);
}
