/** A procedure that is dropped, or replaced without COPY GRANTS, takes its grants along. */
import { dropGrantsOn, grantsOf, moveGrants } from '../../catalog/grants';
import { keyOf } from '../../catalog/names';
import type { Catalog, QualifiedName } from '../../engine/contract';
import { tokenize } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import type { SqlType } from '../../values';
import { readTypes, signature } from './record';

export async function dropProcedureGrants(
  name: QualifiedName,
  types: readonly SqlType[],
  catalog: Catalog,
): Promise<void> {
  for (const granted of grantedNames(name, types, catalog)) await dropGrantsOn(catalog, 'PROCEDURE', granted);
}

/** A procedure that is renamed keeps its grants. */
export async function moveProcedureGrants(
  from: QualifiedName,
  types: readonly SqlType[],
  to: QualifiedName,
  catalog: Catalog,
): Promise<void> {
  const start = keyOf(from).length;
  for (const granted of grantedNames(from, types, catalog))
    await moveGrants(catalog, 'PROCEDURE', granted, `${keyOf(to)}${granted.slice(start)}`);
}

/** Grants name an overload by types as they were written: `P(STRING, INT)` is `P(VARCHAR, NUMBER)`. */
function grantedNames(name: QualifiedName, types: readonly SqlType[], catalog: Catalog): Set<string> {
  const start = `${keyOf(name)}(`;
  const names = [...grantsOf(catalog).values()]
    .filter((grant) => grant.on === 'PROCEDURE' && grant.name.startsWith(start))
    .map((grant) => grant.name)
    .filter((granted) => {
      const written = granted.slice(start.length - 1);
      return signature(readTypes(new TokenReader(written, tokenize(written)))) === signature(types);
    });
  return new Set(names);
}
