/** Functions that ask the catalog. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { doesNotExist, unsupported } from '../../errors';
import { keyOf, qualify, showIdentifier } from '../../catalog/names';
import type { ColumnRecord, TableRecord } from '../../catalog/objects';
import { splitName } from '../../sql/token-reader';
import { showType } from '../../sql/types';
import { type TypedValue, VARCHAR } from '../../values';
import { engineSession } from '../account';
import type { Session, SystemFunction } from '../contract';

const getDdl: SystemFunction = {
  name: 'GET_DDL',
  returns: VARCHAR,
  call([kindValue, nameValue]: readonly TypedValue[], session: Session) {
    const kind = String(kindValue?.value ?? '').toUpperCase();
    const text = String(nameValue?.value ?? '');
    const bracket = text.indexOf('(');
    const name = qualify(splitName(bracket < 0 ? text : text.slice(0, bracket)), session);
    const own = engineSession(session);
    if (kind === 'TABLE' || kind === 'VIEW') {
      const record = own.account.objects.tables.get(keyOf(name));
      if (record?.kind !== kind) throw doesNotExist(kind === 'TABLE' ? 'Table' : 'View', text);
      return kind === 'VIEW' ? `${record.text ?? ''};` : tableText(record);
    }
    const keeper = own.account.features
      .flatMap((feature) => feature.objects ?? [])
      .find((object) => object.kind === kind);
    if (!keeper?.ddl) throw unsupported(`GET_DDL('${kind}', ...)`);
    const signature = bracket < 0 ? undefined : text.slice(bracket);
    if (!keeper.exists(name, session, signature))
      throw doesNotExist(kind.charAt(0) + kind.slice(1).toLowerCase(), text);
    return keeper.ddl(name, session, signature);
  },
};

function tableText(table: TableRecord): string {
  const kind = table.durability === 'TABLE' ? 'TABLE' : `${table.durability} TABLE`;
  const lines = table.columns.map((column) => `\t${columnText(column)}`);
  const keys = table.columns
    .filter((column) => column.primaryKey)
    .map((column) => showIdentifier(column.name));
  if (keys.length > 0) lines.push(`\tprimary key (${keys.join(', ')})`);
  const comment = table.comment ? `COMMENT='${table.comment.replaceAll("'", "''")}'` : '';
  return `create or replace ${kind} ${showIdentifier(table.name)} (\n${lines.join(',\n')}\n)${comment};`;
}

function columnText(column: ColumnRecord): string {
  const { autoincrement } = column;
  const parts = [`${showIdentifier(column.name)} ${showType(column.type)}`];
  if (!column.nullable) parts.push('NOT NULL');
  if (column.default !== undefined) parts.push(`DEFAULT ${column.default}`);
  if (autoincrement)
    parts.push(`autoincrement start ${autoincrement.start} increment ${autoincrement.step} noorder`);
  if (column.comment) parts.push(`COMMENT '${column.comment.replaceAll("'", "''")}'`);
  return parts.join(' ');
}

export const engineFunctions: readonly SystemFunction[] = [getDdl];
