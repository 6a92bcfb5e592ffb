/**
 * A runner that does what it is told: a procedure that takes project and command, notes the command, and in each
 * invocation runs the statements that a table holds for it. It stands where SYSTEM$DBT_RUN or a user's own would.
 */
import type { Session } from '../../../src/snowflake/session';
import type { LoggedRun } from '../reference/history';
import type { LogLayout } from './layouts/layout';
import { insertStatements } from './log-tables';

const BAKE = `CREATE OR REPLACE PROCEDURE BAKE(PROJECT VARCHAR, COMMAND VARCHAR) RETURNS VARCHAR LANGUAGE SQL EXECUTE AS CALLER AS
$$
DECLARE
    invocation NUMBER;
    statement VARCHAR;
    burnt EXCEPTION (-20100, 'the cake is burnt');
BEGIN
    INSERT INTO EDW.O2C_AUDIT.BAKED (command) VALUES (:COMMAND);
    SELECT COUNT(*) INTO :invocation FROM EDW.O2C_AUDIT.BAKED;
    LET steps RESULTSET := (SELECT step FROM EDW.O2C_AUDIT.RECIPE WHERE invocation = :invocation ORDER BY position);
    FOR each IN steps DO
        statement := each.step;
        IF (statement = 'RAISE') THEN RAISE burnt; END IF;
        EXECUTE IMMEDIATE :statement;
    END FOR;
    RETURN 'baked';
END;
$$`;

export async function createFakeDbt(session: Session): Promise<void> {
  await session.run('CREATE OR REPLACE TABLE BAKED (command VARCHAR)');
  await session.run('CREATE OR REPLACE TABLE RECIPE (invocation NUMBER, position NUMBER, step VARCHAR)');
  await session.run(BAKE);
}

/** Empties both tables: the next invocation is the first. */
export async function resetFakeDbt(session: Session): Promise<void> {
  await session.run('DELETE FROM BAKED');
  await session.run('DELETE FROM RECIPE');
}

export interface Invocation {
  /** What dbt's hooks, or another job meanwhile, write into the log. */
  writes: LoggedRun[];
  raises: boolean;
}

/** @param first number of the invocation that the first of `invocations` is for; the first ever is 1 */
export async function teach(
  session: Session,
  layout: LogLayout,
  first: number,
  invocations: readonly Invocation[],
): Promise<void> {
  for (const [index, { writes, raises }] of invocations.entries()) {
    const steps = [...layout.rows(writes).flatMap(insertStatements), ...(raises ? ['RAISE'] : [])];
    for (const [position, step] of steps.entries()) {
      const text = step.replaceAll('\\', '\\\\').replaceAll("'", "''");
      await session.run(
        `INSERT INTO RECIPE (invocation, position, step) VALUES (${first + index}, ${position}, '${text}')`,
      );
    }
  }
}

/** The command lines so far, in order. */
export async function commandsRun(session: Session): Promise<string[]> {
  const { rows } = await session.run('SELECT command FROM BAKED');
  return rows.map((row) => String(row['COMMAND']));
}
