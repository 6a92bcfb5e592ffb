/** INFORMATION_SCHEMA.PROCEDURES. https://docs.snowflake.com/en/sql-reference/info-schema/procedures */
import type { InformationSchemaView } from '../../engine/contract';
import { informationSchemaColumns } from '../../engine/information-schema-view';
import { type ProcedureRecord, procedures, type Returns } from './record';

export const proceduresView: InformationSchemaView = {
  name: 'PROCEDURES',
  columns: informationSchemaColumns(
    'PROCEDURE_CATALOG PROCEDURE_SCHEMA PROCEDURE_NAME PROCEDURE_OWNER ARGUMENT_SIGNATURE DATA_TYPE CHARACTER_MAXIMUM_LENGTH NUMERIC_PRECISION NUMERIC_SCALE PROCEDURE_LANGUAGE PROCEDURE_DEFINITION CREATED LAST_ALTERED COMMENT',
  ),
  rows: ({ account }, database) =>
    [...procedures(account.catalog).values()].filter((each) => each.database === database).map(rowOf),
};

function rowOf(record: ProcedureRecord) {
  const { returns } = record;
  const type = returns.is === 'scalar' ? returns.type : undefined;
  return [
    record.database,
    record.schema,
    record.name,
    record.owner,
    `(${record.args.map(({ name, type: { kind } }) => `${name} ${kind}`).join(', ')})`,
    returnType(returns),
    type?.kind === 'VARCHAR' ? (type.length ?? 16777216) : null,
    type?.kind === 'NUMBER' ? type.precision : null,
    type?.kind === 'NUMBER' ? type.scale : null,
    'SQL',
    record.body,
    BigInt(record.createdOn),
    BigInt(record.createdOn),
    record.comment ?? null,
  ];
}

function returnType(returns: Returns): string {
  if (returns.is === 'scalar') return returns.type.kind;
  const columns = returns.columns === 'any' ? [] : returns.columns;
  return `TABLE (${columns.map(({ name, type }) => `${name} ${type.kind}`).join(', ')})`;
}
