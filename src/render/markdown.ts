/** Texts of the user's in Markdown: as code, in which nothing is a link, a tag or the end of the code. */

/** https://spec.commonmark.org/0.31.2/#code-spans */
export function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = /^`|`$|^ .* $/.test(text) ? ` ${text} ` : text;
  return `${fence}${padded}${fence}`;
}

/** The same in a cell of a table, which a bare `|` would end. https://github.github.com/gfm/#tables-extension- */
export function cellCode(text: string): string {
  return code(text).replaceAll('|', '\\|');
}
