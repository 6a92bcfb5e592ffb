/**
 * A log of the user's own, as hooks written by hand fill it: which column holds what, in which words, and in which of
 * the manners that such logs have in the field. It comes as JSON, in the shape of the config's own layout.
 */
import { z } from 'zod';
import type { QualifiedName } from '../../engine/contract';
import type { SameType } from '../../same-type';
import { splitName } from '../../sql/token-reader';
import type { Manner } from './manner';

export interface Mapping {
  runs: { table: QualifiedName; columns: Readonly<Partial<Record<RunRole, string>>> };
  nodes: { table: QualifiedName; columns: Readonly<Partial<Record<NodeRole, string>>> };
  words: Words;
  /** What the clock shows that fills columns without a zone of their own. */
  zones: { startedAt: string; endedAt: string };
  manner: Manner;
}

export const RUN_ROLES = [
  ...([
    'runId',
    'startedAt',
    'endedAt',
    'status',
    'project',
    'environment',
    'command',
    'commandLine',
  ] as const),
  ...(['selection', 'exclude', 'yamlSelector', 'testsFailed'] as const),
] as const;
export type RunRole = (typeof RUN_ROLES)[number];

export const NODE_ROLES = [
  'runId',
  'name',
  'status',
  'startedAt',
  'endedAt',
  'resourceType',
  'message',
] as const;
export type NodeRole = (typeof NODE_ROLES)[number];

export interface Words {
  succeeded: string;
  failed: string;
  running: string;
  skipped: string;
}

const manner = z.strictObject({
  rows: z.enum(['updated', 'start-and-end', 'end']).optional(),
  nodeRows: z.enum(['end', 'start-and-end']).optional(),
  ids: z.enum(['invocation', 'number', 'day']).optional(),
  times: z
    .enum(['ntz', 'ltz', 'tz', 'text', 'text-with-offset', 'seconds', 'milliseconds', 'date'])
    .optional(),
  names: z.enum(['name', 'unique-id', 'relation', 'capitals']).optional(),
  selections: z.enum(['commas', 'spaces', 'json', 'python']).optional(),
  commands: z.enum(['word', 'line']).optional(),
  statuses: z.enum(['words', 'capitals', 'padded', 'boolean']).optional(),
  operations: z.boolean().optional(),
  required: z.record(z.string(), z.string()).optional(),
  views: z.boolean().optional(),
});
/** What is checked is what the type says. */
export const mannerIsTyped: SameType<Manner, z.infer<typeof manner>> = true;
export const MANNER = manner;

const names = (roles: readonly string[]) =>
  z.strictObject({
    table: z.string(),
    ...Object.fromEntries(roles.map((role) => [role, z.string().nullish()])),
  });

const SHAPE = z.strictObject({
  runs: names(RUN_ROLES),
  nodes: names(NODE_ROLES),
  statuses: z
    .strictObject({
      succeeded: z.array(z.string()).optional(),
      failed: z.array(z.string()).optional(),
      running: z.array(z.string()).optional(),
      skipped: z.array(z.string()).optional(),
    })
    .optional(),
  zones: z.strictObject({ startedAt: z.string().optional(), endedAt: z.string().optional() }).optional(),
  writes: manner.optional(),
});

/** @throws ZodError for what is no mapping */
export function readMapping(json: unknown, home: { database: string; schema: string }): Mapping {
  const { runs, nodes, statuses, zones, writes = {} } = SHAPE.parse(json);
  return {
    runs: { table: tableIn(home, String(runs.table)), columns: columnsOf(runs, RUN_ROLES) },
    nodes: { table: tableIn(home, String(nodes.table)), columns: columnsOf(nodes, NODE_ROLES) },
    words: {
      succeeded: statuses?.succeeded?.[0] ?? 'SUCCESS',
      failed: statuses?.failed?.[0] ?? 'FAILED',
      running: statuses?.running?.[0] ?? 'RUNNING',
      skipped: statuses?.skipped?.[0] ?? 'SKIPPED',
    },
    zones: { startedAt: zones?.startedAt ?? 'UTC', endedAt: zones?.endedAt ?? 'UTC' },
    manner: writes,
  };
}

function tableIn(home: { database: string; schema: string }, text: string): QualifiedName {
  const [name = '', schema = home.schema, database = home.database] = splitName(text).reverse();
  return { database, schema, name };
}

function columnsOf<Role extends string>(
  given: Readonly<Record<string, unknown>>,
  roles: readonly Role[],
): Partial<Record<Role, string>> {
  const mapped: Partial<Record<Role, string>> = {};
  for (const role of roles) {
    const name = given[role];
    if (typeof name === 'string') mapped[role] = splitName(name)[0]!;
  }
  return mapped;
}

/** The table that the hooks write: the one that is mapped, or the one behind it. */
export function writtenTable(table: QualifiedName, { views }: Manner): QualifiedName {
  return views ? { ...table, name: `${table.name}_ROWS` } : table;
}
