/** A procedure that is dropped, or replaced without COPY GRANTS, takes its grants along. */
import { dropGrantsOn, grantsOf } from '../../catalog/grants';
import { keyOf } from '../../catalog/names';
import type { Catalog, QualifiedName } from '../../engine/contract';
import { tokenize } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import type { SqlType } from '../../values';
import { readTypes, signature } from './record';

/** Grants name an overload by types as they were written: `P(STRING, INT)` is `P(VARCHAR, NUMBER)`. */
export async function dropProcedureGrants(
  name: QualifiedName,
  types: readonly SqlType[],
  catalog: Catalog,
): Promise<void> {
  const start = `${keyOf(name)}(`;
  for (const grant of [...grantsOf(catalog).values()]) {
    if (grant.on !== 'PROCEDURE' || !grant.name.startsWith(start)) continue;
    const written = grant.name.slice(start.length - 1);
    const isThis = signature(readTypes(new TokenReader(written, tokenize(written)))) === signature(types);
    if (isThis) await dropGrantsOn(catalog, 'PROCEDURE', grant.name);
  }
}
