/** DESCRIBE TABLE and VIEW. https://docs.snowflake.com/en/sql-reference/sql/desc-table */
import { unsupported } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import { showType } from '../../sql/types';
import { type SqlValue, VARCHAR } from '../../values';
import { engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { findTable } from '../resolve';
import { identity } from './show-tables';

const COLUMNS = [
  'name',
  'type',
  'kind',
  'null?',
  'default',
  'primary key',
  'unique key',
  'check',
  'expression',
  'comment',
  'policy name',
];
const flag = (value: boolean | undefined): string => (value ? 'Y' : 'N');

export const describe: StatementHandler = {
  name: 'DESCRIBE TABLE, VIEW',
  matches: ([first, second]) =>
    (first?.value === 'DESCRIBE' || first?.value === 'DESC') &&
    (second?.value === 'TABLE' || second?.value === 'VIEW'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.next();
    const kind = reader.next().value === 'VIEW' ? 'View' : 'Table';
    const table = findTable(engineSession(session), reader.name(), kind);
    if (reader.accept('TYPE', '=') && !reader.accept('COLUMNS'))
      throw unsupported(`DESCRIBE TABLE ... TYPE = ${reader.peek()?.text ?? ''}`);
    reader.end();
    const rows = table.columns.map((column): SqlValue[] => [
      column.name,
      showType(column.type),
      'COLUMN',
      flag(column.nullable),
      column.autoincrement ? identity(column.autoincrement) : (column.default ?? null),
      flag(column.primaryKey),
      flag(column.uniqueKey),
      null,
      null,
      column.comment ?? null,
      null,
    ]);
    return { columns: COLUMNS.map((name) => ({ name, type: VARCHAR })), rows };
  },
};
