/**
 * CREATE, ALTER and DROP DBT PROJECT. https://docs.snowflake.com/en/sql-reference/sql/create-dbt-project,
 * https://docs.snowflake.com/en/sql-reference/sql/alter-dbt-project, https://docs.snowflake.com/en/sql-reference/sql/drop-dbt-project
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { keyOf, qualify } from '../../catalog/names';
import { requireSchema } from '../../catalog/schemas';
import type { QualifiedName, Session, StatementHandler } from '../../engine/contract';
import { readCreate } from '../../engine/statements/create-clause';
import { alreadyExists, doesNotExist, SnowflakeError, unsupported } from '../../errors';
import { TokenReader } from '../../sql/token-reader';
import { type QueryResult, VARCHAR } from '../../values';
import { moveControls } from '../controls';
import type { Dag } from '../dag';
import { clearLiveTarget, forgetExecutions, moveExecutions } from '../executions';
import { type DbtProject, projectNamed, type ProjectProperties, projectsOf } from '../projects';
import { readDag } from '../read-dag';
import { invalidProperty, PROPERTY_NAMES, readProperties } from './properties';
import { startsWith } from './words';

export const createStatement: StatementHandler = {
  name: 'CREATE DBT PROJECT',
  matches: (tokens) =>
    startsWith(tokens, 'CREATE', 'DBT', 'PROJECT') ||
    startsWith(tokens, 'CREATE', 'OR', 'REPLACE', 'DBT', 'PROJECT'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    const { orReplace: replace } = readCreate(reader);
    reader.expect('DBT', 'PROJECT');
    const ifNotExists = reader.accept('IF', 'NOT', 'EXISTS');
    if (replace && ifNotExists) reader.fail();
    const name = qualify(reader.name(), session);
    reader.expect('FROM');
    const source = reader.string();
    const properties = readProperties(reader);
    const dag = await dagFrom(source);
    return createProject({ name, dag, source, properties }, { replace, ifNotExists }, session);
  },
};

/** @param how both false: an existing object is an error */
export async function createProject(
  {
    name,
    dag,
    source,
    properties,
  }: { name: QualifiedName; dag: Dag; source: string; properties: ProjectProperties },
  { replace, ifNotExists }: { replace: boolean; ifNotExists: boolean },
  session: Session,
): Promise<Omit<QueryResult, 'queryId'>> {
  const { catalog, clock } = session.account;
  requireSchema(name, session);
  const exists = projectsOf(catalog).get(keyOf(name)) !== undefined;
  if (exists && ifNotExists) return done(`${name.name} already exists, statement succeeded.`);
  if (exists && !replace) throw alreadyExists(keyOf(name));
  // Of one that was replaced, or that a dropped schema took along.
  await forgetExecutions(catalog, name);
  const now = Number(clock.now());
  await projectsOf(catalog).set(keyOf(name), {
    ...name,
    dag,
    source,
    properties,
    owner: session.role,
    createdOn: now,
    updatedOn: now,
  });
  return done(`DBT Project ${name.name} successfully created.`);
}

export const alterStatement: StatementHandler = {
  name: 'ALTER DBT PROJECT',
  matches: (tokens) => startsWith(tokens, 'ALTER', 'DBT', 'PROJECT'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('ALTER', 'DBT', 'PROJECT');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), session);
    const exists = projectsOf(session.account.catalog).get(keyOf(name)) !== undefined;
    if (!exists && ifExists) return done('Statement executed successfully.');
    const project = projectNamed([name.database, name.schema, name.name], session);
    if (reader.accept('RENAME', 'TO')) await rename(project, qualify(reader.name(), session), session);
    else if (reader.accept('SET')) {
      if (reader.done) reader.fail();
      await change(project, readProperties(reader), session);
    } else if (reader.accept('UNSET')) await change(project, readUnset(reader), session);
    else await deploy(project, reader, session);
    reader.end();
    return done('Statement executed successfully.');
  },
};

async function rename(project: DbtProject, to: QualifiedName, session: Session): Promise<void> {
  const { catalog } = session.account;
  requireSchema(to, session);
  if (projectsOf(catalog).get(keyOf(to))) throw alreadyExists(keyOf(to));
  await projectsOf(catalog).delete(keyOf(project));
  await projectsOf(catalog).set(keyOf(to), {
    ...project,
    ...to,
    updatedOn: Number(session.account.clock.now()),
  });
  await moveControls(catalog, project, to);
  await moveExecutions(catalog, project, to);
}

async function change(
  project: DbtProject,
  properties: { [Name in keyof ProjectProperties]: ProjectProperties[Name] | undefined },
  session: Session,
): Promise<void> {
  const merged = Object.entries({ ...project.properties, ...properties }).filter(
    ([, value]) => value !== undefined,
  );
  await projectsOf(session.account.catalog).set(keyOf(project), {
    ...project,
    properties: Object.fromEntries(merged),
    updatedOn: Number(session.account.clock.now()),
  });
}

function readUnset(reader: TokenReader): Record<string, undefined> {
  const unset: Record<string, undefined> = {};
  do {
    const name = reader.identifier();
    if (!PROPERTY_NAMES.some((property) => property === name)) throw invalidProperty(name);
    unset[name] = undefined;
    reader.accept(',');
  } while (!reader.done);
  return unset;
}

/** A deployment replaces the whole live version, its target directory too. */
async function deploy(project: DbtProject, reader: TokenReader, session: Session): Promise<void> {
  if (reader.accept('ADD', 'VERSION')) {
    if (!reader.sees('FROM')) reader.identifier();
  } else {
    reader.expect('DEPLOY');
  }
  reader.expect('FROM');
  const source = reader.string();
  await projectsOf(session.account.catalog).set(keyOf(project), {
    ...project,
    dag: await dagFrom(source),
    source,
    updatedOn: Number(session.account.clock.now()),
  });
  await clearLiveTarget(session.account.catalog, project);
}

export const dropStatement: StatementHandler = {
  name: 'DROP DBT PROJECT',
  matches: (tokens) => startsWith(tokens, 'DROP', 'DBT', 'PROJECT'),
  async run({ text, tokens }, session) {
    const reader = new TokenReader(text, tokens);
    reader.expect('DROP', 'DBT', 'PROJECT');
    const ifExists = reader.accept('IF', 'EXISTS');
    const name = qualify(reader.name(), session);
    reader.end();
    if (await projectsOf(session.account.catalog).delete(keyOf(name))) {
      await forgetExecutions(session.account.catalog, name);
      return done(`${name.name} successfully dropped.`);
    }
    if (!ifExists) throw doesNotExist('DBT Project', keyOf(name));
    return done(`Drop statement executed successfully (${name.name} already dropped).`);
  },
};

/** Here FROM names a file of this machine: a manifest.json or a DAG. */
async function dagFrom(source: string): Promise<Dag> {
  if (!source.startsWith('file://')) throw unsupported(`dbt project files FROM '${source}'`);
  let path: string;
  try {
    path = fileURLToPath(source);
  } catch {
    throw cannotRead(
      source,
      "a path from the root is needed: 'file:///home/me/project/target/manifest.json'",
    );
  }
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw cannotRead(source, error.message);
  });
  return readDag(text);
}

function cannotRead(source: string, why: string): SnowflakeError {
  return new SnowflakeError(
    '002003',
    '02000',
    `SQL compilation error:\nFile '${source}' cannot be read: ${why}`,
  );
}

function done(status: string): Omit<QueryResult, 'queryId'> {
  return { columns: [{ name: 'status', type: VARCHAR }], rows: [[status]] };
}
