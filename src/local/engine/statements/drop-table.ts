/** DROP TABLE and DROP VIEW. https://docs.snowflake.com/en/sql-reference/sql/drop-table */
import { doesNotExist } from '../../errors';
import { dropGrantsOn } from '../../catalog/grants';
import { keyOf, qualify } from '../../catalog/names';
import { TokenReader } from '../../sql/token-reader';
import { engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { status } from './status';

export const dropTable: StatementHandler = {
  name: 'DROP TABLE, DROP VIEW',
  matches: (tokens) =>
    tokens[0]?.value === 'DROP' && (tokens[1]?.value === 'TABLE' || tokens[1]?.value === 'VIEW'),
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP');
    const kind = reader.next().value === 'VIEW' ? 'View' : 'Table';
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), own);
    if (!reader.accept('CASCADE')) reader.accept('RESTRICT');
    reader.end();
    const record = own.temporary.get(keyOf(name)) ?? own.account.objects.tables.get(keyOf(name));
    if (!record && ifExists)
      return status(`Drop statement executed successfully (${name.name} already dropped).`);
    if (!record || (record.kind === 'VIEW') !== (kind === 'View')) throw doesNotExist(kind, keyOf(name));
    if (record.kind === 'TABLE') await own.exclusively(({ raw }) => raw.run(`DROP TABLE ${record.duckName}`));
    if (!own.temporary.delete(keyOf(name))) {
      await own.account.objects.tables.delete(keyOf(name));
      await dropGrantsOn(own.account.catalog, kind.toUpperCase(), keyOf(name));
    }
    own.account.schemaVersion += 1;
    return status(`${name.name} successfully dropped.`);
  },
};
