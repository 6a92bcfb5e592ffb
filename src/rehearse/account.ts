/**
 * Makes the local account what a user's account is before this product is applied to it: the database and schema, the
 * warehouses, roles and notification integration that the config names, the log tables that dbt's hooks write, and the
 * dbt project itself.
 * Only what is missing is created.
 */
import type { Manner, ShortDag } from '../local/as-written';
import type { AuditTablesState, Deployment } from '../model/deployment';
import {
  boolean,
  controlsOf,
  keyOf,
  type LocalSnowflake,
  type MappingJson,
  mappedTableStatements,
  NODE_ROLES,
  projectsOf,
  type QualifiedName,
  readMapping,
  RUN_ROLES,
  type Session,
  showIdentifier,
  splitName,
  tableStatements,
  text,
  type TypedValue,
} from '../local/index';

export interface PrepareOptions {
  /**
   * What the dbt project of that name is made of: a manifest.json or a DAG in the short form, as text.
   * @default a DAG of three models
   */
  dagOf?: (project: string) => Promise<string | undefined> | string | undefined;
  /** How hooks fill a log of the user's own, and in which types its tables are made. */
  manner?: Manner;
}

/** @returns what was created, one line each; nothing the second time. @throws SnowflakeError */
export async function prepareAccount(
  account: LocalSnowflake,
  deployment: Deployment,
  options: PrepareOptions = {},
): Promise<string[]> {
  const session = account.openSession({ user: 'LOCAL' });
  try {
    return [
      ...(await createContainers(session, deployment)),
      ...(await createLogTables(session, deployment, options.manner ?? {})),
      ...(await createIntegrations(session, deployment)),
      ...(await createProjects(session, deployment, options)),
    ];
  } finally {
    await session.close();
  }
}

// ------------------------------------------------------------------------- database, warehouses, roles

async function createContainers(session: Session, deployment: Deployment): Promise<string[]> {
  const schemas = [
    deployment,
    ...(deployment.state.kind === 'audit-tables' ? [logSchema(deployment.state)] : []),
    ...(deployment.runner.kind === 'execute-dbt-project' ? [deployment.runner.object] : []),
  ];
  const tasks = deployment.graphs.flatMap(({ root, children }) => [root, ...children]);
  const warehouses = [...tasks, ...(deployment.alerts === null ? [] : [deployment.alerts])].flatMap(
    ({ warehouse }) => warehouse ?? [],
  );
  const { role } = deployment.connection;
  const roles = [...(role === null ? [] : splitName(role)), ...deployment.grants.map((grant) => grant.role)];
  return createMissing(session, [
    ...schemas.map(({ database }) => ['DATABASE', showIdentifier(database)] as const),
    ...schemas.map(
      ({ database, schema }) => ['SCHEMA', `${showIdentifier(database)}.${showIdentifier(schema)}`] as const,
    ),
    ...warehouses.map((name) => ['WAREHOUSE', showIdentifier(name)] as const),
    ...roles.map((name) => ['ROLE', showIdentifier(name)] as const),
  ]);
}

const logSchema = (state: AuditTablesState): { database: string; schema: string } => state.runs.table;

async function createMissing(
  session: Session,
  objects: readonly (readonly [kind: string, name: string])[],
): Promise<string[]> {
  const wanted = new Map(
    objects.map(([kind, name]) => [`${kind.toLowerCase()} ${name}`, `${kind} IF NOT EXISTS ${name}`]),
  );
  const created: string[] = [];
  for (const [line, object] of wanted) if (await createdNow(session, `CREATE ${object}`)) created.push(line);
  return created;
}

/** Snowflake says `X already exists, statement succeeded.` when there was nothing to do. */
async function createdNow(session: Session, sql: string): Promise<boolean> {
  const { rows } = await session.execute(sql);
  return !/already exists/i.test(String(rows[0]?.[0] ?? ''));
}

// ------------------------------------------------------------------------------------------- log tables

async function createLogTables(session: Session, { state }: Deployment, manner: Manner): Promise<string[]> {
  if (state.kind !== 'audit-tables') return [];
  const { database, schema } = logSchema(state);
  const statements =
    state.layout === 'custom'
      ? mappedTableStatements(readMapping(mappingOf(state, manner), { database, schema }))
      : tableStatements(state.layout, database, schema);
  const created: string[] = [];
  for (const sql of statements) {
    const [, kind = '', name = ''] = /CREATE (TABLE|VIEW) IF NOT EXISTS (.+?) (?:\(|AS )/.exec(sql) ?? [];
    if (await createdNow(session, sql)) created.push(`${kind.toLowerCase()} ${name}`);
  }
  return created;
}

/** A layout of the user's own, as SYSTEM$LOCAL_DBT_HOOKS takes it. */
function mappingOf({ runs, nodes, statuses, zones }: AuditTablesState, writes: Manner): MappingJson {
  const quoted = (columns: object, roles: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      Object.entries(columns).flatMap(([role, name]) =>
        roles.includes(role) && typeof name === 'string' ? [[role, showIdentifier(name)]] : [],
      ),
    );
  return {
    runs: { table: keyOf(runs.table), ...quoted(runs, RUN_ROLES) },
    nodes: { table: keyOf(nodes.tables[0]!.table), ...quoted(nodes, NODE_ROLES) },
    statuses,
    zones,
    // Nodes are named as the config says that they are.
    writes: { ...NAMED[nodes.nameIs], ...writes },
  };
}

const NAMED: Readonly<Record<AuditTablesState['nodes']['nameIs'], Manner>> = {
  name: {},
  unique_id: { names: 'unique-id' },
  relation: { names: 'relation' },
};

// ---------------------------------------------------------------------------------------- notifications

async function createIntegrations(session: Session, { notification, alerts }: Deployment): Promise<string[]> {
  const created: string[] = [];
  for (const each of [notification, alerts?.notification ?? null])
    if (each !== null) created.push(...(await createIntegration(session, each)));
  return created;
}

async function createIntegration(
  session: Session,
  { integration, kind }: NonNullable<Deployment['notification']>,
): Promise<string[]> {
  const outbound = kind === 'queue' ? ' DIRECTION = OUTBOUND' : '';
  const object = `NOTIFICATION INTEGRATION IF NOT EXISTS ${showIdentifier(integration)}`;
  const sql = `CREATE ${object} TYPE = ${kind.toUpperCase()} ENABLED = TRUE${outbound}`;
  return (await createdNow(session, sql)) ? [`notification integration ${showIdentifier(integration)}`] : [];
}

// ----------------------------------------------------------------------------------------- dbt projects

async function createProjects(
  session: Session,
  deployment: Deployment,
  options: PrepareOptions,
): Promise<string[]> {
  const created: string[] = [];
  const { runner } = deployment;
  if (
    runner.kind === 'procedure' &&
    'system' in runner.procedure &&
    runner.procedure.system === 'SYSTEM$DBT_RUN'
  ) {
    await callFunction(session, 'SYSTEM$LOCAL_DBT_RUN_ENABLE', [boolean(true)]);
  }
  for (const { name, project } of projectsIn(deployment)) {
    const { catalog } = session.account;
    if (!projectsOf(catalog).get(keyOf(name))) {
      const dag = (await options.dagOf?.(project)) ?? JSON.stringify(threeModels(project));
      created.push(await callFunction(session, 'SYSTEM$LOCAL_DBT_CREATE', [text(keyOf(name)), text(dag)]));
    }
    if (controlsOf(catalog, name).hooks === undefined)
      await setHooks(session, deployment, name, options.manner ?? {});
  }
  return created;
}

/** The object of EXECUTE DBT PROJECT; for a procedure, one object for each project that it is called with. */
function projectsIn({
  runner,
  jobs,
  graphs,
  database,
  schema,
}: Deployment): { name: QualifiedName; project: string }[] {
  const tasks = graphs.flatMap(({ root, children }) => [root, ...children]);
  const projects = [...jobs, ...tasks.map(({ action }) => action)].map(({ project }) => project);
  const [first] = projects;
  if (first === undefined) return [];
  if (runner.kind === 'execute-dbt-project') return [{ name: runner.object, project: first }];
  return [...new Set(projects)].map((project) => ({
    name: { database, schema, name: project.toUpperCase() },
    project,
  }));
}

/** Hooks that log as they should, into the tables the deployment reads, under the environment it looks for. */
async function setHooks(
  session: Session,
  { state }: Deployment,
  name: QualifiedName,
  manner: Manner,
): Promise<void> {
  if (state.kind !== 'audit-tables') return;
  const { database, schema } = logSchema(state);
  const place = `${showIdentifier(database)}.${showIdentifier(schema)}`;
  const layout = state.layout === 'custom' ? JSON.stringify(mappingOf(state, manner)) : state.layout;
  const settings = [keyOf(name), 'on-run-end', layout, place].map(text);
  await callFunction(session, 'SYSTEM$LOCAL_DBT_HOOKS', settings);
  if (state.environment === null) return;
  await callFunction(session, 'SYSTEM$LOCAL_DBT_TARGET', [text(keyOf(name)), text(state.environment)]);
}

async function callFunction(session: Session, name: string, args: readonly TypedValue[]): Promise<string> {
  const { rows } = await session.execute(`SELECT ${name}(${args.map(() => '?').join(', ')})`, args);
  return String(rows[0]?.[0] ?? '');
}

/** What stands for a project that nobody described. */
export function threeModels(project: string): ShortDag {
  return {
    project,
    nodes: [
      { name: 'stg_orders', seconds: 10 },
      { name: 'orders', dependsOn: ['stg_orders'], seconds: 10 },
      { name: 'revenue', dependsOn: ['orders'], seconds: 10 },
    ],
  };
}
