/** What a task does: call the procedure, or run dbt plainly. One statement, without the closing semicolon. */
import type { Deployment, ExecuteDbtProjectRunner, Task } from '../model/deployment';
import { call, callText } from './call';
import { constant, literal, qualified, runnerProcedure } from '../sql-text';

export function taskBody(action: Task['action'], deployment: Deployment): string {
  if (action.kind === 'dbt') return plainDbt(action.project, action.command, deployment);
  return callText(deployment, { project: action.project, name: action.job }, action.mode);
}

/** @param command dbt's command line without the leading `dbt`: `test --select tag:nightly` */
export function plainDbt(project: string, command: string, { runner }: Deployment): string {
  if (runner.kind === 'procedure')
    return call(runnerProcedure(runner), [literal(project), literal(`dbt ${command}`)]);
  return executeDbtProject(runner, command);
}

/** https://docs.snowflake.com/en/sql-reference/sql/execute-dbt-project */
function executeDbtProject(runner: ExecuteDbtProjectRunner, command: string): string {
  const { dbtVersion, envVars, writeback } = runner;
  const args = constant(command);
  // Twelve columns in, in a block.
  const clauses = [`ARGS =${args.length > 120 - 12 - 8 ? '\n        ' : ' '}${args}`];
  if (dbtVersion !== null) clauses.push(`DBT_VERSION = ${constant(dbtVersion)}`);
  if (envVars.length > 0) {
    const pairs = envVars.map(({ name, value }) => `${constant(name)} = ${constant(value)}`);
    clauses.push(`ENV_VARS = (\n        ${pairs.join(',\n        ')})`);
  }
  if (writeback !== null) clauses.push(`WRITEBACK = ${writeback ? 'TRUE' : 'FALSE'}`);
  return [`EXECUTE DBT PROJECT ${qualified(runner.object)}`, ...clauses].join('\n    ');
}
