/** Statements that make the same object, for GET_DDL. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { showIdentifier, showString } from '../../catalog/names';
import type { ColumnRecord, SequenceRecord, TableRecord } from '../../catalog/objects';
import { showType } from '../../sql/types';
import type { EngineSession } from '../account';
import { schemaKey } from './containers';
import { keeperOf } from './keepers';

const KINDS = ['PROCEDURE', 'TASK', 'ALERT', 'DBT PROJECT'];

/** The database and everything in it, schema by schema. */
export function databaseText(session: EngineSession, database: string): string {
  const { databases } = session.account.objects;
  const transient = databases.get(database)?.transient ? 'transient ' : '';
  const schemas = [...session.account.objects.schemas.values()].filter((each) => each.database === database);
  return [
    `create or replace ${transient}database ${showIdentifier(database)};`,
    ...schemas.map(({ name }) => schemaText(session, database, name)),
  ].join('\n\n');
}

/** The schema and everything in it: sequences, tables, views, then what the features keep. */
export function schemaText(session: EngineSession, database: string, schema: string): string {
  const { schemas, sequences, tables } = session.account.objects;
  const transient = schemas.get(schemaKey(database, schema))?.transient ? 'transient ' : '';
  const here = (each: { database: string; schema: string }): boolean =>
    each.database === database && each.schema === schema;
  const relations = [...tables.values()].filter(here);
  const others = KINDS.flatMap((kind) => {
    const keeper = keeperOf(session, kind);
    const all = keeper?.all?.(session).filter(({ name }) => here(name)) ?? [];
    return all.map(({ name, signature }) => keeper!.ddl!(name, session, signature));
  });
  return [
    `create or replace ${transient}schema ${showIdentifier(schema)};`,
    ...[...sequences.values()].filter(here).map(sequenceText),
    ...relations.filter(({ kind }) => kind === 'TABLE').map(relationText),
    ...relations.filter(({ kind }) => kind === 'VIEW').map(relationText),
    ...others,
  ].join('\n\n');
}

export function sequenceText({ name, start, step }: SequenceRecord): string {
  return `create or replace sequence ${showIdentifier(name)} start with ${start} increment by ${step} noorder;`;
}

export function relationText(record: TableRecord): string {
  return record.kind === 'VIEW' ? `${record.text ?? ''};` : tableText(record);
}

function tableText(table: TableRecord): string {
  const kind = table.durability === 'TABLE' ? 'TABLE' : `${table.durability} TABLE`;
  const lines = table.columns.map((column) => `\t${columnText(column)}`);
  const keys = table.columns
    .filter((column) => column.primaryKey)
    .map((column) => showIdentifier(column.name));
  if (keys.length > 0) lines.push(`\tprimary key (${keys.join(', ')})`);
  const comment = table.comment ? `COMMENT=${showString(table.comment)}` : '';
  return `create or replace ${kind} ${showIdentifier(table.name)} (\n${lines.join(',\n')}\n)${comment};`;
}

function columnText(column: ColumnRecord): string {
  const { autoincrement } = column;
  const parts = [`${showIdentifier(column.name)} ${showType(column.type)}`];
  if (!column.nullable) parts.push('NOT NULL');
  if (column.default !== undefined) parts.push(`DEFAULT ${column.default}`);
  if (autoincrement)
    parts.push(
      `autoincrement start ${autoincrement.start} increment ${autoincrement.step} ${autoincrement.ordered ? 'order' : 'noorder'}`,
    );
  if (column.comment) parts.push(`COMMENT ${showString(column.comment)}`);
  return parts.join(' ');
}
