/** `doctor --probe`: asks an account what the generated SQL leans on, in a schema of its own, and cleans up. */
import { parseIdentifier, parseObjectName } from '../model/names';
import type { Deployment } from '../model/deployment';
import { cleanUp, leftOut, probesOf } from '../probe/all';
import { PREFIX, type Place, type Probe } from '../probe/probe';
import { anonymous, judged, type ProbeReport, type ProbeResult } from '../probe/report';
import { WAIT_SECONDS } from '../probe/tasks';
import { AutoRestartError } from '../errors';
import { identifier, qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { askConsent, refuseWithoutTerminal } from './applying';
import { EXIT } from './output/exit-codes';
import { note, print, printJson, printLines } from './output/terminal';
import { waiting } from './output/waiting';
import { packageManifest } from './package-manifest';
import { openReading, type ReadingArgs } from './reading';
import type { Target } from './targets';

export interface ProbeArgs extends ReadingArgs {
  schema?: string;
  reader?: string;
  yes: boolean;
  script: boolean;
}

/** @returns the exit code: 1 where an account does otherwise than the product assumes */
export async function probe(args: ProbeArgs): Promise<number> {
  const scratch = scratchOf(args.schema);
  const reader = readerOf(args.reader);
  if (!args.script) refuseWithoutTerminal(args.yes, args.connection);
  const reading = await openReading(args);
  try {
    const [target, other] = reading.targets;
    if (other !== undefined) {
      throw new AutoRestartError('REQUEST', 'the deployments are in several accounts', {
        where: '--deployment',
        hint: 'name one: each account is probed for itself',
      });
    }
    const place = await placeOf(target!, scratch, reader);
    if (args.script) {
      const { probeScript } = await import('../probe/script');
      printLines(probeScript(place));
      return EXIT.ok;
    }
    note(
      `makes and drops what begins with ${PREFIX} in ${place.schema}, and takes about two minutes of warehouse ${place.warehouse}`,
    );
    if (place.project !== null) note('asks dbt for one list that fails before anything is built');
    const asks = args.connection !== 'local' && !args.yes;
    if (asks && !(await askConsent('Try it?'))) {
      note('nothing was tried');
      return EXIT.failed;
    }
    if (target!.isLocal) await target!.session.run(`CREATE SCHEMA IF NOT EXISTS ${place.schema}`);
    const report = await run(target!.session, place, args['show-sql'], target!.facts.now);
    const { probeText } = await import('./output/probe-report');
    if (args.json) printJson(report);
    else print(probeText(report));
    const isFine = report.left.length === 0 && !report.results.some(({ verdict }) => verdict === 'deviates');
    return isFine ? EXIT.ok : EXIT.failed;
  } finally {
    await reading.close();
  }
}

/** @throws AutoRestartError REQUEST for none, or what is no schema */
function scratchOf(text: string | undefined): { database: string; schema: string } {
  const parsed = text === undefined ? null : parseObjectName(`${text}.X`, { database: '', schema: '' });
  if (parsed?.ok === true && parsed.value.database !== '') return parsed.value;
  throw new AutoRestartError(
    'REQUEST',
    text === undefined ? '--probe needs a schema to try it in' : `${text} is no schema`,
    {
      where: '--schema',
      hint: '--schema DATABASE.SCHEMA: one that nobody needs; what is made there is dropped again',
    },
  );
}

/** @returns as it is stored; `null` for none @throws AutoRestartError REQUEST for what is no name */
function readerOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const parsed = parseIdentifier(text);
  if (parsed.ok) return parsed.value;
  throw new AutoRestartError('REQUEST', `${text} is no role: ${parsed.reason}`, { where: '--reader' });
}

async function placeOf(
  { session, facts, deployments }: Target,
  { database, schema }: { database: string; schema: string },
  reader: string | null,
): Promise<Place> {
  const { rows } = await session.run('SELECT CURRENT_WAREHOUSE() AS WAREHOUSE');
  const warehouse = rows[0]?.['WAREHOUSE'] ?? warehouseOf(deployments);
  if (typeof warehouse !== 'string') {
    throw new AutoRestartError('REQUEST', 'the session has no warehouse for the tasks of the probe', {
      hint: 'add warehouse = "..." to the connection',
    });
  }
  const deployment = deployments[0]!;
  const native = deployments.find(({ runner }) => runner.kind === 'execute-dbt-project')?.runner;
  const logged = deployments.find(({ state }) => state.kind === 'audit-tables')?.state;
  const isApplied = await answers(
    session,
    `SELECT COUNT(*) FROM ${qualified(deployment.views.state)} WHERE FALSE`,
  );
  return {
    schema: `${identifier(database)}.${identifier(schema)}`,
    warehouse: identifier(warehouse),
    role: identifier(facts.role ?? 'PUBLIC'),
    reader: reader === null ? null : identifier(reader),
    project: native?.kind === 'execute-dbt-project' ? native.object : null,
    log:
      logged?.kind === 'audit-tables'
        ? {
            table: qualified(logged.runs.table),
            prunedBy: identifier(logged.runs.prunedBy ?? logged.runs.startedAt),
          }
        : null,
    views: isApplied
      ? { history: qualified(deployment.views.history), state: qualified(deployment.views.state) }
      : null,
  };
}

function warehouseOf(deployments: readonly Deployment[]): string | null {
  const tasks = deployments.flatMap(({ graphs }) => graphs.map(({ root }) => root));
  return tasks.find(({ warehouse }) => warehouse !== null)?.warehouse ?? null;
}

async function answers(session: Session, sql: string): Promise<boolean> {
  return session.run(sql).then(
    () => true,
    () => false,
  );
}

/** Whatever happens in between, what was made is dropped. */
async function run(session: Session, place: Place, shows: boolean, now: string): Promise<ProbeReport> {
  const send = async (sql: string) => {
    if (shows) note(`${sql};\n`);
    return session.run(sql);
  };
  const { rows } = await send('SELECT CURRENT_VERSION() AS VERSION');
  const probes = probesOf(place);
  let results: ProbeResult[] = [];
  let left: string[];
  try {
    await quietly(send, cleanUp(place));
    const failed = new Map<Probe, string>();
    for (const each of probes) {
      const error = await firstError(send, each.prepare);
      if (error !== null) failed.set(each, error);
    }
    const wait = waiting('waiting for the tasks of the probe');
    await send(`CALL SYSTEM$WAIT(${WAIT_SECONDS})`).finally(() => wait.end());
    for (const each of probes)
      results = [...results, await answerOf(send, each, failed.get(each) ?? null, place)];
  } finally {
    left = await quietly(send, cleanUp(place));
  }
  return {
    format: 1,
    tool: packageManifest().version,
    snowflake: String(rows[0]?.['VERSION'] ?? ''),
    now,
    results,
    leftOut: leftOut(place),
    left: left.map((line) => anonymous(line, place)),
  };
}

type Send = (sql: string) => Promise<{ rows: Record<string, unknown>[] }>;

async function answerOf(send: Send, each: Probe, failed: string | null, place: Place): Promise<ProbeResult> {
  if (failed !== null) return judged(each, null, failed, place);
  try {
    for (const sql of each.before) await send(sql);
    const { rows } = await send(each.ask);
    const [answer] = Object.values(rows[0] ?? {});
    return judged(each, answer == null ? 'NULL' : String(answer), null, place);
  } catch (error) {
    return judged(each, null, (error as Error).message, place);
  } finally {
    await quietly(send, each.after);
  }
}

async function firstError(send: Send, statements: readonly string[]): Promise<string | null> {
  for (const sql of statements) {
    try {
      await send(sql);
    } catch (error) {
      return (error as Error).message;
    }
  }
  return null;
}

/** @returns the statements that failed, each with why */
async function quietly(send: Send, statements: readonly string[]): Promise<string[]> {
  const failed: string[] = [];
  for (const sql of statements) {
    try {
      await send(sql);
    } catch (error) {
      failed.push(`${sql}: ${(error as Error).message}`);
    }
  }
  return failed;
}
