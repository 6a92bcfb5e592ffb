/** The words that CREATE statements begin and DROP statements end with. */
import { unsupported } from '../../errors';
import type { TokenReader } from '../../sql/token-reader';

export interface CreateClause {
  orReplace: boolean;
  orAlter: boolean;
  /** TRANSIENT, TEMPORARY, SECURE, ...: in the order written. */
  words: string[];
}

const MODIFIERS = ['TRANSIENT', 'TEMPORARY', 'TEMP', 'VOLATILE', 'LOCAL', 'GLOBAL', 'SECURE', 'RECURSIVE'];

/** Reads `CREATE [OR REPLACE | OR ALTER] [TRANSIENT | ...]`. */
export function readCreate(reader: TokenReader): CreateClause {
  reader.expect('CREATE');
  const orReplace = reader.accept('OR', 'REPLACE');
  const orAlter = !orReplace && reader.accept('OR', 'ALTER');
  const words: string[] = [];
  while (MODIFIERS.some((word) => reader.sees(word))) words.push(reader.next().value);
  if (words.includes('RECURSIVE')) throw unsupported(`CREATE RECURSIVE ${reader.peek()?.value ?? ''}`.trim());
  return { orReplace, orAlter, words };
}

/** What kind of object a statement creates, alters or drops: the first word after the modifiers. */
export function objectWord(tokens: readonly { value: string }[]): string | undefined {
  const values = tokens.slice(1, 8).map((token) => token.value);
  const rest = values[0] === 'OR' ? values.slice(2) : values;
  return rest.find((word) => !MODIFIERS.includes(word));
}

/** `COMMENT = '...'` if it comes next. */
export function readComment(reader: TokenReader): string | undefined {
  if (!reader.accept('COMMENT')) return undefined;
  reader.accept('=');
  return reader.string();
}
