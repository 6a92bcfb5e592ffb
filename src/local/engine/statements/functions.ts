/** Functions that ask the catalog. https://docs.snowflake.com/en/sql-reference/functions/get_ddl */
import { doesNotExist, unsupported } from '../../errors';
import { keyOf, qualify, showIdentifier } from '../../catalog/names';
import type { TableRecord } from '../../catalog/objects';
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
  const columns = table.columns.map(
    (column) =>
      `\t${showIdentifier(column.name)} ${showType(column.type)}${column.nullable ? '' : ' NOT NULL'}`,
  );
  return `create or replace TABLE ${showIdentifier(table.name)} (\n${columns.join(',\n')}\n);`;
}

export const engineFunctions: readonly SystemFunction[] = [getDdl];
