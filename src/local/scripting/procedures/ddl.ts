/** GET_DDL of a procedure. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { showString } from '../../catalog/names';
import type { ObjectKind } from '../../engine/contract';
import { missing } from './missing';
import { findProcedure, type ProcedureRecord, procedures, type Returns, signature } from './record';

export const procedureObject: ObjectKind = {
  kind: 'PROCEDURE',
  exists: (name, session, signature) => findProcedure(name, session, signature) !== undefined,
  ddl(name, session, signature) {
    const record = findProcedure(name, session, signature);
    if (!record) throw missing(name, []);
    return ddlOf(record);
  },
  all: ({ account }) =>
    [...procedures(account.catalog).values()].map((record) => ({
      name: record,
      signature: signature(record.args.map(({ type }) => type)),
    })),
};

/** Names quoted, types without sizes, defaults written out, the body as one literal. */
function ddlOf(record: ProcedureRecord): string {
  const args = record.args.map((arg) => {
    const tail = arg.default === undefined ? '' : ` DEFAULT ${arg.default}`;
    return `${quote(arg.name)} ${arg.out ? 'OUT ' : ''}${arg.type.kind}${tail}`;
  });
  const lines = [
    `CREATE OR REPLACE ${record.secure ? 'SECURE ' : ''}PROCEDURE ${quote(record.name)}(${args.join(', ')})`,
    `RETURNS ${returnsDdl(record.returns)}`,
    'LANGUAGE SQL',
    ...(record.nullHandling === 'RETURNS NULL ON NULL INPUT' ? ['STRICT'] : []),
    ...(record.comment === undefined ? [] : [`COMMENT=${showString(record.comment)}`]),
    `EXECUTE AS ${record.executeAs}`,
    `AS ${showString(record.body)};`,
  ];
  return lines.join('\n');
}

function returnsDdl(returns: Returns): string {
  if (returns.is === 'scalar') return returns.type.kind + (returns.notNull ? ' NOT NULL' : '');
  const columns = returns.columns === 'any' ? [] : returns.columns;
  return `TABLE (${columns.map(({ name, type }) => `${quote(name)} ${type.kind}`).join(', ')})`;
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
