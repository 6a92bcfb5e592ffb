/**
 * What Snowflake finds in a body before any of it runs, reached or not, in the order in which it is written: names that are not
 * in scope, values that give a variable no type, assignments to what takes none, a RETURN that cannot become the type of
 * RETURNS, ways out of loops that are not there. Tables, columns and functions are looked up when a statement runs.
 */
import { showFull } from '../../sql/types';
import type { SqlType } from '../../values';
import type { AnyLoop, Assign, Block, Expression, Let, Place, Return, ReturnTable, Statement } from '../ast';
import { checkDeclared } from './declared';
import {
  declaredTwice,
  incompatibleReturn,
  invalidIdentifier,
  notPermitted,
  outsideOfHandler,
  outsideOfLoop,
} from './errors';
import { checkExpression, checkRunnable, type Context } from './expressions';
import { exceptionKey, findName, innerNames, isBuiltIn, keyOf, kindOf } from './names';
import { checkOperands } from './operands';
import { canReturn } from './returns';
import { typeOf } from './types';

/** What a body is called with, and what it has to give. */
export interface Signature {
  parameters: readonly { name: string; type: SqlType }[];
  /** `undefined` for a table and for an anonymous block. */
  returns: SqlType | undefined;
}

export function checkBlock(block: Block, { parameters, returns }: Signature): void {
  const names = innerNames(undefined);
  for (const { name, type } of parameters) names.own.set(name, { is: 'variable', type });
  check(block, { names, loops: [], handling: false, returns });
}

function check(block: Block, outer: Context): void {
  const declared = inside(outer);
  for (const declaration of block.declarations) {
    if (declaration.is === 'procedure') {
      const own = innerNames(declared.names);
      for (const { name, type } of declaration.args) own.own.set(name, { is: 'variable', type });
      const returns = declaration.returns === 'TABLE' ? undefined : declaration.returns;
      check(declaration.body, { names: own, loops: [], handling: false, returns });
    }
    const type = checkDeclared(declaration, declared, declaration.place);
    declared.names.own.set(keyOf(declaration), kindOf(declaration, type));
  }
  checkAll(block.statements, inside(declared));
  for (const handler of block.handlers) {
    for (const name of handler.names) if (!HANDLED.has(name)) needsException(name, declared, handler.place);
    checkAll(handler.statements, { ...inside(declared), handling: true });
  }
}

const HANDLED = new Set(['OTHER', 'STATEMENT_ERROR', 'EXPRESSION_ERROR']);

/** A block, a branch, a loop's body and a handler are scopes of their own. */
function inside(outer: Context): Context {
  return { ...outer, names: innerNames(outer.names) };
}

function checkAll(statements: readonly Statement[], context: Context): void {
  for (const statement of statements) checkStatement(statement, context);
}

function checkStatement(statement: Statement, context: Context): void {
  switch (statement.is) {
    case 'block':
      return check(statement, context);
    case 'let':
      return checkLet(statement, context);
    case 'assign':
      return checkAssign(statement, context);
    case 'if':
    case 'case':
      if (statement.is === 'case') {
        checkExpression(statement.operand, context);
        checkOperands(statement.operand, context.names);
      }
      for (const branch of statement.branches) {
        checkExpression(branch.condition, context);
        checkAll(branch.statements, inside(context));
      }
      return checkAll(statement.otherwise, inside(context));
    case 'forCounter':
    case 'forRows':
    case 'while':
    case 'repeat':
    case 'loop':
      return checkLoop(statement, context);
    case 'break':
    case 'continue':
      return checkJump(statement.label, context, statement.place);
    case 'return':
      return checkReturn(statement, context);
    case 'raise':
      return checkRaise(statement.exception, context, statement.place);
    case 'open':
      needs(statement.cursor, context, statement.place);
      return statement.using.forEach((each) => checkExpression(each, context));
    case 'close':
      return needs(statement.cursor, context, statement.place);
    case 'fetch':
      for (const name of [statement.cursor, ...statement.into]) needs(name, context, statement.place);
      return;
    case 'returnTable':
      return checkSource(statement.source, context, statement.place);
    case 'async':
    case 'await':
    case 'cancel':
      if (statement.is === 'async') checkRunnable(statement.source, context);
      if (statement.resultSet !== undefined) needs(statement.resultSet, context, statement.place);
      return;
    case 'evaluate':
      return checkExpression(statement.expression, context);
    case 'sql':
    case 'call':
    case 'executeImmediate':
      return checkRunnable(statement, context);
    case 'null':
      return;
  }
}

function checkLet({ declaration, place }: Let, context: Context): void {
  const type = checkDeclared(declaration, context, place);
  if (context.names.own.has(declaration.name)) throw declaredTwice(declaration.name, place);
  context.names.own.set(declaration.name, kindOf(declaration, type));
}

/** The target is judged before the value. */
function checkAssign({ name, value, source, at }: Assign, context: Context): void {
  const kind = findName(context.names, name);
  if (!kind || kind.is === 'procedure') throw invalidIdentifier(name, at);
  if (kind.is === 'cursor' || kind.is === 'counter') throw notPermitted(name, at);
  if (source && (kind.is === 'resultset' || !value)) return checkRunnable(source, context, kind.is);
  checkExpression(value, context);
}

/** The bounds are outside; the counter or row is around the body, which may declare its name anew. */
function checkLoop(loop: AnyLoop, context: Context): void {
  const around = { ...inside(context), loops: [...context.loops, loop.label] };
  const conditions: (Expression | undefined)[] =
    loop.is === 'forCounter' ? [loop.from, loop.to] : loop.is === 'while' ? [loop.condition] : [];
  for (const each of conditions) checkExpression(each, context);
  if (loop.is === 'forRows') needs(loop.source, context, loop.place);
  if (loop.is === 'forRows') around.names.own.set(loop.name, { is: 'row' });
  if (loop.is === 'forCounter') around.names.own.set(loop.name, { is: 'counter' });
  checkAll(loop.statements, inside(around));
  if (loop.is === 'repeat') checkExpression(loop.until, context);
}

function checkJump(label: string | undefined, context: Context, place: Place): void {
  if (context.loops.length === 0) throw outsideOfLoop(place);
  if (label !== undefined && !context.loops.includes(label)) throw invalidIdentifier(label, place);
}

function checkReturn({ value, converts, place }: Return, context: Context): void {
  checkExpression(value, context);
  const actual = converts && context.returns ? typeOf(value?.form, context.names) : undefined;
  if (!actual || canReturn(actual, context.returns!)) return;
  throw incompatibleReturn(showFull(context.returns!), showFull(actual), place);
}

function checkRaise(exception: string | undefined, context: Context, place: Place): void {
  if (exception !== undefined) return needsException(exception, context, place);
  if (!context.handling) throw outsideOfHandler(place);
}

function checkSource(source: ReturnTable['source'], context: Context, place: Place): void {
  if (source.is === 'resultset' || source.is === 'cursor') return needs(source.name, context, place);
  checkRunnable(source, context);
}

function needs(name: string, { names, handling }: Context, place: Place): void {
  if (!findName(names, name) && !isBuiltIn(name, handling)) throw invalidIdentifier(name, place);
}

function needsException(name: string, { names }: Context, place: Place): void {
  if (!findName(names, exceptionKey(name))) throw invalidIdentifier(name, place);
}
