/**
 * Every history up to a length over {full, retry, other job, manual} x {succeeded, failed, crashed}: one project each,
 * so that all of them fit into one log.
 */
import { DAILY, HOURLY, NOW } from '../logs';
import { decide } from '../reference/decide';
import { HOUR, MINUTE } from '../reference/history';
import type { LoggedNode, LoggedRun, RestartJob } from '../reference/history';

const KINDS = ['full', 'retry', 'other', 'manual'] as const;
const OUTCOMES = ['succeeded', 'failed', 'crashed'] as const;
type Kind = (typeof KINDS)[number];
type Ending = (typeof OUTCOMES)[number];

export interface ProjectHistory {
  project: string;
  /** `full- retry+ other?`, for failure messages. */
  title: string;
  runs: LoggedRun[];
  daily: RestartJob;
  hourly: RestartJob;
}

/** a feeds b; c stands alone. */
const CHILDREN: Record<string, string[]> = { a: ['b'], b: [], c: [] };
/** Hours between the start of the last run and the call: three times young enough, once on the second, once too old. */
const WAITS = [7, 7, 7, 24.25, 25];

export function everyHistory(maxLength: number): ProjectHistory[] {
  const histories: ProjectHistory[] = [];
  for (let length = 0; length <= maxLength; length++) {
    const many = (KINDS.length * OUTCOMES.length) ** length;
    for (let index = 0; index < many; index++) {
      histories.push(historyAt(length, index, `p${histories.length}`));
    }
  }
  return histories;
}

function historyAt(length: number, index: number, project: string): ProjectHistory {
  const daily = { ...DAILY, project };
  const hourly = { ...HOURLY, project };
  const lastStart = NOW - (WAITS[index % WAITS.length] ?? 0) * HOUR;
  const runs: LoggedRun[] = [];
  const words: string[] = [];
  for (let position = 0, rest = index; position < length; position++) {
    const kind = KINDS[rest % KINDS.length] ?? 'full';
    rest = Math.floor(rest / KINDS.length);
    const ending = OUTCOMES[rest % OUTCOMES.length] ?? 'failed';
    rest = Math.floor(rest / OUTCOMES.length);
    const startedAt = lastStart - (length - 1 - position) * 2 * HOUR;
    const odd = (index + position) % 2 === 1;
    runs.push({
      id: `${project}-${position + 1}`,
      project,
      environment: 'prod',
      startedAt,
      endedAt: ending === 'crashed' ? null : startedAt + 15 * MINUTE,
      status: { succeeded: 'SUCCESS', failed: 'FAILED', crashed: 'RUNNING' }[ending],
      ...whatRan(kind, ending, odd, startedAt, namesToRetry(runs, daily, hourly)),
    });
    words.push(`${kind}${{ succeeded: '+', failed: '-', crashed: '?' }[ending]}`);
  }
  return { project, title: words.join(' '), runs, daily, hourly };
}

type What = Pick<LoggedRun, 'command' | 'selection' | 'nodes' | 'retryOf'>;

function whatRan(kind: Kind, ending: Ending, odd: boolean, startedAt: number, open: string[]): What {
  const logged = (words: Record<string, string>): LoggedNode[] =>
    Object.entries(words).map(([name, status]) => ({ name, status, endedAt: startedAt + 5 * MINUTE }));
  switch (kind) {
    case 'full': {
      const failed = odd
        ? { a: 'SUCCESS', b: 'SUCCESS', c: 'FAIL' }
        : { a: 'FAIL', b: 'SKIPPED', c: 'SUCCESS' };
      const rows = {
        succeeded: { a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' },
        failed,
        crashed: { c: 'SUCCESS' },
      };
      return { command: 'build', selection: 'all', nodes: logged(rows[ending]) };
    }
    case 'retry': {
      const selection = open.map((name) => `${name}+`).join(',');
      return { command: 'build', selection, retryOf: 'daily', nodes: logged(retriedRows(open, ending, odd)) };
    }
    case 'other': {
      const rows = {
        succeeded: { a: 'SUCCESS' },
        failed: { a: 'SUCCESS', b: 'ERROR' },
        crashed: { a: 'SUCCESS' },
      };
      return { command: 'run', selection: 'tag:merge,tag:append_only', nodes: logged(rows[ending]) };
    }
    case 'manual': {
      const name = odd ? 'c' : 'b';
      const rows = { succeeded: { [name]: 'SUCCESS' }, failed: { [name]: 'FAIL' }, crashed: {} };
      return { command: 'build', selection: odd ? 'c+' : 'b', nodes: logged(rows[ending]) };
    }
  }
}

function retriedRows(names: string[], ending: Ending, odd: boolean): Record<string, string> {
  const [first = 'a', ...others] = names;
  const children = names.flatMap((name) => CHILDREN[name] ?? []);
  const all = (list: string[], word: string): Record<string, string> =>
    Object.fromEntries(list.map((name) => [name, word]));
  const fine = { ...all(children, 'SUCCESS'), ...all(names, 'SUCCESS') };
  if (ending === 'succeeded') return fine;
  if (ending === 'crashed') return odd ? { [first]: 'SUCCESS' } : {};
  if (odd && children.length > 0) return { ...fine, ...all(children, 'FAIL') };
  return { ...all(others, 'SUCCESS'), ...all(CHILDREN[first] ?? [], 'SKIPPED'), [first]: 'FAIL' };
}

/** What the procedure would have retried; `a` where it would not have. */
function namesToRetry(runs: LoggedRun[], daily: RestartJob, hourly: RestartJob): string[] {
  const call = { job: daily, jobs: [daily, hourly], environment: 'prod', now: NOW, maxAgeHours: 1000 };
  const { action, outstanding } = decide({ kind: 'selection', runs }, { ...call, mode: 'AUTO' });
  return action === 'SELECTIVE_RETRY' ? outstanding : ['a'];
}
