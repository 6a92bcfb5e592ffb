/**
 * CONFIG, the JSON object that every task of a graph run can read.
 * https://docs.snowflake.com/en/user-guide/tasks-graphs, https://docs.snowflake.com/en/sql-reference/functions/system_get_task_graph_config
 */
import { invalidTask } from './task-errors';

type Fields = Record<string, unknown>;

/** @throws SnowflakeError unless the text is a JSON object */
export function parseConfig(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isObject(value))
    throw invalidTask('Invalid config. Must be a string representation of a valid JSON Object.');
  return value;
}

/** USING CONFIG: its fields go before those of the task's, inside nested objects too. @returns JSON text */
export function mergeConfig(preset: string | null, dynamic: string): string {
  const given = parseConfig(dynamic);
  return JSON.stringify(preset === null ? given : merged(parseConfig(preset), given));
}

function merged(preset: Fields, given: Fields): Fields {
  const fields = new Map(Object.entries(preset));
  for (const [name, value] of Object.entries(given)) {
    const before = fields.get(name);
    fields.set(name, isObject(before) && isObject(value) ? merged(before, value) : value);
  }
  return Object.fromEntries(fields);
}

/** The value at a path such as `a.b`, `a[0]`, `"odd key"`: text as it is, anything else as JSON; NULL for none. */
export function configValue(config: string, path: string): string | null {
  const steps = path.match(/\[\d+\]|"(?:[^"]|"")*"|[^.[\]"]+/g) ?? [];
  const value = steps.reduce<unknown>((from, step) => {
    const name = step
      .replace(/^\[(\d+)\]$/, '$1')
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"');
    if (Array.isArray(from) && !/^\[/.test(step)) return undefined;
    return typeof from === 'object' && from !== null && Object.hasOwn(from, name)
      ? (from as Fields)[name]
      : undefined;
  }, JSON.parse(config));
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
