/** Format models of dates and times. https://docs.snowflake.com/en/sql-reference/date-time-input-output#about-the-elements-used-in-input-and-output-formats */
import { unsupported } from '../../errors';
import type { Lowered } from '../compilation';
import { quoteLiteral } from '../duck-text';
import { offsetMinutes } from './date-extraction';
import { wallClock } from './temporal';

/** A code of DuckDB's strftime and strptime (text is escaped in it), decimals of the second, or half of the offset. */
type Piece = { code: string } | { decimals: number } | { offset: 'TZH' | 'TZM' };

const CODES: [RegExp, string][] = [
  [/^YYYY/i, '%Y'],
  [/^YY/i, '%y'],
  [/^MMMM/i, '%B'],
  [/^MON/i, '%b'],
  [/^MM/i, '%m'],
  [/^DD/i, '%d'],
  [/^DY/i, '%a'],
  [/^HH24/i, '%H'],
  [/^HH12/i, '%I'],
  [/^(AM|PM)/i, '%p'],
  [/^MI/i, '%M'],
  [/^SS/i, '%S'],
];
const escape = (text: string): string => text.replaceAll('%', '%%');

/** @throws SnowflakeError for elements that are not modelled */
function pieces(format: string): Piece[] {
  const found: Piece[] = [];
  for (let rest = format; rest;) {
    const [length, piece] = firstPiece(rest, format);
    found.push(piece);
    rest = rest.slice(length);
  }
  return found;
}

function firstPiece(rest: string, format: string): [length: number, piece: Piece] {
  for (const [pattern, code] of CODES) {
    const match = pattern.exec(rest);
    if (match) return [match[0].length, { code }];
  }
  const decimals = /^FF(\d?)/i.exec(rest);
  if (decimals) return [decimals[0].length, { decimals: Number(decimals[1] || 9) }];
  const offset = /^(TZH|TZM)/i.exec(rest);
  if (offset) return [3, { offset: offset[0].toUpperCase() as 'TZH' | 'TZM' }];
  const quoted = /^"([^"]*)"/.exec(rest);
  if (quoted) return [quoted[0].length, { code: escape(quoted[1]!) }];
  if (/^(TZD|HH|WW|TZISO|UUUU)/i.test(rest)) throw unsupported(`format element in '${format}'`);
  return [1, { code: escape(rest[0]!) }];
}

/** The value's text in that format. What has no zone is taken to be UTC. */
export function formatted(value: Lowered, format: string): string {
  const wall = wallClock(value);
  const texts: string[] = [];
  let codes = '';
  const flush = (): void => {
    if (codes) texts.push(`strftime(${wall}, ${quoteLiteral(codes)})`);
    codes = '';
  };
  for (const piece of pieces(format)) {
    if ('code' in piece) codes += piece.code;
    else {
      flush();
      if ('decimals' in piece) texts.push(`left(strftime(${wall}, '%n'), ${piece.decimals})`);
      else texts.push(`sf_offset_${piece.offset.toLowerCase()}(${offsetMinutes(value)})`);
    }
  }
  flush();
  return texts.length === 0 ? "''" : `(${texts.join(' || ')})`;
}

/** DuckDB's format for reading, and whether the text ends with its offset. */
export function readingFormat(format: string): { codes: string; zoned: boolean } {
  const all = pieces(format);
  const first = all.findIndex((piece) => 'offset' in piece);
  const plain = first < 0 ? all : all.slice(0, first);
  if (
    first >= 0 &&
    all.slice(first).some((piece) => !('offset' in piece) && 'code' in piece && piece.code !== ':')
  )
    throw unsupported(`an offset that is not at the end of the format '${format}'`);
  const codes = plain.map((piece) => ('code' in piece ? piece.code : '%n')).join('');
  return { codes: first < 0 ? codes : `${codes}%z`, zoned: first >= 0 };
}
