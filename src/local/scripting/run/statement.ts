/** One statement of a block. */
import { syntaxError } from '../../errors';
import { integer, NULL, text, type SqlType, type TypedValue } from '../../values';
import type { Assign, Expression, If, Raise, Return, ReturnTable, Runnable, Statement } from '../ast';
import { invalidIdentifier } from '../compile/errors';
import { exceptionKey } from '../compile/names';
import type { Activation } from './activation';
import { runAsync, runAwait, runCancel } from './async';
import { runAll, runBlock, type Cover } from './block';
import { chooseCase } from './case';
import { close, fetch, open, resultOfCursor, resultOf } from './cursors';
import { convert } from './convert';
import { declare } from './declare';
import type { Flow } from './flow';
import { runLoop } from './loops';
import { declaredException, raising } from './raised';
import { find, innerScope, type Scope } from './scope';
import { runStatement, scalar } from './sql';
import { assign, evaluate, isTrue, TRUTH } from './values';

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
      return runAll(await chooseIf(statement, scope, run), innerScope(scope), run, cover);
    case 'case':
      return runAll(await chooseCase(statement, scope, run), innerScope(scope), run, cover);
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

async function runAssign(statement: Assign, scope: Scope, run: Activation): Promise<Flow> {
  const { name, value, source } = statement;
  const entity = find(scope, name);
  if (entity?.is === 'resultset' && source)
    Object.assign(entity, { result: await runStatement(source, scope, run), job: undefined });
  else if (value) await assign(name, await evaluate(value, scope, run), scope, run, value.place);
  else await assignStatement(name, source!, scope, run);
  return undefined;
}

/**
 * A statement that is no query, for a variable. A CALL gives its value; of any other Snowflake reads SELECT * FROM ( ... ), and stops
 * at its first word.
 */
async function assignStatement(name: string, source: Runnable, scope: Scope, run: Activation): Promise<void> {
  if (source.is === 'call')
    return assign(name, scalar(await runStatement(source, scope, run)), scope, run, source.place);
  const word = source.is === 'sql' ? source.keyword : 'EXECUTE';
  await raising('EXPRESSION_ERROR', source.place, async () => {
    throw syntaxError(1, 15, word);
  });
}

async function chooseIf({ branches, otherwise }: If, scope: Scope, run: Activation): Promise<Statement[]> {
  for (const { condition, statements } of branches) {
    if (await isTrue(condition, scope, run)) return statements;
  }
  return otherwise;
}

async function runReturn({ value, converts }: Return, scope: Scope, run: Activation): Promise<Flow> {
  if (!value) return { is: 'return', value: { is: 'scalar', value: NULL } };
  const found = bareName(value, scope, run) ?? (await evaluate(value, scope, run));
  const returned = converts && run.returns ? await asReturned(found, run.returns, value, run) : found;
  return { is: 'return', value: { is: 'scalar', value: returned } };
}

/** A BOOLEAN becomes a number without a scale, whatever scale RETURNS has. */
async function asReturned(
  found: TypedValue,
  returns: SqlType,
  { place }: Expression,
  run: Activation,
): Promise<TypedValue> {
  const isTruth = found.type.kind === 'BOOLEAN' && returns.kind === 'NUMBER';
  const type = isTruth ? TRUTH : returns;
  return {
    type,
    value: await raising('EXPRESSION_ERROR', place, () => convert(found, type, run.session)),
  };
}

/** A variable whose bare name gives another value than it holds: SQLCODE as text, SQLROWCOUNT as a number. */
function bareName({ form, tokens }: Expression, scope: Scope, run: Activation): TypedValue | undefined {
  if (form?.is !== 'column' || form.parts.length > 1 || tokens.some(({ text }) => text === ':'))
    return undefined;
  const name = form.parts[0]!;
  const entity = find(scope, name);
  if (entity) return entity.is === 'variable' ? entity.returned : undefined;
  if (name === 'SQLROWCOUNT') return integer(run.rowsAffected ?? null);
  return name === 'SQLCODE' && scope.handling ? text(String(Number(scope.handling.code))) : undefined;
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
  const entity = find(scope, exceptionKey(exception));
  if (entity?.is === 'exception') throw declaredException(entity.declaration, place);
  throw invalidIdentifier(exception, place);
}
