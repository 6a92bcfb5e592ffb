/** What only shows when something is cancelled, or runs twice at once: tasks do both without a second session. */
import { literal } from '../sql-text';
import { PREFIX, probeOf, type Place, type Probe } from './probe';

/** Seconds: the tasks have ended by then. */
export const WAIT_SECONDS = 120;
const TIMEOUT_MS = 10_000;

export function taskProbes({ schema, warehouse }: Place): Probe[] {
  const named = (name: string): string => `${schema}.${PREFIX}${name}`;
  const marks = named('MARKS');
  const mark = (who: string, what: string): string => `INSERT INTO ${marks} SELECT '${who}', ${what}`;
  const task = (name: string, body: string, timeout = 600_000): string[] => [
    `CREATE OR REPLACE TASK ${named(name)} WAREHOUSE = ${warehouse} USER_TASK_TIMEOUT_MS = ${timeout} AS\nEXECUTE IMMEDIATE $$\n${body};\n$$`,
    `EXECUTE TASK ${named(name)}`,
  ];
  const sleeper = (who: string): string => `BEGIN
    ${mark(who, "'began'")};
    CALL SYSTEM$WAIT(60);
    ${mark(who, "'went on'")};
EXCEPTION
    WHEN OTHER THEN
        ${mark(who, "'handled'")};
END`;
  const answer = (who: string): string =>
    `SELECT COALESCE(LISTAGG(what, ', ') WITHIN GROUP (ORDER BY what), 'nothing') AS answer FROM ${marks} WHERE who = '${who}'`;
  const creates = (name: string): string[] =>
    task(
      name,
      // Both wait for the same full minute.
      `DECLARE
    statement VARCHAR DEFAULT 'CALL SYSTEM$WAIT(' || (60 - DATE_PART('second', SYSDATE())) || ')';
BEGIN
    EXECUTE IMMEDIATE :statement;
    CREATE VIEW ${named('LOCK')} AS SELECT 1 AS a;
    ${mark('create', "'made'")};
EXCEPTION
    WHEN OTHER THEN
        ${mark('create', "'refused'")};
END`,
    );
  return [
    probeOf({
      id: 'cancelled-block',
      question: 'does the EXCEPTION part of a block run when the block is cancelled by a timeout',
      assumes: 'no: what has to be started again is written down before anything is suspended',
      expected: 'began',
      prepare: [
        `CREATE OR REPLACE TABLE ${marks} (who VARCHAR, what VARCHAR)`,
        ...task('CANCELLED', sleeper('timeout'), TIMEOUT_MS),
      ],
      ask: answer('timeout'),
    }),
    probeOf({
      id: 'block-cancelled-by-hand',
      question: 'and when somebody cancels it',
      assumes: 'no, as above',
      expected: 'began',
      prepare: [
        ...task('STOPPED', sleeper('by hand')),
        'CALL SYSTEM$WAIT(30)',
        `SELECT SYSTEM$USER_TASK_CANCEL_ONGOING_EXECUTIONS(${literal(named('STOPPED'))})`,
      ],
      ask: answer('by hand'),
    }),
    probeOf({
      id: 'two-creates',
      question: 'can two CREATE VIEW of one name at once both succeed',
      assumes: 'no: one is made and one refused, which is what makes a lock of a name',
      expected: 'made, refused',
      prepare: [...creates('ONE'), ...creates('TWO')],
      ask: answer('create'),
    }),
  ];
}
