/**
 * The mark that ends the COMMENT of every object we make: `... [dbt-auto-restart acme-finance/prod/o2c 3f2a91c0de45]`. It
 * says whose the object is (app, environment, deployment; `-` for none) and what it was made from. Comparing
 * fingerprints tells a changed config from a changed account; an object without a mark is not ours.
 *
 * What is hashed is written down here and frozen by test vectors: the statement's tokens, joined by single blanks,
 * without its comments and without every `COMMENT = '...'`, words outside quotes in upper case. So neither the
 * formatter's version, nor the template's layout, nor the mark itself changes it.
 */
import { createHash } from 'node:crypto';
import type { Deployment } from '../model/deployment';

/** Whose an object is. */
export interface Owner {
  app: string | null;
  env: string | null;
  deployment: string;
}

export interface Mark extends Owner {
  fingerprint: string;
}

/**
 * Where the fingerprint goes, until `stamp` fills it: a character that no comment of a config may hold, so that
 * no text of the user's is ever taken for it.
 */
const UNFILLED = '\u0001';

/** The end of an object's COMMENT, the fingerprint not yet filled in. */
export function unfilledMark({ app, env, name }: Pick<Deployment, 'app' | 'env' | 'name'>): string {
  return markText({ app, env, deployment: name, fingerprint: UNFILLED });
}

export function markText({ fingerprint, ...owner }: Mark): string {
  return `[dbt-auto-restart ${ownerText(owner)} ${fingerprint}]`;
}

/** `acme-finance/prod/o2c`, `-/-/o2c` */
export function ownerText({ app, env, deployment }: Owner): string {
  return `${app ?? '-'}/${env ?? '-'}/${deployment}`;
}

/** `constant` writes the character as its code; a backslash of the user's own is doubled, and so does not match. */
const UNFILLED_IN_SQL = /(\[dbt-auto-restart [^\s\]]+ )\\x01\]/g;

/** Comments, literals, quoted names, and what stands between them. */
const PARTS = /--[^\n]*|'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|(?:[^'"-]|-(?!-))+|['"]/gu;
const WORDS = /[\p{L}\p{N}_]+|\S/gu;
/** The same of ASCII, in a third of the time. */
const PLAIN_WORDS = /\w+|\S/g;
const PLAIN = /^[\x00-\x7f]*$/;
/** What its text comes after. */
const COMMENT_OF_OBJECT = /(^| )COMMENT =$/;

/** The form of a statement that is hashed: its words, without comments of either kind. */
export function canonical(sql: string): string {
  const pieces: string[] = [];
  /** Words since the last literal: a comment in between does not part them. */
  let words = '';
  for (const part of sql.match(PARTS) ?? []) {
    if (part.startsWith('--')) continue;
    const isLiteral = part.startsWith("'");
    if (!isLiteral && !part.startsWith('"')) words = joined(words, wordsOf(part));
    else if (isLiteral && COMMENT_OF_OBJECT.test(words)) words = words.replace(COMMENT_OF_OBJECT, '');
    else {
      pieces.push(joined(words, part));
      words = '';
    }
  }
  return joined(pieces.join(' '), words);
}

function wordsOf(code: string): string {
  const upper = code.toUpperCase();
  return (upper.match(PLAIN.test(upper) ? PLAIN_WORDS : WORDS) ?? []).join(' ');
}

function joined(a: string, b: string): string {
  return a === '' || b === '' ? a + b : `${a} ${b}`;
}

/** 12 hex digits of the SHA-256 of the canonical form. */
export function fingerprint(sql: string): string {
  return createHash('sha256').update(canonical(sql)).digest('hex').slice(0, 12);
}

/** Of several statements as one: of a graph, whose tasks each have their own. */
export function fingerprintOfAll(parts: readonly { fingerprint: string }[]): string {
  return fingerprint(parts.map((part) => part.fingerprint).join(' '));
}

/** Puts a statement's own fingerprint into the marks of its COMMENTs. */
export function stamp(sql: string): { sql: string; fingerprint: string } {
  const mark = fingerprint(sql);
  return { sql: sql.replace(UNFILLED_IN_SQL, `$1${mark}]`), fingerprint: mark };
}

/** The mark at the end of an object's COMMENT; `null` when it is not ours. */
export function readMark(comment: string): Mark | null {
  const found = /\[dbt-auto-restart ([^\s/\]]+)\/([^\s/\]]+)\/([^\s/\]]+) ([0-9a-f]{12})\]$/.exec(comment);
  if (found === null) return null;
  const [, app = '', env = '', deployment = '', mark = ''] = found;
  return { app: app === '-' ? null : app, env: env === '-' ? null : env, deployment, fingerprint: mark };
}

/** The COMMENT without its mark, as the config says it. */
export function withoutMark(comment: string): string {
  return comment.replace(/ ?\[dbt-auto-restart [^\s\]]+ [0-9a-f]{12}\]$/, '');
}

/** In the place of the fingerprint: left the config while it was started, and was suspended by us. */
const LEFT = '0'.repeat(12);

/** The COMMENT of an object of ours that leaves the config. */
export function leftComment(comment: string): string {
  const mark = readMark(comment);
  if (mark === null) return comment;
  return `${withoutMark(comment)} ${markText({ ...mark, fingerprint: LEFT })}`.trim();
}

/** Whether it was started when it left the config: it is started again when it comes back. */
export function hasLeft({ fingerprint: text }: Mark): boolean {
  return text === LEFT;
}
