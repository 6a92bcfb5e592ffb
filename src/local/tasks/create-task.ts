/** CREATE [OR REPLACE | OR ALTER] TASK. https://docs.snowflake.com/en/sql-reference/sql/create-task */
import { randomUUID } from 'node:crypto';
import { grantFuture } from '../catalog/future-grants';
import { dropGrantsOn } from '../catalog/grants';
import { keyOf, qualify } from '../catalog/names';
import { alreadyExists, unsupported } from '../errors';
import type { QualifiedName, Session, StatementHandler } from '../engine/contract';
import { requireSchema } from '../catalog/schemas';
import { TokenReader } from '../sql/token-reader';
import { requireCondition } from './condition';
import { isStandalone, noteChange, requireSuspendedRoot } from './graph';
import {
  requireFinalizable,
  requirePredecessors,
  requireRootInPlaceOf,
  inOrder,
  requireValidPlace,
  upperCase,
  type TaskName,
} from './graph-rules';
import { namedTask, readTaskName } from './named-task';
import { requirePrincipals } from './principals';
import { saveChanged } from './save-changed';
import { schedulerOf } from './scheduler';
import { statusRow } from './status-row';
import { readProperty } from './task-clauses';
import { requireValues } from './task-values';
import { tasksOf, type Task, type TaskProperties } from './task';
import { incompatible, invalidValue } from './task-errors';

interface CreateTask {
  variant: 'CREATE' | 'OR REPLACE' | 'OR ALTER';
  ifNotExists: boolean;
  name: QualifiedName;
  properties: TaskProperties;
  after: TaskName[];
  finalize: TaskName | undefined;
  condition: string | null;
  definition: string;
  /** Names of the properties that the statement gives, as written. */
  said: Set<string>;
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
    ...{ variant, ifNotExists, name, properties: {}, after: [], finalize: undefined, condition: null },
    ...{ definition: '', said: new Set() },
  };
  while (!reader.accept('AS')) readClause(reader, statement, session);
  statement.definition = readDefinition(reader);
  requirePrincipals(statement.properties, session);
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
    ...{ variant, ifNotExists, name, properties, condition, definition, said: new Set() },
    after: owner === session.role ? predecessors.map((key) => ({ key, shown: key })) : [],
    finalize: undefined,
  };
}

const CLAUSES = ['AS', 'AFTER', 'WHEN', 'EXECUTE', 'WITH', 'TAG', 'CONTACT', 'COPY', 'CLONE'];

/** Graphs as objects of their own, CREATE TASK GRAPH, are another feature; but a task may be called GRAPH. */
function refuseTaskGraph(reader: TokenReader, { name }: QualifiedName): void {
  const next = reader.peek();
  if (name !== 'GRAPH' || !next || reader.peek(1)?.value === '=' || CLAUSES.includes(next.value)) return;
  throw unsupported('CREATE TASK GRAPH');
}

function readClause(reader: TokenReader, statement: CreateTask, session: Session): void {
  for (const refused of ['TAG', 'CONTACT', 'COPY'])
    if (reader.sees(refused) || reader.sees('WITH', refused)) throw unsupported(`CREATE TASK ... ${refused}`);
  reader.accept(',');
  if (reader.accept('AFTER')) statement.after = readTaskNames(reader, session);
  else if (reader.sees('FINALIZE')) statement.finalize = readFinalized(reader, session);
  else if (reader.accept('EXECUTE', 'AS', 'USER')) statement.properties.executeAsUser = reader.identifier();
  else if (reader.accept('WHEN')) statement.condition = readCondition(reader);
  else readProperty(reader, statement.properties, statement.said);
}

/** One or more tasks, separated by commas. */
export function readTaskNames(reader: TokenReader, session: Session): TaskName[] {
  const names: TaskName[] = [];
  do names.push(readTaskName(reader, session));
  while (reader.accept(','));
  return names;
}

/** FINALIZE = and the root's name. */
export function readFinalized(reader: TokenReader, session: Session): TaskName {
  reader.expect('FINALIZE', '=');
  if (reader.peek()?.kind === 'number') throw invalidValue(reader.next().text, 'FINALIZE');
  return readTaskName(reader, session);
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
  requireValues(statement.properties);
  const task = placed(newTask(statement, session), statement, { session, replaced });
  if (replaced && !isStandalone(tasks, replaced)) requireSuspendedRoot(tasks, replaced);
  requireSuspendedRoot(tasks, task);
  requireValidPlace(tasks, task, upperCase(statement.said));
  if (replaced) {
    await noteChange(tasks, replaced);
    // Its children and its finalizer stay: they name it. https://docs.snowflake.com/en/user-guide/tasks-graphs
    await tasks.delete(keyOf(replaced));
    await dropGrantsOn(account.catalog, 'TASK', keyOf(replaced));
  }
  await tasks.set(keyOf(task), task);
  await noteChange(tasks, task);
  await grantFuture(session, 'TASK', task);
  schedulerOf(account).plan(task);
}

function newTask(statement: CreateTask, { account, role, user }: Session): Task {
  const { properties, condition, definition } = statement;
  return {
    ...statement.name,
    id: randomUUID(),
    owner: role,
    createdOn: Number(account.clock.now()),
    createdBy: user,
    started: false,
    ...{ resumedOn: null, lastCommittedOn: null, lastSuspendedOn: null, lastSuspendedReason: null },
    ...{ graphVersion: 0, graphChanged: true, failuresInARow: 0 },
    ...{ properties, predecessors: [], finalizes: null, condition, definition },
  };
}

/** The task where the statement's AFTER and FINALIZE put it. @throws SnowflakeError when it cannot be there */
function placed(
  task: Task,
  { after, finalize }: CreateTask,
  { session, replaced }: { session: Session; replaced?: Task | undefined },
): Task {
  const tasks = tasksOf(session.account);
  const keys = after.map(({ key }) => key);
  if (replaced) requireRootInPlaceOf(tasks, replaced, { ...task, predecessors: keys });
  const predecessors = inOrder(requirePredecessors(tasks, task, after));
  if (!finalize) return { ...task, predecessors, finalizes: null };
  const finalizes = requireFinalizable(tasks, { ...task, predecessors, finalizes: null }, finalize);
  if (replaced) requireRootInPlaceOf(tasks, replaced, { ...task, finalizes });
  return { ...task, predecessors, finalizes };
}

/** CREATE OR ALTER keeps state, grants and history; what the statement leaves out is unset. */
async function alter(before: Task, statement: CreateTask, session: Session): Promise<void> {
  const { properties, condition, definition } = statement;
  requireValues(properties);
  requireSuspendedRoot(tasksOf(session.account), before);
  const task = placed({ ...structuredClone(before), properties, condition, definition }, statement, {
    session,
  });
  await saveChanged(session.account, task, statement.said);
}
