/** CREATE [OR REPLACE | OR ALTER] TASK. https://docs.snowflake.com/en/sql-reference/sql/create-task */
import { randomUUID } from 'node:crypto';
import { grantFuture } from '../catalog/future-grants';
import { dropGrantsOn } from '../catalog/grants';
import { keyOf, qualify } from '../catalog/names';
import { alreadyExists, unsupported } from '../errors';
import type { QualifiedName, Session, StatementHandler } from '../engine/contract';
import { requireSchema } from '../catalog/schemas';
import { splitName, TokenReader } from '../sql/token-reader';
import { requireCondition } from './condition';
import { isStandalone, noteChange, requireSuspendedRoot, requireValidPlace, unlink } from './graph';
import { namedTask } from './named-task';
import { saveChanged } from './save-changed';
import { schedulerOf } from './scheduler';
import { statusRow } from './status-row';
import { readProperty, requireConsistent } from './task-clauses';
import { tasksOf, type Task, type TaskProperties } from './task';
import { incompatible } from './task-errors';

interface CreateTask {
  variant: 'CREATE' | 'OR REPLACE' | 'OR ALTER';
  ifNotExists: boolean;
  name: QualifiedName;
  properties: TaskProperties;
  predecessors: string[];
  finalizes: string | null;
  condition: string | null;
  definition: string;
}

export const createTask: StatementHandler = {
  name: 'CREATE TASK',
  matches: (tokens) => {
    const words = tokens.slice(0, 4).map(({ value }) => value);
    return words[0] === 'CREATE' && words[words[1] === 'OR' ? 3 : 1] === 'TASK';
  },
  run: async ({ text, tokens }, session) => {
    const statement = parse(new TokenReader(text, tokens), session);
    requireSchema(statement.name, session);
    const existing = tasksOf(session.account).get(keyOf(statement.name));
    if (existing && statement.ifNotExists)
      return statusRow(`${statement.name.name} already exists, statement succeeded.`);
    if (existing && statement.variant === 'CREATE') throw alreadyExists(keyOf(statement.name));
    if (existing && statement.variant === 'OR ALTER') await alter(existing, statement, session);
    else await create(statement, existing, session);
    return statusRow(
      existing && statement.variant === 'OR ALTER'
        ? 'Statement executed successfully.'
        : `Task ${statement.name.name} successfully created.`,
    );
  },
};

function parse(reader: TokenReader, session: Session): CreateTask {
  reader.expect('CREATE');
  const variant = reader.accept('OR', 'REPLACE')
    ? 'OR REPLACE'
    : reader.accept('OR', 'ALTER')
      ? 'OR ALTER'
      : 'CREATE';
  reader.expect('TASK');
  const ifNotExists = reader.accept('IF', 'NOT', 'EXISTS');
  if (ifNotExists && variant !== 'CREATE') throw incompatible(variant);
  const name = qualify(reader.name(), session);
  refuseTaskGraph(reader, name);
  if (reader.accept('CLONE')) return cloneOf(reader, { variant, ifNotExists, name }, session);
  const statement: CreateTask = {
    ...{ variant, ifNotExists, name, properties: {}, predecessors: [], finalizes: null, condition: null },
    definition: '',
  };
  const seen = new Set<string>();
  while (!reader.accept('AS')) readClause(reader, statement, { session, seen });
  statement.definition = readDefinition(reader);
  requireConsistent(statement.properties);
  return statement;
}

/**
 * CREATE TASK ... CLONE: what the source's statements said, under a new name, suspended. The owner's clone of a child
 * keeps its predecessors, another role's does not; a root has one finalizer, so the clone of one is none.
 */
function cloneOf(
  reader: TokenReader,
  { variant, ifNotExists, name }: Pick<CreateTask, 'variant' | 'ifNotExists' | 'name'>,
  session: Session,
): CreateTask {
  if (variant === 'OR ALTER') throw unsupported('CREATE OR ALTER TASK ... CLONE');
  const source = namedTask(reader, session);
  if (!reader.done) throw unsupported(`CREATE TASK ... CLONE ... ${reader.peek()!.text}`);
  const { owner, properties, predecessors, condition, definition } = structuredClone(source);
  return {
    ...{ variant, ifNotExists, name, properties, condition, definition },
    predecessors: owner === session.role ? predecessors : [],
    finalizes: null,
  };
}

const CLAUSES = ['AS', 'AFTER', 'WHEN', 'EXECUTE', 'WITH', 'TAG', 'CONTACT', 'COPY', 'CLONE'];

/** Graphs as objects of their own, CREATE TASK GRAPH, are another feature; but a task may be called GRAPH. */
function refuseTaskGraph(reader: TokenReader, { name }: QualifiedName): void {
  const next = reader.peek();
  if (name !== 'GRAPH' || !next || reader.peek(1)?.value === '=' || CLAUSES.includes(next.value)) return;
  throw unsupported('CREATE TASK GRAPH');
}

function readClause(
  reader: TokenReader,
  statement: CreateTask,
  { session, seen }: { session: Session; seen: Set<string> },
): void {
  for (const refused of ['TAG', 'CONTACT', 'COPY'])
    if (reader.sees(refused) || reader.sees('WITH', refused)) throw unsupported(`CREATE TASK ... ${refused}`);
  reader.accept(',');
  if (reader.accept('AFTER')) statement.predecessors = readTaskNames(reader, session);
  else if (reader.accept('FINALIZE', '=')) statement.finalizes = readFinalized(reader, session);
  else if (reader.accept('EXECUTE', 'AS', 'USER')) statement.properties.executeAsUser = reader.identifier();
  else if (reader.accept('WHEN')) statement.condition = readCondition(reader);
  else readProperty(reader, statement.properties, seen);
}

/** Keys of one or more tasks, separated by commas. */
export function readTaskNames(reader: TokenReader, session: Session): string[] {
  const keys: string[] = [];
  do keys.push(keyOf(qualify(reader.name(), session)));
  while (reader.accept(','));
  return [...new Set(keys)];
}

/** The key of the root after FINALIZE; a name in single quotes will do. */
export function readFinalized(reader: TokenReader, session: Session): string {
  const parts = reader.peek()?.kind === 'string' ? splitName(reader.string()) : reader.name();
  return keyOf(qualify(parts, session));
}

/** The expression after WHEN, up to the AS of the body, as written. */
export function readCondition(reader: TokenReader): string {
  const from = reader.at;
  let depth = 0;
  while (!reader.done && !(depth === 0 && reader.sees('AS'))) {
    const { text } = reader.next();
    depth += text === '(' ? 1 : text === ')' ? -1 : 0;
  }
  const tokens = reader.tokens.slice(from, reader.at);
  if (tokens.length === 0) reader.fail();
  requireCondition(tokens);
  return reader.text.slice(tokens[0]!.start, tokens.at(-1)!.end);
}

/** The statement or block after AS, as written. */
export function readDefinition(reader: TokenReader): string {
  const first = reader.peek();
  if (first?.kind === 'string' || first?.kind === 'dollar') reader.fail();
  return reader.rest();
}

async function create(statement: CreateTask, replaced: Task | undefined, session: Session): Promise<void> {
  const { account } = session;
  const tasks = tasksOf(account);
  const now = Number(account.clock.now());
  const { properties, predecessors, finalizes, condition, definition } = statement;
  const task: Task = {
    ...statement.name,
    id: randomUUID(),
    owner: session.role,
    createdOn: now,
    started: false,
    ...{ resumedOn: null, lastCommittedOn: null, lastSuspendedOn: null, lastSuspendedReason: null },
    ...{ graphVersion: 0, graphChanged: true, failuresInARow: 0 },
    ...{ properties, predecessors, finalizes, condition, definition },
  };
  if (replaced && !isStandalone(tasks, replaced)) requireSuspendedRoot(tasks, replaced);
  requireSuspendedRoot(tasks, task);
  requireValidPlace(tasks, task);
  if (replaced) {
    await unlink(tasks, replaced, now);
    await tasks.delete(keyOf(replaced));
    await dropGrantsOn(account.catalog, 'TASK', keyOf(replaced));
  }
  await tasks.set(keyOf(task), task);
  await noteChange(tasks, task);
  await grantFuture(session, 'TASK', task);
  schedulerOf(account).plan(task);
}

/** CREATE OR ALTER keeps state, grants and history; what the statement leaves out is unset. */
async function alter(task: Task, statement: CreateTask, { account }: Session): Promise<void> {
  const { properties, predecessors, finalizes, condition, definition } = statement;
  requireSuspendedRoot(tasksOf(account), task);
  await saveChanged(account, {
    ...structuredClone(task),
    properties,
    predecessors,
    finalizes,
    condition,
    definition,
  });
}
