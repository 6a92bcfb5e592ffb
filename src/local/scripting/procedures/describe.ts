/** DESCRIBE PROCEDURE. https://docs.snowflake.com/en/sql-reference/sql/desc-procedure */
import { qualify, showIdentifier } from '../../catalog/names';
import type { StatementHandler } from '../../engine/contract';
import { TokenReader } from '../../sql/token-reader';
import { VARCHAR } from '../../values';
import { missing } from './missing';
import { procedureKey, procedures, readTypes, type ProcedureRecord, type Returns } from './record';

export const describeProcedure: StatementHandler = {
  name: 'DESCRIBE PROCEDURE',
  matches: ([first, second]) =>
    (first?.value === 'DESC' || first?.value === 'DESCRIBE') && second?.value === 'PROCEDURE',
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.next();
    reader.expect('PROCEDURE');
    const name = qualify(reader.name(), session);
    const types = readTypes(reader);
    reader.end();
    const record = procedures(session.account.catalog).get(procedureKey(name, types));
    if (!record) throw missing(name, types);
    const columns = ['property', 'value'].map((column) => ({ name: column, type: VARCHAR }));
    return { columns, rows: rowsOf(record) };
  },
};

function rowsOf(record: ProcedureRecord): string[][] {
  const args = record.args
    .map((arg) => `${showIdentifier(arg.name)} ${arg.out ? 'OUT ' : ''}${arg.type.kind}`)
    .join(', ');
  return [
    ['signature', `(${args})`],
    ['returns', showReturns(record.returns)],
    ['language', 'SQL'],
    ['null handling', record.nullHandling],
    ['volatility', 'VOLATILE'],
    ['execute as', record.executeAs],
    ['body', record.body],
  ];
}

/** `VARCHAR`, `NUMBER NOT NULL`, `TABLE (ID NUMBER)`. */
export function showReturns(returns: Returns): string {
  if (returns.is === 'scalar') return returns.type.kind + (returns.notNull ? ' NOT NULL' : '');
  const columns = returns.columns === 'any' ? [] : returns.columns;
  return `TABLE (${columns.map(({ name, type }) => `${showIdentifier(name)} ${type.kind}`).join(', ')})`;
}
