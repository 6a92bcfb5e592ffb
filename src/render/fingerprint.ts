/**
 * The mark that ends the COMMENT of every object we make: `... [dbt-auto-restart 3f2a91c0de45]`. Comparing marks tells
 * a changed config from a changed account; an object without one is not ours.
 *
 * What is hashed is written down here and frozen by test vectors: the statement's tokens, joined by single blanks,
 * without its comments and without every `COMMENT = '...'`, words outside quotes in upper case. So neither the
 * formatter's version, nor the template's layout, nor the mark itself changes it.
 */
import { createHash } from 'node:crypto';

/** Stands in a rendered statement where the fingerprint goes. */
export const FINGERPRINT_MARKER = '__FINGERPRINT__';

/** The end of an object's COMMENT: `[dbt-auto-restart __FINGERPRINT__]`. */
export const COMMENT_MARK = `[dbt-auto-restart ${FINGERPRINT_MARKER}]`;

const TOKENS = /--[^\n]*|'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|[\p{L}\p{N}_]+|\S/gu;

/** The form of a statement that is hashed. */
export function canonical(sql: string): string {
  const tokens = (sql.match(TOKENS) ?? []).filter((token) => !token.startsWith('--'));
  const words = tokens.map((token) => (/^['"]/.test(token) ? token : token.toUpperCase()));
  return words
    .filter((_, at) => !isComment(words, at) && !isComment(words, at - 1) && !isComment(words, at - 2))
    .join(' ');
}

/** Whether `COMMENT = '...'` starts at this word. */
function isComment(words: readonly string[], at: number): boolean {
  return words[at] === 'COMMENT' && words[at + 1] === '=' && (words[at + 2] ?? '').startsWith("'");
}

/** 12 hex digits of the SHA-256 of the canonical form. */
export function fingerprint(sql: string): string {
  return createHash('sha256').update(canonical(sql)).digest('hex').slice(0, 12);
}

/** Puts a statement's own fingerprint where its COMMENTs carry the marker. */
export function stamp(sql: string): { sql: string; fingerprint: string } {
  const mark = fingerprint(sql);
  return { sql: sql.replaceAll(FINGERPRINT_MARKER, mark), fingerprint: mark };
}

/** The fingerprint at the end of an object's COMMENT; `null` when it is not ours. */
export function readFingerprint(comment: string): string | null {
  return /\[dbt-auto-restart ([0-9a-f]{12})\]$/.exec(comment)?.[1] ?? null;
}
