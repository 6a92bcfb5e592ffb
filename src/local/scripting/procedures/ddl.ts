/** GET_DDL of a procedure. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { keyOf, showString } from '../../catalog/names';
import type { ObjectKind } from '../../engine/contract';
import { showType } from '../../sql/types';
import type { SqlType } from '../../values';
import { missing } from './missing';
import { findProcedure, type ProcedureRecord, procedures, type Returns, signature } from './record';

export const procedureObject: ObjectKind = {
  kind: 'PROCEDURE',
  exists: (name, session, signature) => findProcedure(name, session, signature) !== undefined,
  ddl(name, session, signature, qualified) {
    const record = findProcedure(name, session, signature);
    if (!record) throw missing(name, []);
    return ddlOf(record, qualified);
  },
  all: ({ account }) =>
    [...procedures(account.catalog).values()].map((record) => ({
      name: record,
      signature: signature(record.args.map(({ type }) => type)),
    })),
};

/** Names quoted, texts without sizes, defaults written out, the body as one literal. */
function ddlOf(record: ProcedureRecord, qualified: boolean): string {
  const args = record.args.map((arg) => {
    const tail = arg.default === undefined ? '' : ` DEFAULT ${arg.default}`;
    return `${quote(arg.name)} ${arg.out ? 'OUT ' : ''}${typeDdl(arg.type)}${tail}`;
  });
  const lines = [
    `CREATE OR REPLACE ${record.secure ? 'SECURE ' : ''}PROCEDURE ${qualified ? keyOf(record) : quote(record.name)}(${args.join(', ')})`,
    `RETURNS ${returnsDdl(record.returns)}`,
    'LANGUAGE SQL',
    ...(record.nullHandling === 'RETURNS NULL ON NULL INPUT' ? ['STRICT'] : []),
    ...(record.comment === undefined ? [] : [`COMMENT=${showString(record.comment)}`]),
    `EXECUTE AS ${record.executeAs}`,
    `AS ${showString(record.body)};`,
  ];
  return lines.join('\n');
}

/** Only numbers say how large they are. */
const typeDdl = (type: SqlType): string => (type.kind === 'NUMBER' ? showType(type) : type.kind);

function returnsDdl(returns: Returns): string {
  if (returns.is === 'scalar') return typeDdl(returns.type) + (returns.notNull ? ' NOT NULL' : '');
  const columns = returns.columns === 'any' ? [] : returns.columns;
  return `TABLE (${columns.map(({ name, type }) => `${quote(name)} ${typeDdl(type)}`).join(', ')})`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
