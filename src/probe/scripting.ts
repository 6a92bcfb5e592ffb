/** Snowflake Scripting where its pages are silent. https://docs.snowflake.com/en/developer-guide/snowflake-scripting/exceptions */
import { guarded, probeOf, type Probe } from './probe';

export function scriptingProbes(): Probe[] {
  return [
    probeOf({
      id: 'bare-raise',
      question: 'what does a bare RAISE raise after an inner block has handled another error',
      assumes: 'nothing: what was raised is kept and raised anew',
      expected: null,
      ask: guarded(
        "    first_error EXCEPTION (-20011, 'the first error');",
        `    BEGIN
        RAISE first_error;
    EXCEPTION
        WHEN OTHER THEN
            BEGIN
                EXECUTE IMMEDIATE 'SELECT 1 / 0';
            EXCEPTION
                WHEN OTHER THEN
                    NULL;
            END;
            RAISE;
    END;
    RETURN 'nothing was raised';
`,
      ),
    }),
    probeOf({
      id: 'select-into-no-row',
      question: 'what does SELECT INTO leave in its variable when there is no row',
      assumes: 'nothing: only aggregates are selected into variables',
      expected: null,
      ask: guarded(
        "    answer VARCHAR DEFAULT 'what it was before';",
        `    SELECT 'a row' INTO :answer FROM (SELECT 1 AS a) WHERE a = 2;
    RETURN COALESCE(answer, 'NULL');`,
      ),
    }),
    probeOf({
      id: 'count-if-nothing',
      question: 'what is COUNT_IF over no row, and where no row matches',
      assumes: 'nothing: generated SQL counts with COUNT, whose page says 0; its own page says NULL',
      expected: null,
      ask: `SELECT 'over no row: ' || COALESCE(n.number::VARCHAR, 'NULL') || ', where none matches: ' || COALESCE(m.number::VARCHAR, 'NULL') AS answer
FROM (SELECT COUNT_IF(a > 0) AS number FROM (SELECT 1 AS a) WHERE a = 2) n
CROSS JOIN (SELECT COUNT_IF(a > 5) AS number FROM (SELECT 1 AS a)) m`,
    }),
    probeOf({
      id: 'sqlid-of-failure',
      question: 'which query id is SQLID in a handler',
      assumes: 'nothing: it names a row of the log, and where it is NULL a random id does',
      expected: null,
      ask: guarded(
        '    good_id VARCHAR;\n    failed_id VARCHAR;',
        `    EXECUTE IMMEDIATE 'SELECT 1';
    good_id := SQLID;
    BEGIN
        EXECUTE IMMEDIATE 'SELECT 1 / 0';
    EXCEPTION
        WHEN OTHER THEN
            failed_id := SQLID;
    END;
    RETURN IFF(failed_id IS NULL, 'NULL', IFF(failed_id = good_id, 'the statement before', 'an id of its own'));`,
      ),
    }),
  ];
}
