import { openBakery, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => {
  bakery = await openBakery();
  await bakery.sql('CREATE ROLE cook');
  await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
  await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
  await bakery.sql('CREATE TASK shop AFTER bread AS SELECT 1');
  await bakery.sql('CREATE TASK broom FINALIZE = dough AS SELECT 1');
  await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
});
afterEach(() => bakery.close());

describe('GRANT OWNERSHIP', () => {
  it('on one task severs all its links and suspends it', async () => {
    await bakery.sql('GRANT OWNERSHIP ON TASK bread TO ROLE cook');
    expect(await bakery.show('owner')).toMatchObject({ BREAD: 'COOK', DOUGH: 'BAKER', SHOP: 'BAKER' });
    expect(await bakery.show('predecessors')).toMatchObject({ BREAD: '[]', SHOP: '[]' });
    expect(await bakery.show('last_suspended_reason')).toEqual({
      ...{ BREAD: 'GRANT_OWNERSHIP', SHOP: 'CHILD_BECAME_ROOT', BROOM: null, DOUGH: null },
    });
  });

  it('on a root frees its finalizer, and the root does not run any more', async () => {
    await bakery.sql('GRANT OWNERSHIP ON TASK dough TO ROLE cook');
    expect(await bakery.show('last_suspended_reason')).toMatchObject({
      ...{ DOUGH: 'GRANT_OWNERSHIP', BROOM: 'FINALIZER_BECAME_ROOT', BREAD: 'CHILD_BECAME_ROOT' },
    });
    await bakery.pass(120);
    expect(await bakery.history()).toEqual([]);
  });

  it('on all tasks of the schema leaves the graph whole, suspended', async () => {
    const before = await bakery.show('task_relations');
    await bakery.sql('GRANT OWNERSHIP ON ALL TASKS IN SCHEMA bakery.public TO ROLE cook');
    expect(await bakery.show('task_relations')).toEqual(before);
    expect(new Set(Object.values(await bakery.show('owner')))).toEqual(new Set(['COOK']));
    expect(new Set(Object.values(await bakery.show('state')))).toEqual(new Set(['suspended']));
  });

  it('to the present owner changes nothing', async () => {
    await bakery.sql('CREATE ROLE baker');
    const before = await bakery.sql('SHOW TASKS');
    await bakery.sql('GRANT OWNERSHIP ON TASK bread TO ROLE baker');
    expect(await bakery.sql('SHOW TASKS')).toEqual(before);
  });

  it('is shown among the grants, runs the task as its new owner, and takes other grants along when told', async () => {
    await bakery.sql('GRANT OPERATE ON TASK dough TO ROLE cook');
    await bakery.sql('GRANT OWNERSHIP ON TASK dough TO ROLE cook REVOKE CURRENT GRANTS');
    expect((await bakery.sql('SHOW GRANTS ON TASK dough')).map((row) => [row[1], row[5]])).toEqual([
      ['OWNERSHIP', 'COOK'],
    ]);
    await bakery.sql(`ALTER TASK dough MODIFY AS INSERT INTO log SELECT CURRENT_ROLE(), SYSTEM$LOCAL_NOW()`);
    await bakery.sql('EXECUTE TASK dough AWAIT');
    expect(await bakery.log()).toEqual(['00:00 COOK']);
  });
});

it('a new task gets what was granted on future tasks', async () => {
  await bakery.sql('GRANT MONITOR ON FUTURE TASKS IN SCHEMA bakery.public TO ROLE cook');
  await bakery.sql('CREATE TASK pie AS SELECT 1');
  expect((await bakery.sql('SHOW GRANTS ON TASK pie')).map((row) => row[1])).toEqual([
    'OWNERSHIP',
    'MONITOR',
  ]);
});
