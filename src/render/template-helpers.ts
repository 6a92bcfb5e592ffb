/** What templates may call: one helper for each place a value can stand in SQL or in Markdown. */
import { cellCode, code } from './markdown';
import { constant, comment, identifier, literal, optionalLiteral, qualified, symbol } from '../sql-text';

/** Handlebars hands every helper an options object behind its arguments, so each takes exactly one. */
export const HELPERS = {
  inlineCode: (text: string) => code(text),
  cellCode: (text: string) => cellCode(text),
  identifier: (name: string) => identifier(name),
  qualified: (name: Parameters<typeof qualified>[0]) => qualified(name),
  literal: (text: string) => literal(text),
  optionalLiteral: (text: string | null) => optionalLiteral(text),
  constant: (text: string) => constant(text),
  comment: (text: string) => comment(text),
  comments: (text: string) => commentLines(comment(text)),
  symbol: (name: Parameters<typeof symbol>[0]) => symbol(name),
} satisfies Record<string, (value: never) => string>;

/** A comment behind a `-- `, and a number, as as many lines as it needs: broken at blanks. */
function commentLines(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= 120 - 8)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join('\n--   ');
}
