/** What is read right, and may surprise: times that know their zone, a selection column that is narrow. */
import type { AuditTablesState, Job } from '../model/deployment';
import { columnIn, placeOf, tableOf } from './column-findings';
import type { LogColumn, LogTable } from './columns';
import { finding, type Finding } from './finding';

export function typeFindings(
  state: AuditTablesState,
  jobs: readonly Job[],
  tables: readonly LogTable[],
): Finding[] {
  const table = tableOf(state.runs.table, tables);
  return table === undefined ? [] : [...timesWithZone(state, table), ...selectionWidth(state, jobs, table)];
}

const KNOWS_ZONE = ['TIMESTAMP_LTZ', 'TIMESTAMP_TZ'];

/** Where `zones` says otherwise, where the layout that ships has no zone, and where the other time has none. */
function timesWithZone(state: AuditTablesState, table: LogTable): Finding[] {
  const { startedAt, endedAt } = state.runs;
  const times = (['startedAt', 'endedAt'] as const).flatMap((key) => {
    const column = { startedAt, endedAt }[key];
    const found = column === null ? undefined : columnIn(table, column);
    return found === undefined ? [] : [{ key, found }];
  });
  const withZone = times.filter(({ found }) => KNOWS_ZONE.includes(found.type));
  const mixed = withZone.length > 0 && withZone.length < times.length;
  return withZone
    .filter(({ key }) => state.zones[key] !== 'UTC' || state.layout !== 'custom' || mixed)
    .map(({ key, found }) => timeWithZone(state, key, found, mixed));
}

function timeWithZone(
  state: AuditTablesState,
  key: 'startedAt' | 'endedAt',
  { name, type }: LogColumn,
  mixed: boolean,
): Finding {
  const zone = state.zones[key];
  const other = key === 'startedAt' ? 'endedAt' : 'startedAt';
  const said =
    zone === 'UTC' ? `zones.${key} is not applied to it` : `zones.${key}: '${zone}' is not applied to it`;
  const hint = [
    `leave state.zones.${key} out`,
    ...(mixed
      ? [
          `the other time is a wall clock: write state.zones.${other}: '<the zone of the session that wrote it>'`,
        ]
      : []),
  ].join('; ');
  return finding(
    'TIME_WITH_ZONE',
    placeOf(state.runs.table, name),
    `it is ${type}, a point in time: ${said}`,
    hint,
  );
}

function selectionWidth(state: AuditTablesState, jobs: readonly Job[], table: LogTable): Finding[] {
  const { selection } = state.runs;
  const column = selection === null ? undefined : columnIn(table, selection);
  if (column?.type !== 'TEXT' || column.width === null) return [];
  const longest = Math.max(0, ...jobs.map(({ policy }) => policy.maxSelectorLength));
  if (column.width >= longest) return [];
  return [
    finding(
      'SELECTION_WIDTH',
      placeOf(state.runs.table, column.name),
      `it holds ${column.width} characters, and a retry may select with ${longest}: the hook that logs it would fail, or cut it`,
      `write state.selectionWidth: ${column.width}`,
    ),
  ];
}
