/** COMMENT ON TABLE, VIEW, COLUMN, SCHEMA, DATABASE. https://docs.snowflake.com/en/sql-reference/sql/comment */
import { doesNotExist, unsupported } from '../../errors';
import { keyOf, qualify } from '../../catalog/names';
import { TokenReader } from '../../sql/token-reader';
import { engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { findTable } from '../resolve';
import { schemaKey, schemaName } from './containers';
import { status } from './status';

export const comment: StatementHandler = {
  name: 'COMMENT ON',
  matches: ([first]) => first?.value === 'COMMENT',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const { databases, schemas, tables } = own.account.objects;
    const reader = new TokenReader(text, tokens);
    reader.expect('COMMENT');
    const ifExists = reader.accept('IF', 'EXISTS');
    reader.expect('ON');
    const kind = reader.identifier();
    const parts = reader.name();
    reader.expect('IS');
    const said = reader.string();
    reader.end();
    if (kind === 'DATABASE') {
      const record = databases.get(parts[0]!);
      if (record) await databases.set(record.name, { ...record, comment: said });
      else if (!ifExists) throw doesNotExist('Database', parts[0]!);
    } else if (kind === 'SCHEMA') {
      const [name, database] = schemaName(parts, own);
      const record = schemas.get(schemaKey(database, name));
      if (record) await schemas.set(schemaKey(database, name), { ...record, comment: said });
      else if (!ifExists) throw doesNotExist('Schema', parts.join('.'));
    } else if (kind === 'TABLE' || kind === 'VIEW') {
      const record = tables.get(keyOf(qualify(parts, own)));
      if (record) await tables.set(keyOf(record), { ...record, comment: said });
      else if (!ifExists) throw doesNotExist(kind === 'TABLE' ? 'Table' : 'View', parts.join('.'));
    } else if (kind === 'COLUMN') {
      const record = structuredClone(findTable(own, parts.slice(0, -1)));
      const column = record.columns.find((each) => each.name === parts[parts.length - 1]);
      if (!column) throw doesNotExist('Column', parts.join('.'));
      column.comment = said;
      await tables.set(keyOf(record), record);
    } else throw unsupported(`COMMENT ON ${kind}`);
    return status('Statement executed successfully.');
  },
};
