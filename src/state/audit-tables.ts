/**
 * One canonical form of any run log: a query of runs and a query of node results, built from the mapped columns.
 * Everything behind these two queries is the same for every layout.
 */
import type { AuditTablesState } from '../model/deployment';
import { identifier, literal, qualified } from '../sql-text';
import { query, raw } from './query-builder';

/** What a log can tell. Rules that need more are left out of the SQL, and the generator warns about them by name. */
export interface LogAbilities {
  selection: boolean;
  command: boolean;
  project: boolean;
  testsFailed: boolean;
  /** The run's outcome is a column; otherwise it is derived from the node results. */
  status: boolean;
  /** Tests are told from models. */
  resourceType: boolean;
}

export function abilities(state: AuditTablesState): LogAbilities {
  const { runs, nodes } = state;
  return {
    selection: runs.selection !== null,
    command: runs.command !== null,
    project: runs.project !== null,
    testsFailed: runs.testsFailed !== null,
    status: runs.status !== null,
    resourceType: nodes.resourceType !== null || nodes.tables.some((table) => table.resourceType !== null),
  };
}

/** Columns of the canonical runs. */
export type RunColumn =
  | 'run_id'
  | 'project_name'
  | 'command'
  | 'selection'
  | 'started_at'
  | 'ended_at'
  | 'state'
  | 'status'
  | 'tests_failed';

/**
 * One row per run: run_id, project_name, command (lower case), selection (normalised), started_at and ended_at (UTC,
 * TIMESTAMP_NTZ), state (RUNNING, SUCCEEDED, FAILED; NULL to be derived), status (as logged), tests_failed. A column
 * the log lacks is NULL.
 * @param columns the ones that are needed, in order
 * @param conditions on canonical columns, each made from the column's expression
 */
export function runsQuery(
  state: AuditTablesState,
  columns: readonly RunColumn[],
  conditions: Conditions = {},
): string {
  return fromRuns(state, conditions)
    .select(Object.fromEntries(columns.map((column) => [column, raw(runExpression(state, column))])))
    .toQuery();
}

type Conditions = Partial<Record<RunColumn, (expression: string) => string>>;

function fromRuns(state: AuditTablesState, conditions: Conditions): ReturnType<typeof query> {
  const { runs, environment } = state;
  const built = query().from(raw(`${qualified(runs.table)} AS r`));
  if (environment !== null && runs.environment !== null) {
    built.where(raw(`r.${identifier(runs.environment)} = ${literal(environment)}`));
  }
  for (const [column, condition] of Object.entries(conditions)) {
    built.where(raw(condition(runExpression(state, column as RunColumn))));
  }
  return built;
}

/**
 * The latest run of each status, command and selection as they stand in the log: run_id, started_at (UTC), status, command
 * (NULL where the log has none), selection (of a log that has it). Few rows, however long the log.
 */
export function latestRunsQuery(state: AuditTablesState, conditions: Conditions): string {
  const { runs } = state;
  const start = runExpression(state, 'started_at');
  return fromRuns(state, conditions)
    .select({
      run_id: raw(`MAX_BY(${runExpression(state, 'run_id')}, ${start})`),
      started_at: raw(`MAX(${start})`),
      status: raw(runExpression(state, 'status')),
      command: raw(runs.command === null ? 'NULL::VARCHAR' : `r.${identifier(runs.command)}`),
      selection: raw(`r.${identifier(runs.selection!)}`),
    })
    .groupByRaw('3, 4, 5')
    .toQuery();
}

/** A selection as it stands in the log, normalised. */
export function normalisedSelection(column: string, { runs }: AuditTablesState): string {
  return normalised(selectionText(column, runs.selectionIsJson));
}

/**
 * A condition: the run's selection is the one given. The log's distinct selections are few, its rows many, so only the
 * former are normalised: MAX over a group of equal texts keeps the condition from being moved to each row.
 * @param normalisedSelection an expression
 */
export function selectionIs(state: AuditTablesState, normalisedSelection: string): string {
  const { runs } = state;
  const column = `COALESCE(${identifier(runs.selection!)}, '')`;
  const distinct = `SELECT MAX(${column}) AS logged FROM ${qualified(runs.table)} GROUP BY ${column}`;
  const wanted = `${normalised(selectionText('logged', runs.selectionIsJson))} = ${normalisedSelection}`;
  return `COALESCE(r.${identifier(runs.selection!)}, '') IN (SELECT logged FROM (${distinct}) WHERE ${wanted})`;
}

function runExpression({ runs, statuses, zones }: AuditTablesState, column: RunColumn): string {
  const or = (name: string | null, absent: string, present: (column: string) => string): string =>
    name === null ? absent : present(`r.${identifier(name)}`);
  switch (column) {
    case 'run_id':
      return `r.${identifier(runs.runId)}::VARCHAR`;
    case 'project_name':
      return or(runs.project, 'NULL::VARCHAR', (project) => project);
    case 'command':
      return or(runs.command, 'NULL::VARCHAR', (command) => `LOWER(${command})`);
    case 'selection':
      return or(runs.selection, 'NULL::VARCHAR', (text) =>
        normalised(selectionText(text, runs.selectionIsJson)),
      );
    case 'started_at':
      return utc(`r.${identifier(runs.startedAt)}`, zones.startedAt);
    case 'ended_at':
      return or(runs.endedAt, 'NULL::TIMESTAMP_NTZ', (end) => utc(end, zones.endedAt));
    case 'state':
      return or(runs.status, 'NULL::VARCHAR', (status) => runState(status, statuses));
    case 'status':
      return or(runs.status, 'NULL::VARCHAR', (status) => `${status}::VARCHAR`);
    case 'tests_failed':
      return or(runs.testsFailed, '0', (count) => `COALESCE(${count}, 0)`);
  }
}

/**
 * One row per logged result: run_id, node_name, is_test (0 or 1), severity (1 SUCCEEDED, 2 SKIPPED, 3 FAILED), ended_at (UTC).
 * @param since an expression; only rows from a day before it on are read, whatever zone the log's clock has
 */
export function nodesQuery(state: AuditTablesState, since: string | null): string {
  return state.nodes.tables.map((_, index) => nodesOf(state, index, since)).join(' UNION ALL ');
}

function nodesOf(state: AuditTablesState, index: number, since: string | null): string {
  const { nodes, statuses, zones } = state;
  const source = nodes.tables[index]!;
  const column = (name: string): string => `n.${identifier(name)}`;
  const built = query()
    .from(raw(`${recentRows(state, qualified(source.table), since)} AS n`))
    .select({
      run_id: raw(`${column(nodes.runId)}::VARCHAR`),
      node_name: raw(nodeName(column(nodes.name))),
      is_test: raw(
        isTest(source.resourceType, nodes.resourceType === null ? null : column(nodes.resourceType)),
      ),
      severity: raw(severity(column(nodes.status), statuses)),
      ended_at: raw(
        nodes.endedAt === null ? 'NULL::TIMESTAMP_NTZ' : utc(column(nodes.endedAt), zones.endedAt),
      ),
    });
  return built.toQuery();
}

/**
 * The rows from a day before `since` on, and those without a time: a skipped node never started, and packages log no
 * times for it. Two scans, because one condition with OR keeps DuckDB from skipping what is older.
 */
function recentRows({ nodes }: AuditTablesState, table: string, since: string | null): string {
  const clock = nodes.startedAt ?? nodes.endedAt;
  if (since === null || clock === null) return table;
  const time = identifier(clock);
  const recent = `SELECT * FROM ${table} WHERE ${timestamp(time)} >= DATEADD('day', -1, ${since})`;
  return `(${recent} UNION ALL SELECT * FROM ${table} WHERE ${time} IS NULL)`;
}

/** A column of TIMESTAMP_NTZ or text, as TIMESTAMP_NTZ. */
function timestamp(column: string): string {
  return `${column}::TIMESTAMP_NTZ`;
}

/** https://docs.snowflake.com/en/sql-reference/functions/convert_timezone (three arguments: a wall clock in, a wall clock out) */
function utc(column: string, zone: string): string {
  return zone === 'UTC'
    ? timestamp(column)
    : `CONVERT_TIMEZONE(${literal(zone)}, 'UTC', ${timestamp(column)})`;
}

function selectionText(column: string, isJson: boolean): string {
  return isJson ? `ARRAY_TO_STRING(TRY_PARSE_JSON(${column}):select, ',')` : column;
}

/**
 * Split at commas and white space, and at the marks of a JSON list, which is how elementary logs it; sorted, joined by
 * commas. `all`, empty and NULL mean no selection.
 */
function normalised(text: string): string {
  const sorted = `ARRAY_TO_STRING(ARRAY_SORT(STRTOK_TO_ARRAY(COALESCE(${text}, ''), ', \\t\\n\\r[]"')), ',')`;
  return `REGEXP_REPLACE(${sorted}, '^all$', '')`;
}

type Statuses = AuditTablesState['statuses'];

/** No status means running; every word that is not known means failed. */
function runState(column: string, statuses: Statuses): string {
  const word = statusWord(column, statuses);
  return `DECODE(TRUE, ${word} IN (${words(statuses.running)}), 'RUNNING', ${word} IN (${words(statuses.succeeded)}), 'SUCCEEDED', 'FAILED')`;
}

/** A condition on a run's status as logged: it is running. */
export function isRunning(status: string, { statuses }: AuditTablesState): string {
  return `${statusWord(status, statuses)} IN (${words(statuses.running)})`;
}

/** The same on runs. `null` for a log without a status, which is written at the end. */
export function loggedAsRunning(state: AuditTablesState): string | null {
  return state.runs.status === null ? null : isRunning(`r.${identifier(state.runs.status)}`, state);
}

/** A condition on a run's status as logged; none is no success. */
export function isSucceeded(status: string, { statuses }: AuditTablesState): string {
  return `UPPER(${status}) IN (${words(statuses.succeeded)})`;
}

function statusWord(column: string, statuses: Statuses): string {
  return `UPPER(COALESCE(${column}, ${literal(statuses.running[0] ?? 'RUNNING')}))`;
}

/** Any word that is neither success nor failure, or none, counts as skipped. */
function severity(column: string, statuses: Statuses): string {
  const failed = `UPPER(${column}) IN (${words(statuses.failed)})`;
  return `IFF(${failed}, 3, IFF(UPPER(${column}) IN (${words(statuses.succeeded)}), 1, 2))`;
}

function words(list: readonly string[]): string {
  return list.map(literal).join(', ');
}

/** The last part of a `unique_id` (`model.shop.orders`); a plain name is its own last part, as a package-qualified one is not. */
function nodeName(column: string): string {
  const uniqueId = `REGEXP_LIKE(${column}, '(model|seed|snapshot|test)[.][^.]+[.].+')`;
  return `COALESCE(IFF(${uniqueId}, SPLIT_PART(${column}, '.', 3), ${column}), '')`;
}

function isTest(ofTable: string | null, column: string | null): string {
  if (column !== null) return `IFF(LOWER(${column}) IN ('test', 'unit_test'), 1, 0)`;
  return ofTable === 'test' ? '1' : '0';
}
