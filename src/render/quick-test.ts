/**
 * The seed's quick test on whatever log is configured: one failed full run of a job and one failed node in it, as the
 * latest rows, so that it works on an empty log and on one with years of runs.
 */
import type { AuditTablesState, Job } from '../model/deployment';
import { identifier, literal, qualified } from '../sql-text';

export interface QuickTest {
  /** The model that is made to fail. */
  model: string;
  /** Statements without semicolons. */
  simulate: string[];
  cleanUp: string[];
}

const RUN_ID = 'auto-restart-quick-test';

export function quickTest(state: AuditTablesState, job: Job): QuickTest {
  // The o2c layout comes from the order-to-cash project, so a model of it can be named.
  const model = state.layout === 'o2c' ? 'dm_o2c_reconciliation' : 'my_model';
  const { runs, nodes } = state;
  const [firstTable] = nodes.tables;
  if (firstTable === undefined) throw new Error('a log has at least one table of nodes');
  return {
    model,
    simulate: [
      insert(qualified(runs.table), runColumns(state, job)),
      insert(qualified(firstTable.table), nodeColumns(state, job, model)),
    ],
    cleanUp: [
      `DELETE FROM ${qualified(firstTable.table)} WHERE ${identifier(nodes.runId)} = ${literal(RUN_ID)}`,
      `DELETE FROM ${qualified(runs.table)} WHERE ${identifier(runs.runId)} = ${literal(RUN_ID)}`,
    ],
  };
}

type Columns = [column: string | null, value: string][];

function runColumns(state: AuditTablesState, job: Job): Columns {
  const { runs, zones } = state;
  const selection = selectionText(state, job);
  return [
    [runs.runId, literal(RUN_ID)],
    [runs.project, literal(job.project)],
    [state.environment === null ? null : runs.environment, literal(state.environment ?? '')],
    [runs.startedAt, secondsAgo(2, zones.startedAt)],
    [runs.endedAt, secondsAgo(1, zones.endedAt)],
    [runs.status, literal(state.failedStatus)],
    [runs.command, literal(job.command)],
    [
      selection === null ? null : (runs.args ?? runs.selection),
      // An OBJECT column takes no text.
      runs.args === null ? literal(selection ?? '') : `PARSE_JSON(${literal(selection ?? '')})`,
    ],
  ];
}

function nodeColumns(state: AuditTablesState, job: Job, model: string): Columns {
  const { nodes, zones, statuses } = state;
  const failed = statuses.failed.find((word) => word === 'FAIL' || word === 'ERROR') ?? state.failedStatus;
  const name = state.layout === 'dbt_artifacts' ? `model.${job.project}.${model}` : model;
  return [
    [state.layout === 'o2c' ? 'LOG_ID' : null, literal(`${RUN_ID}_${model}`)],
    [nodes.runId, literal(RUN_ID)],
    [nodes.name, literal(name)],
    [nodes.status, literal(failed)],
    [nodes.startedAt, secondsAgo(2, zones.startedAt)],
    [nodes.endedAt, secondsAgo(1, zones.endedAt)],
    [nodes.resourceType, literal('model')],
  ];
}

/** The selection as the log would have it; `null` where no value says "everything". */
function selectionText(state: AuditTablesState, job: Job): string | null {
  if (job.select.length === 0) return state.layout === 'o2c' ? 'all' : null;
  return state.runs.args !== null ? JSON.stringify({ select: job.select }) : job.select.join(',');
}

/** A wall clock of the column's own zone. */
function secondsAgo(seconds: number, zone: string): string {
  const utc = `DATEADD('second', -${seconds}, SYSDATE())`;
  return zone === 'UTC' ? utc : `CONVERT_TIMEZONE('UTC', ${literal(zone)}, ${utc})`;
}

function insert(table: string, columns: Columns): string {
  const present = columns.filter((entry): entry is [string, string] => entry[0] !== null);
  const names = present.map(([column]) => identifier(column));
  const values = present.map(([, value]) => value);
  return [
    listed(`INSERT INTO ${table} (`, names, ')', ' '),
    // Each value can be found by its place.
    listed('SELECT', values, '', '\n'),
  ].join('\n');
}

/** On one line where that fits a screen with its semicolon, else below `start`, a little further in. */
function listed(start: string, items: readonly string[], end: string, between: ' ' | '\n'): string {
  const line = `${start}${start.endsWith('(') ? '' : ' '}${items.join(', ')}${end}`;
  if (line.length < 120) return line;
  const lines = between === '\n' ? items.map((item) => [item]) : filled(items);
  return `${start}\n    ${lines.map((some) => some.join(', ')).join(',\n    ')}${end}`;
}

/** As many of the items a line as fit. */
function filled(items: readonly string[]): string[][] {
  const lines: string[][] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && [...last, item].join(', ').length < 110) last.push(item);
    else lines.push([item]);
  }
  return lines;
}
