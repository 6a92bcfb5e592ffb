/** Bodies of views and procedures: whether two say the same, and in which lines they differ. */
import { structuredPatch } from 'diff';
import { canonical } from '../render/fingerprint';

const CONTEXT = 2;
const MOST_LINES = 60;

/** By tokens: layout, comments and the case of words outside quotes do not count. */
export function sameTokens(a: string, b: string): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** The query of a CREATE VIEW: what follows its AS. */
export function viewQuery(statement: string): string {
  return afterAs(statement);
}

/** The body of a CREATE PROCEDURE, as INFORMATION_SCHEMA gives it: what stands between the `$$`. */
export function procedureBody(statement: string): string {
  const [, body] = /\$\$([\s\S]*)\$\$/.exec(statement) ?? [];
  return body ?? afterAs(statement);
}

const TOKENS = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"]|"")*"|[\p{L}\p{N}_$]+|\S/gu;

/** What follows the first AS outside brackets, strings and names. */
function afterAs(statement: string): string {
  let depth = 0;
  for (const { 0: token, index } of statement.matchAll(TOKENS)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && token.toUpperCase() === 'AS') return statement.slice(index + token.length).trim();
  }
  return statement;
}

/** Lines of both with ` `, `-` or `+` in front, only those around a difference. */
export function lineDifference(before: string, after: string): string[] {
  const lines = structuredPatch('', '', layout(before), layout(after), undefined, undefined, {
    context: CONTEXT,
  })
    .hunks.flatMap((hunk, at) => [...(at === 0 ? [] : ['  ...']), ...hunk.lines])
    .filter((line) => !line.startsWith('\\'));
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `  ... ${rest} more lines`] : lines;
}

/** Blanks at the ends of lines and around the text are nobody's change. */
function layout(text: string): string {
  return `${text.replace(/[ \t\r]+$/gm, '').trim()}\n`;
}
