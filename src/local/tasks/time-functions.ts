/** Waiting, which is Snowflake's own, and moving the clock, which is the local Snowflake's alone. */
import type { BuiltInProcedure, Session, SystemFunction } from '../engine/contract';
import { VARCHAR, type TypedValue } from '../values';
import { invalidValue } from './task-errors';

/** The last moment that every kind of timestamp can hold. */
const LATEST = Date.UTC(9999, 11, 31);

const SECONDS: Record<string, number> = {
  MILLISECONDS: 0.001,
  SECONDS: 1,
  MINUTES: 60,
  HOURS: 3600,
  DAYS: 86_400,
};

/** https://docs.snowflake.com/en/sql-reference/stored-procedures/system_wait */
const wait: BuiltInProcedure = {
  name: 'SYSTEM$WAIT',
  returns: VARCHAR,
  call: async (args, session) => {
    const unit = String(args[1]?.value ?? 'SECONDS').toUpperCase();
    const seconds = SECONDS[unit];
    if (seconds === undefined) throw invalidValue(unit, 'SYSTEM$WAIT');
    const amount = numberArgument(args, 'SYSTEM$WAIT');
    if (args.length > 2) throw invalidValue(String(args[2]!.value), 'SYSTEM$WAIT');
    await sleep(session, amount * seconds, 'SYSTEM$WAIT');
    return `waited ${amount} ${unit.toLowerCase()}`;
  },
};

/** Sleeps, so that the tasks that fall due by then run: `SYSTEM$LOCAL_ADVANCE(3600)`. */
const advance: SystemFunction = {
  name: 'SYSTEM$LOCAL_ADVANCE',
  returns: VARCHAR,
  call: async (args, session) => {
    const seconds = numberArgument(args, 'SYSTEM$LOCAL_ADVANCE');
    await sleep(session, seconds, 'SYSTEM$LOCAL_ADVANCE');
    return nowText(session);
  },
};

/** `SYSTEM$LOCAL_SET_CLOCK('2026-03-01 06:00:00')`, UTC; nothing falls due because of it. */
const setClock: SystemFunction = {
  name: 'SYSTEM$LOCAL_SET_CLOCK',
  returns: VARCHAR,
  call: (args, session) => {
    const text = String(args[0]?.value ?? '').trim();
    const [, date, time] =
      /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?Z?$/i.exec(text) ?? [];
    const moment = new Date(`${date}T${time ?? '00:00'}Z`);
    // JavaScript takes 30 February for 2 March.
    if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(date!))
      throw invalidValue(text, 'SYSTEM$LOCAL_SET_CLOCK');
    session.account.clock.set(moment);
    return nowText(session);
  },
};

const now: SystemFunction = {
  name: 'SYSTEM$LOCAL_NOW',
  returns: VARCHAR,
  call: (_args, session) => nowText(session),
};

async function sleep({ account, signal }: Session, seconds: number, name: string): Promise<void> {
  const { clock } = account;
  if (clock.nowDate().getTime() + seconds * 1000 > LATEST) throw invalidValue(String(seconds), name);
  await clock.sleep(BigInt(Math.round(seconds * 1_000_000)), signal);
}

function numberArgument(args: readonly TypedValue[], name: string): number {
  const value = args[0]?.value;
  const number = value === null || value === undefined || value === '' ? NaN : Number(value);
  if (!(number >= 0)) throw invalidValue(String(value ?? 'NULL'), name);
  return number;
}

function nowText({ account }: Session): string {
  return account.clock.nowDate().toISOString().replace('T', ' ').replace('.000Z', '').replace('Z', '');
}

/** Snowflake takes SYSTEM$WAIT in a query as well: `SELECT SYSTEM$WAIT(3)`. */
export const timeFunctions: SystemFunction[] = [wait, advance, setClock, now];
export const timeProcedures: BuiltInProcedure[] = [wait];
