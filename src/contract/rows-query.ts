/**
 * One query over the rows of many logs: it reads them by the expressions of the generated views, and gives each fact as
 * a row of its own, `LOG, FACT, VALUE`, the value as JSON.
 */
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
    `nodes_${at} AS (\n${nodeRows(log)}\n)`,
  ]);
  const facts = logs.flatMap((log, at) => factsOf(log, at));
  return `WITH ${tables.join(',\n')}\n${facts.join('\nUNION ALL\n')}`;
}

function bound(column: string | null, days: number): string {
  if (column === null) return 'TRUE';
  const name = `l.${identifier(column)}`;
  return `(${name} >= DATEADD('day', -${days + MARGIN_DAYS}, SYSDATE()) OR ${name} IS NULL)`;
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
  return `SELECT\n        ${columns.join(',\n        ')}\nFROM ${qualified(runs.table)} l\nWHERE ${bound(runs.prunedBy, days)}`;
}

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
    AND ${bound(nodes.prunedBy, days)}`;
    })
    .join('\nUNION ALL\n');
}

function factsOf({ state, readers }: Log, at: number): string[] {
  const runs = `runs_${at}`;
  const nodes = `nodes_${at}`;
  const fact = (name: string, values: Readonly<Record<string, string>>, rest: string): string =>
    `SELECT ${at} AS LOG, '${name}' AS FACT, ${json(values)} AS VALUE\n${rest}`;
  const scopes = [...new Set(readers.flatMap(({ jobs }) => jobs.map(({ selection }) => selection)))];
  return [
    fact('table', { rows: 'COUNT(*)' }, `FROM ${qualified(state.runs.table)}`),
    fact('times', TIMES, `FROM (\n${EACH_RUN}\nFROM ${runs} GROUP BY run_id)`),
    fact(
      'kind',
      KIND,
      `FROM ${runs}
GROUP BY project_text, environment_text, command, ${SCOPE}
QUALIFY ROW_NUMBER() OVER (ORDER BY COUNT(*) DESC) <= ${MOST_KINDS} OR ${SCOPE} IN (${scopes.map(literal).join(', ')})`,
    ),
    ...(state.runs.status === null ? [] : [words(fact, 'run-word', runs)]),
    words(fact, 'node-word', nodes),
    fact(
      'name',
      { kind: 'kind', example: 'MIN(name_text)', count: 'COUNT(*)' },
      `FROM (\n${nameKinds(nodes)})\nGROUP BY kind`,
    ),
    fact(
      'nodes',
      { rows: 'COUNT(*)', failed: 'COUNT_IF(n.severity = 3)', known: 'COUNT_IF(r.run_id IS NOT NULL)' },
      `FROM ${nodes} n\nLEFT JOIN (SELECT DISTINCT run_id FROM ${runs}) r ON r.run_id = n.run_id`,
    ),
    fact('outcomes', OUTCOMES, `FROM (\n${outcomes(runs, nodes)})`),
  ];
}

/** `{"rows": 3}` */
function json(values: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(values).map(([key, value]) => `'${key}', ${value}`);
  return `TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL(${pairs.join(', ')}))`;
}

const EACH_RUN = `SELECT run_id, MIN(started_at) AS started_at, MAX(ended_at) AS ended_at, COUNT(*) AS logged,
    COUNT(DISTINCT started_at) AS starts`;

/** Seconds from the start to the end; more than two starts under one id are no rows of one run. */
const TIMES = {
  runs: 'COUNT(*)',
  newest: `TO_CHAR(MAX(started_at), 'YYYY-MM-DD HH24:MI')`,
  now: `TO_CHAR(SYSDATE(), 'YYYY-MM-DD HH24:MI')`,
  newestEnd: `TO_CHAR(MAX(ended_at), 'YYYY-MM-DD HH24:MI')`,
  startsAhead: `COUNT_IF(started_at > DATEADD('minute', 5, SYSDATE()))`,
  endsAhead: `COUNT_IF(ended_at > DATEADD('minute', 5, SYSDATE()))`,
  ended: 'COUNT(ended_at)',
  endsBefore: `COUNT_IF(ended_at < DATEADD('minute', -1, started_at))`,
  shortest: `MIN(IFF(ended_at >= started_at, DATEDIFF('second', started_at, ended_at), NULL))`,
  repeated: 'COUNT_IF(starts > 2)',
};

const SCOPE = `selection || IFF(exclusion = '', '', ' --exclude ' || exclusion)
        || IFF(yaml_selector = '', '', ' --selector ' || yaml_selector)`;

const KIND = {
  project: 'project_text',
  environment: 'environment_text',
  command: 'command',
  scope: SCOPE,
  runs: 'COUNT(DISTINCT run_id)',
};

type FactSql = (name: string, values: Readonly<Record<string, string>>, rest: string) => string;

function words(fact: FactSql, name: string, from: string): string {
  return fact(
    name,
    { word: 'UPPER(TRIM(status_text))', count: 'COUNT(*)' },
    `FROM ${from}
GROUP BY UPPER(TRIM(status_text))
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
  failed: 'COUNT_IF(severity >= 2)',
  silent: 'COUNT_IF(severity >= 2 AND failed_nodes = 0)',
  ended: 'COUNT_IF(COALESCE(severity, 1) > 0)',
};

/** How each run ended, beside what its nodes say. */
function outcomes(runs: string, nodes: string): string {
  return `SELECT r.run_id, r.severity, COALESCE(n.failed_nodes, 0) AS failed_nodes
FROM (SELECT run_id, MAX(severity) AS severity FROM ${runs} GROUP BY run_id) r
LEFT JOIN (SELECT run_id, COUNT_IF(severity >= 2) AS failed_nodes FROM ${nodes} GROUP BY run_id) n
    ON n.run_id = r.run_id`;
}
