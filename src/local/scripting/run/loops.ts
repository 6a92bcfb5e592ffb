/** Loops. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/loops */
import { setImmediate } from 'node:timers/promises';
import { SnowflakeError } from '../../errors';
import { INTEGER, text } from '../../values';
import type { AnyLoop, CounterLoop, RowLoop } from '../ast';
import type { Activation } from './activation';
import { runAll, type Cover } from './block';
import { convert, outOfRange } from './convert';
import { rowsOf } from './cursors';
import type { Flow } from './flow';
import { raising } from './raised';
import { innerScope, type Scope } from './scope';
import { evaluate, isTrue } from './values';
import type { Expression } from '../ast';

export async function runLoop(loop: AnyLoop, scope: Scope, run: Activation, cover: Cover): Promise<Flow> {
  switch (loop.is) {
    case 'forCounter':
      return runCounter(loop, scope, run, cover);
    case 'forRows':
      return runRows(loop, scope, run, cover);
    default:
      return runWhile(loop, scope, run, cover);
  }
}

async function runWhile(
  loop: Exclude<AnyLoop, CounterLoop | RowLoop>,
  scope: Scope,
  run: Activation,
  cover: Cover,
): Promise<Flow> {
  for (;;) {
    if (loop.is === 'while' && !(await isTrue(loop.condition, scope, run))) return undefined;
    const flow = await turn(loop, scope, run, cover);
    if (flow !== 'next') return flow;
    if (loop.is === 'repeat' && (await isTrue(loop.until, scope, run))) return undefined;
  }
}

/**
 * Both ends are taken once, before the first turn; an end below the start means no turn. The first value has to fit the counter,
 * the others are not looked at.
 */
async function runCounter(loop: CounterLoop, scope: Scope, run: Activation, cover: Cover): Promise<Flow> {
  const from = await bound(loop.from, scope, run);
  const to = await bound(loop.to, scope, run);
  const [first, { place }] = loop.reverse ? [to, loop.to] : [from, loop.from];
  if (Math.abs(first) > LARGEST)
    await raising('EXPRESSION_ERROR', place, async () => {
      throw outOfRange(COUNTER, first);
    });
  for (let count = from; count <= to; count += 1) {
    const inner = innerScope(scope);
    const value = loop.reverse ? to - (count - from) : count;
    inner.names.set(loop.name, { is: 'variable', type: COUNTER, value, returned: text(String(value)) });
    const flow = await turn(loop, inner, run, cover);
    if (flow !== 'next') return flow;
  }
  return undefined;
}

const COUNTER = { kind: 'NUMBER', precision: 9, scale: 0 } as const;
const LARGEST = 999_999_999;

async function bound(expression: Expression, scope: Scope, run: Activation): Promise<number> {
  const value = await evaluate(expression, scope, run);
  const whole = await raising('EXPRESSION_ERROR', expression.place, () =>
    convert(value, INTEGER, run.session),
  );
  return whole === null ? NaN : Number(whole);
}

async function runRows(loop: RowLoop, scope: Scope, run: Activation, cover: Cover): Promise<Flow> {
  const rows = await rowsOf(loop.source, scope, run, loop.place);
  for (const values of rows.rows) {
    const inner = innerScope(scope);
    inner.names.set(loop.name, { is: 'row', columns: rows.columns, values });
    const flow = await turn(loop, inner, run, cover);
    if (flow !== 'next') return flow;
  }
  return undefined;
}

/** One turn of a loop's body: `next`, or how the loop ends. */
async function turn(loop: AnyLoop, scope: Scope, run: Activation, cover: Cover): Promise<Flow | 'next'> {
  run.turns += 1;
  if (run.turns >= TURNS_PER_BREATH) await breathe(run);
  const flow = await runAll(loop.statements, innerScope(scope), run, cover);
  if (!flow) return 'next';
  if (flow.is === 'return') return flow;
  if (flow.label !== undefined && flow.label !== loop.label) return flow;
  return flow.is === 'continue' ? 'next' : undefined;
}

const TURNS_PER_BREATH = 500;

/** A loop that never waits for the database must not keep the server from hearing a cancel. */
async function breathe(run: Activation): Promise<void> {
  run.turns = 0;
  await setImmediate();
  if (run.session.signal.aborted) throw new SnowflakeError('000604', '57014', 'SQL execution canceled');
}
