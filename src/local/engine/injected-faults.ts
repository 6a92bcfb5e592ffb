/**
 * Faults that a test puts into a statement which does not come from the statement itself: a cancel, a timeout, a warehouse
 * that goes away. Said in SQL, since what is tried runs in another session: SYSTEM$LOCAL_INJECT.
 */
import { canceled, SnowflakeError, timedOut } from '../errors';
import { VARCHAR, type TypedValue } from '../values';
import { engineSession, type EngineSession } from './account';
import type { Session, SystemFunction } from './contract';
import type { RunningStatement } from './running-statement';
import { DEFAULT_TIMEOUT_SECONDS } from './statement-timeout';

const KINDS = ['CANCEL', 'TIMEOUT', 'WAREHOUSE_GONE', 'ERROR'] as const;
type Kind = (typeof KINDS)[number];

export interface InjectedFault {
  kind: Kind;
  /** 0: instead of the statement itself; n: instead of the n-th statement that its blocks send. */
  at: number;
  /** What the text of the statement must contain. */
  text: string;
  /** Statements with such a text that are let pass before it. */
  passes: number;
  /** The statement that it was put into. */
  into: RunningStatement | undefined;
}

/** To be asked before a statement does anything. @throws SnowflakeError the fault, where one is meant for it */
export function faultBefore(session: EngineSession, statement: RunningStatement): void {
  if (session.account.injected.length === 0 || statement.text.includes('SYSTEM$LOCAL_INJECT')) return;
  const fault = claim(session, statement);
  if (fault?.at === 0) strike(session, fault, statement);
}

/** To be asked before a block sends a statement. @throws SnowflakeError the fault, where it is that statement's */
export function faultInBlock(of: Session): void {
  const session = engineSession(of);
  const { statement } = session;
  if (!statement) return;
  statement.sent += 1;
  strikeAt(session, statement, statement.sent);
}

/** To be asked when a statement is done but for the answer: one number higher than its last statement. */
export function faultAfter(session: EngineSession, statement: RunningStatement): void {
  if (statement.sent > 0) strikeAt(session, statement, statement.sent + 1);
}

function strikeAt(session: EngineSession, statement: RunningStatement, at: number): void {
  const fault = session.account.injected.find((each) => each.into === statement && each.at === at);
  if (fault) strike(session, fault, statement);
}

/** The first fault whose turn it is with this statement. One that a shorter block did not reach waits for the next. */
function claim({ account }: EngineSession, statement: RunningStatement): InjectedFault | undefined {
  for (const fault of account.injected) {
    if (!statement.text.toUpperCase().includes(fault.text.toUpperCase())) continue;
    if (fault.passes > 0) fault.passes -= 1;
    else {
      fault.into = statement;
      return fault;
    }
  }
  return undefined;
}

function strike(session: EngineSession, fault: InjectedFault, statement: RunningStatement): never {
  const { injected } = session.account;
  injected.splice(injected.indexOf(fault), 1);
  const error = ERRORS[fault.kind]();
  if (fault.kind === 'WAREHOUSE_GONE') session.warehouse = undefined;
  if (fault.kind !== 'ERROR') statement.end(error);
  throw error;
}

const ERRORS: Record<Kind, () => SnowflakeError> = {
  CANCEL: canceled,
  TIMEOUT: () => timedOut(DEFAULT_TIMEOUT_SECONDS),
  WAREHOUSE_GONE: () =>
    new SnowflakeError(
      '000606',
      '57P03',
      "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
    ),
  ERROR: () =>
    new SnowflakeError(
      '000603',
      'XX000',
      'SQL execution internal error:\nProcessing aborted by an error that SYSTEM$LOCAL_INJECT put here.',
    ),
};

/**
 * `SYSTEM$LOCAL_INJECT('CANCEL', 3)`: instead of the third statement of the next block the block is cancelled. Third
 * argument: only blocks whose text contains it; fourth: how many of those are let pass. `('NONE')` takes back what is left.
 */
const inject: SystemFunction = {
  name: 'SYSTEM$LOCAL_INJECT',
  returns: VARCHAR,
  call(args, session) {
    const { injected } = engineSession(session).account;
    const kind = String(args[0]?.value ?? '').toUpperCase();
    if (kind === 'NONE') return `${injected.splice(0).length} faults taken back`;
    if (!isKind(kind)) throw invalid(`'${kind}' is none of ${[...KINDS, 'NONE'].join(', ')}`);
    const at = whole(args[1], 'the number of the statement', 1);
    const text = String(args[2]?.value ?? '');
    injected.push({ kind, at, text, passes: whole(args[3], 'how many to let pass', 0), into: undefined });
    return `${kind} instead of ${at === 0 ? 'the statement' : `statement ${at} of the block`}`;
  },
};

const isKind = (text: string): text is Kind => KINDS.some((kind) => kind === text);

function whole(argument: TypedValue | undefined, what: string, otherwise: number): number {
  const number = Number(argument?.value ?? otherwise);
  if (Number.isInteger(number) && number >= 0) return number;
  throw invalid(`${what} is a whole number from 0, not ${String(argument?.value)}`);
}

function invalid(why: string): SnowflakeError {
  return new SnowflakeError('001044', '22023', `SQL compilation error:\nSYSTEM$LOCAL_INJECT: ${why}`);
}

export const injectFunctions: readonly SystemFunction[] = [inject];
