/** The plan against an account that was set up: empty when nothing changed, and every kind of drift found and named. */
import type { Config, DeploymentConfig } from '../../src/config/types';
import { bakery } from '../model/bakery';
import { cron } from '../../src/config/define';
import { objections } from '../../src/plan/consent';
import { changesOf, hazardsOf, notesOf, openAccount, stepsOf, type TestAccount } from './account';

const config = (changes: Partial<DeploymentConfig> = {}, app = 'acme'): Config => ({
  app,
  deployments: {
    bakery: bakery({ connection: { role: 'BAKER' }, grants: { MILLER: ['read'] }, ...changes }),
  },
});

let account: TestAccount;
beforeEach(async () => {
  account = await openAccount();
  await account.prepare(config());
});
afterEach(() => account.close());

it('of an empty account makes everything, in order', async () => {
  const kinds = stepsOf(await account.plan(config())).map((step) => step.replace(/:.*/, ''));
  const order = ['create view', 'create procedure', 'create graph', 'grant grant'];
  expect([...new Set(kinds)].sort()).toEqual([...order].sort());
  const last = (kind: string): number => kinds.lastIndexOf(kind);
  expect(kinds.indexOf('create graph')).toBeGreaterThan(
    Math.max(last('create view'), last('create procedure')),
  );
  expect(kinds.indexOf('grant grant')).toBeGreaterThan(last('create graph'));
});

describe('after a set-up', () => {
  beforeEach(() => account.setUp(config()));

  it('is empty', async () => {
    const plan = await account.plan(config());
    expect(stepsOf(plan)).toEqual([]);
    expect(changesOf(plan)).toEqual([]);
    expect(notesOf(plan)).toEqual([]);
  });

  const task = 'TASK BAKERY.OVEN.BAKE_ROLLS';
  const suspended = async (sql: string): Promise<void> => {
    await account.run(`ALTER ${task} SUSPEND`);
    await account.run(sql);
    await account.run(`ALTER ${task} RESUME`);
  };

  it.each([
    ['SCHEDULE', "SCHEDULE = '5 MINUTES'", 'USING CRON 30 * * * * UTC', '5 MINUTES'],
    ['WAREHOUSE', 'WAREHOUSE = OTHER_WH', 'FLOUR_WH', 'OTHER_WH'],
    ['USER_TASK_TIMEOUT_MS', 'USER_TASK_TIMEOUT_MS = 1000', '7200000', '1000'],
    ['SUSPEND_TASK_AFTER_NUM_FAILURES', 'SUSPEND_TASK_AFTER_NUM_FAILURES = 3', '10', '3'],
    ['TASK_AUTO_RETRY_ATTEMPTS', 'TASK_AUTO_RETRY_ATTEMPTS = 2', '0', '2'],
    ['CONFIG', 'CONFIG = $${"a": 1}$$', 'null', '{"a": 1}'],
  ])(
    'a property of a task that somebody changed is named, and put back: %s',
    async (property, clause, wanted, actual) => {
      await account.run('CREATE WAREHOUSE IF NOT EXISTS OTHER_WH');
      await suspended(`ALTER ${task} SET ${clause}`);
      const plan = await account.plan(config());
      expect(stepsOf(plan)).toEqual(['alter graph:BAKERY.OVEN.BAKE_ROLLS']);
      expect(changesOf(plan)).toEqual([`task BAKE_ROLLS ${property}: ${actual} -> ${wanted} (account)`]);
      expect(await account.apply(config())).toMatchObject({ ok: true });
      expect(stepsOf(await account.plan(config()))).toEqual([]);
    },
  );

  it.each([
    ['body', `ALTER ${task} MODIFY AS SELECT 1`, 'task BAKE_ROLLS body (account)'],
    ['comment without its mark', `ALTER ${task} SET COMMENT = 'mine'`, 'task BAKE_ROLLS COMMENT'],
  ])('a task whose %s somebody changed is put back', async (_, sql, expected) => {
    await suspended(sql);
    const plan = await account.plan(config(), { adopt: true });
    expect(changesOf(plan)[0]).toContain(expected);
    expect(await account.apply(config(), { adopt: true })).toMatchObject({ ok: true });
    expect(stepsOf(await account.plan(config()))).toEqual([]);
  });

  it('a task that somebody dropped is made again, and its grants with it', async () => {
    await account.run(`DROP ${task}`);
    expect(stepsOf(await account.plan(config()))).toEqual([
      'create graph:BAKERY.OVEN.BAKE_ROLLS',
      'grant grant:MONITOR ON TASK BAKERY.OVEN.BAKE_ROLLS TO ROLE MILLER',
    ]);
    expect(await account.apply(config())).toMatchObject({ ok: true });
  });

  it('the body of a view that somebody replaced is told by its lines, and put back', async () => {
    const [view] = (await account.inspect(config())).views;
    const comment = view!.comment.replaceAll("'", "''");
    const name = `BAKERY.OVEN.${view!.name.name}`;
    await account.run(`CREATE OR REPLACE VIEW ${name} COMMENT = '${comment}' AS SELECT 42 AS ANSWER`);
    const plan = await account.plan(config());
    expect(stepsOf(plan)[0]).toBe(`replace view:${name}`);
    const [change] = plan.deployments[0]!.steps[0]!.changes;
    expect(change).toMatchObject({ what: 'body', cause: 'account' });
    expect(change!.lines).toContain('-SELECT 42 AS ANSWER');
    expect(await account.apply(config())).toMatchObject({ ok: true });
    expect(stepsOf(await account.plan(config()))).toEqual([]);
  });

  it('a body that the role may not see is no drift', async () => {
    const deployed = await account.inspect(config());
    const blind = {
      ...deployed,
      views: deployed.views.map((view) => ({ ...view, text: null })),
      procedures: deployed.procedures.map((procedure) => ({ ...procedure, body: null })),
    };
    expect(stepsOf(account.planFor(config(), blind))).toEqual([]);
  });

  it('a grant that somebody revoked is given again, one too many is taken back from a role of the config', async () => {
    await account.run(`REVOKE MONITOR ON ${task} FROM ROLE MILLER`);
    await account.run(`GRANT OPERATE ON ${task} TO ROLE MILLER`);
    expect(stepsOf(await account.plan(config()))).toEqual([
      'grant grant:MONITOR ON TASK BAKERY.OVEN.BAKE_ROLLS TO ROLE MILLER',
      'revoke grant:OPERATE ON TASK BAKERY.OVEN.BAKE_ROLLS FROM ROLE MILLER',
    ]);
    expect(await account.apply(config())).toMatchObject({ ok: true });
    expect(stepsOf(await account.plan(config()))).toEqual([]);
  });

  it('what a role that the config does not name may do is told, and taken back only with consent', async () => {
    await account.run('CREATE ROLE IF NOT EXISTS STRANGER');
    await account.run(`GRANT OPERATE ON ${task} TO ROLE STRANGER`);
    const plan = await account.plan(config());
    expect(stepsOf(plan)).toEqual([]);
    expect(notesOf(plan)).toEqual([
      'REVOKE role STRANGER has OPERATE ON TASK BAKERY.OVEN.BAKE_ROLLS, which the config does not say; --allow REVOKE takes it back',
    ]);
    const consented = await account.plan(config(), { allow: ['REVOKE'] });
    expect(stepsOf(consented)).toEqual([
      'revoke grant:OPERATE ON TASK BAKERY.OVEN.BAKE_ROLLS FROM ROLE STRANGER',
    ]);
    expect(hazardsOf(consented)).toEqual(['REVOKE']);
  });

  it('another role in the grants of the config: the first is told of, the second gets them', async () => {
    const other = config({ grants: { BAKER_S_WIFE: ['read'] } });
    await account.prepare(other);
    const plan = await account.plan(other);
    expect(stepsOf(plan).every((step) => step.startsWith('grant grant:'))).toBe(true);
    expect(notesOf(plan).every((note) => note.startsWith('REVOKE role MILLER has'))).toBe(true);
  });

  it('an object of another role is refused, with what to do', async () => {
    await account.run('CREATE ROLE IF NOT EXISTS OTHER_BAKER');
    await account.run(`GRANT OWNERSHIP ON ${task} TO ROLE OTHER_BAKER COPY CURRENT GRANTS`);
    const plan = await account.plan(config());
    expect(hazardsOf(plan)).toContain('OWNED_BY_OTHER_ROLE');
    const [objection] = objections(plan, { allow: new Set(), adopt: true });
    expect(objection).toMatchObject({ code: 'OWNED_BY_OTHER_ROLE', consent: null });
    expect(objection!.message).toContain('belongs to role OTHER_BAKER, the session has BAKER');
  });

  it('a task that Snowflake suspended after failures is started again only with consent', async () => {
    const deployed = await account.inspect(config());
    const rolls = deployed.tasks.find(({ name }) => name.name === 'BAKE_ROLLS')!;
    Object.assign(rolls, { state: 'suspended', suspendedReason: 'SUSPENDED_DUE_TO_ERRORS' });
    expect(notesOf(account.planFor(config(), deployed))).toEqual([
      'STAYS_SUSPENDED task BAKERY.OVEN.BAKE_ROLLS stays suspended: Snowflake suspended it after failures; ' +
        '--allow RESUME_AFTER_ERRORS starts it again',
    ]);
    const consented = account.planFor(config(), deployed, { allow: ['RESUME_AFTER_ERRORS'] });
    expect(stepsOf(consented)).toEqual(['resume graph:BAKERY.OVEN.BAKE_ROLLS']);
    expect(consented.deployments[0]!.resume).toEqual(['BAKE_ROLLS']);
  });

  it('a start that is due in these minutes, and a graph that runs, are told', async () => {
    const deployed = {
      ...(await account.inspect(config())),
      now: '2026-01-05T04:29:10Z',
      running: ['BAKERY.OVEN.BAKE_ROLLS'],
    };
    const { BAKE_BREAD, BAKE_ROLLS } = bakery().tasks;
    const changed = config({
      tasks: { BAKE_BREAD: BAKE_BREAD!, BAKE_ROLLS: { ...BAKE_ROLLS!, schedule: cron('31 * * * *') } },
    });
    const plan = account.planFor(changed, deployed);
    expect(hazardsOf(plan)).toEqual(['TICK_WITHIN_SUSPEND', 'GRAPH_RUNNING']);
    expect(plan.deployments[0]!.steps[0]!.effects).toEqual([
      'root BAKERY.OVEN.BAKE_ROLLS is suspended for about a second; its next start is 2026-01-05 04:30 UTC, 1 minute away',
    ]);
  });

  it('a deployment that was given another name keeps its objects', async () => {
    const renamed: Config = { app: 'acme', deployments: { bakehouse: config().deployments['bakery']! } };
    const plan = await account.plan(renamed);
    expect(hazardsOf(plan)).toEqual([]);
    expect(plan.deployments.map(({ deployment }) => deployment)).toEqual(['bakehouse']);
    expect(await account.apply(renamed)).toMatchObject({ ok: true });
    expect(stepsOf(await account.plan(renamed))).toEqual([]);
    expect(Object.values(await account.states())).toEqual(['started', 'started']);
  });

  it('what another repository has made is adopted only with consent', async () => {
    const other: Config = { ...config(), app: 'rival' };
    const plan = await account.plan(other);
    expect(new Set(hazardsOf(plan))).toEqual(new Set(['ADOPT']));
    expect(
      objections(plan, { allow: new Set(), adopt: false }).every(({ consent }) => consent === '--adopt'),
    ).toBe(true);
    expect(objections(plan, { allow: new Set(), adopt: true })).toEqual([]);
  });
});
