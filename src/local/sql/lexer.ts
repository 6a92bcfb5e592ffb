/**
 * Snowflake's tokens: enough to classify a statement, to find `:binds`, to cut a Scripting body into statements, and
 * to fold identifiers. Comments and white space separate tokens and are not among them.
 * https://docs.snowflake.com/en/sql-reference/data-types-text, https://docs.snowflake.com/en/sql-reference/identifiers-syntax
 */
import { syntaxError } from '../errors';

export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'dollar' | 'number' | 'symbol';
  /** As written. */
  text: string;
  /** Word: upper case. Quoted: the name. String and `$$`: the text it stands for. Others: as written. */
  value: string;
  start: number;
  end: number;
}

const PATTERNS: [Token['kind'] | 'skip', RegExp][] = [
  ['skip', /(?:\s+|--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y],
  ['dollar', /\$\$[\s\S]*?\$\$/y],
  ['string', /'(?:[^'\\]|''|\\[\s\S])*'/y],
  ['quoted', /"(?:[^"]|"")*"/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['symbol', /->>|::|:=|=>|->|<>|!=|<=|>=|\|\||[-+*/%(){}[\].,;:?=<>!|&^~@$]/y],
];

/** @throws SnowflakeError 001003 at the first character that starts no token */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const [kind, text] = match(sql, at);
    if (kind !== 'skip')
      tokens.push({ kind, text, value: valueOf(kind, text), start: at, end: at + text.length });
    at += text.length;
  }
  return tokens;
}

function match(sql: string, at: number): [Token['kind'] | 'skip', string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found) return [kind, found[0]];
  }
  const { line, position } = lineAndPosition(sql, at);
  throw syntaxError(line, position, sql.slice(at, at + 1));
}

function valueOf(kind: Token['kind'], text: string): string {
  if (kind === 'word') return text.toUpperCase();
  if (kind === 'quoted') return text.slice(1, -1).replaceAll('""', '"');
  if (kind === 'dollar') return text.slice(2, -2);
  if (kind === 'string') return unescapeString(text.slice(1, -1));
  return text;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '0': '\0' };

/** What the inside of a single-quoted literal stands for: doubled quotes and backslash escapes. */
export function unescapeString(inside: string): string {
  const pattern = /''|\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{3})|([\s\S]))/g;
  return inside.replace(pattern, (whole, hex, unicode, octal, char) => {
    if (whole === "''") return "'";
    if (hex ?? unicode) return String.fromCharCode(parseInt(hex ?? unicode, 16));
    if (octal) return String.fromCharCode(parseInt(octal, 8));
    return ESCAPES[char] ?? char;
  });
}

/** Snowflake counts lines from 1 and positions in the line from 0. */
export function lineAndPosition(sql: string, at: number): { line: number; position: number } {
  const before = sql.slice(0, at).split('\n');
  return { line: before.length, position: before[before.length - 1]!.length };
}
