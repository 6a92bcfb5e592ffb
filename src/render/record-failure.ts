/** A failed run is marked failed in the user's own log: one row changed, or one written, in a table that is already there. */
import type { AuditTablesState } from '../model/deployment';
import { runsOfCall } from './decision/log-lookups';
import { indent } from './decision/query';
import { identifier, literal, qualified } from '../sql-text';
import type { Templates } from './templates';

export function recordFailure(log: AuditTablesState, templates: Templates): string {
  if (!log.recordable) return '';
  const { runs } = log;
  const row = newRow(log);
  return templates.render('procedure/record-failure', {
    table: qualified(runs.table),
    runs: indent(8, runsOfCall(log, ['run_id', 'state'])),
    runId: identifier(runs.runId),
    set: [
      `${identifier(runs.status!)} = ${literal(log.failedStatus)}`,
      ...(runs.endedAt === null
        ? []
        : [
            `${identifier(runs.endedAt)} = COALESCE(${identifier(runs.endedAt)}, ${nowIn(log.zones.endedAt)})`,
          ]),
    ].join(', '),
    columns: row.map(([column]) => identifier(column)).join(', '),
    values: row.map(([, value]) => value).join(', '),
  });
}

/** The row of a run that died before its first hook. */
function newRow(log: AuditTablesState): [column: string, value: string][] {
  const { runs, zones } = log;
  const row: [string | null, string][] = [
    [runs.runId, "'auto-restart-' || COALESCE(:v_query_id, UUID_STRING())"],
    [runs.startedAt, inZone(':v_called', zones.startedAt)],
    [runs.endedAt, nowIn(zones.endedAt)],
    [runs.status, literal(log.failedStatus)],
    [runs.project, ':PROJECT_NAME'],
    [runs.environment, log.environment === null ? 'NULL' : literal(log.environment)],
    [runs.command, "IFF(:v_word = 'RETRY', :v_retry_command, :v_command)"],
    [
      runs.selection,
      "COALESCE(NULLIF(IFF(:v_word = 'RETRY', REPLACE(:v_selector, ' ', ','), :v_selection), ''), 'all')",
    ],
  ];
  return row.filter((entry): entry is [string, string] => entry[0] !== null);
}

function nowIn(zone: string): string {
  return inZone('SYSDATE()', zone);
}

function inZone(utc: string, zone: string): string {
  return zone === 'UTC' ? utc : `CONVERT_TIMEZONE('UTC', ${literal(zone)}, ${utc})`;
}
