/** All probes of a place, what is left out there and why, and what takes everything away again. */
import { bodyProbes } from './bodies';
import { historyProbes } from './history';
import { PREFIX, type Place, type Probe } from './probe';
import { scriptingProbes } from './scripting';
import { taskProbes } from './tasks';
import { viewProbes } from './views';

export function probesOf(place: Place): Probe[] {
  return [
    ...taskProbes(place),
    ...scriptingProbes(),
    ...historyProbes(place),
    ...viewProbes(place),
    ...bodyProbes(place),
  ];
}

/** What cannot be tried there, and what it wants. */
export function leftOut({ reader, project, log, views }: Place): { what: string; wants: string }[] {
  const found = [];
  if (project === null)
    found.push({ what: "Snowflake's own history", wants: 'a deployment that executes a dbt project' });
  if (reader === null)
    found.push({
      what: 'what another role sees',
      wants: '--reader ROLE, one with USAGE on the database and the schema',
    });
  if (log === null) found.push({ what: 'pruning', wants: 'a deployment with a run log' });
  if (views === null)
    found.push({ what: 'the cost of the core views', wants: 'a deployment that was applied' });
  return found;
}

/** Drops what the probes make, by name. */
export function cleanUp({ schema, role }: Place): string[] {
  const drop = (kind: string, names: readonly string[]): string[] =>
    names.map((name) => `DROP ${kind} IF EXISTS ${schema}.${PREFIX}${name}`);
  return [
    `USE ROLE ${role}`,
    ...drop('TASK', ['CANCELLED', 'STOPPED', 'ONE', 'TWO']),
    ...drop('VIEW', ['LOCK', 'HISTORY', 'BODY']),
    ...drop('TABLE', ['MARKS', 'FOUND']),
    `DROP PROCEDURE IF EXISTS ${schema}.${PREFIX}PROCEDURE()`,
  ];
}
