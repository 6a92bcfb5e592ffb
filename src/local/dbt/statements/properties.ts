/** Pieces that the statements on dbt projects share. */
import { SnowflakeError } from '../../errors';
import type { TokenReader } from '../../sql/token-reader';
import type { ProjectProperties } from '../projects';

/** `NAME = value ...` until something else comes. https://docs.snowflake.com/en/sql-reference/sql/create-dbt-project */
export function readProperties(reader: TokenReader): ProjectProperties {
  const properties: ProjectProperties = {};
  while (!reader.done) {
    const name = reader.identifier();
    if (name in properties) throw duplicate(name);
    reader.expect('=');
    switch (name) {
      case 'DBT_VERSION':
        properties.DBT_VERSION = dbtVersion(reader.string());
        break;
      case 'DEFAULT_TARGET':
      case 'DEFAULT_ENVIRONMENT':
      case 'COMMENT':
        properties[name] = reader.string();
        break;
      case 'AUTO_COMPILE':
      case 'DEFAULT_WRITEBACK':
        properties[name] = reader.boolean();
        break;
      case 'EXTERNAL_ACCESS_INTEGRATIONS':
        properties[name] = nameList(reader);
        break;
      default:
        throw invalidProperty(name);
    }
  }
  return properties;
}

export const PROPERTY_NAMES: readonly (keyof ProjectProperties)[] = [
  'DBT_VERSION',
  'DEFAULT_TARGET',
  'DEFAULT_ENVIRONMENT',
  'EXTERNAL_ACCESS_INTEGRATIONS',
  'AUTO_COMPILE',
  'DEFAULT_WRITEBACK',
  'COMMENT',
];

export function duplicate(name: string): SnowflakeError {
  return new SnowflakeError('001423', '22023', `SQL compilation error:\n'${name}' is given twice`);
}

export function invalidProperty(name: string): SnowflakeError {
  return new SnowflakeError(
    '001420',
    '22023',
    `SQL compilation error:\ninvalid property '${name}' for 'DBT_PROJECT'`,
  );
}

/**
 * Which versions Snowflake runs changes from month to month, so any that looks like one is taken: `1.11.11`,
 * `2.0.0-preview.210`. @throws SnowflakeError for what is no version
 */
export function dbtVersion(version: string): string {
  if (/^[1-9]\d*\.\d+\.\d+(?:-[\w.]+)?$/.test(version)) return version;
  throw new SnowflakeError(
    '001423',
    '22023',
    `SQL compilation error:\ninvalid value '${version}' for property 'DBT_VERSION'`,
  );
}

export function nameList(reader: TokenReader): string[] {
  reader.expect('(');
  const names: string[] = [];
  while (!reader.sees(')')) {
    names.push(reader.name().join('.'));
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return names;
}
