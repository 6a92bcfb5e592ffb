/**
 * The parameters of tasks, which SHOW TASKS leaves out: all of them in one statement, from GET_DDL. Its text is not compared: only these numbers
 * are looked for in it. https://docs.snowflake.com/en/sql-reference/functions/get_ddl
 */
import type { DeployedTask } from '../plan/deployed';
import { literal, qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { textIn } from './answers';

/** Snowflake's own values, where a task states none. https://docs.snowflake.com/en/sql-reference/parameters */
const DEFAULTS: Readonly<Record<string, string>> = {
  USER_TASK_TIMEOUT_MS: '3600000',
  SUSPEND_TASK_AFTER_NUM_FAILURES: '10',
  TASK_AUTO_RETRY_ATTEMPTS: '0',
};

/** Adds the parameters to the tasks' properties; where they cannot be read they stay absent, and `unseen` says so. */
export async function readParameters(
  session: Session,
  tasks: readonly DeployedTask[],
  unseen: string[],
): Promise<void> {
  if (tasks.length === 0) return;
  const calls = tasks.map(({ name }, at) => `GET_DDL('TASK', ${literal(qualified(name))}) AS DDL_${at}`);
  let texts: string[];
  try {
    const { rows } = await session.run(`SELECT\n  ${calls.join(',\n  ')}`);
    texts = tasks.map((_, at) => withoutTexts(textIn(rows[0] ?? {}, `DDL_${at}`) ?? ''));
  } catch (error) {
    unseen.push(`timeouts and limits of tasks were not compared: ${(error as Error).message.split('\n')[0]}`);
    return;
  }
  for (const [parameter, preset] of Object.entries(DEFAULTS)) {
    const values = texts.map((text) => new RegExp(`\\b${parameter}\\s*=\\s*(\\d+)`, 'i').exec(text)?.[1]);
    // An account whose GET_DDL never shows a parameter says nothing by leaving it out.
    if (values.every((value) => value === undefined)) continue;
    tasks.forEach((task, at) => {
      const isOfGraph = parameter !== 'USER_TASK_TIMEOUT_MS';
      const value =
        values[at] ?? (isOfGraph && (task.after.length > 0 || task.finalizes !== null) ? null : preset);
      task.properties[parameter] = value;
    });
  }
}

/** Without strings, in which the name of a parameter would be only a word. */
function withoutTexts(ddl: string): string {
  return ddl.replace(/'(?:[^'\\]|''|\\[\s\S])*'/g, "''");
}
