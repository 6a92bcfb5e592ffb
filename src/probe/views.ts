/** What the views cost. https://docs.snowflake.com/en/sql-reference/functions/explain_json */
import { literal } from '../sql-text';
import { probeOf, type Place, type Probe } from './probe';

export function viewProbes({ log, views }: Place): Probe[] {
  return [...(log === null ? [] : [pruning(log)]), ...(views === null ? [] : coreViews(views))];
}

function pruning({ table, prunedBy }: NonNullable<Place['log']>): Probe {
  const assigned = (bound: string): string =>
    `PARSE_JSON(SYSTEM$EXPLAIN_PLAN_JSON(${literal(`SELECT * FROM ${table} WHERE ${prunedBy} >= ${bound}`)})):GlobalStats:partitionsAssigned::VARCHAR`;
  return probeOf({
    id: 'pruning-by-sysdate',
    question: 'does a bound of DATEADD over SYSDATE() prune partitions as a constant does',
    assumes: 'yes: the views bound what they read so',
    expected: 'as a constant.*',
    ask: `SELECT IFF(s = c, 'as a constant (' || s || ' partitions)', s || ' partitions, ' || c || ' with a constant') AS answer
FROM (SELECT ${assigned("DATEADD('day', -1, SYSDATE())")} AS s, ${assigned('(CURRENT_DATE() - 1)::TIMESTAMP_NTZ')} AS c)`,
  });
}

function coreViews(views: NonNullable<Place['views']>): Probe[] {
  return Object.entries(views).map(([name, view]) => {
    const marked = `SELECT COUNT(*) AS AUTO_RESTART_PROBE_${name.toUpperCase()} FROM ${view}`;
    return probeOf({
      id: `cost-of-${name}`,
      question: `how long does the ${name} view take to compile, and what does it scan`,
      assumes: 'some seconds, and a scan of each table of the log for each view below it',
      expected: null,
      prepare: [marked],
      ask: `SELECT 'compiled in ' || MAX(COMPILATION_TIME) || ' ms, ran ' || MAX(EXECUTION_TIME) || ' ms, scanned ' || MAX(BYTES_SCANNED) || ' bytes in ' || MAX(REGEXP_COUNT(SYSTEM$EXPLAIN_PLAN_JSON(${literal(marked)}), '"TableScan"')) || ' scans' AS answer
FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY_BY_SESSION(RESULT_LIMIT => 1000))
WHERE QUERY_TEXT = ${literal(marked)}`,
    });
  });
}
