/** Sequences. https://docs.snowflake.com/en/sql-reference/sql/create-sequence */
import { alreadyExists, doesNotExist } from '../../errors';
import { requireSchema } from '../../catalog/schemas';
import { keyOf, qualify } from '../../catalog/names';
import { createSequence as sequenceSql, duckSchema, quoteIdentifier } from '../../sql/duck-text';
import { TokenReader } from '../../sql/token-reader';
import { engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { objectWord, readComment, readCreate } from './create-clause';
import { status } from './status';

export const createSequence: StatementHandler = {
  name: 'CREATE SEQUENCE',
  matches: (tokens) => tokens[0]?.value === 'CREATE' && objectWord(tokens) === 'SEQUENCE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const { sequences } = own.account.objects;
    const reader = new TokenReader(text, tokens);
    const create = readCreate(reader);
    reader.expect('SEQUENCE');
    const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
    const name = qualify(reader.name(), own);
    requireSchema(name, own);
    if (sequences.get(keyOf(name)) && ifMissing)
      return status(`${name.name} already exists, statement succeeded.`);
    if (sequences.get(keyOf(name)) && !create.orReplace) throw alreadyExists(keyOf(name));
    reader.accept('WITH');
    let [start, step] = [1, 1];
    if (reader.accept('START')) {
      reader.accept('WITH');
      reader.accept('=');
      start = reader.integer();
    }
    if (reader.accept('INCREMENT')) {
      reader.accept('BY');
      reader.accept('=');
      step = reader.integer();
    }
    const ordered = reader.accept('ORDER');
    if (!ordered) reader.accept('NOORDER');
    const comment = readComment(reader) ?? '';
    reader.end();
    const duckName = `${quoteIdentifier(duckSchema(name.database, name.schema))}.${quoteIdentifier(`sequence ${name.name}`)}`;
    await own.exclusively(({ raw }) => raw.run(sequenceSql(duckName, start, step)));
    const created = own.account.clock.nowDate().getTime();
    await sequences.set(keyOf(name), {
      ...name,
      start,
      step,
      ordered,
      duckName,
      created,
      owner: own.role,
      comment,
    });
    own.account.schemaVersion += 1;
    return status(`Sequence ${name.name} successfully created.`);
  },
};

export const dropSequence: StatementHandler = {
  name: 'DROP SEQUENCE',
  matches: ([first, second]) => first?.value === 'DROP' && second?.value === 'SEQUENCE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP', 'SEQUENCE');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), own);
    reader.end();
    const record = own.account.objects.sequences.get(keyOf(name));
    if (!record && ifExists)
      return status(`Drop statement executed successfully (${name.name} already dropped).`);
    if (!record) throw doesNotExist('Sequence', keyOf(name));
    await own.exclusively(({ raw }) => raw.run(`DROP SEQUENCE ${record.duckName}`));
    await own.account.objects.sequences.delete(keyOf(name));
    own.account.schemaVersion += 1;
    return status(`${name.name} successfully dropped.`);
  },
};
