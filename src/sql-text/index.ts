/**
 * All escaping, in this file alone: one function for each place a value can stand in SQL. Everything they return is
 * ASCII, because clients decode files in their own locale, and holds nothing that a client would take for a template
 * of its own (`&name` in SnowSQL, `<% name %>` and `{{ name }}` in snow sql) or for the end of a `$$` body, so that
 * a value is safe at any depth.
 *
 * https://docs.snowflake.com/en/sql-reference/data-types-text (escape sequences, `$$`)
 * https://docs.snowflake.com/en/sql-reference/identifiers-syntax
 * https://docs.snowflake.com/en/developer-guide/snowflake-cli/sql/execute-sql (client-side templates)
 */
import { wideCharacter } from '../config/characters';
import { AutoRestartError } from '../errors';
import type { ObjectName, ProcedureRunner } from '../model/deployment';
import { RESERVED_WORDS, WRITABLE, isWritable } from '../model/names';

/** Not reserved, but a bare one could be read as a part of a Scripting block, or of a property. */
const MISTAKEN = new Set(
  'BEGIN CALL COMMENT DECLARE ELSEIF END EXCEPTION EXECUTE IF LET LOOP NULL RAISE REPEAT RETURN UNTIL WHILE'.split(
    ' ',
  ),
);

/**
 * A name as Snowflake stores it, quoted only where it would not be read back the same.
 *
 * Attacks: `X"; DROP TABLE T; --` (the quote is doubled, the rest stays inside); `order` (a reserved word is quoted);
 * `Bakery` (folded to upper case if it stood bare). An identifier has no escape sequences, so a name that is not
 * ASCII, or that a client would rewrite, cannot be written safely.
 * @throws AutoRestartError REQUEST for such a name, and for an empty one
 */
export function identifier(name: string): string {
  const plain = /^[A-Z_][A-Z0-9_$]*$/.test(name) && !name.includes('$$');
  if (plain && !RESERVED_WORDS.has(name) && !MISTAKEN.has(name)) return name;
  if (!isWritable(name)) {
    throw new AutoRestartError(
      'REQUEST',
      `the name ${JSON.stringify(name)} cannot be written in generated SQL`,
      { hint: WRITABLE },
    );
  }
  return `"${name.replaceAll('"', '""')}"`;
}

/** `DATABASE.SCHEMA.NAME`, each part on its own: a dot inside a part is quoted, so it opens no further part. */
export function qualified({ database, schema, name }: ObjectName): string {
  return [database, schema, name].map(identifier).join('.');
}

/**
 * The procedure that starts dbt. One of Snowflake's own, `SYSTEM$DBT_RUN`, is of no schema.
 *
 * Attack: `"x$$; DROP TABLE T; --"` as its name would end the body that calls it.
 */
export function runnerProcedure({ procedure }: ProcedureRunner): string {
  return 'system' in procedure ? systemName(procedure.system) : qualified(procedure);
}

function systemName(name: string): string {
  if (!/^SYSTEM\$[A-Z0-9_]+$/.test(name)) throw new Error(`${name} is no system procedure`);
  return name;
}

/**
 * Text as an SQL expression: a single-quoted literal, or such literals and `CHR(...)` joined by `||` where a
 * character has no escape sequence (beyond U+FFFF). Not for places that take only a constant: see `constant`.
 *
 * Attacks: `it's` and `'; DROP ...` (quotes are doubled), `\'` (backslashes are doubled, so none escapes a quote),
 * a line break before `!system` (becomes `\n`), `&name` (becomes `\x26name`), `$$` in a body.
 * @throws AutoRestartError REQUEST for half a surrogate pair, which is no character
 */
export function literal(text: string): string {
  const parts: string[] = [];
  for (const [, plain, astral] of text.matchAll(/([\u0000-\uffff]+|^$)|([\u{10000}-\u{10ffff}])/gu)) {
    if (astral === undefined) parts.push(`'${escaped(plain ?? '')}'`);
    else parts.push(`CHR(${astral.codePointAt(0)})`);
  }
  return parts.join(' || ');
}

/** `literal`, or NULL for no text. */
export function optionalLiteral(text: string | null): string {
  return text === null ? 'NULL' : literal(text);
}

/**
 * Text where Snowflake takes one constant and no expression: COMMENT, SCHEDULE, ARGS, the value of a property.
 * @throws AutoRestartError REQUEST for a character beyond U+FFFF, which has no escape sequence
 */
export function constant(text: string): string {
  if (wideCharacter(text) !== null) {
    throw new AutoRestartError(
      'REQUEST',
      `the text ${JSON.stringify(text)} cannot be a constant in generated SQL`,
      {
        hint: 'leave out emoji and other characters beyond U+FFFF: Snowflake has no escape sequence for them',
      },
    );
  }
  return `'${escaped(text)}'`;
}

/**
 * A `$$` body. Nothing can be escaped in it, so what would end it early is refused.
 *
 * Attack: `$$; DROP TABLE T; $$` inside a name or comment, or a last `$` that joins the closing mark.
 */
export function body(text: string): string {
  if (text.includes('$$') || text.startsWith('$') || text.endsWith('$')) {
    throw new Error('a $$ body must hold no $$ and neither start nor end with $');
  }
  return `$$${text}$$`;
}

/**
 * Text behind `--`, on that line: no line break ends the comment, no character a client would stumble over. For
 * people, so it need not be read back: what is not ASCII is left out.
 *
 * Attack: a line break before `DROP TABLE T;`, `$$` in a comment of a body, `*` + `/`.
 */
export function comment(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replaceAll('&', ' and ')
    .replace(/\$(?=\$)|<(?=%)|\{(?=[{%#])|\*(?=\/)/g, '$& ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

const SYMBOLS = {
  retry: '\u{1F504}',
  full_build: '\u{1F535}',
  other: '\u26AA',
  warning: '\u26A0\uFE0F',
  skipped: '\u23ED\uFE0F',
  nothing: '\u2705',
} as const;

export type SymbolName = keyof typeof SYMBOLS;

/** A symbol as people see it. */
export function symbolText(name: SymbolName): string {
  return SYMBOLS[name];
}

/**
 * The seed's symbols as SQL: `CHR(128260)`, joined by `||` where one is made of two characters.
 * https://docs.snowflake.com/en/sql-reference/functions/chr
 */
export function symbol(name: SymbolName): string {
  const characters = SYMBOLS[name];
  if (characters === undefined) throw new Error(`no symbol is called ${name}`);
  return [...characters].map((character) => `CHR(${character.codePointAt(0)})`).join(' || ');
}

/** The second character of a mark is written as its code, which breaks the mark and nothing else. */
const SPECIAL = /['\\]|&|(?<=\$)\$|(?<=<)%|(?<=\{)[{%#]|[^\x20-\x7e]/gu;

function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => {
    if (character === "'") return "''";
    if (character === '\\') return '\\\\';
    if (character === '\n') return '\\n';
    const code = character.charCodeAt(0);
    if (code >= 0xd800 && code <= 0xdfff) {
      throw new AutoRestartError('REQUEST', `the text ${JSON.stringify(text)} holds half a surrogate pair`);
    }
    return code < 0x80
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
