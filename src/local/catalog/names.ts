/** Names as Snowflake resolves and shows them. https://docs.snowflake.com/en/sql-reference/name-resolution */
import { SnowflakeError } from '../errors';
import type { QualifiedName, Session } from '../engine/contract';

/** Fills the missing parts from the session. @throws SnowflakeError 090105 without a current database or schema */
export function qualify(
  parts: readonly string[],
  session: Pick<Session, 'database' | 'schema'>,
): QualifiedName {
  const [name, schema = session.schema, database = session.database] = [...parts].reverse();
  if (parts.length > 3 || name === undefined) {
    throw new SnowflakeError(
      '001003',
      '42000',
      `SQL compilation error:\ninvalid identifier '${parts.join('.')}'`,
    );
  }
  if (!database) throw noCurrent('database', 'USE DATABASE');
  if (!schema) throw noCurrent('schema', 'USE SCHEMA');
  return { database, schema, name };
}

function noCurrent(kind: string, statement: string): SnowflakeError {
  return new SnowflakeError(
    '090105',
    '22000',
    `Cannot perform operation. This session does not have a current ${kind}. Call '${statement}', or use a qualified name.`,
  );
}

/** Key of an object in a collection of the catalog. */
export function keyOf(name: QualifiedName): string {
  return [name.database, name.schema, name.name].map(showIdentifier).join('.');
}

/** The name as GET_DDL writes it. */
export function ddlName(name: QualifiedName, qualified: boolean): string {
  return qualified ? keyOf(name) : showIdentifier(name.name);
}

/** An identifier as Snowflake shows it: quoted only where it has to be. */
export function showIdentifier(name: string): string {
  return /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The name that `showIdentifier` shows. */
export function identifierOf(shown: string): string {
  return shown.startsWith('"') ? shown.slice(1, -1).replaceAll('""', '"') : shown;
}

/** Text as a string literal, in which a backslash escapes. https://docs.snowflake.com/en/sql-reference/data-types-text */
export function showString(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** Text as GET_DDL writes it. */
export function showEscaped(text: string): string {
  const escapes: Record<string, string> = {
    '\\': '\\\\',
    '"': '\\"',
    '\t': '\\t',
    '\n': '\\n',
    '\r': '\\r',
    "'": "''",
  };
  return `'${text.replace(/[\\"\t\n\r']/g, (char) => escapes[char]!)}'`;
}

/** @throws SnowflakeError 002012 for a column that is named twice */
export function refuseDuplicates(columns: readonly { name: string }[]): void {
  const names = new Set<string>();
  for (const { name } of columns) {
    if (names.has(name))
      throw new SnowflakeError('002012', '42601', `SQL compilation error:\nduplicate column name '${name}'`);
    names.add(name);
  }
}
