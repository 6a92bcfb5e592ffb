/**
 * What a statement on objects needs before it does anything. Queries, DML and CALL ask for themselves, since they know the
 * object only when they are compiled.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-task#access-control-requirements, and of the other statements
 */
import { keyOf, qualify, showIdentifier } from '../catalog/names';
import type { Token } from '../sql/lexer';
import { TokenReader } from '../sql/token-reader';
import type { EngineSession } from './account';
import { insufficient, isRestricted, mayCreate, ownedBy, requirePrivilege } from './privileges';
import { objectWord } from './statements/create-clause';

const ON_OBJECTS = new Set(['ALTER', 'COMMENT', 'CREATE', 'DROP', 'GRANT', 'REVOKE', 'UNDROP']);
const ASKED = new Set([...ON_OBJECTS, 'EXECUTE', 'USE']);

/** @throws SnowflakeError 003001, or 002003 for what the role does not see */
export function requireStatementPrivilege(
  session: EngineSession,
  text: string,
  tokens: readonly Token[],
): void {
  const [first, second] = tokens;
  if (first?.kind !== 'word' || !ASKED.has(first.value) || !isRestricted(session)) return;
  const reader = new TokenReader(text, tokens);
  if (operates(reader, session)) return;
  if (!ON_OBJECTS.has(first.value) || second?.value === 'SESSION') return;
  if (first.value === 'CREATE' && mayCreate(session, objectWord(tokens) ?? '')) return;
  if (first.value !== 'CREATE' && namesOwn(reader, session)) return;
  throw insufficient('account', session.accountName);
}

/** EXECUTE, USE WAREHOUSE, and what of ALTER another role than the owner may do. */
function operates(reader: TokenReader, session: EngineSession): boolean {
  if (reader.accept('EXECUTE', 'TASK')) return on(reader, session, 'TASK', ['OPERATE']);
  if (reader.accept('EXECUTE', 'DBT', 'PROJECT') && !reader.sees('FROM'))
    return on(reader, session, 'DBT PROJECT', ['USAGE']);
  if (reader.accept('USE', 'WAREHOUSE')) return onWarehouse(reader, session, ['USAGE', 'OPERATE']);
  if (reader.accept('ALTER', 'WAREHOUSE')) return onWarehouse(reader, session, ['OPERATE', 'MODIFY']);
  if (reader.accept('ALTER', 'TASK')) return changesTask(reader, session);
  return false;
}

function on(
  reader: TokenReader,
  session: EngineSession,
  kind: string,
  privileges: readonly string[],
): boolean {
  reader.accept('IF', 'EXISTS');
  requirePrivilege(session, privileges, kind, qualify(reader.name(), session));
  return true;
}

function onWarehouse(reader: TokenReader, session: EngineSession, privileges: readonly string[]): boolean {
  reader.accept('IF', 'EXISTS');
  requirePrivilege(session, privileges, 'WAREHOUSE', reader.identifier());
  return true;
}

/** OPERATE suspends and resumes; anything else is the owner's. */
function changesTask(reader: TokenReader, session: EngineSession): boolean {
  reader.accept('IF', 'EXISTS');
  const name = qualify(reader.name(), session);
  const operates = reader.sees('SUSPEND') || reader.sees('RESUME');
  requirePrivilege(session, [operates ? 'OPERATE' : 'OWNERSHIP'], 'TASK', name);
  return true;
}

/** Whether one of the names in it is of something that the role owns. */
function namesOwn(reader: TokenReader, session: EngineSession): boolean {
  const owned = ownedBy(session);
  if (owned.size === 0) return false;
  for (let at = 1; at < reader.tokens.length; at += 1) {
    reader.at = at;
    const { kind } = reader.tokens[at]!;
    if (kind !== 'word' && kind !== 'quoted') continue;
    const parts = reader.name();
    if (parts.length > 3) continue;
    const plain = parts.map(showIdentifier).join('.');
    if (owned.has(plain) || (session.database && session.schema && owned.has(keyOf(qualify(parts, session)))))
      return true;
  }
  return false;
}
