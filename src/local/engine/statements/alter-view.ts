/** ALTER VIEW. https://docs.snowflake.com/en/sql-reference/sql/alter-view */
import { alreadyExists, doesNotExist, unsupported } from '../../errors';
import { moveGrants } from '../../catalog/grants';
import { keyOf, qualify, showIdentifier } from '../../catalog/names';
import type { TableRecord } from '../../catalog/objects';
import { tokenize } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import { type EngineSession, engineSession } from '../account';
import type { StatementHandler } from '../contract';
import { readComment, readCreate } from './create-clause';
import { status } from './status';

export const alterView: StatementHandler = {
  name: 'ALTER VIEW',
  matches: (tokens) => tokens[0]?.value === 'ALTER' && tokens[1]?.value === 'VIEW',
  async run({ text, tokens }, session) {
    const own = engineSession(session);
    const { tables } = own.account.objects;
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'VIEW');
    const ifExists = reader.accept('IF', 'EXISTS');
    const key = keyOf(qualify(reader.name(), own));
    const known = tables.get(key);
    if (!known && ifExists) return status('Statement executed successfully.');
    if (known?.kind !== 'VIEW') throw doesNotExist('View', key);
    const view = structuredClone(known);
    if (reader.accept('RENAME', 'TO')) await rename(own, view, reader);
    else await tables.set(key, change(view, reader));
    reader.end();
    own.account.schemaVersion += 1;
    return status('Statement executed successfully.');
  },
};

function change(view: TableRecord, reader: TokenReader): TableRecord {
  if (reader.accept('SET', 'SECURE')) return { ...view, secure: true };
  if (reader.accept('UNSET', 'SECURE')) return { ...view, secure: false };
  if (reader.accept('UNSET', 'COMMENT')) return { ...view, comment: '' };
  if (reader.sees('SET', 'COMMENT')) {
    reader.next();
    return { ...view, comment: readComment(reader)! };
  }
  if (reader.accept('ALTER') || reader.accept('MODIFY')) return commentColumn(view, reader);
  throw unsupported(
    `ALTER VIEW ... ${[reader.peek(), reader.peek(1)].map((token) => token?.text ?? '').join(' ')}`,
  );
}

function commentColumn(view: TableRecord, reader: TokenReader): TableRecord {
  reader.accept('COLUMN');
  const name = reader.identifier();
  if (!view.columns.some((column) => column.name === name)) throw doesNotExist('Column', name);
  const comment = reader.accept('UNSET', 'COMMENT') ? '' : readComment(reader);
  if (comment === undefined) throw unsupported(`ALTER VIEW ... COLUMN ... ${reader.peek()?.text ?? ''}`);
  const columns = view.columns.map((column) => (column.name === name ? { ...column, comment } : column));
  return { ...view, columns };
}

/** Names in its query are looked up in the view's schema, so it does not leave it. */
async function rename(session: EngineSession, view: TableRecord, reader: TokenReader): Promise<void> {
  const { objects, catalog } = session.account;
  const name = qualify(reader.name(), session);
  if (name.database !== view.database || name.schema !== view.schema)
    throw unsupported('ALTER VIEW ... RENAME TO another schema');
  if (objects.tables.get(keyOf(name))) throw alreadyExists(keyOf(name));
  await objects.tables.delete(keyOf(view));
  await objects.tables.set(keyOf(name), {
    ...view,
    name: name.name,
    text: textNamed(view.text ?? '', name.name),
  });
  await moveGrants(catalog, 'VIEW', keyOf(view), keyOf(name));
}

/** The statement that made the view, with another name. */
function textNamed(text: string, name: string): string {
  const reader = new TokenReader(text, tokenize(text));
  readCreate(reader);
  reader.expect('VIEW');
  reader.accept('IF', 'NOT', 'EXISTS');
  const { start } = reader.peek()!;
  reader.name();
  return `${text.slice(0, start)}${showIdentifier(name)}${text.slice(reader.tokens[reader.at - 1]!.end)}`;
}
