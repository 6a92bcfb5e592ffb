/**
 * How large a value may be. https://docs.snowflake.com/en/sql-reference/data-types-text,
 * https://docs.snowflake.com/en/release-notes/bcr-bundles/2024_08/bcr-1779 (the error)
 */
import { SnowflakeError } from '../errors';

/** Bytes of a VARCHAR, VARIANT, ARRAY or OBJECT. */
export const MAX_VALUE_BYTES = 134_217_728;

/** 100082 */
export function valueTooLarge(bytes: number | bigint): SnowflakeError {
  return new SnowflakeError(
    '100082',
    '22000',
    `Max LOB size (${MAX_VALUE_BYTES}) exceeded, actual size of parsed column is ${bytes}`,
  );
}

/** @throws SnowflakeError 100082 */
export function requireValueSize(value: string): void {
  if (value.length <= MAX_VALUE_BYTES / 3) return;
  const bytes = Buffer.byteLength(value);
  if (bytes > MAX_VALUE_BYTES) throw valueTooLarge(bytes);
}
