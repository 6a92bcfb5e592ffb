/** `COMMENT = '...'` of an object, whose mark is still without its fingerprint. */
import { constant } from '../sql-text';

/** A fingerprint is that much longer than the character that keeps its place. */
const FINGERPRINT = 8;

/** On a line of its own where both do not fit one. @param indent columns before COMMENT when it is read */
export function commentClause(text: string, indent: number): string {
  const written = constant(text);
  const isWide = indent + 'COMMENT = '.length + written.length + FINGERPRINT > 120;
  return `COMMENT =${isWide ? '\n        ' : ' '}${written}`;
}
