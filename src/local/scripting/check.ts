/**
 * What Snowflake finds in a body before it runs: names that are assigned, opened or raised without being declared, and
 * ways out of loops that are not there. Tables, columns and functions are looked up when a statement runs.
 */
import { SnowflakeError } from '../errors';
import type { Block, Place, ReturnTable, Runnable, Statement } from './ast';

interface Context {
  names: Set<string>;
  /** Labels of the loops around, innermost last; `undefined` for one without. */
  loops: (string | undefined)[];
  handling: boolean;
}

export function checkBlock(block: Block, parameters: readonly string[]): void {
  check(block, { names: new Set(parameters), loops: [], handling: false });
}

function check(block: Block, outer: Context): void {
  const declared: Context = { ...outer, names: new Set(outer.names) };
  for (const declaration of block.declarations) {
    if (declaration.is === 'procedure') {
      const names = new Set([...declared.names, ...declaration.args.map((arg) => arg.name)]);
      check(declaration.body, { names, loops: [], handling: false });
    }
    declared.names.add(declaration.name);
  }
  checkAll(block.statements, { ...declared, names: new Set(declared.names) });
  for (const handler of block.handlers) {
    for (const name of handler.names) if (!BUILT_IN.has(name)) needs(name, declared, handler.place);
    checkAll(handler.statements, { ...declared, names: new Set(declared.names), handling: true });
  }
}

const BUILT_IN = new Set(['OTHER', 'STATEMENT_ERROR', 'EXPRESSION_ERROR']);

function checkAll(statements: readonly Statement[], context: Context): void {
  for (const statement of statements) checkStatement(statement, context);
}

function checkStatement(statement: Statement, context: Context): void {
  switch (statement.is) {
    case 'block':
      return check(statement, context);
    case 'let':
      context.names.add(statement.declaration.name);
      return;
    case 'assign':
      return needs(statement.name, context, statement.place);
    case 'if':
    case 'case':
      for (const branch of statement.branches) checkAll(branch.statements, context);
      return checkAll(statement.otherwise, context);
    case 'forCounter':
    case 'forRows':
    case 'while':
    case 'repeat':
    case 'loop':
      return checkLoop(statement, context);
    case 'break':
    case 'continue':
      return checkJump(statement.label, context, statement.place);
    case 'raise':
      return checkRaise(statement.exception, context, statement.place);
    case 'open':
    case 'close':
      return needs(statement.cursor, context, statement.place);
    case 'fetch':
      needs(statement.cursor, context, statement.place);
      return needsAll(statement.into, context, statement.place);
    case 'returnTable':
      return checkSource(statement.source, context, statement.place);
    case 'async':
    case 'await':
    case 'cancel':
      if (statement.resultSet !== undefined) needs(statement.resultSet, context, statement.place);
      return;
    case 'sql':
    case 'call':
      return checkInto(statement, context);
    default:
      return;
  }
}

function checkLoop(
  loop: Extract<Statement, { statements: Statement[]; label: unknown }>,
  context: Context,
): void {
  if (loop.is === 'forRows') needs(loop.source, context, loop.place);
  const inner = { ...context, loops: [...context.loops, loop.label] };
  const named = loop.is === 'forRows' || loop.is === 'forCounter';
  if (!named) return checkAll(loop.statements, inner);
  checkAll(loop.statements, { ...inner, names: new Set([...context.names, loop.name]) });
}

function checkJump(label: string | undefined, context: Context, place: Place): void {
  if (context.loops.length === 0) throw compilationError(place, 'BREAK and CONTINUE stand in a loop only');
  if (label !== undefined && !context.loops.includes(label)) throw invalidIdentifier(label, place);
}

function checkRaise(exception: string | undefined, context: Context, place: Place): void {
  if (exception !== undefined) return needs(exception, context, place);
  if (!context.handling) throw compilationError(place, 'RAISE without an exception stands in a handler only');
}

function checkSource(source: ReturnTable['source'], context: Context, place: Place): void {
  if (source.is === 'resultset' || source.is === 'cursor') needs(source.name, context, place);
}

function checkInto(statement: Runnable, context: Context): void {
  if (statement.is === 'sql') needsAll(statement.into, context, statement.place);
  if (statement.is === 'call' && statement.into !== undefined)
    needs(statement.into, context, statement.place);
}

function needsAll(names: readonly string[], context: Context, place: Place): void {
  for (const name of names) needs(name, context, place);
}

function needs(name: string, context: Context, place: Place): void {
  if (!context.names.has(name)) throw invalidIdentifier(name, place);
}

/** 000904, as for a column that does not exist. */
export function invalidIdentifier(name: string, place: Place): SnowflakeError {
  return compilationError(place, `invalid identifier '${name}'`, '000904');
}

function compilationError({ line, position }: Place, what: string, code = '001003'): SnowflakeError {
  return new SnowflakeError(
    code,
    '42000',
    `SQL compilation error: error line ${line} at position ${position}\n${what}`,
  );
}
