/**
 * Statements that make the same object, for GET_DDL, in the layout that accounts give.
 * https://docs.snowflake.com/en/sql-reference/functions/get_ddl
 */
import { ddlName, keyOf, showEscaped, showIdentifier } from '../../catalog/names';
import type { ColumnRecord, SequenceRecord, TableRecord } from '../../catalog/objects';
import { showType } from '../../sql/types';
import type { EngineSession } from '../account';
import { schemaKey } from './containers';
import { keeperOf } from './keepers';

const KINDS = ['PROCEDURE', 'TASK', 'ALERT', 'DBT PROJECT'];

/** The database and everything in it, schema by schema. */
export function databaseText(session: EngineSession, database: string, qualified: boolean): string {
  const { databases, schemas } = session.account.objects;
  const record = databases.get(database);
  const inside = [...schemas.values()].filter((each) => each.database === database).map(({ name }) => name);
  return [
    `create or replace ${record?.transient ? 'transient ' : ''}database ${showIdentifier(database)}${commentText(record)};\n`,
    ...inside.sort().map((schema) => schemaText(session, database, schema, qualified)),
  ].join('\n');
}

/** The schema and everything in it: kind by kind, and in order of name. */
export function schemaText(
  session: EngineSession,
  database: string,
  schema: string,
  qualified: boolean,
): string {
  const { schemas, sequences, tables } = session.account.objects;
  const record = schemas.get(schemaKey(database, schema));
  const here = (each: { database: string; schema: string }): boolean =>
    each.database === database && each.schema === schema;
  const text = (each: TableRecord): string => relationText(each, qualified);
  const temporary = [...session.temporary.values()].filter(here).sort(byName);
  const hidden = new Set(temporary.map(keyOf));
  const relations = [...tables.values()]
    .filter((each) => here(each) && !hidden.has(keyOf(each)))
    .sort(byName);
  const others = KINDS.flatMap((kind) => {
    const keeper = keeperOf(session, kind);
    const all = keeper?.all?.(session).filter(({ name }) => here(name)) ?? [];
    const inOrder = all.sort(
      (a, b) => byName(a.name, b.name) || compare(a.signature ?? '', b.signature ?? ''),
    );
    return inOrder.map(({ name, signature }) => keeper!.ddl!(name, session, signature, qualified));
  });
  const members = [
    ...[...sequences.values()]
      .filter(here)
      .sort(byName)
      .map((each) => sequenceText(each, qualified)),
    ...temporary.map(text),
    ...relations.filter(({ kind }) => kind === 'TABLE').map(text),
    ...relations.filter(({ kind }) => kind === 'VIEW').map(text),
    ...others,
  ];
  const name = qualified ? schemaKey(database, schema) : showIdentifier(schema);
  const head = `create or replace ${record?.transient ? 'transient ' : ''}schema ${name}${commentText(record)};\n`;
  return members.length === 0 ? head : `${head}\n${members.join('\n')}`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: { name: string }, b: { name: string }): number => compare(a.name, b.name);

function commentText(record: { comment: string } | undefined): string {
  return record?.comment ? ` COMMENT=${showEscaped(record.comment)}` : '';
}

export function sequenceText(sequence: SequenceRecord, qualified: boolean): string {
  const { start, step, ordered } = sequence;
  return `create or replace sequence ${ddlName(sequence, qualified)} start with ${start} increment by ${step} ${ordered ? 'order' : 'noorder'};`;
}

export function relationText(record: TableRecord, qualified: boolean): string {
  return record.kind === 'VIEW' ? viewText(record, qualified) : tableText(record, qualified);
}

function viewText(view: TableRecord, qualified: boolean): string {
  const columns = view.columns.map(
    ({ name, comment }) => `\t${showIdentifier(name)}${comment ? ` COMMENT ${showEscaped(comment)}` : ''}`,
  );
  const comment = view.comment ? ` COMMENT=${showEscaped(view.comment)}\n` : '';
  return `create or replace ${view.secure ? 'secure ' : ''}view ${ddlName(view, qualified)}(\n${columns.join(',\n')}\n)${comment} as ${(view.query ?? '').trim()};`;
}

function tableText(table: TableRecord, qualified: boolean): string {
  const kind = table.durability === 'TABLE' ? 'TABLE' : `${table.durability} TABLE`;
  const lines = table.columns.map((column) => `\t${columnText(column)}`);
  const keys = table.columns
    .filter((column) => column.primaryKey)
    .map((column) => showIdentifier(column.name));
  if (keys.length > 0) lines.push(`\tprimary key (${keys.join(', ')})`);
  const cluster = table.clusterBy ? `cluster by ${table.clusterBy.replace(/^LINEAR/, '')}` : '';
  const comment = table.comment ? `COMMENT=${showEscaped(table.comment)}\n` : '';
  return `create or replace ${kind} ${ddlName(table, qualified)} ${cluster}(\n${lines.join(',\n')}\n)${comment};`;
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
  if (column.comment) parts.push(`COMMENT ${showEscaped(column.comment)}`);
  return parts.join(' ');
}
