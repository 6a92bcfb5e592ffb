/** What has to hold of any log, said by adding one more run to it. Good for the reference and for generated SQL alike. */
import { MINUTE } from './reference/history';
import type { LoggedRun } from './reference/history';
import type { Lived } from './generators/world';

/** A run that starts after everything in `lived` has ended, and lasts a minute. */
export function addRun(
  lived: Lived,
  what: Pick<LoggedRun, 'status' | 'selection' | 'command' | 'nodes'>,
): Lived {
  const startedAt = endOfEverything(lived.history.runs) + MINUTE;
  const added: LoggedRun = {
    id: `${lived.world.project}-added`,
    project: lived.world.project,
    environment: 'prod',
    startedAt,
    endedAt: startedAt + MINUTE,
    ...what,
  };
  return { ...lived, history: { ...lived.history, runs: [...lived.history.runs, added] } };
}

/** Another job rebuilt `names`. */
export function rebuiltElsewhere(lived: Lived, names: string[], status = 'SUCCESS'): Lived {
  const nodes = names.map((name) => ({ name, status: 'SUCCESS' }));
  return addRun(lived, { status, command: 'run', selection: 'tag:nightly', nodes });
}

/** The tool retried `selector`. */
export function retried(lived: Lived, selector: string, status: string, rows: Record<string, string>): Lived {
  const nodes = Object.entries(rows).map(([name, word]) => ({ name, status: word }));
  return addRun(lived, { status, command: 'build', selection: selector.replaceAll(' ', ','), nodes });
}

export function endOfEverything(runs: readonly LoggedRun[]): number {
  const ends = runs.flatMap((run) => [run.startedAt, run.endedAt, ...run.nodes.map((node) => node.endedAt)]);
  return Math.max(0, ...ends.filter((end) => end != null));
}
