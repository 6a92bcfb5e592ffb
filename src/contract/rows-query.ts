/**
 * One query over the rows of many logs: it reads them by the expressions of the generated views, and gives each fact as
 * a row of its own, `LOG, FACT, VALUE`, the value as JSON.
 */
import { jobScope } from '../decision/scope';
import { nodeTables } from '../log/nodes';
import { runColumns } from '../log/runs';
import { nodeSeverity } from '../log/words';
import { identifier, literal, qualified } from '../sql-text';
import type { Log } from './log';

/** Kinds of runs that are told one by one; jobs are looked for among them besides. */
const MOST_KINDS = 200;
const MOST_WORDS = 50;
/** Whatever the zone of a log's clock, a row lies no further from its time in UTC than this. */
const MARGIN_DAYS = 2;

export function rowsQuery(logs: readonly Log[]): string {
  const tables = logs.flatMap((log, at) => [
    `runs_${at} AS (\n${runRows(log)}\n)`,
    `each_run_${at} AS (\n${EACH_RUN}\nFROM runs_${at}\nGROUP BY run_id\n)`,
    `nodes_${at} AS (\n${nodeRows(log)}\n)`,
  ]);
  const facts = logs.flatMap((log, at) => factsOf(log, at));
  return `WITH ${tables.join(',\n')}\n${facts.join('\nUNION ALL\n')}`;
}

/** @param orNone whether a row without the time of its writing is read */
function bound(column: string | null, days: number, orNone: boolean): string {
  if (column === null) return 'TRUE';
  const name = `l.${identifier(column)}`;
  const since = `${name} >= DATEADD('day', -${days + MARGIN_DAYS}, SYSDATE())`;
  return orNone ? `(${since} OR ${name} IS NULL)` : since;
}

function runRows({ state, readers, days }: Log): string {
  const { runs } = state;
  const raw = (column: string | null): string =>
    column === null ? 'NULL::VARCHAR' : `l.${identifier(column)}::VARCHAR`;
  const columns = [
    ...runColumns(readers[0]!.deployment).map(({ name, expression }) => `${expression} AS ${name}`),
    `${raw(runs.project)} AS project_text`,
    `${raw(runs.environment)} AS environment_text`,
    `${raw(runs.status)} AS status_text`,
  ];
  return `SELECT
        ${columns.join(',\n        ')}
FROM ${qualified(runs.table)} l
WHERE ${bound(runs.prunedBy, days, runs.prunedBy !== runs.startedAt)}`;
}

/** Hooks may log a run when it starts and again when it ends. Names of their own: a name that is a column's too means the column. */
const EACH_RUN = `SELECT
    run_id,
    MAX(project_text) AS its_project,
    MAX(environment_text) AS its_environment,
    MAX(command) AS its_command,
    MAX(selection)
        || IFF(MAX(exclusion) = '', '', ' --exclude ' || MAX(exclusion))
        || IFF(MAX(yaml_selector) = '', '', ' --selector ' || MAX(yaml_selector)) AS scope,
    MIN(started_at) AS first_start,
    MAX(ended_at) AS last_end,
    COUNT(DISTINCT started_at) AS starts,
    MAX(severity) AS worst`;

function nodeRows({ state, days }: Log): string {
  const { nodes, statuses } = state;
  return nodeTables(state)
    .map(({ table, isNode, columns }) => {
      const ofName = (name: string): string => columns.find((column) => column.name === name)!.expression;
      return `SELECT
        ${ofName('run_id')} AS run_id,
        ${ofName('node_name')} AS node_name,
        ${ofName('is_test')} AS is_test,
        l.${identifier(nodes.name)}::VARCHAR AS name_text,
        l.${identifier(nodes.status)}::VARCHAR AS status_text,
        ${nodeSeverity(`l.${identifier(nodes.status)}`, statuses, 8)} AS severity
FROM ${table} l
WHERE ${isNode}
    AND ${bound(nodes.prunedBy, days, true)}`;
    })
    .join('\nUNION ALL\n');
}

type FactSql = (name: string, values: Readonly<Record<string, string>>, rest: string) => string;

function factsOf({ state, readers }: Log, at: number): string[] {
  const [runs, eachRun, nodes] = [`runs_${at}`, `each_run_${at}`, `nodes_${at}`];
  const fact: FactSql = (name, values, rest) =>
    `SELECT ${at} AS LOG, '${name}' AS FACT, ${json(values)} AS VALUE\n${rest}`;
  return [
    fact('table', { rows: 'COUNT(*)' }, `FROM ${qualified(state.runs.table)}`),
    fact('times', TIMES, `FROM ${eachRun}`),
    fact('kind', KIND, kinds(eachRun, readers)),
    ...(state.runs.status === null ? [] : [words(fact, 'run-word', runs)]),
    words(fact, 'node-word', nodes),
    fact(
      'name',
      { kind: 'kind', example: 'MIN(name_text)', count: 'COUNT(*)' },
      `FROM (\n${nameKinds(nodes)}\n)\nGROUP BY kind`,
    ),
    fact(
      'nodes',
      { rows: 'COUNT(*)', failed: countOf('n.severity = 3'), known: 'COUNT(r.run_id)' },
      `FROM ${nodes} n\nLEFT JOIN ${eachRun} r ON r.run_id = n.run_id`,
    ),
    fact('outcomes', OUTCOMES, outcomes(eachRun, nodes)),
  ];
}

/** `{"rows": 3}` */
function json(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([key, value]) => `'${key}', ${value}`);
  return `TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL(${pairs.join(', ')}))`;
}

/** The page of COUNT_IF says NULL where none matches, and no finding asks whether a count is NULL. */
function countOf(condition: string): string {
  return `COUNT(IFF(${condition}, 1, NULL))`;
}

/** Seconds from the start to the end; more than two starts under one id are no rows of one run. */
const TIMES = {
  runs: 'COUNT(*)',
  newest: `TO_CHAR(MAX(first_start), 'YYYY-MM-DD HH24:MI')`,
  now: `TO_CHAR(SYSDATE(), 'YYYY-MM-DD HH24:MI')`,
  newestEnd: `TO_CHAR(MAX(last_end), 'YYYY-MM-DD HH24:MI')`,
  startsAhead: countOf(`first_start > DATEADD('minute', 5, SYSDATE())`),
  endsAhead: countOf(`last_end > DATEADD('minute', 5, SYSDATE())`),
  ended: 'COUNT(last_end)',
  endsBefore: countOf(`last_end < DATEADD('minute', -1, first_start)`),
  shortest: `MIN(IFF(last_end >= first_start, DATEDIFF('second', first_start, last_end), NULL))`,
  repeated: countOf('starts > 2'),
};

const KIND = {
  project: 'its_project',
  environment: 'its_environment',
  command: 'its_command',
  scope: 'scope',
  runs: 'COUNT(*)',
};

/** The most frequent, and those that a job would be. */
function kinds(eachRun: string, readers: Log['readers']): string {
  const scopes = readers.flatMap(({ deployment, jobs }) => jobs.map((job) => jobScope(job, deployment)));
  const wanted = scopes.length === 0 ? '' : ` OR scope IN (${[...new Set(scopes)].map(literal).join(', ')})`;
  return `FROM ${eachRun}
GROUP BY its_project, its_environment, its_command, scope
QUALIFY ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) <= ${MOST_KINDS}${wanted}`;
}

function words(fact: FactSql, name: string, from: string): string {
  return fact(
    name,
    { word: 'word', count: 'COUNT(*)' },
    `FROM (SELECT UPPER(TRIM(status_text)) AS word FROM ${from})
GROUP BY word
QUALIFY ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) <= ${MOST_WORDS}`,
  );
}

/** As dbt would be asked for them; tests are named by what follows other rules. */
function nameKinds(nodes: string): string {
  return `SELECT name_text,
    CASE
        WHEN COALESCE(node_name, '') = '' THEN 'empty'
        WHEN REGEXP_LIKE(node_name, '[^.]+[.][^.]+[.][^.]+') AND node_name = name_text THEN 'relation'
        WHEN NOT REGEXP_LIKE(node_name, '[A-Za-z0-9_][A-Za-z0-9_.-]*') THEN 'unsafe'
        WHEN node_name = UPPER(node_name) AND node_name <> LOWER(node_name) THEN 'capitals'
        ELSE 'name'
    END AS kind
FROM ${nodes}
WHERE NOT is_test`;
}

const OUTCOMES = {
  failed: countOf('worst >= 2'),
  silent: countOf('worst >= 2 AND failed_nodes = 0'),
  ended: countOf('COALESCE(worst, 1) > 0'),
};

/** How each run ended, beside what its nodes say. */
function outcomes(eachRun: string, nodes: string): string {
  return `FROM (
    SELECT r.worst, COALESCE(n.not_well, 0) AS failed_nodes
    FROM ${eachRun} r
    LEFT JOIN (SELECT run_id, ${countOf('severity >= 2')} AS not_well FROM ${nodes} GROUP BY run_id) n
        ON n.run_id = r.run_id
)`;
}
