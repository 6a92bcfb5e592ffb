/**
 * Characters that make a text mean something else than it looks like: what ends a line, what a terminal obeys, what
 * turns the direction of writing around or takes no room at all.
 */

/** C0, DEL, C1; line and paragraph separators; marks of direction; what has no width; a byte order mark. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
const UNSEEN_BUT_LINES =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

/** @returns what the text holds, in words, with its code: `a line break`, `the control character U+001B`; else `null` */
export function controlCharacter(text: string, lines = false): string | null {
  const [found] = (lines ? UNSEEN_BUT_LINES : UNSEEN).exec(text) ?? [];
  if (found === undefined) return null;
  if (found === '\n' || found === '\r') return 'a line break';
  if (found === '\t') return 'a tab';
  const code = found.charCodeAt(0);
  const kind =
    code < 0x20 || (code >= 0x7f && code < 0xa0) ? 'the control character' : 'the invisible character';
  return `${kind} ${codePoint(code)}`;
}

/** Half of a surrogate pair is no character: no file and no server can hold it. */
export function halfCharacter(text: string): string | null {
  const [found] = /[\ud800-\udfff]/u.exec(text) ?? [];
  return found === undefined ? null : `half a character, ${codePoint(found.charCodeAt(0))}`;
}

/** A character beyond U+FFFF: Snowflake has no escape sequence for it, and a constant is no place for CHR(). */
export function wideCharacter(text: string): string | null {
  const [found] = /[\u{10000}-\u{10ffff}]/u.exec(text) ?? [];
  return found === undefined
    ? null
    : `a character that has no escape sequence, ${codePoint(found.codePointAt(0)!)}`;
}

function codePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text with every character that would not be seen, or would be obeyed, written as its code: `\\u001b[31m`. */
export function visible(text: string, { lines = false } = {}): string {
  return text.replace(new RegExp(lines ? UNSEEN_BUT_LINES : UNSEEN, 'gu'), (found) => {
    if (found === '\n') return '\\n';
    if (found === '\t') return '\\t';
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
