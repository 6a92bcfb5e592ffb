import { DAILY, HOURLY } from './logs';
import type { RestartJob } from './reference/history';
import { normalised, retriedNames } from './reference/selections';

const JOBS: Record<string, RestartJob> = {
  'of everything': DAILY,
  'within tags': HOURLY,
  'of everything that retests': { ...DAILY, policy: { ...DAILY.policy, onTestFailure: 'retest' } },
  'within an intersection': { ...DAILY, select: ['tag:nightly,path:models/marts', 'tag:daily'] },
  'within a model and its children': { ...DAILY, select: ['stg_orders+', 'tag:daily'] },
};

describe('a logged selection', () => {
  it.each([
    [null, ''],
    ['', ''],
    ['all', ''],
    ['b+ a+', 'a+,b+'],
    ['a+, b+,a+', 'a+,a+,b+'],
    ['tag:merge,tag:append_only', 'tag:append_only,tag:merge'],
  ])('%j is normalised to %j', (logged, expected) => {
    expect(normalised(logged)).toBe(expected);
  });

  it.each<[string, string, string[] | null]>([
    ['a+,b+', 'of everything', ['a+', 'b+']],
    ['b+ a+', 'of everything', ['a+', 'b+']],
    ['a+,1+not_null_b', 'of everything', ['1+not_null_b', 'a+']],
    ['a', 'of everything', null],
    ['a', 'of everything that retests', ['a']],
    ['+a', 'of everything', null],
    ['+a+', 'of everything', null],
    ['tag:merge+', 'of everything', null],
    ['all', 'of everything', null],
    ['a+', 'within tags', null],
    ['h+,tag:merge', 'within tags', ['h+']],
    ['h+,tag:append_only,h+,tag:merge', 'within tags', ['h+']],
    ['h+,tag:merge,tag:append_only', 'within tags', null],
    ['tag:merge,tag:append_only', 'within tags', null],
    ['a+,tag:nightly,path:models/marts,a+,tag:daily', 'within an intersection', ['a+']],
    ['a+,tag:nightly,a+,tag:daily', 'within an intersection', null],
    ['a+,stg_orders+,a+,tag:daily', 'within a model and its children', ['a+']],
    ['stg_orders+,stg_orders+,stg_orders+,tag:daily', 'within a model and its children', ['stg_orders+']],
  ])('%j reruns, for a job %s, %j', (logged, job, units) => {
    const names = retriedNames(logged, JOBS[job] ?? DAILY);
    expect(names).toEqual(units?.map((unit) => unit.replace(/^1\+|\+$/g, '')) ?? null);
  });
});
