/** `*` and its clauses. https://docs.snowflake.com/en/sql-reference/sql/select#parameters */
import { newStar, type Expression, type Star } from '../ast';
import type { TokenReader } from '../token-reader';
import { parseExpression } from './expression';

/** `* [ILIKE '...'] [EXCLUDE ...] [REPLACE (... AS a)] [RENAME (a AS b)]`: in this order. */
export function parseStar(reader: TokenReader, table: string[] | undefined): Star {
  const star = newStar(reader.peek()!.start, table);
  reader.expect('*');
  if (reader.sees('ILIKE') && reader.peek(1)?.kind === 'string') {
    reader.next();
    star.like = reader.string();
  }
  if (reader.accept('EXCLUDE')) star.exclude = oneOrMore(reader, () => reader.identifier());
  if (reader.accept('REPLACE')) {
    star.replace = oneOrMore(reader, (): [Expression, string] => {
      const expression = parseExpression(reader);
      reader.expect('AS');
      return [expression, reader.identifier()];
    });
  }
  if (reader.accept('RENAME')) {
    star.rename = oneOrMore(reader, (): [string, string] => {
      const from = reader.identifier();
      reader.expect('AS');
      return [from, reader.identifier()];
    });
  }
  return star;
}

/** `x` or `(x, y)`. */
function oneOrMore<T>(reader: TokenReader, read: () => T): T[] {
  if (!reader.accept('(')) return [read()];
  const items: T[] = [];
  do items.push(read());
  while (reader.accept(','));
  reader.expect(')');
  return items;
}
