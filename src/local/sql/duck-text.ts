/** Words for DuckDB: quoting, and the names under which objects are kept there. */

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteLiteral(text: string): string {
  // DuckDB's plain literals know no escapes but the doubled quote; a zero byte cannot be written in one.
  if (text.includes('\0'))
    return text
      .split('\0')
      .map((part) => quoteLiteral(part))
      .join(' || chr(0) || ');
  return `'${text.replaceAll("'", "''")}'`;
}

/** The text that a plain literal of DuckDB stands for; undefined for anything else. */
export function literalOf(sql: string): string | undefined {
  return /^'((?:[^']|'')*)'$/.exec(sql)?.[1]?.replaceAll("''", "'");
}

/** DuckDB folds case when it compares names, Snowflake does not: lower-case letters of a quoted name are marked. */
export function duckName(name: string): string {
  return name.replace(/[\p{Ll}^]/gu, (letter) => `^${letter}`);
}

/** All databases live in one file: a Snowflake schema is a schema of that file. */
export function duckSchema(database: string, schema: string): string {
  return `${duckName(database).replaceAll('.', '^.')}.${duckName(schema).replaceAll('.', '^.')}`;
}

export function duckTable(database: string, schema: string, name: string): string {
  return `${quoteIdentifier(duckSchema(database, schema))}.${quoteIdentifier(duckName(name))}`;
}

/** A sequence of 64 bits; the step goes first, since DuckDB takes the bounds from its sign. */
export function createSequence(duckName: string, start: number, step: number): string {
  return `CREATE OR REPLACE SEQUENCE ${duckName} INCREMENT ${step} MINVALUE ${-(2n ** 63n)} MAXVALUE ${2n ** 63n - 1n} START ${start}`;
}

/** A refusal raised while DuckDB computes: the error mapper reads code, SQLSTATE and text back. */
export function raise(code: string, sqlState: string, message: string): string {
  return `error(${quoteLiteral(`SF:${code}:${sqlState}:${message}`)})`;
}
