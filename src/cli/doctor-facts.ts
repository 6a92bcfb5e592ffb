/** Reads what the doctor looks at. What the account does not answer is told, and hides nothing else. */
import { readGrants } from '../account/grants';
import type { DeploymentFacts, Privilege, RoleGrants, RunKind } from '../doctor/facts';
import type { Deployment } from '../model/deployment';
import { statusOf, type JobStatus } from '../oncall/status';
import { builder, view } from '../readings/build';
import { readHistory } from '../readings/history';
import { readJobStates } from '../readings/job-state';
import { read, type Reader, type Row } from '../readings/send';
import { readTaskStates, type TaskState } from '../readings/task-state';
import { flagOf, numberOf, textOf } from '../readings/values';
import { endsSession } from '../snowflake/errors';
import { identifier, literal, qualified } from '../sql-text';

/** @param role of the session; @param now the account's clock, ISO 8601 in UTC */
export async function readDoctorFacts(
  reader: Reader,
  deployment: Deployment,
  role: string | null,
  now: string,
): Promise<DeploymentFacts> {
  const unanswered: DeploymentFacts['unanswered'] = [];
  const ask = async <Answer>(what: string, question: Promise<Answer>, none: Answer): Promise<Answer> => {
    try {
      return await question;
    } catch (error) {
      if (endsSession(error)) throw error;
      unanswered.push({ what, message: (error as Error).message.replace(/\s+/g, ' ') });
      return none;
    }
  };
  const { states, unreadable } = await readJobStates(reader, [deployment]);
  const tasks = await ask('SHOW TASKS', readTaskStates(reader, [deployment]), []);
  const moment = Date.parse(now);
  const statuses = statusOf([deployment], { states, unreadable, tasks, tasksUnseen: null, now: moment });
  const isReadable = unreadable.length === 0;
  const owner = ownerOf(deployment, tasks, role);
  return {
    deployment,
    now: moment,
    statuses,
    unreadable: unreadable[0] ?? null,
    tasks,
    neverEnded: isReadable ? await ask('crashed runs', readNeverEnded(reader, deployment), []) : [],
    grants: await readRoleGrants(reader, owner),
    futureGrants: await ask('SHOW FUTURE GRANTS', readFutureGrants(reader, deployment), null),
    logOwners: await ask('owners of the log', readLogOwners(reader, deployment), {}),
    project: await ask('SHOW DBT PROJECTS', readProject(reader, deployment), null),
    limits: await readLimits(reader, deployment, statuses, ask),
    kinds: statuses.some(({ state }) => state?.nextReason === 'LOG_MATCHES_NO_JOB')
      ? await ask('kinds of runs', readKinds(reader, deployment), [])
      : [],
    unanswered,
  };
}

/** Tasks run with the rights of their owner, whoever looks; an apply gives them to the role of its session. */
function ownerOf({ graphs }: Deployment, tasks: readonly TaskState[], role: string | null): string {
  const names = new Set(
    graphs.flatMap(({ root, children }) => [root, ...children]).map(({ name }) => name.name),
  );
  const owner = tasks.find(({ name, owner }) => names.has(name.name) && owner !== null)?.owner;
  return owner ?? role ?? '';
}

// ------------------------------------------------------------------------------------------------ grants

/** A chain of roles longer than this is a mistake. */
const MOST_ROLES = 50;

async function readRoleGrants({ session, onSend }: Reader, role: string): Promise<RoleGrants> {
  const unseen: string[] = [];
  const privileges: Privilege[] = [];
  const roles = [role, 'PUBLIC'];
  for (let at = 0; at < roles.length && at < MOST_ROLES; at += 1) {
    onSend?.(`SHOW GRANTS TO ROLE ${identifier(roles[at]!)}`);
    const missed: string[] = [];
    for (const grant of await readGrants(session, roles[at]!, missed)) {
      privileges.push(grant);
      if (grant.on === 'DATABASE ROLE') unseen.push(`what database role ${grant.name} has is not looked up`);
      const granted = grant.on === 'ROLE' ? unquoted(grant.name) : null;
      if (granted !== null && !roles.includes(granted)) roles.push(granted);
    }
    // What everybody has is not visible to everybody.
    if (roles[at] !== 'PUBLIC') unseen.push(...missed);
  }
  return { role, privileges, unseen };
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

async function readFutureGrants(
  reader: Reader,
  { state }: Deployment,
): Promise<DeploymentFacts['futureGrants']> {
  if (state.kind !== 'audit-tables') return [];
  const tables = [state.runs.table, ...state.nodes.tables.map(({ table }) => table)];
  const places = new Set(
    tables.flatMap(({ database, schema }) => [
      `SCHEMA ${identifier(database)}.${identifier(schema)}`,
      `DATABASE ${identifier(database)}`,
    ]),
  );
  const grants: (Privilege & { role: string })[] = [];
  for (const place of places) {
    for (const row of await read(reader, `SHOW FUTURE GRANTS IN ${place}`)) {
      grants.push({
        privilege: textOf(row, 'privilege') ?? '',
        on: textOf(row, 'grant_on') ?? '',
        name: textOf(row, 'name') ?? '',
        role: textOf(row, 'grantee_name') ?? '',
      });
    }
  }
  return grants;
}

async function readLogOwners(reader: Reader, { state }: Deployment): Promise<Record<string, string>> {
  if (state.kind !== 'audit-tables' || state.layout === 'o2c') return {};
  const owners: Record<string, string> = {};
  const tables = [state.runs.table, ...state.nodes.tables.map(({ table }) => table)];
  for (const database of new Set(tables.map((table) => table.database))) {
    const own = tables.filter((table) => table.database === database);
    const rows = await read(
      reader,
      `SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_OWNER
FROM ${identifier(database)}.INFORMATION_SCHEMA.TABLES
WHERE TABLE_SCHEMA IN (${own.map(({ schema }) => literal(schema)).join(', ')})
    AND TABLE_NAME IN (${own.map(({ name }) => literal(name)).join(', ')})`,
    );
    for (const row of rows) {
      const name = {
        database,
        schema: textOf(row, 'TABLE_SCHEMA') ?? '',
        name: textOf(row, 'TABLE_NAME') ?? '',
      };
      const owner = textOf(row, 'TABLE_OWNER');
      if (owner !== null) owners[qualified(name)] = owner;
    }
  }
  return owners;
}

// ------------------------------------------------------------------------------------------------- runs

async function readNeverEnded(reader: Reader, deployment: Deployment) {
  const runs = await readHistory(reader, [deployment], { failed: true, limit: 1000 });
  return runs.filter(({ outcome }) => outcome === 'CRASHED');
}

/** https://docs.snowflake.com/en/sql-reference/sql/show-dbt-projects */
async function readProject(reader: Reader, { runner }: Deployment): Promise<DeploymentFacts['project']> {
  if (runner.kind !== 'execute-dbt-project') return null;
  const { database, schema, name } = runner.object;
  const rows = await read(
    reader,
    `SHOW DBT PROJECTS IN SCHEMA ${identifier(database)}.${identifier(schema)}`,
  );
  const row = rows.find((each) => textOf(each, 'name') === name);
  return row === undefined ? null : { defaultVersion: textOf(row, 'default_version') };
}

/** Below this nobody's limit is near. */
const LONG_SECONDS = 20 * 60;

/** The config's own limit; for long jobs the least of what the account says too. */
async function readLimits(
  reader: Reader,
  { graphs }: Deployment,
  statuses: readonly JobStatus[],
  ask: <Answer>(what: string, question: Promise<Answer>, none: Answer) => Promise<Answer>,
): Promise<Record<string, number>> {
  const limits: Record<string, number> = {};
  for (const { root, children } of graphs) {
    for (const task of [root, ...children]) {
      // A root's timeout holds for its whole graph. 0 is seven days.
      const own = [task, root].map(({ timeoutMs }) => (timeoutMs === 0 ? 7 * 86_400 : timeoutMs / 1000));
      const { action, name } = task;
      const job = action.kind === 'call' ? statuses.find((status) => status.job === action.job) : undefined;
      const isLong = (job?.state?.longestSeconds ?? 0) >= LONG_SECONDS;
      const sql = `SHOW PARAMETERS LIKE 'STATEMENT_TIMEOUT_IN_SECONDS' IN TASK ${qualified(name)}`;
      const rows: Row[] = isLong ? await ask(`limits of ${name.name}`, read(reader, sql), []) : [];
      const said = rows.flatMap((row) => numberOf(row, 'value') ?? []).filter((seconds) => seconds > 0);
      limits[name.name] = Math.min(...own, ...said);
    }
  }
  return limits;
}

async function readKinds(reader: Reader, { views }: Deployment): Promise<RunKind[]> {
  const build = builder();
  const columns = ['PROJECT_NAME', 'ENVIRONMENT', 'IS_OURS', 'COMMAND', 'SCOPE'];
  const rows = await read(
    reader,
    build
      .select([...columns, build.raw('COUNT(*) AS RUNS')])
      .from(view(build, views.runs, 'R'))
      .groupBy(columns)
      .orderBy('RUNS', 'desc')
      .limit(500),
  );
  return rows.map((row) => ({
    project: textOf(row, 'PROJECT_NAME'),
    environment: textOf(row, 'ENVIRONMENT'),
    isOurs: flagOf(row, 'IS_OURS'),
    command: textOf(row, 'COMMAND'),
    scope: textOf(row, 'SCOPE'),
    runs: numberOf(row, 'RUNS') ?? 0,
  }));
}
