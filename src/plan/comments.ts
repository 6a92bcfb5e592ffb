/** COMMENTs of statements of ours, read back from their text. */

/** The literal behind the first COMMENT, '' where there is none. */
export function wantedComment(sql: string): string {
  const [, literal = ''] = /COMMENT =\s*('(?:[^'\\]|''|\\[\s\S])*')/.exec(sql) ?? [];
  return literal;
}

/** A constant of `sql-text`, as text. */
export function literalValue(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/''|\\n|\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\([\s\S])/g, (whole, hex, wide, plain) => {
      if (whole === "''") return "'";
      if (whole === '\\n') return '\n';
      const code = (hex ?? wide) as string | undefined;
      return code === undefined ? String(plain) : String.fromCharCode(parseInt(code, 16));
    });
}
