/** Steps of a bakery, by the fields that matter. */
import type { Rehearsed } from '../../src/rehearse/rehearsal';
import type { Step } from '../../src/rehearse/step';
import { summaryOf } from '../../src/rehearse/summary';

export function step(given: Partial<Step> = {}): Step {
  const at = given.at ?? '2026-01-05 04:00';
  const started = `${at.replace(' ', 'T')}:00Z`;
  const ended = new Date(Date.parse(started) + 600_000).toISOString().replace('.000', '');
  return {
    ...{
      at,
      task: 'BAKE_BREAD',
      role: null,
      mode: 'AUTO',
      action: 'FULL_BUILD',
      reason: 'NORMAL_SCHEDULE',
      attempt: 0,
    },
    ...{ message: '🔵 FULL BUILD: Normal scheduled run', command: 'build', ran: ['dough', 'bread'] },
    ...{
      failed: [],
      skipped: [],
      notSelected: [],
      outcome: 'SUCCEEDED',
      started,
      ended,
      dbtStarted: started,
      dbtEnded: ended,
    },
    ...given,
  };
}

export function rehearsed(given: Partial<Rehearsed> = {}): Rehearsed {
  const steps = given.steps ?? [step()];
  return {
    ...{ name: '1-bread', title: 'Every morning there is bread', ok: true, steps, differences: [] },
    ...{ start: '2026-01-05T00:00:00Z', end: '2026-01-06T00:00:00Z', tasks: ['BAKE_BREAD'], events: [] },
    messages: [],
    summary: summaryOf(steps),
    ...given,
  };
}

/** Every hour for so many days, one in 50 fails and is retried. */
export function hourly(days: number): Step[] {
  return Array.from({ length: days * 24 }, (_, hour) => {
    const at = new Date(Date.UTC(2026, 0, 5, hour)).toISOString().slice(0, 16).replace('T', ' ');
    if (hour % 50 === 7)
      return step({ at, outcome: 'FAILED', failed: ['dough'], ran: ['dough'], skipped: ['bread'] });
    if (hour % 50 === 8) return step({ at, action: 'SELECTIVE_RETRY', attempt: 1, message: '🔄 RETRY #1' });
    return step({ at });
  });
}
