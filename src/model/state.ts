/** `state` of the config -> where the outcome of earlier runs is read from, column by column. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { AuditTablesConfig, CustomLayout, StateConfig } from '../config/types';
import type { AuditTablesState, ObjectName, State } from './deployment';
import { withoutColumns } from './absent-columns';
import { checkNumber } from './bounds';
import { LAYOUTS, STATUS_WORDS, asLayout } from './layouts';
import { readIdentifier, readObjectName, type Home } from './read-names';
import { isTimeZone } from './time-zone';

/** @param readsMessages whether some policy asks what the messages of the nodes say */
export function resolveState(
  config: StateConfig,
  home: Home,
  readsMessages: boolean,
  problems: ProblemSink,
): State {
  if (config.kind === 'execution-history') return { kind: 'execution-history' };
  return resolveAuditTables(config, home, readsMessages, problems);
}

function resolveAuditTables(
  config: AuditTablesConfig,
  home: Home,
  readsMessages: boolean,
  problems: ProblemSink,
): AuditTablesState {
  const preset = typeof config.layout === 'string' ? LAYOUTS[config.layout] : asLayout(config.layout);
  const layout = withoutColumns(preset, config, problems);
  const logs: Home = {
    database:
      config.database === undefined ? home.database : readIdentifier(config.database, problems, ['database']),
    schema: config.schema === undefined ? home.schema : readIdentifier(config.schema, problems, ['schema']),
  };
  const column = (part: 'runs' | 'nodes', key: string, name: string) =>
    readIdentifier(name, problems, ['layout', part, key]);
  const optional = (part: 'runs' | 'nodes', key: string, name: string | undefined) =>
    name === undefined ? null : column(part, key, name);
  const table = (part: 'runs' | 'nodes', name: string): ObjectName =>
    readObjectName(name, logs, problems, ['layout', part, 'table']);
  const { runs, nodes } = layout;
  checkNumber(config.selectionWidth, 'selectionWidth', problems, 'a number of characters');

  const environment = config.where?.environment ?? null;
  if (environment?.trim() === '') {
    problems.add(
      ['where', 'environment'],
      'it is empty',
      "name dbt's target, or leave where.environment out",
    );
  }
  if (environment !== null && runs.environment === undefined) {
    problems.add(
      ['where', 'environment'],
      `the layout has no environment column to compare with ${showValue(environment)}`,
      typeof config.layout === 'string'
        ? 'take the column out of absentColumns, or leave where.environment out'
        : 'name the column in layout.runs.environment, or leave where.environment out',
    );
  }
  return {
    kind: 'audit-tables',
    layout: typeof config.layout === 'string' ? config.layout : 'custom',
    environment,
    zones: {
      startedAt: zone(config.zones?.startedAt, problems, ['zones', 'startedAt']),
      endedAt: zone(config.zones?.endedAt, problems, ['zones', 'endedAt']),
    },
    selectionWidth: config.selectionWidth ?? layout.selectionWidth,
    runs: {
      table: table('runs', runs.table),
      runId: column('runs', 'runId', runs.runId),
      startedAt: column('runs', 'startedAt', runs.startedAt),
      endedAt: optional('runs', 'endedAt', runs.endedAt),
      status: optional('runs', 'status', runs.status),
      project: optional('runs', 'project', runs.project),
      environment: optional('runs', 'environment', runs.environment),
      command: optional('runs', 'command', runs.command),
      selection: optional('runs', 'selection', runs.selection),
      commandLine: optional('runs', 'commandLine', runs.commandLine),
      exclude: optional('runs', 'exclude', runs.exclude),
      yamlSelector: optional('runs', 'yamlSelector', runs.yamlSelector),
      args: layout.args,
      prunedBy: optional('runs', 'createdAt', runs.createdAt),
      testsFailed: optional('runs', 'testsFailed', runs.testsFailed),
    },
    nodes: {
      tables: nodes.tables.map((entry) => ({ ...entry, table: table('nodes', entry.table) })),
      runId: column('nodes', 'runId', nodes.runId),
      name: column('nodes', 'name', nodes.name),
      status: column('nodes', 'status', nodes.status),
      startedAt: optional('nodes', 'startedAt', nodes.startedAt),
      endedAt: optional('nodes', 'endedAt', nodes.endedAt),
      resourceType: optional('nodes', 'resourceType', nodes.resourceType),
      nameIs: nodes.nameIs ?? 'name',
      message: optional(
        'nodes',
        'message',
        nodes.message ?? (readsMessages ? (layout.messageColumn ?? undefined) : undefined),
      ),
      prunedBy: optional('nodes', 'createdAt', nodes.createdAt),
    },
    ...vocabulary(typeof config.layout === 'string' ? undefined : config.layout.statuses, problems),
    recordable: runs.status !== undefined,
  };
}

function zone(name: string | undefined, problems: ProblemSink, path: string[]): string {
  if (name !== undefined && !isTimeZone(name)) {
    problems.add(
      path,
      `${showValue(name)} is not a time zone`,
      'use an IANA name such as America/Los_Angeles',
    );
  }
  return name ?? 'UTC';
}

function vocabulary(
  own: CustomLayout['statuses'],
  problems: ProblemSink,
): Pick<AuditTablesState, 'statuses' | 'failedStatus'> {
  const words = (kind: keyof typeof STATUS_WORDS) =>
    (own?.[kind] ?? STATUS_WORDS[kind]).map((word) => word.trim().toUpperCase());
  const statuses = {
    succeeded: words('succeeded'),
    failed: words('failed'),
    running: words('running'),
    skipped: words('skipped'),
  };
  const seen = new Map<string, string>();
  for (const [kind, list] of Object.entries(statuses)) {
    for (const word of list) {
      const other = seen.get(word);
      if (other !== undefined && other !== kind) {
        problems.add(
          ['layout', 'statuses', kind],
          `${showValue(word)} is also a word for ${other}`,
          'a word means one thing',
        );
      }
      seen.set(word, kind);
    }
  }
  // As the user wrote it: the log's own queries may compare case-sensitively.
  const failedStatus =
    own?.failed?.find((word) => word.toUpperCase() === 'FAILED') ?? own?.failed?.[0] ?? 'FAILED';
  return { statuses, failedStatus };
}
