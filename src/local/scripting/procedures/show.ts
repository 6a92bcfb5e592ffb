/** SHOW PROCEDURES. https://docs.snowflake.com/en/sql-reference/sql/show-procedures */
import { likePattern } from '../../catalog/like-pattern';
import { keyOf } from '../../catalog/names';
import type { Session, StatementHandler } from '../../engine/contract';
import { visible } from '../../engine/privileges';
import { requireSchema } from '../../catalog/schemas';
import { unsupported } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import { INTEGER, TIMESTAMP_LTZ, VARCHAR, type ResultColumn, type SqlValue } from '../../values';
import { showReturns } from './describe';
import { procedures, type ProcedureRecord } from './record';

const text = (name: string): ResultColumn => ({ name, type: VARCHAR });

const COLUMNS: ResultColumn[] = [
  { name: 'created_on', type: TIMESTAMP_LTZ },
  text('name'),
  text('schema_name'),
  text('is_builtin'),
  text('is_aggregate'),
  text('is_ansi'),
  { name: 'min_num_arguments', type: INTEGER },
  { name: 'max_num_arguments', type: INTEGER },
  text('arguments'),
  text('description'),
  text('catalog_name'),
  text('is_table_function'),
  text('valid_for_clustering'),
  text('is_secure'),
  text('secrets'),
  text('external_access_integrations'),
];

export const showProcedures: StatementHandler = {
  name: 'SHOW PROCEDURES',
  matches: ([first, second, third]) =>
    first?.value === 'SHOW' &&
    (second?.value === 'PROCEDURES' || (second?.value === 'USER' && third?.value === 'PROCEDURES')),
  async run({ text: sql, tokens }, session) {
    const reader = new TokenReader(sql, tokens);
    reader.expect('SHOW');
    reader.accept('USER');
    reader.expect('PROCEDURES');
    const pattern = reader.accept('LIKE') ? likePattern(reader.string()) : undefined;
    const scope = reader.accept('IN') ? readScope(reader, session) : currentScope(session);
    reader.end();
    const isVisible = visible(session, 'PROCEDURE');
    const found = [...procedures(session.account.catalog).values()]
      .filter((record) => isVisible(keyOf(record)))
      .filter((record) => (pattern?.test(record.name) ?? true) && isIn(record, scope))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return { columns: COLUMNS, rows: found.map(rowOf) };
  },
};

interface Scope {
  database: string | undefined;
  schema: string | undefined;
}

/** Without IN: the current schema, else the current database, else the account. */
function currentScope({ database, schema }: Session): Scope {
  return { database, schema };
}

function readScope(reader: TokenReader, session: Session): Scope {
  if (reader.accept('ACCOUNT')) return { database: undefined, schema: undefined };
  if (reader.accept('DATABASE')) {
    const database = reader.done ? session.database : reader.identifier();
    if (database !== undefined) requireSchema({ database }, session);
    return { database, schema: undefined };
  }
  for (const kind of ['CLASS', 'APPLICATION'])
    if (reader.sees(kind)) throw unsupported(`SHOW PROCEDURES IN ${kind}`);
  if (reader.accept('SCHEMA') && reader.done) return currentScope(session);
  const [schema, database = session.database] = reader.name().reverse();
  if (database !== undefined && schema !== undefined) requireSchema({ database, schema }, session);
  return { database, schema };
}

function isIn(record: ProcedureRecord, { database, schema }: Scope): boolean {
  return (database ?? record.database) === record.database && (schema ?? record.schema) === record.schema;
}

function rowOf(record: ProcedureRecord): SqlValue[] {
  const { args, returns } = record;
  const required = args.filter((arg) => arg.default === undefined).length;
  const types = args.map(
    (arg) => (arg.default === undefined ? '' : 'DEFAULT ') + (arg.out ? 'OUT ' : '') + arg.type.kind,
  );
  return [
    BigInt(record.createdOn),
    record.name,
    record.schema,
    'N',
    'N',
    'N',
    required,
    args.length,
    `${record.name}(${types.join(', ')}) RETURN ${showReturns(returns)}`,
    record.comment ?? 'user-defined procedure',
    record.database,
    returns.is === 'table' ? 'Y' : 'N',
    'N',
    record.secure ? 'Y' : 'N',
    null,
    null,
  ];
}
