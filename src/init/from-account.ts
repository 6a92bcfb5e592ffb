/**
 * What an account has -> a setup that keeps it: tasks with their names, schedules and warehouses, the log that is there.
 * The first plan then shows what is new: the views, the procedure, another body in each task, and what retries.
 */
import type { FoundDbt, FoundLog } from '../account/found-dbt';
import type { Schedule } from '../config/types';
import type { DeployedTask } from '../plan/deployed';
import { identifier, qualified } from '../sql-text';
import { folderFrom, healer, newSetup, type Answers } from './new-setup';
import type { JobSetup, RunnerSetup, Setup, StateSetup, TaskSetup } from './setup';
import { callIn, type FoundCall } from './task-definition';

export interface Identity {
  connection: { name?: string; account?: string; role?: string } | null;
}

/** @param answers what was said beside it, and stands in where the account has nothing */
export function setupFromAccount(found: FoundDbt, answers: Answers, { connection }: Identity): Setup {
  const fresh = { ...newSetup(answers), connection };
  const notes = [...found.unseen];
  const home = homeOf(found);
  if (home === null) {
    return {
      ...fresh,
      notes: [...notes, 'no task of the account starts dbt: this is a config to begin with'],
    };
  }
  const taken = takeTasks(
    found.tasks.filter(({ name }) => name.database === home.database && name.schema === home.schema),
    notes,
  );
  const others = found.tasks.filter(
    (task) => !taken.some(({ from }) => from === task) && callIn(bodyOf(task)) !== null,
  );
  const elsewhere = others.filter(
    ({ name }) => name.database !== home.database || name.schema !== home.schema,
  );
  if (elsewhere.length > 0) {
    notes.push(
      `not taken over, since a deployment is one schema: ${elsewhere.map(({ name }) => qualified(name)).join(', ')}`,
    );
  }
  if (taken.length === 0) return { ...fresh, notes };
  const log = logOf(found.logs, home);
  const project = projectOf(taken, log, answers.project);
  const { jobs, tasks } = jobsAndTasks(taken, project, notes);
  return {
    ...fresh,
    deployment: folderFrom(project),
    database: identifier(home.database),
    schema: identifier(home.schema),
    warehouse: mostFrequent(taken.map(({ from }) => from.properties['WAREHOUSE'])) ?? fresh.warehouse,
    runner: runnerOf(taken, found, fresh.runner),
    state: stateOf(log, home, taken),
    jobs,
    tasks: withoutDefaults(tasks, mostFrequent(taken.map(({ from }) => from.properties['WAREHOUSE']))),
    notes,
  };
}

interface Taken {
  from: DeployedTask;
  call: Exclude<FoundCall, null | { kind: 'unclear' }>;
}

const bodyOf = (task: DeployedTask): string => task.properties['AS'] ?? '';

/** The schema in which most tasks start dbt. */
function homeOf({ tasks }: FoundDbt): { database: string; schema: string } | null {
  const counts = new Map<string, { home: { database: string; schema: string }; tasks: number }>();
  for (const task of tasks) {
    if (callIn(bodyOf(task)) === null) continue;
    const { database, schema } = task.name;
    const key = JSON.stringify([database, schema]);
    counts.set(key, { home: { database, schema }, tasks: (counts.get(key)?.tasks ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.tasks - a.tasks)[0]?.home ?? null;
}

/** Roots and what follows them, as long as everything before a task is taken too. */
function takeTasks(tasks: readonly DeployedTask[], notes: string[]): Taken[] {
  const taken: Taken[] = [];
  const byDepth = [...tasks].sort(
    (a, b) => a.after.length - b.after.length || compare(a.name.name, b.name.name),
  );
  for (let added = true; added;) {
    added = false;
    for (const from of byDepth) {
      const call = callIn(bodyOf(from));
      if (call === null || call.kind === 'unclear' || taken.some((one) => one.from === from)) continue;
      const before = from.finalizes === null ? from.after : [from.finalizes];
      if (!before.every(({ name }) => taken.some((one) => one.from.name.name === name))) continue;
      if (before.length === 0 && scheduleOf(from) === undefined) continue;
      taken.push({ from, call });
      added = true;
    }
  }
  for (const from of tasks) {
    const call = callIn(bodyOf(from));
    if (call === null || taken.some((one) => one.from === from)) continue;
    const why =
      call.kind === 'unclear'
        ? `it ${call.why}`
        : from.after.length > 0
          ? 'it follows a task that is not'
          : 'it has no schedule';
    notes.push(`not taken over: ${qualified(from.name)}: ${why}`);
  }
  return taken;
}

function jobsAndTasks(
  taken: readonly Taken[],
  project: string,
  notes: string[],
): { jobs: JobSetup[]; tasks: TaskSetup[] } {
  const jobs: JobSetup[] = [];
  const tasks: TaskSetup[] = [];
  for (const { from, call } of taken) {
    const name = identifier(from.name.name);
    const own = call.kind === 'dbt' ? call.dbt : { command: 'build' as const };
    const placed = {
      schedule: scheduleOf(from),
      after: from.after.length === 0 ? undefined : from.after.map((one) => identifier(one.name)),
      finalize: from.finalizes === null ? undefined : identifier(from.finalizes.name),
      warehouse: from.properties['WAREHOUSE'] === null ? undefined : from.properties['WAREHOUSE'],
      timeout: timeoutOf(from),
    };
    const set = Object.fromEntries(Object.entries(placed).filter(([, value]) => value !== undefined));
    if (own.command === 'test' || own.command === 'seed' || own.command === 'snapshot') {
      tasks.push({
        name,
        why: `dbt ${own.command}, as before: not restarted.`,
        does: { project, dbt: own },
        ...set,
      });
      continue;
    }
    const job = jobFor(jobs, project, own, from.name.name);
    const mode = call.kind === 'restart' ? 'auto' : 'full-build';
    tasks.push({
      name,
      why: 'As it was, and every run of it is known from now on.',
      does: { job, mode },
      ...set,
    });
    if (from.after.length > 0 || from.finalizes !== null || mode === 'auto') continue;
    const other = taken.find((one) => one.from.finalizes?.name === from.name.name);
    if (other === undefined) tasks.push(healer(name, job));
    else
      notes.push(
        `${qualified(from.name)} has a finalizer, so nothing retries it at once: add a task of mode retry-only with a schedule`,
      );
  }
  return { jobs, tasks };
}

function jobFor(jobs: JobSetup[], project: string, dbt: JobSetup['dbt'], task: string): string {
  const same = jobs.find((job) => JSON.stringify(job.dbt) === JSON.stringify(dbt));
  if (same !== undefined) return same.name;
  const name = task.toLowerCase().replace(/[^a-z0-9_.-]+/g, '_');
  jobs.push({ name, project, dbt, maxAgeHours: 20 });
  return name;
}

/** Where it differs from the deployment's, which the tasks share. */
function withoutDefaults(tasks: readonly TaskSetup[], warehouse: string | undefined): TaskSetup[] {
  return tasks.map((task) => {
    const { warehouse: own, ...rest } = task;
    return own === undefined || own === warehouse ? rest : { ...rest, warehouse: own };
  });
}

function projectOf(taken: readonly Taken[], log: FoundLog | null, fallback: string): string {
  if (log?.projects[0] !== undefined) return log.projects[0];
  for (const { call } of taken) {
    if (call.kind === 'restart') return call.project;
    if ('procedure' in call.runner) return call.runner.project;
    const last = call.runner.object.split('.').at(-1);
    if (last !== undefined) return last.replaceAll('"', '').toLowerCase();
  }
  return fallback;
}

function runnerOf(taken: readonly Taken[], { projects }: FoundDbt, fallback: RunnerSetup): RunnerSetup {
  for (const { call } of taken) {
    if (call.kind !== 'dbt') continue;
    return 'object' in call.runner ? { object: call.runner.object } : { procedure: call.runner.procedure };
  }
  const [only] = projects;
  return only === undefined ? fallback : { object: qualified(only) };
}

/** A log in the schema of the tasks, else the only one; none where dbt is started in a way that has a history of its own. */
function logOf(logs: readonly FoundLog[], home: { database: string; schema: string }): FoundLog | null {
  const own = logs.filter(({ database, schema }) => database === home.database && schema === home.schema);
  const [first, ...more] = own.length > 0 ? own : logs;
  return first === undefined || (own.length === 0 && more.length > 0) ? null : first;
}

function stateOf(
  log: FoundLog | null,
  home: { database: string; schema: string },
  taken: readonly Taken[],
): StateSetup {
  const hasHistory = taken.some(({ call }) => call.kind === 'dbt' && 'object' in call.runner);
  if (log === null)
    return hasHistory ? { kind: 'execution-history' } : { kind: 'audit-tables', layout: 'o2c' };
  const targets = taken.flatMap(({ call }) => (call.kind === 'dbt' ? (call.dbt.target ?? []) : []));
  const environment =
    log.environments.find((name) => targets.includes(name)) ??
    log.environments.find((name) => /^prod/i.test(name)) ??
    log.environments[0];
  return {
    kind: 'audit-tables',
    layout: log.layout,
    ...(log.database === home.database ? {} : { database: identifier(log.database) }),
    ...(log.schema === home.schema ? {} : { schema: identifier(log.schema) }),
    ...(environment === undefined ? {} : { environment }),
  };
}

/** `USING CRON 0 6 * * * UTC`, `60 MINUTE`. */
function scheduleOf({ properties }: DeployedTask): Schedule | undefined {
  const text = properties['SCHEDULE'] ?? '';
  const [, expression, timeZone] = /^USING CRON\s+(\S+(?:\s+\S+){4})\s+(\S+)$/i.exec(text.trim()) ?? [];
  if (expression !== undefined && timeZone !== undefined) return { kind: 'cron', expression, timeZone };
  const [, every, unit = ''] = /^(\d+)\s+(SECOND|MINUTE|HOUR|M|H|S)\w*$/i.exec(text.trim()) ?? [];
  if (every === undefined) return undefined;
  const units = { S: 'SECONDS', M: 'MINUTES', H: 'HOURS' } as const;
  return {
    kind: 'interval',
    every: Number(every),
    unit: units[unit.charAt(0).toUpperCase() as keyof typeof units],
  };
}

function timeoutOf({ properties }: DeployedTask): string | undefined {
  const minutes = Number(properties['USER_TASK_TIMEOUT_MS'] ?? 0) / 60_000;
  return minutes > 0 && Number.isInteger(minutes) && minutes !== 60 && minutes !== 240
    ? `${minutes} minutes`
    : undefined;
}

function mostFrequent(values: readonly (string | null | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
