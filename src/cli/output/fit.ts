/** Text that fits a terminal: lines are broken at blanks, and go on below where their text began, a little further in. */
import { COLOUR_SOURCE, MARK } from './colour-mark';

const COLOUR = new RegExp(COLOUR_SOURCE, 'g');

/** Columns that a text takes: colours take none, emoji and the signs of East Asia two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text.replace(COLOUR, '')) columns += columnsOfCharacter(character.codePointAt(0)!);
  return columns;
}

function columnsOfCharacter(code: number): number {
  if (code < 0x300) return 1;
  // Combining marks, and what chooses between two looks of the character before it.
  if (code <= 0x36f || (code >= 0xfe00 && code <= 0xfe0f) || code === 0x200d) return 0;
  const isWide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd) ||
    WIDE_SYMBOLS.has(code);
  return isWide ? 2 : 1;
}

/** Of the symbols that messages use, those that terminals draw in two columns. */
const WIDE_SYMBOLS = new Set([0x23ed, 0x26aa, 0x2705]);

export function fitted(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => (columnsOf(line) <= width ? [line] : wrapped(line, width)))
    .join('\n');
}

/** @returns the line as several of at most `width` columns; a word that is longer is cut */
export function wrapped(line: string, width: number, hang?: number): string[] {
  const [indent = ''] = /^ */.exec(line) ?? [];
  const further = ' '.repeat(Math.min(hang ?? indent.length + 2, Math.floor(width / 2)));
  const lines: string[] = [];
  let current = indent;
  let isEmpty = true;
  for (const word of words(line.slice(indent.length))) {
    for (const piece of pieces(word, width - further.length)) {
      if (!isEmpty && columnsOf(`${current}${piece.trimEnd()}`) > width) {
        lines.push(current.trimEnd());
        current = further;
      }
      current += piece;
      isEmpty = false;
    }
  }
  return eachColoured([...lines, current.trimEnd()]);
}

/** A colour that goes on over the end of a line is closed there and opened again, so that it colours nothing beside it. */
function eachColoured(lines: readonly string[]): string[] {
  let open: string[] = [];
  return lines.map((line) => {
    const before = open.join('');
    for (const code of line.match(COLOUR) ?? []) open = ENDS.test(code) ? open.slice(0, -1) : [...open, code];
    return `${before}${line}${closing(open.at(-1))}`;
  });
}

/** As the colour that it closes is written. */
function closing(open: string | undefined): string {
  if (open === undefined) return '';
  return `${open.startsWith(MARK) ? MARK : '\u001b'}[0m`;
}

/** What ends a colour, bold or dim text. */
const ENDS = /\[(?:0?|2[2-9]|39|49)m$/;

/** Words with the blanks behind them. */
function words(text: string): string[] {
  return text.match(/\S+\s*/g) ?? [];
}

/** A word in parts that fit; colours are not taken apart. */
function pieces(word: string, width: number): string[] {
  if (columnsOf(word.trimEnd()) <= width) return [word];
  const parts: string[] = [''];
  for (const character of word.match(new RegExp(`${COLOUR_SOURCE}|[^]`, 'gu')) ?? []) {
    if (columnsOf(`${parts.at(-1)}${character}`.trimEnd()) > width) parts.push('');
    parts[parts.length - 1] += character;
  }
  return parts;
}
