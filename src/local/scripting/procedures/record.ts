/** Procedures as the catalog keeps them. */
import type { Catalog, Collection, QualifiedName, Session } from '../../engine/contract';
import { keyOf } from '../../catalog/names';
import { parseType } from '../../sql/types';
import { tokenize } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import type { ResultColumn, SqlType } from '../../values';

export interface ProcedureRecord extends QualifiedName {
  args: ProcedureArgument[];
  returns: Returns;
  nullHandling: 'CALLED ON NULL INPUT' | 'RETURNS NULL ON NULL INPUT';
  executeAs: 'OWNER' | 'CALLER' | 'RESTRICTED CALLER';
  comment: string | undefined;
  secure: boolean;
  body: string;
  /** The role that created it. */
  owner: string;
  /** Microseconds since 1970-01-01 UTC, as text. */
  createdOn: string;
}

export interface ProcedureArgument {
  name: string;
  type: SqlType;
  /** Text of the DEFAULT expression. */
  default: string | undefined;
  /** OUT: a variable of the caller's, which takes the argument's last value. */
  out?: true;
}

export type Returns =
  { is: 'scalar'; type: SqlType; notNull: boolean } | { is: 'table'; columns: ResultColumn[] | 'any' };

export function procedures(catalog: Catalog): Collection<ProcedureRecord> {
  return catalog.collection<ProcedureRecord>('procedures');
}

/** `(VARCHAR, NUMBER)`: with the name, what tells overloads apart. */
export function signature(types: readonly SqlType[]): string {
  return `(${types.map((type) => type.kind).join(', ')})`;
}

export function procedureKey(name: QualifiedName, types: readonly SqlType[]): string {
  return keyOf(name) + signature(types);
}

/** All overloads of a name, in order of creation. */
export function overloads(name: QualifiedName, catalog: Catalog): ProcedureRecord[] {
  const wanted = keyOf(name);
  return [...procedures(catalog).values()].filter((record) => keyOf(record) === wanted);
}

/** By a signature as GRANT and GET_DDL write it: `(VARCHAR, INT)`. Without one, the only overload there is. */
export function findProcedure(
  name: QualifiedName,
  session: Session,
  written: string | undefined,
): ProcedureRecord | undefined {
  const { catalog } = session.account;
  if (written === undefined) return overloads(name, catalog)[0];
  return procedures(catalog).get(procedureKey(name, readTypes(new TokenReader(written, tokenize(written)))));
}

/** `(VARCHAR, NUMBER)`, as DROP and DESCRIBE name an overload. */
export function readTypes(reader: TokenReader): SqlType[] {
  reader.expect('(');
  const types: SqlType[] = [];
  while (!reader.sees(')')) {
    types.push(parseType(reader));
    if (!reader.accept(',')) break;
  }
  reader.expect(')');
  return types;
}
