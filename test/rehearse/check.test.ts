/** What a wrong rehearsal is told, before anything is played. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RehearsalProblems } from '../../src/rehearse/problems';
import { morning, play } from './play';

/** `events[0].fail: there is no node x (did you mean y?)`. */
async function problemsOf(rehearsal: unknown, options: Parameters<typeof play>[1] = {}): Promise<string[]> {
  const error: unknown = await play(rehearsal, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof RehearsalProblems)) throw error;
  expect(error.code).toBe('REQUEST');
  return error.problems.map(
    ({ where, message, hint }) =>
      `${where.replace(/^test(: )?/, '')}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

const withEvent = (event: unknown): unknown => ({ ...morning, events: [event] });
const at = '2026-01-05T05:30:00Z';

describe('an event that cannot happen', () => {
  it.each([
    [
      { at, fail: 'dm_o2c_order' },
      'events[0].fail: there is no node dm_o2c_order (did you mean dm_o2c_orders?)',
    ],
    [
      { at, failRate: 'stg_pament', probability: 0.1, seed: 1 },
      'events[0].failRate: there is no node stg_pament (did you mean stg_payments?)',
    ],
    [
      { at, crash: 'stg_pament' },
      'events[0].crash: there is no node stg_pament (did you mean stg_payments?)',
    ],
    [{ at, remove: '' }, /^events\[0\]\.remove: there is no node '' \(known: stg_customers, /],
    [
      { at, suspend: 'O2C_DAILY_BILD' },
      'events[0].suspend: there is no task O2C_DAILY_BILD (did you mean O2C_DAILY_BUILD?)',
    ],
    [
      { at, run: 'SELECT 1', role: 'dbt_o2c_prod' },
      'events[0].role: there is no role dbt_o2c_prod (did you mean DBT_O2C_PROD?)',
    ],
    [
      { at, run: 'SELECT 1', role: 'ACCOUNTADMIN' },
      /^events\[0\]\.role: there is no role ACCOUNTADMIN \(known: /,
    ],
    [{ at, run: 'SELECT 1', role: 7 }, /^events\[0\]\.role: 7 is not a text/],
    [
      { at, suspend: 'O2C_DAILY_BUILD', role: 'DBT_O2C_PROD' },
      'events[0].role: there is no field role (known: at, suspend)',
    ],
    [{ at, resume: 'O2C_DAILY_HEAL' }, /^events\[0\]\.resume: there is no task O2C_DAILY_HEAL/],
    [
      { at, apply: 'o2c_natve' },
      'events[0].apply: there is no deployment o2c_natve (did you mean o2c_native?)',
    ],
    [
      { at: '2026-01-05T05:30:00', run: 'SELECT 1' },
      'events[0].at: "2026-01-05T05:30:00": it has no time zone: write 2026-01-05T05:30:00Z for UTC',
    ],
    [
      { at: '2026-02-30T05:30:00Z', run: 'SELECT 1' },
      'events[0].at: "2026-02-30T05:30:00Z": there is no such day or time of day',
    ],
    [
      { at: '2026-01-05T25:30:00Z', run: 'SELECT 1' },
      'events[0].at: "2026-01-05T25:30:00Z": there is no such day or time of day',
    ],
    [
      { at: 'tomorrow', run: 'SELECT 1' },
      'events[0].at: "tomorrow": a time in UTC is written 2026-01-05T06:00:00Z',
    ],
    [
      { at: '2026-01-05T04:59:59Z', run: 'SELECT 1' },
      'events[0].at: 2026-01-05T04:59:59Z is before the start of the rehearsal',
    ],
    [
      { at: '2026-01-05T09:00:00+00:30', run: 'SELECT 1' },
      'events[0].at: 2026-01-05T09:00:00+00:30 is after the end of the rehearsal',
    ],
    [{ at, fail: 'stg_orders', until: at }, `events[0].until: ${at} is not after at, ${at}`],
    [
      { at, fail: 'stg_orders', times: 2, until: morning.end },
      'events[0]: it says in more than one way how often (times, until or inRun)',
    ],
    [
      { at, fail: 'stg_orders', inRun: 2 },
      "events[0]: task and inRun go together (write task: '<TASK>', inRun: 3)",
    ],
    [{ fail: 'stg_orders' }, 'events[0].at: it is missing'],
    [{ at, fail: 'stg_orders', time: 2 }, 'events[0].time: there is no field time (did you mean times?)'],
    [
      { at, fial: 'stg_orders' },
      `events[0]: {"at":"${at}","fial":"stg_orders"} does not say what happens (did you mean fail?)`,
    ],
    [
      { at, fail: 'stg_orders', suspend: 'O2C_DAILY_BUILD' },
      'events[0]: it is fail and suspend at once (write one event for each)',
    ],
    [null, "events[0]: null is no event (write { at: '...', fail: '<node>' })"],
  ])('%j', async (event, problem) => {
    const found = await problemsOf(withEvent(event));
    expect(found).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  });
});

describe('a rehearsal', () => {
  it.each([
    [{ deployment: 'o3c' }, 'deployment: there is no deployment o3c (did you mean o2c?)'],
    [
      { end: '2026-01-05T04:00:00Z' },
      'end: 2026-01-05T04:00:00Z is not after the start, 2026-01-05T05:00:00Z',
    ],
    [{ tasks: ['O2C_DAILY'] }, /^tasks\[0\]: there is no task O2C_DAILY \(/],
    [
      { tasks: ['O2C_POST_BUILD_TESTS'] },
      'tasks[0]: O2C_POST_BUILD_TESTS has no schedule (it follows O2C_DAILY_BUILD: name that)',
    ],
    [
      { hooks: 'post-hok' },
      'hooks: "post-hok" is not one of on-run-end, post-hook, none (did you mean post-hook?)',
    ],
    [
      { deployment: 'o2c_native', tasks: [], hooks: 'none' },
      "hooks: it has no effect: the deployment reads Snowflake's history (leave it out)",
    ],
    [{ evnts: [] }, 'evnts: there is no field evnts (did you mean events?)'],
    [{ title: undefined }, 'title: it is missing'],
    [
      { projects: [{ project: 'dbt_o2c_enhance', nodes: [] }] },
      'projects[0]: no task runs the project dbt_o2c_enhance (did you mean dbt_o2c_enhanced?)',
    ],
    [
      { projects: [] },
      "projects: the project dbt_o2c_enhanced is missing (add { project, nodes } or { manifest: 'target/manifest.json' })",
    ],
    [
      { projects: [{ project: 'dbt_o2c_enhanced', nodes: [{ name: 'bread', dependsOn: ['dough'] }] }] },
      "projects[0]: 'bread' depends on 'dough', which is not in the DAG",
    ],
    [
      { projects: [{ manifest: 'no/such.json' }] },
      /^projects\[0\]: the manifest .*such\.json cannot be read \(dbt parse writes/,
    ],
  ])('with %j is refused', async (change, problem) => {
    const found = await problemsOf({ ...morning, ...change });
    expect(found).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  });

  it.each([
    [undefined, ': there is no default export'],
    [5, ': 5 is not an object'],
    [[], ': [] is not an object'],
  ])('is not %j', async (value, problem) => {
    expect(await problemsOf(value)).toEqual([problem]);
  });

  it('is told all its problems at once, in the order of the file', async () => {
    const found = await problemsOf({
      ...morning,
      hooks: 'nothing at all',
      events: [
        { at, fail: 'bread' },
        { at, suspend: 'OVEN' },
      ],
      expect: { stps: [], never: [{ outcome: 'FAILD' }] },
    });
    expect(found.map((problem) => problem.split(':')[0])).toEqual([
      'hooks',
      'events[0].fail',
      'events[1].suspend',
      'expect.stps',
      'expect.never[0].outcome',
    ]);
  });
});

describe('an expectation with a typo', () => {
  it.each([
    [[{ actoin: 'FULL_BUILD' }], 'expect[0].actoin: there is no field actoin (did you mean action?)'],
    [[{ action: 'FULLBUILD' }], /^expect\[0\]\.action: "FULLBUILD" is not one of .*did you mean FULL_BUILD/],
    [
      [{ task: 'O2C_DAILY_BULD' }],
      'expect[0].task: there is no task O2C_DAILY_BULD (did you mean O2C_DAILY_BUILD?)',
    ],
    [
      { never: [{ failed: ['stg_oders'] }] },
      'expect.never[0].failed[0]: there is no node stg_oders (did you mean stg_orders?)',
    ],
    [
      { tasks: { O2C_DALY_BUILD: [] } },
      'expect.tasks.O2C_DALY_BUILD: there is no task O2C_DALY_BUILD (did you mean O2C_DAILY_BUILD?)',
    ],
    [
      { counts: [{ of: { action: 'SKIP' } }] },
      'expect.counts[0]: it does not say how many (is: 3, atLeast: 1 or atMost: 5)',
    ],
    [{ oneAtATime: ['OVEN'] }, /^expect\.oneAtATime\[0\]: there is no task OVEN/],
    [{ queries: [{ sql: 'SELECT 1' }] }, 'expect.queries[0].rows: it is missing'],
    [
      { queries: [{ sql: 'SELECT 1', rows: [], error: 'x' }] },
      'expect.queries[0]: it expects rows and an error at once (leave one of them out)',
    ],
    [
      { queries: [{ sql: 'SELECT 1', rows: [], role: 'DBT_O2C_PRD' }] },
      'expect.queries[0].role: there is no role DBT_O2C_PRD (did you mean DBT_O2C_PROD?)',
    ],
    [[{ role: 'NOBODY' }], /^expect\[0\]\.role: there is no role NOBODY \(known: DBT_O2C_/],
  ])('%j', async (expected, problem) => {
    const found = await problemsOf({ ...morning, expect: expected });
    expect(found).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
  });
});

describe("the user's own manifest", () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const fileWith = (project: string): string => {
    const file = join(folder, `${project}.json`);
    writeFileSync(file, JSON.stringify({ project, nodes: [{ name: 'bread' }] }));
    return file;
  };

  it('takes the place of the project of its name, and what was expected of that no longer counts', async () => {
    const { ok, steps } = await play(
      { ...morning, expect: [{ message: 'something else' }] },
      { manifest: fileWith('dbt_o2c_enhanced') },
    );
    expect(ok).toBe(true);
    expect(steps[0]).toMatchObject({ action: 'FULL_BUILD', ran: ['bread'] });
  });

  it('must have the nodes that the events name', async () => {
    expect(
      await problemsOf(withEvent({ at, fail: 'bred' }), { manifest: fileWith('dbt_o2c_enhanced') }),
    ).toEqual(['events[0].fail: there is no node bred (did you mean bread?)']);
  });

  it('must be of a project that a task runs: its runs would not be found in the log', async () => {
    const [problem] = await problemsOf(morning, { manifest: fileWith('bakery') });
    expect(problem).toMatch(/^projects: no task runs the project of the manifest, bakery/);
  });

  it('must be a manifest', async () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, '{');
    await expect(play(morning, { manifest: file })).rejects.toMatchObject({ code: 'REQUEST', where: file });
    await expect(play(morning, { manifest: join(folder, 'none.json') })).rejects.toMatchObject({
      code: 'REQUEST',
    });
  });
});
