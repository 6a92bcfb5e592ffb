/** CREATE VIEW. https://docs.snowflake.com/en/sql-reference/sql/create-view */
import { alreadyExists, SnowflakeError, unsupported } from '../../errors';
import { requireSchema } from '../../catalog/schemas';
import { grantFuture } from '../../catalog/future-grants';
import { dropGrantsOn } from '../../catalog/grants';
import { keyOf, qualify, refuseDuplicates } from '../../catalog/names';
import { TokenReader } from '../../sql/token-reader';
import type { ResultColumn } from '../../values';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { describeQuery } from './table-sources';
import { objectWord, readComment, readCreate } from './create-clause';
import { status } from './status';

export const createView: StatementHandler = {
  name: 'CREATE VIEW',
  matches: (tokens) => tokens[0]?.value === 'CREATE' && objectWord(tokens) === 'VIEW',
  async run({ text, tokens, queryId }, session) {
    const own = engineSession(session);
    const reader = new TokenReader(text, tokens);
    const create = readCreate(reader);
    reader.expect('VIEW');
    const ifMissing = reader.accept('IF', 'NOT', 'EXISTS');
    const name = qualify(reader.name(), own);
    requireSchema(name, own);
    const existing = own.account.objects.tables.get(keyOf(name));
    if (existing && ifMissing) return status(`${name.name} already exists, statement succeeded.`);
    if (existing && (!(create.orReplace || create.orAlter) || existing.kind === 'TABLE'))
      throw alreadyExists(keyOf(name));
    const named = reader.accept('(') ? readColumns(reader) : undefined;
    const clauses = readClauses(reader);
    reader.expect('AS');
    const query = reader.rest().replace(/;\s*$/, '');
    const columns = await columnsOf(own, query, name, queryId);
    if (named && named.length !== columns.length) {
      throw new SnowflakeError('002026', '42601', `SQL compilation error:\nInvalid column definition list`);
    }
    const shown = columns.map(({ name: column, type }, index) => ({
      name: column,
      type,
      nullable: true,
      ...named?.[index],
    }));
    refuseDuplicates(shown);
    await own.account.objects.tables.set(keyOf(name), {
      kind: 'VIEW',
      ...name,
      columns: shown,
      comment: clauses.comment,
      created: own.account.clock.nowDate().getTime(),
      owner: own.role,
      durability: 'TABLE',
      clusterBy: '',
      duckName: '',
      query,
      text: text.replace(/;\s*$/, ''),
      secure: create.words.includes('SECURE'),
    });
    if (existing && create.orReplace && !clauses.copyGrants)
      await dropGrantsOn(own.account.catalog, 'VIEW', keyOf(name));
    if (!existing) await grantFuture(own, 'VIEW', name);
    own.account.schemaVersion += 1;
    return status(`View ${name.name} successfully created.`);
  },
};

/** Names, each with a comment if it likes. */
function readColumns(reader: TokenReader): { name: string; comment?: string }[] {
  const columns: { name: string; comment?: string }[] = [];
  do {
    const name = reader.identifier();
    columns.push(reader.accept('COMMENT') ? { name, comment: reader.string() } : { name });
  } while (reader.accept(','));
  reader.expect(')');
  return columns;
}

function readClauses(reader: TokenReader): { comment: string; copyGrants: boolean } {
  const clauses = { comment: '', copyGrants: false };
  for (;;) {
    const comment = readComment(reader);
    if (comment !== undefined) clauses.comment = comment;
    else if (reader.accept('COPY', 'GRANTS')) clauses.copyGrants = true;
    else if (reader.sees('AS')) return clauses;
    else throw unsupported(`CREATE VIEW ... ${reader.peek()?.text ?? ''}`);
  }
}

/** Names in a view are looked up in the view's own schema, so that is where its columns are found out. */
async function columnsOf(
  session: EngineSession,
  query: string,
  within: { database: string; schema: string },
  queryId: string,
): Promise<ResultColumn[]> {
  const { database, schema } = session;
  Object.assign(session, { database: within.database, schema: within.schema });
  try {
    return (await describeQuery(session, query, [], queryId)).columns;
  } finally {
    Object.assign(session, { database, schema });
  }
}
