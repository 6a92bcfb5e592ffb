import fc from '../properties';
import { CASES, FURTHER_CASES, callOf, expected, historyOf } from './cases';
import { everyHistory } from './generators/exhaustive';
import { live } from './generators/world';
import type { Lived } from './generators/world';
import { worlds } from './generators/worlds';
import { DAILY, NOW } from './logs';
import { endOfEverything, rebuiltElsewhere, retried } from './properties';
import { classify } from './reference/classify';
import { decide } from './reference/decide';
import type { Decision } from './reference/decide';
import { HOUR, MINUTE } from './reference/history';
import type { Call, LoggedRun } from './reference/history';
import { isSafeName } from './reference/selections';
import { SCRIPTS } from './scripts';
import { visibleIn } from './visible';

describe('the reference model on the worked cases', () => {
  const rows = [...CASES, ...FURTHER_CASES].flatMap((worked) =>
    worked.on.map((kind) => [worked.number, worked.title, kind, worked] as const),
  );

  it.each(rows)('%i: %s (%s)', (_, __, kind, worked) => {
    const { action, reason, message, selector } = decide(historyOf(worked, kind), callOf(worked, kind));
    expect({ action, reason, message, selector }).toEqual(expected(worked, kind));
  });

  it('covers all thirty numbers, together with the scripts', () => {
    const numbers = new Set([...CASES, ...SCRIPTS].map((worked) => worked.number));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
  });
});

/** The decision once everything has ended, long after the last start for crashes to be seen, whatever the age. */
function decided(lived: Lived, call: Partial<Call> = {}): Decision {
  const now = endOfEverything(lived.history.runs) + 7 * HOUR;
  const { daily, hourly, history } = lived;
  const policy = { ...daily.policy, maxAttempts: 1000, maxSelectorLength: 32000 };
  const job = { ...daily, policy };
  return decide(history, {
    job,
    jobs: [job, hourly],
    environment: 'prod',
    mode: 'AUTO',
    now,
    maxAgeHours: 1e6,
    ...call,
  });
}

/** Skipped nodes whose names no selector may hold: what they were skipped behind brings them in. */
function broughtIn({ outstanding }: Decision): Record<string, string> {
  return Object.fromEntries(outstanding.filter((name) => !isSafeName(name)).map((name) => [name, 'SUCCESS']));
}

const RUNS = { numRuns: 700, seed: 20260310 };

describe('what holds of any history', () => {
  it('is reached by the generator: every reason, and retries of several attempts', () => {
    const reasons = new Map<string, number>();
    fc.assert(
      fc.property(worlds, (world) => {
        const { history, daily, hourly } = live(world);
        const call: Call = {
          job: daily,
          jobs: [daily, hourly],
          environment: 'prod',
          mode: 'AUTO',
          now: NOW,
          maxAgeHours: null,
        };
        const { reason, attempt } = decide(history, call);
        for (const seen of [reason, `${reason} ${attempt}`]) reasons.set(seen, (reasons.get(seen) ?? 0) + 1);
      }),
      RUNS,
    );
    expect([...reasons.keys()]).toEqual(
      expect.arrayContaining([
        'RUN_IN_PROGRESS',
        'FIRST_RUN',
        'NORMAL_SCHEDULE',
        'FAILURE_TOO_OLD',
        'MAX_RETRIES_REACHED',
        'NO_FAILED_MODELS',
        'TEST_FAILED_UNNAMED',
        'UNSAFE_NAME',
        'SELECTOR_TOO_LONG',
        'RETRY 0',
        'RETRY 1',
        'RETRY 2',
      ]),
    );
  });

  it('never names again what another job rebuilt after the failure', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, pick) => {
        const lived = live(world);
        const before = decided(lived);
        fc.pre(before.reason === 'RETRY');
        const healed = before.outstanding.filter((_, index) => (pick >> index) % 2 === 1);
        const after = decided(rebuiltElsewhere(lived, healed));
        expect(after.outstanding).toEqual(before.outstanding.filter((name) => !healed.includes(name)));
        if (after.outstanding.length === 0) expect(after.reason).toBe('NORMAL_SCHEDULE');
      }),
      RUNS,
    );
  });

  it('heals nothing by a run that failed, whatever it logged', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const lived = live(world);
        const before = decided(lived);
        fc.pre(before.reason === 'RETRY');
        expect(decided(rebuiltElsewhere(lived, before.outstanding, 'FAILED'))).toEqual(before);
      }),
      RUNS,
    );
  });

  it('is healed by a retry that named everything and succeeded', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const lived = live(world);
        const before = decided(lived);
        fc.pre(before.reason === 'RETRY');
        const after = decided(retried(lived, before.selector ?? '', 'SUCCESS', broughtIn(before)));
        expect([after.reason, after.attempt]).toEqual(['NORMAL_SCHEDULE', before.attempt + 1]);
      }),
      RUNS,
    );
  });

  it('keeps after a failed retry exactly what that retry did not rebuild', () => {
    fc.assert(
      fc.property(worlds, fc.nat(), (world, pick) => {
        const lived = live(world);
        const before = decided(lived);
        fc.pre(before.reason === 'RETRY');
        const word = (index: number): string => ((pick >> index) % 2 === 1 ? 'SUCCESS' : 'FAIL');
        const rows = Object.fromEntries(before.outstanding.map((name, index) => [name, word(index)]));
        const failed = before.outstanding.filter((name) => rows[name] === 'FAIL');
        fc.pre(failed.length > 0 && before.outstanding.every(isSafeName));
        const after = decided(retried(lived, before.selector ?? '', 'FAILED', rows));
        expect([after.reason, after.attempt, after.outstanding]).toEqual([
          'RETRY',
          before.attempt + 1,
          failed,
        ]);
      }),
      RUNS,
    );
  });

  it('calls a chain healed only when everything that failed in its full run was rebuilt since', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const lived = live(world);
        fc.pre(decided(lived).reason === 'NORMAL_SCHEDULE');
        const ours = inOrder(lived.history.runs);
        const full = ours.findLastIndex((run) => run.selection === 'all' && run.command === 'build');
        for (const { name, status } of ours[full]?.nodes ?? []) {
          if (status === 'SUCCESS') continue;
          expect(ours.slice(full + 1).some((run) => rebuilt(run, name))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('names only nodes that are not fine: their last run did not rebuild them', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const lived = live(world);
        const { reason, outstanding } = decided(lived);
        fc.pre(reason === 'RETRY');
        const last = lastFullSuccess(lived.history.runs);
        for (const name of outstanding) expect(last.has(name)).toBe(false);
      }),
      RUNS,
    );
  });

  it('plans what the next automatic call does', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const lived = live(world);
        expect(decided(lived, { mode: 'PLAN' })).toEqual(decided(lived, { mode: 'AUTO' }));
      }),
      RUNS,
    );
  });
});

/** The runs in prod by start, end and id. */
function inOrder(runs: readonly LoggedRun[]): LoggedRun[] {
  const key = ({ startedAt, endedAt, id }: LoggedRun): string =>
    [startedAt, endedAt ?? Number.MAX_SAFE_INTEGER].map((time) => String(time).padStart(16, '0')).join() + id;
  return runs.filter((run) => run.environment === 'prod').sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Whether `run` logged a good result of `name`, or was a retry that named it and succeeded. */
function rebuilt(run: LoggedRun, name: string): boolean {
  const named = new Set(run.selection?.split(','));
  const succeeded =
    run.status === 'SUCCESS' && [`${name}+`, `1+${name}`, name].some((unit) => named.has(unit));
  return succeeded || run.nodes.some((node) => node.name === name && node.status === 'SUCCESS');
}

/** What the latest run of all rebuilt, if that run succeeded. */
function lastFullSuccess(runs: readonly LoggedRun[]): Set<string> {
  const ours = inOrder(runs);
  const latest = ours.at(-1);
  const before = endOfEverything(ours.filter((run) => run !== latest));
  if (latest?.status !== 'SUCCESS' || latest.startedAt < before) return new Set();
  return new Set(latest.nodes.filter((node) => node.status === 'SUCCESS').map((node) => node.name));
}

describe('following the decisions while everything fails', () => {
  it.each([1, 2, 3, 5])('builds everything again after %i retries, on every kind of log', (maxAttempts) => {
    for (const kind of ['selection', 'no-selection', 'execution-history'] as const) {
      const job = { ...DAILY, policy: { ...DAILY.policy, maxAttempts } };
      const runs: LoggedRun[] = [];
      const actions: string[] = [];
      for (let tick = 0; tick < 3 * (maxAttempts + 1); tick++) {
        const now = NOW + tick * HOUR;
        const call: Call = { job, jobs: [job], environment: null, mode: 'AUTO', now, maxAgeHours: null };
        const { action, selector } = decide({ kind, runs: visibleIn(kind, runs) }, call);
        actions.push(action);
        runs.push({
          id: `run-${String(tick).padStart(3, '0')}`,
          project: job.project,
          startedAt: now,
          endedAt: now + MINUTE,
          status: 'FAILED',
          command: 'build',
          selection: selector ?? 'all',
          ...(selector === null ? {} : { retryOf: job.name }),
          nodes: [{ name: 'a', status: 'FAIL' }],
        });
      }
      const chain = ['FULL_BUILD', ...Array.from({ length: maxAttempts }, () => 'SELECTIVE_RETRY')];
      expect(actions).toEqual([...chain, ...chain, ...chain]);
    }
  });
});

describe('every history up to length 3', () => {
  const histories = everyHistory(3);

  it('has 1,885 of them', () => {
    expect(histories).toHaveLength(1 + 12 + 144 + 1728);
  });

  it('shows in the view the number of retries that the decision counts', () => {
    for (const { runs, daily, hourly } of histories) {
      const call: Call = {
        job: daily,
        jobs: [daily, hourly],
        environment: 'prod',
        mode: 'AUTO',
        now: NOW,
        maxAgeHours: null,
      };
      const { attempt } = decide({ kind: 'selection', runs }, call);
      const shown = [...classify({ kind: 'selection', runs }, [daily, hourly], 'prod', NOW).values()];
      const sequence = shown.filter((each) => each.job === 'daily').at(-1)?.retrySequence ?? 0;
      expect(sequence).toBe(attempt);
    }
  });

  it('never retries more than the policy allows between full runs', () => {
    for (const { runs, daily, hourly } of histories) {
      const call: Call = {
        job: daily,
        jobs: [daily, hourly],
        environment: 'prod',
        mode: 'AUTO',
        now: NOW,
        maxAgeHours: null,
      };
      const { action, attempt } = decide({ kind: 'selection', runs }, call);
      if (attempt >= daily.policy.maxAttempts) expect(action).toBe('FULL_BUILD');
    }
  });
});
