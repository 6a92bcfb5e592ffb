/** DROP PROCEDURE. https://docs.snowflake.com/en/sql-reference/sql/drop-procedure */
import { qualify } from '../../catalog/names';
import type { StatementHandler } from '../../engine/contract';
import { TokenReader } from '../../sql/token-reader';
import { dropProcedureGrants } from './grants';
import { missing } from './missing';
import { procedureKey, procedures, readTypes } from './record';
import { status } from './status';

export const dropProcedure: StatementHandler = {
  name: 'DROP PROCEDURE',
  matches: ([first, second]) => first?.value === 'DROP' && second?.value === 'PROCEDURE',
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP', 'PROCEDURE');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), session);
    const types = readTypes(reader);
    reader.end();
    const dropped = await procedures(session.account.catalog).delete(procedureKey(name, types));
    await dropProcedureGrants(name, types, session.account.catalog);
    if (dropped) return status(`${name.name} successfully dropped.`);
    if (!ifExists) throw missing(name, types);
    return status(`Drop statement executed successfully (${name.name} already dropped).`);
  },
};
