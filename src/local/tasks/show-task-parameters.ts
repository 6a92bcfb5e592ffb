import type { StatementHandler } from '../engine/contract';
import { TokenReader } from '../sql/token-reader';
import { VARCHAR } from '../values';
import { likePattern } from '../engine/statements/show';
import { namedTask } from './named-task';
import { DEFAULT_FAILURES_BEFORE_SUSPENSION, DEFAULT_TIMEOUT_MS, type Task } from './task';

/** https://docs.snowflake.com/en/sql-reference/sql/show-parameters */
export const showTaskParameters: StatementHandler = {
  name: 'SHOW PARAMETERS IN TASK',
  matches: (tokens) => {
    const words = tokens.map(({ value }) => value);
    const at = words.findIndex((word) => word === 'IN' || word === 'FOR');
    return words[0] === 'SHOW' && words[1] === 'PARAMETERS' && at > 0 && words[at + 1] === 'TASK';
  },
  run: async ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW', 'PARAMETERS');
    const like = reader.accept('LIKE') ? likePattern(reader.string()) : /^/;
    reader.at += 2;
    const { properties } = namedTask(reader, session);
    reader.end();
    const columns = ['key', 'value', 'default', 'level', 'description', 'type'];
    const parameters = parametersOf(properties).filter(([key]) => like.test(key));
    return {
      columns: columns.map((name) => ({ name, type: VARCHAR })),
      rows: parameters.map(([key, value, preset, type]) => [
        ...[key, value ?? preset, preset, value === undefined ? '' : 'TASK'],
        ...['', type],
      ]),
    };
  },
};

function parametersOf(properties: Task['properties']): [string, string | undefined, string, string][] {
  const number = (value: number | undefined) => (value === undefined ? undefined : String(value));
  const session = Object.entries(properties.sessionParameters ?? {});
  return [
    ['SERVERLESS_TASK_MAX_STATEMENT_SIZE', properties.serverlessTaskMaxStatementSize, 'XXLARGE', 'STRING'],
    ['SERVERLESS_TASK_MIN_STATEMENT_SIZE', properties.serverlessTaskMinStatementSize, 'XSMALL', 'STRING'],
    [
      'SUSPEND_TASK_AFTER_NUM_FAILURES',
      number(properties.suspendTaskAfterNumFailures),
      String(DEFAULT_FAILURES_BEFORE_SUSPENSION),
      'NUMBER',
    ],
    ['TASK_AUTO_RETRY_ATTEMPTS', number(properties.taskAutoRetryAttempts), '0', 'NUMBER'],
    [
      'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE',
      properties.userTaskManagedInitialWarehouseSize,
      'Medium',
      'STRING',
    ],
    ['USER_TASK_TIMEOUT_MS', number(properties.userTaskTimeoutMs), String(DEFAULT_TIMEOUT_MS), 'NUMBER'],
    ...session.map(([key, value]): [string, string, string, string] => [key, value, '', 'STRING']),
  ];
}
