/** Compares what happened with what was expected: one sentence each, what was expected and what happened instead. */
import type { SqlValue } from '../local/index';
import type { Count, Expectations, Expected, Query } from './expectations';
import { overlaps } from './overlaps';
import type { Message } from './rehearsal';
import type { Step } from './step';
import { counted } from './summary';

/** Asks the account at the end of the rehearsal. @throws SnowflakeError */
export type Ask = (sql: string, role?: string) => Promise<SqlValue[][]>;

export async function differences(
  steps: readonly Step[],
  expected: readonly Expected[] | Expectations | undefined,
  query: Ask,
  messages: readonly Message[] = [],
): Promise<string[]> {
  if (expected === undefined) return [];
  const all = isList(expected) ? { steps: [...expected] } : expected;
  const found = [
    ...(all.steps ? listDifferences(steps, all.steps, 'step') : []),
    ...Object.entries(all.tasks ?? {}).flatMap(([task, wanted]) =>
      listDifferences(
        steps.filter((step) => step.task === task),
        wanted,
        `step of ${task}`,
      ),
    ),
    ...(all.counts ?? []).flatMap((count) => countDifference(steps, count)),
    ...(all.never ?? []).flatMap((never) => neverDifferences(steps, never)),
    ...(all.oneAtATime === undefined ? [] : limited(overlaps(steps, all.oneAtATime), 'more at once')),
  ];
  if (all.messages !== undefined) found.push(...messageDifferences(messages, all.messages));
  for (const wanted of all.queries ?? []) found.push(...(await queryDifferences(wanted, query)));
  return found;
}

function isList(expected: readonly Expected[] | Expectations): expected is readonly Expected[] {
  return Array.isArray(expected);
}

// ----------------------------------------------------------------------------------------------- steps

function listDifferences(steps: readonly Step[], expected: readonly Expected[], what: string): string[] {
  const found = expected.flatMap((wanted, index) => {
    const step = steps[index];
    if (!step)
      return [
        `${what} ${index + 1}: expected ${shown(wanted)}, but there ${steps.length === 1 ? 'was' : 'were'} only ${counted(steps.length, 'step')}`,
      ];
    return differing(step, wanted).map((text) => `${what} ${index + 1} (${nameOf(step)}): ${text}`);
  });
  const surplus = steps
    .slice(expected.length)
    .map((step) => `not expected: ${nameOf(step)}: ${step.message}`);
  return [...limited(found, 'more differences'), ...limited(surplus, 'more steps that were not expected')];
}

function differing(step: Step, wanted: Expected): string[] {
  return (Object.keys(wanted) as (keyof Step)[])
    .filter((field) => !fits(step[field], wanted[field]))
    .map((field) => `${field} is ${shown(step[field])}, expected ${shown(wanted[field])}`);
}

function isLike(step: Step, wanted: Expected): boolean {
  return differing(step, wanted).length === 0;
}

/** A field left `undefined` counts for nothing. */
function fits(actual: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (isPattern(wanted))
    return typeof actual === 'string' && new RegExp(wanted.source, wanted.flags).test(actual);
  return JSON.stringify(actual) === JSON.stringify(wanted);
}

/** Not by `instanceof`: the rehearsal's file may have run in a realm of its own. */
function isPattern(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

function countDifference(steps: readonly Step[], { of, is, atLeast, atMost }: Count): string[] {
  const count = steps.filter((step) => isLike(step, of)).length;
  const holds =
    (is === undefined || count === is) && count >= (atLeast ?? 0) && count <= (atMost ?? Infinity);
  if (holds) return [];
  const bounds = [
    is === undefined ? [] : [String(is)],
    atLeast === undefined ? [] : [`at least ${atLeast}`],
    atMost === undefined ? [] : [`at most ${atMost}`],
  ].flat();
  return [`expected ${bounds.join(' and ')} like ${shown(of)}, but there were ${count}`];
}

function neverDifferences(steps: readonly Step[], never: Expected): string[] {
  const found = steps.filter((step) => isLike(step, never));
  return limited(
    found.map((step) => `expected none like ${shown(never)}, but there was ${nameOf(step)}: ${step.message}`),
    'more like that',
  );
}

function nameOf({ at, task, role }: Step): string {
  return `${at} ${task ?? (role === null ? 'operator' : `operator as ${role}`)}`;
}

function messageDifferences(sent: readonly Message[], wanted: readonly (string | RegExp)[]): string[] {
  const found = wanted.flatMap((text, index) => {
    const message = sent[index];
    if (!message) return [`message ${index + 1}: expected ${shown(text)}, but it was not sent`];
    if (fits(message.text, text)) return [];
    return [`message ${index + 1} (${message.at}) is ${shown(message.text)}, expected ${shown(text)}`];
  });
  const surplus = sent
    .slice(wanted.length)
    .map(({ at, text }) => `not expected: the message of ${at}: ${shown(text)}`);
  return [...limited(found, 'more differences'), ...limited(surplus, 'more messages that were not expected')];
}

// --------------------------------------------------------------------------------------------- queries

async function queryDifferences({ sql, rows, error, role }: Query, ask: Ask): Promise<string[]> {
  const asked = role === undefined ? sql : `${sql} as ${role}`;
  const expected = `expected ${error === undefined ? JSON.stringify(rows) : `the error ${shown(error)}`}`;
  let actual: SqlValue[][];
  try {
    actual = await ask(sql, role);
  } catch (refusal) {
    const text = (refusal as Error).message.replace(/\s*\n\s*/g, ' ');
    if (error !== undefined && fits(text, error)) return [];
    return [`${asked}: ${expected}, but it fails: ${text}`];
  }
  if (rows !== undefined && isSame(actual, rows)) return [];
  return [`${asked}: ${expected}, but it answers ${shownRows(actual)}`];
}

type Rows = NonNullable<Query['rows']>;

function isSame(actual: readonly SqlValue[][], rows: Rows): boolean {
  return (
    actual.length === rows.length &&
    rows.every((row, index) => {
      const cells = actual[index] ?? [];
      return cells.length === row.length && row.every((cell, place) => isSameCell(cells[place]!, cell));
    })
  );
}

function isSameCell(actual: SqlValue, wanted: Rows[number][number]): boolean {
  if (actual === null || wanted === null) return actual === wanted;
  return typeof wanted === 'number' ? Number(actual) === wanted : String(actual) === String(wanted);
}

function shownRows(rows: readonly SqlValue[][]): string {
  const first = rows
    .slice(0, 5)
    .map((row) => row.map((cell) => (typeof cell === 'bigint' ? String(cell) : cell)));
  return `${JSON.stringify(first)}${rows.length > 5 ? ` and ${rows.length - 5} more rows` : ''}`;
}

// ------------------------------------------------------------------------------------------------ texts

/** Of one rule; a year that goes wrong every hour says so once. */
const SHOWN = 20;

function limited(texts: readonly string[], more: string): string[] {
  if (texts.length <= SHOWN) return [...texts];
  return [...texts.slice(0, SHOWN), `and ${texts.length - SHOWN} ${more}`];
}

function shown(value: unknown): string {
  if (isPattern(value)) return String(value);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return `{${Object.entries(value)
      .map(([field, inner]) => `${JSON.stringify(field)}:${shown(inner)}`)
      .join(',')}}`;
  }
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
