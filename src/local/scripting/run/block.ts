/** Blocks and their handlers. */
import type { Block, Handler, Statement } from '../ast';
import { exceptionKey } from '../compile/names';
import type { Activation } from './activation';
import { declare } from './declare';
import type { Flow } from './flow';
import { branchNow, runNow } from './now';
import { isCatchable, RaisedException } from './raised';
import { find, innerScope, type Scope } from './scope';
import { runOne } from './statement';

/** The block whose handlers cover the statements that run. */
export interface Cover {
  handlers: readonly Handler[];
  /** Sees what DECLARE declared, but no LET of the body. */
  scope: Scope;
}

/** @throws RaisedException what its handlers do not take */
export async function runBlock(block: Block, outer: Scope, run: Activation): Promise<Flow> {
  const declared = innerScope(outer);
  for (const declaration of block.declarations) await declare(declaration, declared, run);
  const cover: Cover = { handlers: block.handlers, scope: declared };
  try {
    return await runAll(block.statements, innerScope(declared), run, cover);
  } catch (error) {
    const handler = handlerFor(error, cover, run);
    if (!handler) throw error;
    return runHandler(handler, error as RaisedException, cover, run);
  }
}

/** A CONTINUE handler goes on with the statement after the one that failed, however deep in loops and branches. */
export async function runAll(
  statements: readonly Statement[],
  scope: Scope,
  run: Activation,
  cover: Cover,
): Promise<Flow> {
  for (const statement of statements) {
    if (runNow(statement, scope, run)) continue;
    const branch = statement.is === 'if' ? branchNow(statement, scope, run) : undefined;
    const flow = branch
      ? await runAll(branch, innerScope(scope), run, cover)
      : await runCovered(statement, scope, run, cover);
    if (flow) return flow;
  }
  return undefined;
}

async function runCovered(statement: Statement, scope: Scope, run: Activation, cover: Cover): Promise<Flow> {
  try {
    return await runOne(statement, scope, run, cover);
  } catch (error) {
    const handler = handlerFor(error, cover, run);
    if (handler?.kind !== 'CONTINUE') throw error;
    return runHandler(handler, error as RaisedException, cover, run);
  }
}

/** The first WHEN that names the exception. */
function handlerFor(error: unknown, cover: Cover, { session }: Activation): Handler | undefined {
  if (!(error instanceof RaisedException) || error.passes.has(cover)) return undefined;
  if (!isCatchable(error, session)) return undefined;
  return cover.handlers.find((handler) => handler.names.some((name) => covers(name, error, cover.scope)));
}

function covers(name: string, raised: RaisedException, scope: Scope): boolean {
  if (name === 'OTHER') return true;
  if (name === 'STATEMENT_ERROR' || name === 'EXPRESSION_ERROR')
    return raised.type === name && !raised.declaration;
  const entity = find(scope, exceptionKey(name));
  return entity?.is === 'exception' && entity.declaration === raised.declaration;
}

async function runHandler(
  handler: Handler,
  raised: RaisedException,
  cover: Cover,
  run: Activation,
): Promise<Flow> {
  try {
    return await runAll(handler.statements, innerScope(cover.scope, raised), run, NO_COVER);
  } catch (error) {
    if (error instanceof RaisedException) error.passes.add(cover);
    throw error;
  }
}

const NO_COVER: Cover = { handlers: [], scope: innerScope(undefined, undefined) };
