/**
 * The contract check: what a log must hold, looked at before anything is changed. Three statements, however many deployments there are;
 * more only where one of them cannot be answered.
 */
import type { Deployment } from '../model/deployment';
import { qualified } from '../sql-text';
import { endsSession, SnowflakeStatementError } from '../snowflake/errors';
import type { Session } from '../snowflake/session';
import { columnFindings } from './column-findings';
import { tablesOf } from './column-uses';
import { columnsQuery, readColumns, type LogTable } from './columns';
import { readFacts, type LogFacts } from './facts';
import { finding, type Finding } from './finding';
import { jobFindings } from './job-findings';
import { logsOf, type Log } from './log';
import { nodeFindings } from './node-findings';
import { policiesNotSeen, policiesQuery, policyFindings, readPolicies, visibleTables } from './policies';
import { recordFindings } from './record-findings';
import { rowsQuery } from './rows-query';
import { timeFindings } from './time-findings';
import { typeFindings } from './type-findings';
import { wordFindings } from './word-findings';

type Run = Pick<Session, 'run'>;

/** Of one deployment; none for one on Snowflake's own history. @throws SnowflakeStatementError where the session is the matter */
export async function checkLog(session: Run, deployment: Deployment): Promise<Finding[]> {
  return (await checkLogs(session, [deployment])).get(deployment.name) ?? [];
}

/**
 * @param deployments of one account
 * @returns by the deployment's name; errors first
 * @throws SnowflakeStatementError where the session is the matter, not a statement
 */
export async function checkLogs(
  session: Run,
  deployments: readonly Deployment[],
): Promise<Map<string, Finding[]>> {
  const logs = logsOf(deployments);
  const tables = await readTables(session, logs);
  const found = new Map<string, Finding[]>();
  const add = (log: Log, findings: readonly Finding[]): void => {
    for (const { deployment } of log.readers)
      found.set(deployment.name, [...(found.get(deployment.name) ?? []), ...findings]);
  };
  const readable: Log[] = [];
  for (const log of logs) {
    const ofColumns = columnFindings(log.state, tables);
    const jobs = log.readers.flatMap((reader) => reader.jobs);
    add(log, [...ofColumns, ...typeFindings(log.state, jobs, tables)]);
    for (const { deployment } of log.readers)
      add(
        { ...log, readers: log.readers.filter((one) => one.deployment === deployment) },
        recordFindings(deployment, tables),
      );
    if (ofColumns.length === 0) readable.push(log);
  }
  for (const [log, findings] of await checkPolicies(session, logs, tables)) add(log, findings);
  for (const [log, facts] of await readRows(session, readable)) {
    if (!('rows' in facts)) {
      add(log, [facts]);
      continue;
    }
    for (const reader of log.readers) add({ ...log, readers: [reader] }, jobFindings(log, reader, facts));
    add(log, [
      ...wordFindings(log.state, facts),
      ...nodeFindings(log.state, facts),
      ...timeFindings(log.state, facts),
    ]);
  }
  return new Map([...found].map(([name, findings]) => [name, ordered(findings)]));
}

/** Errors first, each once. */
function ordered(findings: readonly Finding[]): Finding[] {
  const unique = [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()];
  return [
    ...unique.filter(({ severity }) => severity === 'error'),
    ...unique.filter(({ severity }) => severity !== 'error'),
  ];
}

/** A database that is not there, or not visible, keeps those of others from nobody. */
async function readTables(session: Run, logs: readonly Log[]): Promise<LogTable[]> {
  const names = [
    ...new Map(logs.flatMap(({ state }) => tablesOf(state)).map((name) => [qualified(name), name])).values(),
  ];
  if (names.length === 0) return [];
  const all = await answered(session, columnsQuery(names));
  if (!(all instanceof SnowflakeStatementError)) return readColumns(all);
  const tables: LogTable[] = [];
  for (const database of new Set(names.map((name) => name.database))) {
    const rows = await answered(session, columnsQuery(names.filter((name) => name.database === database)));
    if (!(rows instanceof SnowflakeStatementError)) tables.push(...readColumns(rows));
  }
  return tables;
}

async function checkPolicies(
  session: Run,
  logs: readonly Log[],
  tables: readonly LogTable[],
): Promise<[Log, Finding[]][]> {
  const visible = [...new Set(logs.flatMap(({ state }) => visibleTables(state, tables)))];
  if (visible.length === 0) return [];
  const rows = await answered(session, policiesQuery(visible));
  return logs
    .filter(({ state }) => visibleTables(state, tables).length > 0)
    .map((log) =>
      rows instanceof SnowflakeStatementError
        ? [log, [policiesNotSeen(log.state, oneLine(rows.message))]]
        : [log, policyFindings(log.state, readPolicies(rows))],
    );
}

/** So many logs fit into one statement. */
const AT_ONCE = 25;

/** A log that cannot be read keeps those of others from nobody, and is told by name. */
async function readRows(session: Run, logs: readonly Log[]): Promise<[Log, LogFacts | Finding][]> {
  const read: [Log, LogFacts | Finding][] = [];
  for (let at = 0; at < logs.length; at += AT_ONCE) {
    const some = logs.slice(at, at + AT_ONCE);
    const rows = await answered(session, rowsQuery(some));
    if (!(rows instanceof SnowflakeStatementError)) {
      const facts = readFacts(rows, some.length);
      some.forEach((log, index) => read.push([log, facts[index]!]));
    } else if (some.length === 1) read.push([some[0]!, unreadable(some[0]!, rows)]);
    else for (const log of some) read.push(...(await readRows(session, [log])));
  }
  return read;
}

function unreadable({ state }: Log, error: SnowflakeStatementError): Finding {
  return finding(
    'LOG_UNREADABLE',
    qualified(state.runs.table),
    `the views could not read it: ${oneLine(error.message)}`,
    'correct the columns in state.layout or state.zones, or the values that do not fit',
  );
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

type Rows = readonly Record<string, unknown>[];

/** @returns the rows, or why Snowflake has none to give */
async function answered(session: Run, sql: string): Promise<Rows | SnowflakeStatementError> {
  try {
    return (await session.run(sql)).rows;
  } catch (error) {
    if (error instanceof SnowflakeStatementError && !endsSession(error)) return error;
    throw error;
  }
}
