/** Databases and schemas. https://docs.snowflake.com/en/sql-reference/sql/create-database, create-schema */
import { alreadyExists, doesNotExist, SnowflakeError, unsupported } from '../../errors';
import { showIdentifier } from '../../catalog/names';
import { dropGrantsIn, dropGrantsOn } from '../../catalog/grants';
import { duckSchema, quoteIdentifier } from '../../sql/duck-text';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { objectWord, readComment, readCreate } from './create-clause';
import { acceptRetention } from './object-properties';
import { status } from './status';

export const schemaKey = (database: string, schema: string): string =>
  [database, schema].map(showIdentifier).join('.');

export const createDatabase: StatementHandler = {
  name: 'CREATE DATABASE',
  matches: (tokens) => tokens[0]?.value === 'CREATE' && objectWord(tokens) === 'DATABASE',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    const create = readCreate(reader);
    reader.expect('DATABASE');
    if (create.orAlter) throw unsupported('CREATE OR ALTER DATABASE');
    const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
    const name = reader.identifier();
    const comment = readProperties(reader, 'DATABASE');
    const { databases } = own.account.objects;
    if (databases.get(name)) {
      if (ifMissing) return status(`${name} already exists, statement succeeded.`);
      if (!create.orReplace) throw alreadyExists(name);
      await dropDatabaseNamed(own, name);
    }
    const transient = create.words.includes('TRANSIENT');
    await databases.set(name, {
      name,
      created: own.account.clock.nowDate().getTime(),
      owner: own.role,
      comment,
      transient,
    });
    await makeSchema(own, name, 'PUBLIC', '', transient);
    own.database = name;
    own.schema = 'PUBLIC';
    return status(`Database ${name} successfully created.`);
  },
};

export const createSchema: StatementHandler = {
  name: 'CREATE SCHEMA',
  matches: (tokens) => tokens[0]?.value === 'CREATE' && objectWord(tokens) === 'SCHEMA',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    const create = readCreate(reader);
    reader.expect('SCHEMA');
    if (create.orAlter) throw unsupported('CREATE OR ALTER SCHEMA');
    const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
    const [name, database] = schemaName(reader.name(), own);
    const comment = readProperties(reader, 'SCHEMA');
    if (!own.account.objects.databases.get(database)) throw doesNotExist('Database', database);
    if (own.account.objects.schemas.get(schemaKey(database, name))) {
      if (ifMissing) return status(`${name} already exists, statement succeeded.`);
      if (!create.orReplace) throw alreadyExists(name);
      await dropSchemaNamed(own, database, name);
    }
    await makeSchema(own, database, name, comment, create.words.includes('TRANSIENT'));
    own.database = database;
    own.schema = name;
    return status(`Schema ${name} successfully created.`);
  },
};

export const dropContainer: StatementHandler = {
  name: 'DROP DATABASE, DROP SCHEMA',
  matches: (tokens) =>
    tokens[0]?.value === 'DROP' && (tokens[1]?.value === 'DATABASE' || tokens[1]?.value === 'SCHEMA'),
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP');
    const isDatabase = reader.next().value === 'DATABASE';
    const ifExists = reader.accept('IF', 'EXISTS');
    const parts = reader.name();
    if (!reader.accept('CASCADE')) reader.accept('RESTRICT');
    reader.end();
    const [name, database] = isDatabase ? [parts[0]!, parts[0]!] : schemaName(parts, own);
    const { databases, schemas } = own.account.objects;
    const exists = isDatabase ? databases.get(name) : schemas.get(schemaKey(database, name));
    if (!exists && !ifExists) throw doesNotExist(isDatabase ? 'Database' : 'Schema', parts.join('.'));
    if (!exists) return status(`Drop statement executed successfully (${name} already dropped).`);
    await (isDatabase ? dropDatabaseNamed(own, name) : dropSchemaNamed(own, database, name));
    return status(`${name} successfully dropped.`);
  },
};

function readProperties(reader: TokenReader, kind: string): string {
  let comment = '';
  while (!reader.done) {
    const property = readContainerProperty(reader, `CREATE ${kind}`);
    if (!property) throw unsupported(`CREATE ${kind} ... ${reader.peek()!.text}`);
    comment = property.comment ?? comment;
  }
  return comment;
}

/** A comment, or how long dropped things are kept, which is nothing here. Undefined when something else comes next. */
export function readContainerProperty(reader: TokenReader, verb: string): { comment?: string } | undefined {
  const comment = readComment(reader);
  if (comment !== undefined) return { comment };
  return acceptRetention(reader, verb) ? {} : undefined;
}

/** @returns schema, database */
export function schemaName(parts: readonly string[], session: EngineSession): [string, string] {
  const [name, database = session.database] = [...parts].reverse();
  if (!database || name === undefined) {
    throw new SnowflakeError(
      '090105',
      '22000',
      "Cannot perform operation. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.",
    );
  }
  return [name, database];
}

async function makeSchema(
  session: EngineSession,
  database: string,
  name: string,
  comment: string,
  transient: boolean,
): Promise<void> {
  const { account } = session;
  await session.exclusively((connection) =>
    connection.raw.run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(duckSchema(database, name))}`),
  );
  await account.objects.schemas.set(schemaKey(database, name), {
    database,
    name,
    created: account.clock.nowDate().getTime(),
    owner: session.role,
    comment,
    transient,
  });
  account.schemaVersion += 1;
}

async function dropDatabaseNamed(session: EngineSession, name: string): Promise<void> {
  const { objects } = session.account;
  for (const schema of [...objects.schemas.values()].filter((each) => each.database === name)) {
    await dropSchemaNamed(session, name, schema.name);
  }
  await objects.databases.delete(name);
  await dropGrantsOn(session.account.catalog, 'DATABASE', showIdentifier(name));
  await dropGrantsIn(session.account.catalog, showIdentifier(name));
  if (session.database === name) session.database = session.schema = undefined;
}

/** With every object in it, those of the features too. */
async function dropSchemaNamed(session: EngineSession, database: string, name: string): Promise<void> {
  const { objects, catalog } = session.account;
  await session.exclusively((connection) =>
    connection.raw.run(`DROP SCHEMA IF EXISTS ${quoteIdentifier(duckSchema(database, name))} CASCADE`),
  );
  for (const collection of [objects.tables, objects.sequences]) {
    for (const [key, record] of [...collection.entries()]) {
      if (record.database === database && record.schema === name) await collection.delete(key);
    }
  }
  for (const collection of ['procedures', 'tasks', 'dbt projects']) {
    const records = catalog.collection<{ database?: string; schema?: string }>(collection);
    for (const [key, record] of [...records.entries()]) {
      if (record.database === database && record.schema === name) await records.delete(key);
    }
  }
  await objects.schemas.delete(schemaKey(database, name));
  await dropGrantsOn(catalog, 'SCHEMA', schemaKey(database, name));
  await dropGrantsIn(catalog, schemaKey(database, name));
  session.account.schemaVersion += 1;
  if (session.database === database && session.schema === name) session.schema = undefined;
}
