/**
 * Identifiers as Snowflake reads and stores them: unquoted ones are folded to upper case, quoted ones are kept.
 * https://docs.snowflake.com/en/sql-reference/identifiers-syntax
 */
import type { ObjectName } from './deployment';

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string; hint?: string };

const UNQUOTED = /^[A-Za-z_][A-Za-z0-9_$]*$/;
const PART = /"(?:[^"]|"")*"|[^."]+/y;
const LONGEST = 255;

/**
 * Words that cannot be an unquoted name. https://docs.snowflake.com/en/sql-reference/reserved-keywords
 * Whoever writes a stored name into SQL has to quote these too.
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'ACCOUNT ALL ALTER AND ANY AS BETWEEN BY CASE CAST CHECK COLUMN CONNECT CONNECTION CONSTRAINT CREATE CROSS ' +
    'CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATABASE DELETE DISTINCT DROP ELSE EXISTS ' +
    'FALSE FOLLOWING FOR FROM FULL GRANT GROUP GSCLUSTER HAVING ILIKE IN INCREMENT INNER INSERT INTERSECT INTO IS ' +
    'ISSUE JOIN LATERAL LEFT LIKE LOCALTIME LOCALTIMESTAMP MINUS NATURAL NOT NULL OF ON OR ORDER ORGANIZATION ' +
    'QUALIFY REGEXP REVOKE RIGHT RLIKE ROW ROWS SAMPLE SCHEMA SELECT SET SOME START TABLE TABLESAMPLE THEN TO ' +
    'TRIGGER TRUE TRY_CAST UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHENEVER WHERE WITH'
  ).split(' '),
);

/** One identifier: `edw` -> `EDW`, `"Edw"` -> `Edw`. */
export function parseIdentifier(text: string): Parsed<string> {
  const parts = splitParts(text);
  if (!parts.ok) return parts;
  const [only, ...more] = parts.value;
  if (only === undefined || more.length > 0) return { ok: false, reason: 'one name is wanted, without dots' };
  return { ok: true, value: only };
}

/** A name of up to three parts; what is missing is taken from `defaults`. */
export function parseObjectName(
  text: string,
  defaults: { database: string; schema: string },
): Parsed<ObjectName> {
  const parts = splitParts(text);
  if (!parts.ok) return parts;
  const [name, schema = defaults.schema, database = defaults.database] = [...parts.value].reverse();
  if (name === undefined || parts.value.length > 3) {
    return { ok: false, reason: 'a name has at most three parts: database, schema, name' };
  }
  return { ok: true, value: { database, schema, name } };
}

function splitParts(text: string): Parsed<string[]> {
  const parts: string[] = [];
  let position = 0;
  for (;;) {
    PART.lastIndex = position;
    const raw = PART.exec(text)?.[0];
    if (raw === undefined)
      return { ok: false, reason: 'a part of the name is empty or a quote is not closed' };
    const part = storedName(raw);
    if (!part.ok) return part;
    parts.push(part.value);
    position += raw.length;
    if (position === text.length) return { ok: true, value: parts };
    if (text[position] !== '.') return { ok: false, reason: 'parts of a name are separated by dots' };
    position += 1;
  }
}

function storedName(raw: string): Parsed<string> {
  const quoted = raw.startsWith('"');
  const name = quoted ? raw.slice(1, -1).replaceAll('""', '"') : raw.toUpperCase();
  if (name === '') return { ok: false, reason: 'a name cannot be empty' };
  if (name.length > LONGEST) return { ok: false, reason: `a name has at most ${LONGEST} characters` };
  if (!isWritable(name) && (quoted || name.includes('$$'))) {
    return { ok: false, reason: 'it cannot be written in generated SQL', hint: WRITABLE };
  }
  if (quoted) return { ok: true, value: name };
  if (!UNQUOTED.test(raw)) {
    return {
      ok: false,
      reason: 'an unquoted name has only letters, digits, _ and $, and starts with a letter or _',
    };
  }
  if (RESERVED_WORDS.has(name))
    return { ok: false, reason: `${name} is a reserved word and has to be quoted` };
  return { ok: true, value: name };
}

/** What clients replace by values of their own (SnowSQL, snow sql), and what ends a `$$` body. */
export const CLIENT_MARKS = /&|\$\$|<%|\{[{%#]/;

/**
 * Whether a stored name can stand in generated SQL. An identifier has no escape sequences, so what a client would
 * decode in a locale of its own, or replace, cannot be written in another way.
 */
export function isWritable(name: string): boolean {
  return /^[\x20-\x7e]+$/.test(name) && !CLIENT_MARKS.test(name);
}

export const WRITABLE = 'use a name of printable ASCII characters without &, $$, <%, {{, {% and {#';

/** Whether two stored names are one object. */
export function sameName(a: ObjectName, b: ObjectName): boolean {
  return a.database === b.database && a.schema === b.schema && a.name === b.name;
}
