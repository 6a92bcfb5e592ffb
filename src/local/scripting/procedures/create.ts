/** CREATE PROCEDURE. https://docs.snowflake.com/en/sql-reference/sql/create-procedure */
import { qualify, showIdentifier } from '../../catalog/names';
import { requireSchema } from '../../catalog/schemas';
import type { Session, StatementHandler } from '../../engine/contract';
import { alreadyExists, SnowflakeError } from '../../errors';
import type { Token } from '../../sql/lexer';
import { TokenReader } from '../../sql/token-reader';
import { declaredTwice } from '../compile/errors';
import { parseBody, readBlock } from '../program';
import { dropProcedureGrants } from './grants';
import { parseCreate, type CreateProcedure } from './header';
import { status } from './status';
import { overloads, procedureKey, procedures, type ProcedureRecord } from './record';

export const createProcedure: StatementHandler = {
  name: 'CREATE PROCEDURE',
  matches: isCreateProcedure,
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    const create = parseCreate(reader);
    reader.end();
    checkBody(create, text, tokens);
    return store(create, session);
  },
};

/** A body that is no literal is read as part of the statement, so that a syntax error is placed there. */
function checkBody({ body, args }: CreateProcedure, text: string, tokens: readonly Token[]): void {
  const last = tokens[tokens.length - 1]!;
  const start = last.end - body.length;
  const isWritten = last.kind !== 'string' && last.kind !== 'dollar' && text.slice(start, last.end) === body;
  if (isWritten)
    readBlock(
      new TokenReader(
        text,
        tokens.filter((token) => token.start >= start),
      ),
    );
  for (const { name, place } of parseBody(body).declarations)
    if (args.some((arg) => arg.name === name)) throw declaredTwice(name, place);
}

function isCreateProcedure(tokens: readonly Token[]): boolean {
  if (tokens[0]?.value !== 'CREATE') return false;
  let at = tokens[1]?.value === 'OR' ? 3 : 1;
  while (['SECURE', 'TEMP', 'TEMPORARY'].includes(tokens[at]?.value ?? '')) at += 1;
  return tokens[at]?.kind === 'word' && tokens[at]?.value === 'PROCEDURE';
}

async function store(create: CreateProcedure, session: Session) {
  const name = qualify(create.parts, session);
  requireSchema(name, session);
  const all = procedures(session.account.catalog);
  const types = create.args.map((arg) => arg.type);
  const key = procedureKey(name, types);
  const existing = all.get(key);
  if (existing && create.ifNotExists) return status(`${name.name} already exists, statement succeeded.`);
  if (existing && create.mode === 'create') throw alreadyExists(showIdentifier(name.name));
  for (const other of overloads(name, session.account.catalog)) {
    if (
      procedureKey(
        other,
        other.args.map((arg) => arg.type),
      ) !== key
    )
      refuseAmbiguous(create, other);
  }
  if (existing && create.mode === 'alter') refuseAlteredHandling(create, existing);
  if (existing && create.mode === 'replace' && !create.copyGrants) {
    await dropProcedureGrants(name, types, session.account.catalog);
  }
  await all.set(key, recordOf(create, name, session, existing));
  return status(`Function ${name.name} successfully created.`);
}

/** OR ALTER keeps the owner and the time of creation. */
function recordOf(
  create: CreateProcedure,
  name: Pick<ProcedureRecord, 'database' | 'schema' | 'name'>,
  session: Session,
  existing: ProcedureRecord | undefined,
): ProcedureRecord {
  const { args, returns, nullHandling, executeAs, comment, secure, body } = create;
  const kept = create.mode === 'alter' ? existing : undefined;
  const owner = kept?.owner ?? session.role;
  const createdOn = kept?.createdOn ?? String(session.account.clock.now());
  return { ...name, args, returns, nullHandling, executeAs, comment, secure, body, owner, createdOn };
}

/** CREATE OR ALTER changes neither arguments nor null handling. */
function refuseAlteredHandling(create: CreateProcedure, existing: ProcedureRecord): void {
  if (create.nullHandling === existing.nullHandling) return;
  const message = 'CREATE OR ALTER cannot change the handling of NULL input of a procedure.';
  throw new SnowflakeError('001506', '42601', `SQL compilation error:\n${message}`);
}

/**
 * 000949: a call could mean either, because with defaults both take the same arguments.
 * https://docs.snowflake.com/en/developer-guide/udf-stored-procedure-naming-conventions
 */
function refuseAmbiguous(create: CreateProcedure, other: ProcedureRecord): void {
  const most = Math.min(create.args.length, other.args.length);
  const least = Math.max(required(create.args), required(other.args));
  for (let count = least; count <= most; count += 1) {
    const same = create.args.slice(0, count).every((arg, at) => arg.type.kind === other.args[at]!.type.kind);
    if (same) throw ambiguous(other.name);
  }
}

function required(args: ProcedureRecord['args']): number {
  return args.filter((arg) => arg.default === undefined).length;
}

function ambiguous(name: string): SnowflakeError {
  const message = `Cannot overload PROCEDURE '${name}' as it would cause ambiguous PROCEDURE overloading.`;
  return new SnowflakeError('000949', '42723', `SQL compilation error:\n${message}`);
}
