/** One statement of a block. */
import type { Assign, If, Raise, Return, ReturnTable, Statement } from '../ast';
import { NULL } from '../../values';
import { invalidIdentifier } from '../check';
import type { Activation } from './activation';
import { runAsync, runAwait, runCancel } from './async';
import { runAll, runBlock, type Cover } from './block';
import { chooseCase } from './case';
import { close, fetch, open, resultOfCursor, resultOf } from './cursors';
import { declare } from './declare';
import type { Flow } from './flow';
import { runLoop } from './loops';
import { declaredException } from './raised';
import { find, type Scope } from './scope';
import { runStatement } from './sql';
import { assign, evaluate, isTrue } from './values';

export async function runOne(
  statement: Statement,
  scope: Scope,
  run: Activation,
  cover: Cover,
): Promise<Flow> {
  switch (statement.is) {
    case 'sql':
    case 'call':
    case 'executeImmediate':
      await runStatement(statement, scope, run);
      return undefined;
    case 'assign':
      return runAssign(statement, scope, run);
    case 'let':
      await declare(statement.declaration, scope, run);
      return undefined;
    case 'if':
      return runAll(await chooseIf(statement, scope, run), scope, run, cover);
    case 'case':
      return runAll(await chooseCase(statement, scope, run), scope, run, cover);
    case 'forCounter':
    case 'forRows':
    case 'while':
    case 'repeat':
    case 'loop':
      return runLoop(statement, scope, run, cover);
    case 'break':
    case 'continue':
      return { is: statement.is, label: statement.label };
    case 'block':
      return runBlock(statement, scope, run);
    case 'return':
      return runReturn(statement, scope, run);
    case 'returnTable':
      return runReturnTable(statement, scope, run);
    case 'raise':
      return raise(statement, scope);
    case 'open':
      return open(statement, scope, run);
    case 'fetch':
      return fetch(statement, scope, run);
    case 'close':
      return close(statement, scope);
    case 'evaluate':
      await evaluate(statement.expression, scope, run);
      return undefined;
    case 'async':
      await runAsync(statement, scope, run);
      return undefined;
    case 'await':
      await runAwait(statement, scope, run);
      return undefined;
    case 'cancel':
      runCancel(statement, scope);
      return undefined;
    case 'null':
      return undefined;
  }
}

async function runAssign(
  { name, value, source, place }: Assign,
  scope: Scope,
  run: Activation,
): Promise<Flow> {
  const entity = find(scope, name);
  if (entity?.is === 'resultset' && source)
    Object.assign(entity, { result: await runStatement(source, scope, run), job: undefined });
  else await assign(name, await evaluate(value, scope, run), scope, run, place);
  return undefined;
}

async function chooseIf({ branches, otherwise }: If, scope: Scope, run: Activation): Promise<Statement[]> {
  for (const { condition, statements } of branches) {
    if (await isTrue(condition, scope, run)) return statements;
  }
  return otherwise;
}

async function runReturn({ value }: Return, scope: Scope, run: Activation): Promise<Flow> {
  const returned = value ? await evaluate(value, scope, run) : NULL;
  return { is: 'return', value: { is: 'scalar', value: returned } };
}

async function runReturnTable({ source, place }: ReturnTable, scope: Scope, run: Activation): Promise<Flow> {
  const result =
    source.is === 'resultset'
      ? await resultOf(source.name, scope, place)
      : source.is === 'cursor'
        ? await resultOfCursor(source.name, scope, run, place)
        : await runStatement(source, scope, run);
  return { is: 'return', value: { is: 'table', result } };
}

function raise({ exception, place }: Raise, scope: Scope): never {
  if (exception === undefined)
    throw scope.handling ?? new Error('RAISE outside of a handler passed the check');
  const entity = find(scope, exception);
  if (entity?.is === 'exception') throw declaredException(entity.declaration, place);
  throw invalidIdentifier(exception, place);
}
