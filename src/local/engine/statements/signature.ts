import type { TokenReader } from '../../sql/token-reader';

/** `(VARCHAR, NUMBER)` behind a procedure's name. */
export function readSignature(reader: TokenReader): string | undefined {
  if (!reader.accept('(')) return undefined;
  const types: string[] = [];
  while (!reader.accept(')')) {
    types.push(reader.identifier());
    if (reader.accept('(')) while (!reader.accept(')')) reader.next();
    reader.accept(',');
  }
  return `(${types.join(', ')})`;
}
