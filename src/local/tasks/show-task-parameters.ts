import type { StatementHandler } from '../engine/contract';
import { SESSION_PARAMETERS } from '../reference/parameters';
import { likePattern } from '../catalog/like-pattern';
import { TokenReader } from '../sql/token-reader';
import { VARCHAR } from '../values';
import { namedTask } from './named-task';
import { TAKEN } from './session-parameters';
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
    const parameters = parametersOf(properties)
      .filter(([key]) => like.test(key))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return {
      columns: columns.map((name) => ({ name, type: VARCHAR })),
      rows: parameters.map(([key, value, preset, type]) => [
        ...[key, String(value ?? preset), String(preset), value === undefined ? '' : 'TASK'],
        ...['', type],
      ]),
    };
  },
};

type Parameter = [key: string, value: string | number | undefined, preset: string | number, type: string];

function parametersOf(properties: Task['properties']): Parameter[] {
  return [
    ['LOG_LEVEL', properties.logLevel, 'OFF', 'STRING'],
    ['SERVERLESS_TASK_MAX_STATEMENT_SIZE', properties.serverlessTaskMaxStatementSize, 'XXLARGE', 'STRING'],
    ['SERVERLESS_TASK_MIN_STATEMENT_SIZE', properties.serverlessTaskMinStatementSize, 'XSMALL', 'STRING'],
    [
      'SUSPEND_TASK_AFTER_NUM_FAILURES',
      properties.suspendTaskAfterNumFailures,
      DEFAULT_FAILURES_BEFORE_SUSPENSION,
      'NUMBER',
    ],
    ['TASK_AUTO_RETRY_ATTEMPTS', properties.taskAutoRetryAttempts, 0, 'NUMBER'],
    [
      'USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE',
      properties.userTaskManagedInitialWarehouseSize,
      'Medium',
      'STRING',
    ],
    ['USER_TASK_TIMEOUT_MS', properties.userTaskTimeoutMs, DEFAULT_TIMEOUT_MS, 'NUMBER'],
    ...[...TAKEN].map((name): Parameter => {
      const preset = SESSION_PARAMETERS.get(name) ?? PRESETS[name] ?? '';
      const type = /^\d+$/.test(preset) ? 'NUMBER' : /^(true|false)$/.test(preset) ? 'BOOLEAN' : 'STRING';
      return [name, properties.sessionParameters?.[name], preset, type];
    }),
  ];
}

/** Of those that only a task takes. https://docs.snowflake.com/en/sql-reference/parameters */
const PRESETS: Record<string, string> = {
  ABORT_DETACHED_QUERY: 'false',
  LOCK_TIMEOUT: '43200',
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: '0',
  TRACE_LEVEL: 'OFF',
};
