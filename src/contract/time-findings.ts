/** Times measured against the account's clock and each other: a wall clock of another zone is hours off. */
import type { AuditTablesState } from '../model/deployment';
import { placeOf } from './column-findings';
import { count, writeColumn } from './config-words';
import type { LogFacts, Word } from './facts';
import { finding, type Finding } from './finding';

/** With fewer runs one long run is no sign. */
const ENOUGH_RUNS = 3;
const LONG_HOURS = 4;

export function timeFindings(state: AuditTablesState, { times, runWords }: LogFacts): Finding[] {
  const { startedAt, endedAt, runId, table } = state.runs;
  const starts = placeOf(table, startedAt);
  const found: Finding[] = [];
  if (times.startsAhead > 0)
    found.push(ahead(state, 'startedAt', starts, times.startsAhead, times.newest, times.now));
  if (endedAt !== null) {
    const ends = placeOf(table, endedAt);
    if (times.endsAhead > 0)
      found.push(ahead(state, 'endedAt', ends, times.endsAhead, times.newestEnd, times.now));
    if (times.endsBefore > 0) {
      const said = `${times.endsBefore} of ${count(times.ended, 'run ends', 'runs end')} before the start, so their end is not known`;
      found.push(finding('END_BEFORE_START', ends, said, zones(state)));
    }
    const hours = (times.shortest ?? 0) / 3600;
    if (times.ended >= ENOUGH_RUNS && hours >= LONG_HOURS) {
      const said = `the shortest of ${times.ended} runs took ${hours.toFixed(1)} hours`;
      found.push(finding('RUNS_TOO_LONG', ends, said, `${zones(state)}; nothing, if that is so`));
    }
  }
  found.push(...neverEnd(state, times.runs, runWords));
  if (times.repeated > 0) {
    const said = `${count(times.repeated, 'id stands', 'ids stand')} for several runs: they are taken for one`;
    const hint = `name a column that is another for each run, as dbt's invocation_id: ${writeColumn(state, { key: 'runs.runId' }, '<the column>')}`;
    found.push(finding('RUN_ID_REPEATS', placeOf(table, runId), said, hint));
  }
  return found;
}

function ahead(
  { zones: wallClocks }: AuditTablesState,
  key: 'startedAt' | 'endedAt',
  where: string,
  number: number,
  newest: string | null,
  now: string,
): Finding {
  return finding(
    'TIME_IN_FUTURE',
    where,
    `${count(number, 'run lies', 'runs lie')} in the future, the newest at ${newest ?? '?'} UTC while it is ${now} UTC, when read as ${wallClocks[key]}`,
    `write state.zones: { ${key}: '<the zone of the session that writes it>' }`,
  );
}

function zones({ zones: { startedAt, endedAt } }: AuditTablesState): string {
  return `write the zone of each: state.zones: { startedAt: '${startedAt}', endedAt: '<the zone of the session that writes it>' }, now ${endedAt}`;
}

/** A hook at the start alone: each run is waited for, and counts as crashed once it is stale. */
function neverEnd({ runs, statuses }: AuditTablesState, number: number, words: readonly Word[]): Finding[] {
  const running = ['', ...statuses.running];
  if (runs.status === null || number < ENOUGH_RUNS) return [];
  if (words.some(({ word }) => !running.includes(word ?? ''))) return [];
  return [
    finding(
      'RUNS_NEVER_END',
      placeOf(runs.table, runs.status),
      `all ${number} runs are running: each is waited for, and counts as crashed afterwards`,
      'let an on-run-end hook write status and end, or name the column that holds them',
    ),
  ];
}
