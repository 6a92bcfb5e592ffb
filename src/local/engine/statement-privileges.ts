/**
 * What a statement on objects needs before it does anything. Queries, DML and CALL ask for themselves, since they know the
 * object only when they are compiled.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-task#access-control-requirements, and of the other statements
 */
import { qualify } from '../catalog/names';
import type { Token } from '../sql/lexer';
import { TokenReader } from '../sql/token-reader';
import { grantsOf } from '../catalog/grants';
import type { EngineSession } from './account';
import { insufficient, isRestricted, requirePrivilege } from './privileges';

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
  if (first.value === 'CREATE' && mayCreate(session)) return;
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

/** Whoever may create something somewhere owns it afterwards, and is no longer asked. */
function mayCreate({ account, role }: EngineSession): boolean {
  return [...grantsOf(account.catalog).values()].some(
    (grant) => grant.role === role && !grant.toUser && !grant.future && grant.privilege.startsWith('CREATE '),
  );
}
