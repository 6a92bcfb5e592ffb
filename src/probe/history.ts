/**
 * Snowflake's own history of a dbt project.
 * https://docs.snowflake.com/en/sql-reference/functions/dbt_project_execution_history
 * https://docs.snowflake.com/en/sql-reference/functions/system_locate_dbt_artifacts
 */
import { literal, qualified } from '../sql-text';
import { guarded, PREFIX, probeOf, type Place, type Probe } from './probe';

/** A selection that no dbt takes without a state: it fails before anything is built, and `list` builds nothing. */
const FAILING_ARGS = 'list --select state:modified';

export function historyProbes({ schema, role, reader, project }: Place): Probe[] {
  if (project === null) return [];
  const history = `TABLE(SNOWFLAKE.INFORMATION_SCHEMA.DBT_PROJECT_EXECUTION_HISTORY(OBJECT_NAME => ${literal(project.name)}, DATABASE => ${literal(project.database)}, SCHEMA => ${literal(project.schema)}, RESULT_LIMIT => 10000))`;
  const view = `${schema}.${PREFIX}HISTORY`;
  const probes = [
    probeOf({
      id: 'failed-compile-artifacts',
      question: 'what do the locating function and LIST show of a run that failed before it built anything',
      assumes:
        'a place for any run, and no target/run_results.json in it: the files are looked at before a retry',
      expected: '.*run_results.json: no',
      prepare: [
        guarded(
          '    nothing VARCHAR;',
          `    EXECUTE IMMEDIATE ${literal(`EXECUTE DBT PROJECT ${qualified(project)} ARGS = '${FAILING_ARGS}'`)};
    RETURN 'it did not fail';`,
        ),
      ],
      ask: guarded(
        '    id VARCHAR;\n    state VARCHAR;\n    place VARCHAR;\n    statement VARCHAR;\n    results NUMBER DEFAULT 0;',
        `    SELECT MAX_BY(query_id, query_start_time), MAX_BY(state, query_start_time)
    INTO :id, :state
    FROM ${history}
    WHERE CONTAINS(args, 'state:modified');
    IF (id IS NULL) THEN
        RETURN 'the run is not in the history';
    END IF;
    BEGIN
        SELECT SYSTEM$LOCATE_DBT_ARTIFACTS(:id) INTO :place;
    EXCEPTION
        WHEN OTHER THEN
            RETURN COALESCE(state, 'no state') || ', located: no (' || SQLCODE || '), run_results.json: no';
    END;
    BEGIN
        statement := 'LIST ''' || place || '''';
        EXECUTE IMMEDIATE :statement;
        SELECT COUNT(*) INTO :results
        FROM TABLE(RESULT_SCAN(LAST_QUERY_ID()))
        WHERE ENDSWITH("name", '/target/run_results.json');
    EXCEPTION
        WHEN OTHER THEN
            RETURN COALESCE(state, 'no state') || ', located: yes, LIST: error ' || SQLCODE || ', run_results.json: no';
    END;
    RETURN COALESCE(state, 'no state') || ', located: yes, run_results.json: ' || IFF(results > 0, 'yes', 'no');`,
      ),
    }),
    probeOf({
      id: 'history-through-a-view',
      question: 'does a view over the history function show its owner what the function shows',
      assumes: 'yes: the run view is such a view',
      expected: 'the same.*',
      prepare: [`CREATE OR REPLACE VIEW ${view} AS SELECT query_id FROM ${history}`],
      ask: `SELECT IFF(d.runs = v.runs, 'the same (' || d.runs || ')', d.runs || ' directly, ' || v.runs || ' through a view') AS answer FROM (SELECT COUNT(*) AS runs FROM ${history}) d CROSS JOIN (SELECT COUNT(*) AS runs FROM ${view}) v`,
    }),
  ];
  if (reader === null) return probes;
  return [
    ...probes,
    probeOf({
      id: 'history-through-a-view-of-another',
      question:
        "whose role does the history function see inside a view that another role owns: the reader's or the owner's",
      assumes: 'nothing: read and call grant MONITOR on the dbt project',
      expected: null,
      prepare: [`GRANT SELECT ON VIEW ${view} TO ROLE ${reader}`],
      before: [`USE ROLE ${reader}`],
      ask: `SELECT COUNT(*)::VARCHAR || ' runs' AS answer FROM ${view}`,
      after: [`USE ROLE ${role}`],
    }),
  ];
}
