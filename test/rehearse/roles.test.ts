/** A step as another role: what its grants allow, and a missing grant as an account tells it. */
import pc from 'picocolors';
import config from '../../auto-restart.config';
import { resolveDeployments } from '../../src/model/resolve';
import type { RehearsalEvent, Rehearsed } from '../../src/rehearse/rehearsal';
import { timelineText } from '../../src/cli/output/timeline';
import { CALL, deployments, morning, play } from './play';

const at = '2026-01-05T05:10:00Z';
const later = '2026-01-05T05:40:00Z';
const quiet = { ...morning, tasks: [] };
const native = { ...quiet, deployment: 'o2c_native' };
const NATIVE_CALL =
  "CALL EDW.O2C_NATIVE.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced', NULL, 'daily', 'FULL_BUILD')";

const played = async (events: RehearsalEvent[], of: object = quiet, all = deployments): Promise<Rehearsed> =>
  play({ ...of, events }, { deployments: all });

/** The shipped deployment with other grants. */
function withGrants(grants: Record<string, ('call' | 'read' | 'operate')[]>) {
  return resolveDeployments({ deployments: { o2c: { ...config.deployments.o2c, grants } } });
}

describe('what the grants give', () => {
  it.each([
    [CALL, 'DBT_O2C_PROD', '🔵 FULL BUILD: First run'],
    ['SELECT * FROM V_AUTO_RESTART_STATE', 'DBT_O2C_DEVELOPER', '2 rows'],
    ['SELECT COUNT(*) FROM V_AUTO_RESTART_HISTORY', 'DBT_O2C_DEVELOPER', '0'],
    ['SHOW TASKS', 'DBT_O2C_DEVELOPER', '4 rows'],
  ])('%s works as %s', async (run, role, message) => {
    const { steps } = await played([{ at, run, role }]);
    expect(steps).toMatchObject([{ task: null, role, message, outcome: 'SUCCEEDED' }]);
  });

  it('is what OPERATE allows too', async () => {
    const events = [{ at, run: 'ALTER TASK O2C_DAILY_BUILD RESUME', role: 'NIGHT_SHIFT' }];
    const { steps } = await played(events, quiet, withGrants({ NIGHT_SHIFT: ['operate'] }));
    expect(steps[0]).toMatchObject({ outcome: 'SUCCEEDED' });
    expect(steps[1]).toMatchObject({ task: 'O2C_DAILY_BUILD', role: null, outcome: 'SUCCEEDED' });
  });
});

describe('a missing grant', () => {
  it.each([
    [
      'USAGE on the procedure',
      CALL,
      'SQL compilation error: Unknown user-defined function EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART.',
    ],
    [
      'SELECT on the log',
      'SELECT * FROM DBT_RUN_LOG',
      "SQL compilation error: Object 'EDW.O2C_AUDIT.DBT_RUN_LOG' does not exist or not authorized.",
    ],
    [
      'UPDATE of the log',
      `UPDATE DBT_RUN_LOG SET run_status = 'FAILED'`,
      "SQL compilation error: Object 'EDW.O2C_AUDIT.DBT_RUN_LOG' does not exist or not authorized.",
    ],
    [
      'OPERATE on the task',
      'ALTER TASK O2C_DAILY_BUILD RESUME',
      "SQL access control error: Insufficient privileges to operate on task 'O2C_DAILY_BUILD'.",
    ],
    [
      'a privilege to create',
      'CREATE TABLE MINE (id NUMBER)',
      "SQL access control error: Insufficient privileges to operate on account 'LOCAL-SNOWFLAKE'.",
    ],
  ])('of %s is a step that failed', async (_what, run, message) => {
    const { steps } = await played([{ at, run, role: 'DBT_O2C_DEVELOPER' }]);
    expect(steps).toMatchObject([
      { role: 'DBT_O2C_DEVELOPER', action: 'RAISED', reason: null, message, outcome: 'FAILED' },
    ]);
  });

  it('of USAGE on the dbt project is found by a call, and given by an event', async () => {
    const role = 'DBT_O2C_PROD';
    const { steps } = await played(
      [
        { at, run: NATIVE_CALL, role },
        { at: later, run: 'GRANT USAGE ON DBT PROJECT EDW.O2C_NATIVE.DBT_O2C_ENHANCED TO ROLE DBT_O2C_PROD' },
        { at: later, run: NATIVE_CALL, role },
      ],
      native,
    );
    expect(steps).toMatchObject([
      { action: 'RAISED', reason: 'STATEMENT_ERROR', outcome: 'FAILED' },
      { action: 'DBT', reason: null, outcome: 'SUCCEEDED', command: 'build' },
    ]);
    expect(steps[0]!.message).toContain(
      "Insufficient privileges to operate on dbt project 'DBT_O2C_ENHANCED'",
    );
  });

  it('is not taken for a slip of the pen, which is a mistake in the file', async () => {
    const events = [{ at, run: 'SELECT * FROM V_AUTO_RESTRAT_STATE', role: 'DBT_O2C_DEVELOPER' }];
    await expect(played(events)).rejects.toMatchObject({ code: 'REQUEST', where: events[0]!.run });
  });
});

it('without a role everything is the owner’s', async () => {
  const { steps } = await played([{ at, run: CALL }]);
  expect(steps).toMatchObject([{ role: null, outcome: 'SUCCEEDED' }]);
});

it('the role that owns the deployment may be named, and may do all', async () => {
  const { o2c } = config.deployments;
  const owned = resolveDeployments({
    deployments: { o2c: { ...o2c, connection: { name: 'prod', role: 'DEPLOYER' } } },
  });
  const events = [
    { at, run: CALL, role: 'DEPLOYER' },
    { at: later, run: 'SELECT COUNT(*) FROM DBT_RUN_LOG', role: 'DEPLOYER' },
    { at: later, run: 'SELECT COUNT(*) FROM DBT_RUN_LOG', role: 'DBT_O2C_PROD' },
  ];
  const { steps } = await played(events, quiet, owned);
  expect(steps.map(({ role, outcome, message }) => [role, outcome, message])).toEqual([
    ['DEPLOYER', 'SUCCEEDED', '🔵 FULL BUILD: First run'],
    ['DEPLOYER', 'SUCCEEDED', '1'],
    ['DBT_O2C_PROD', 'FAILED', expect.stringContaining('does not exist or not authorized')],
  ]);
});

describe('a query at the end', () => {
  const ask = async (query: object): Promise<string[]> =>
    (await play({ ...quiet, expect: { queries: [query] } })).differences;
  const role = 'DBT_O2C_DEVELOPER';
  const log = 'SELECT COUNT(*) FROM DBT_RUN_LOG';

  it('is answered as the role is', async () => {
    expect(await ask({ sql: 'SELECT COUNT(*) FROM V_AUTO_RESTART_RUNS', rows: [[0]], role })).toEqual([]);
    expect(
      await ask({ sql: log, error: /'EDW.O2C_AUDIT.DBT_RUN_LOG' does not exist or not authorized/, role }),
    ).toEqual([]);
  });

  it('says where it is answered otherwise, and by whom it was asked', async () => {
    expect(await ask({ sql: log, rows: [[0]], role })).toEqual([
      `${log} as ${role}: expected [[0]], but it fails: SQL compilation error: Object 'EDW.O2C_AUDIT.DBT_RUN_LOG' does not exist or not authorized.`,
    ]);
    expect(await ask({ sql: log, error: /not authorized/ })).toEqual([
      `${log}: expected the error /not authorized/, but it answers [[0]]`,
    ]);
  });
});

it('the timeline and the events say who it was', async () => {
  const result = await played([{ at, run: CALL, role: 'DBT_O2C_PROD' }]);
  expect(timelineText(result, pc.createColors(false))).toMatch(/by hand as DBT_O2C_PROD +🔵 FULL BUILD/);
  expect(result.events).toMatchObject([{ text: `${CALL} as DBT_O2C_PROD` }]);
});
