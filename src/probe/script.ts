/** The same questions as a script for a worksheet: run it whole, and copy the one value of its last result. */
import { literal } from '../sql-text';
import { cleanUp, leftOut, probesOf } from './all';
import { PREFIX, type Place, type Probe } from './probe';
import { WAIT_SECONDS } from './tasks';

export function probeScript(place: Place): string {
  const left = leftOut(place).map(({ what, wants }) => `-- Left out: ${what}; it wants ${wants}.`);
  const statements = scriptStatements(place).map((sql) => `${sql};\n`);
  return [...HEAD, ...left, '', ...statements, ...FOOT].join('\n');
}

/** One after the other; that of the answer is the one before the last `cleanUp`. */
export function scriptStatements(place: Place): string[] {
  const probes = probesOf(place);
  const found = `${place.schema}.${PREFIX}FOUND`;
  return [
    ...cleanUp(place),
    `CREATE TABLE ${found} (id VARCHAR, question VARCHAR, assumes VARCHAR, expected VARCHAR, found VARCHAR)`,
    ...probes.flatMap(({ prepare }) => prepare),
    `CALL SYSTEM$WAIT(${WAIT_SECONDS})`,
    ...probes.flatMap((probe) => asked(probe, found)),
    result(found),
    ...cleanUp(place),
  ];
}

/** The names that stand in docs/probe.sql, to be replaced. */
export const EXAMPLE: Place = {
  schema: 'MY_DATABASE.MY_SCRATCH',
  warehouse: 'MY_WAREHOUSE',
  role: 'MY_ROLE',
  reader: 'MY_READER',
  project: { database: 'MY_DATABASE', schema: 'MY_SCHEMA', name: 'MY_DBT_PROJECT' },
  log: { table: 'MY_DATABASE.MY_SCHEMA.MY_RUN_LOG', prunedBy: 'MY_STARTED_AT' },
  views: {
    history: 'MY_DATABASE.MY_SCHEMA.V_AUTO_RESTART_HISTORY',
    state: 'MY_DATABASE.MY_SCHEMA.V_AUTO_RESTART_STATE',
  },
};

const HEAD = [
  '-- What the SQL of dbt-auto-restart leans on, tried on this account: doctor --probe sends the same statements.',
  `-- Everything it makes begins with ${PREFIX} and is dropped at the end. It takes about two minutes of a small warehouse.`,
  '-- Replace the names in capitals that begin with MY_, run all of it, and copy the value of the last SELECT.',
];
const FOOT = ['-- The answer is the result of the SELECT above the DROPs.', ''];

/** A role in between keeps its answer in a variable: it may not write it down. */
function asked({ id, question, assumes, expected, before, ask, after }: Probe, found: string): string[] {
  const values = [id, question, assumes].map(literal).join(', ');
  const pattern = expected === null ? 'NULL' : literal(expected);
  const insert = (answer: string): string => `INSERT INTO ${found} SELECT ${values}, ${pattern}, ${answer}`;
  if (before.length === 0) return [ask, `${insert('$1::VARCHAR')} FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))`];
  return [
    ...before,
    `SET auto_restart_probe_answer = (${ask})`,
    ...after,
    insert('$auto_restart_probe_answer'),
  ];
}

function result(found: string): string {
  return `SELECT TO_JSON(OBJECT_CONSTRUCT(
    'format', 1,
    'snowflake', CURRENT_VERSION(),
    'results', ARRAY_AGG(OBJECT_CONSTRUCT(
        'id', id, 'question', question, 'assumes', assumes, 'found', found,
        'verdict', CASE
            WHEN STARTSWITH(found, 'error ') AND expected IS NOT NULL THEN 'not answered'
            WHEN expected IS NULL THEN 'recorded'
            WHEN REGEXP_LIKE(found, expected, 's') THEN 'as assumed'
            ELSE 'deviates'
        END
    )) WITHIN GROUP (ORDER BY id)
)) AS probe
FROM ${found}`;
}
