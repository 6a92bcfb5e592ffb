/** ALTER PROCEDURE. https://docs.snowflake.com/en/sql-reference/sql/alter-procedure */
import { qualify, showIdentifier } from '../../catalog/names';
import type { Session, StatementHandler } from '../../engine/contract';
import { alreadyExists, unsupported } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import { moveProcedureGrants } from './grants';
import { parseRights } from './header';
import { missing } from './missing';
import { procedureKey, procedures, readTypes, type ProcedureRecord } from './record';
import { status } from './status';

export const alterProcedure: StatementHandler = {
  name: 'ALTER PROCEDURE',
  matches: ([first, second]) => first?.value === 'ALTER' && second?.value === 'PROCEDURE',
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'PROCEDURE');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), session);
    const types = readTypes(reader);
    const record = procedures(session.account.catalog).get(procedureKey(name, types));
    if (record) await alter(record, reader, session);
    else if (!ifExists) throw missing(name, types);
    return status('Statement executed successfully.');
  },
};

async function alter(record: ProcedureRecord, reader: TokenReader, session: Session): Promise<void> {
  if (reader.accept('RENAME', 'TO')) return rename(record, qualify(reader.name(), session), session);
  const changed = { ...record };
  if (reader.accept('EXECUTE', 'AS')) changed.executeAs = parseRights(reader);
  else if (reader.accept('SET', 'COMMENT', '=')) changed.comment = reader.string();
  else if (reader.accept('UNSET', 'COMMENT')) changed.comment = undefined;
  else if (reader.accept('SET', 'SECURE')) changed.secure = true;
  else if (reader.accept('UNSET', 'SECURE')) changed.secure = false;
  else if (reader.sees('SET') || reader.sees('UNSET')) refuseProperty(reader);
  else reader.fail();
  reader.end();
  await procedures(session.account.catalog).set(keyOfRecord(record), changed);
}

function refuseProperty(reader: TokenReader): never {
  const verb = reader.next().value;
  throw unsupported(`ALTER PROCEDURE ... ${verb} ${reader.identifier()}`);
}

async function rename(
  record: ProcedureRecord,
  to: Pick<ProcedureRecord, 'database' | 'schema' | 'name'>,
  session: Session,
): Promise<void> {
  const all = procedures(session.account.catalog);
  const renamed = { ...record, ...to };
  if (all.get(keyOfRecord(renamed))) throw alreadyExists(showIdentifier(to.name));
  await all.delete(keyOfRecord(record));
  await all.set(keyOfRecord(renamed), renamed);
  const types = record.args.map((arg) => arg.type);
  await moveProcedureGrants(record, types, renamed, session.account.catalog);
}

function keyOfRecord(record: ProcedureRecord): string {
  return procedureKey(
    record,
    record.args.map((arg) => arg.type),
  );
}
