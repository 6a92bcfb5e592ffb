/** `IN`, `INPUT`, `OUT`, `OUTPUT` of an argument. https://docs.snowflake.com/en/sql-reference/sql/create-procedure */
import { unsupported } from '../../errors';
import type { TokenReader } from '../../sql/token-reader';

/** Steps over the mode, if there is one; gives whether the argument is an output. */
export function readsOutput(reader: TokenReader): boolean {
  if (reader.sees('INOUT') || reader.sees('IN', 'OUT')) throw unsupported('INOUT argument');
  if (reader.accept('IN') || reader.accept('INPUT')) return false;
  return reader.accept('OUT') || reader.accept('OUTPUT');
}
