/** Values of properties of warehouses and users, as an account takes and shows them. https://docs.snowflake.com/en/sql-reference/sql/create-warehouse, create-user */
import { SnowflakeError, unsupported } from '../../errors';

/** By what may be written, without its hyphens. */
const SIZES: Readonly<Record<string, string>> = {
  ...{ XSMALL: 'X-Small', SMALL: 'Small', MEDIUM: 'Medium', LARGE: 'Large', XLARGE: 'X-Large' },
  ...{ XXLARGE: '2X-Large', X2LARGE: '2X-Large', '2XLARGE': '2X-Large' },
  ...{ XXXLARGE: '3X-Large', X3LARGE: '3X-Large', '3XLARGE': '3X-Large' },
  ...{ X4LARGE: '4X-Large', '4XLARGE': '4X-Large', X5LARGE: '5X-Large', '5XLARGE': '5X-Large' },
  ...{ X6LARGE: '6X-Large', '6XLARGE': '6X-Large' },
};

/** @throws SnowflakeError 001008 for a size that there is not */
export function sizeOf(value: string): string {
  return SIZES[value.toUpperCase().replaceAll('-', '')] ?? invalid(value, 'WAREHOUSE_SIZE');
}

/** @throws NotModelled for a warehouse of another kind */
export function typeOf(value: string): string {
  const type = value.toUpperCase();
  if (type === 'STANDARD') return type;
  if (type === 'SNOWPARK-OPTIMIZED' || type === 'ADAPTIVE' || type === 'INTERACTIVE')
    throw unsupported(`WAREHOUSE_TYPE = '${type}'`);
  return invalid(value, 'WAREHOUSE_TYPE');
}

/** Seconds; `null` and 0 are never. */
export function suspendAfter(value: string): number | null {
  if (value.toUpperCase() === 'NULL') return null;
  return /^\d+$/.test(value) ? Number(value) : invalid(value, 'AUTO_SUSPEND');
}

export function isTrue(value: string, property: string): boolean {
  const word = value.toUpperCase();
  if (word !== 'TRUE' && word !== 'FALSE') return invalid(value, property);
  return word === 'TRUE';
}

const USER_TYPES = ['PERSON', 'SERVICE', 'LEGACY_SERVICE', 'NULL'];

/** @throws SnowflakeError 001008 for a type that no user has */
export function userType(value: string | undefined): void {
  if (value !== undefined && !USER_TYPES.includes(value.toUpperCase())) invalid(value, 'TYPE');
}

function invalid(value: string, property: string): never {
  throw new SnowflakeError(
    '001008',
    '22023',
    `SQL compilation error:\ninvalid value [${value}] for parameter '${property}'`,
  );
}
