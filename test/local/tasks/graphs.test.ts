import { openBakery, note, type Bakery } from './bakery';

let bakery: Bakery;
beforeEach(async () => (bakery = await openBakery()));
afterEach(() => bakery.close());

const enable = (root: string) => bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('${root}')`);

/** dough -> bread, cake -> shop; all started. */
async function graph({ dough = note('dough'), bread = note('bread'), cake = note('cake'), root = '' } = {}) {
  await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' ${root} AS ${dough}`);
  await bakery.sql(`CREATE TASK bread AFTER dough AS ${bread}`);
  await bakery.sql(`CREATE TASK cake AFTER dough AS ${cake}`);
  await bakery.sql(`CREATE TASK shop AFTER bread, cake AS ${note('shop')}`);
  await enable('dough');
}

describe('a task graph', () => {
  it('runs children after their predecessors', async () => {
    await graph({ bread: 'CALL SYSTEM$WAIT(600)', cake: 'CALL SYSTEM$WAIT(1200)' });
    await bakery.pass(100);
    expect(await bakery.history()).toEqual([
      ...['01:00 DOUGH SUCCEEDED', '01:00 BREAD SUCCEEDED', '01:00 CAKE SUCCEEDED', '01:20 SHOP SUCCEEDED'],
    ]);
  });

  it('does not run what comes after a failure', async () => {
    await graph({ bread: 'SELECT 1/0' });
    await bakery.pass(60);
    expect(await bakery.history()).toEqual([
      '01:00 DOUGH SUCCEEDED',
      '01:00 BREAD FAILED',
      '01:00 CAKE SUCCEEDED',
    ]);
  });

  it('passes over a suspended child as if it had succeeded', async () => {
    await graph();
    await bakery.sql('ALTER TASK dough SUSPEND');
    await bakery.sql('ALTER TASK bread SUSPEND');
    await bakery.sql('ALTER TASK dough RESUME');
    await bakery.pass(60);
    expect(await bakery.history()).toEqual([
      '01:00 DOUGH SUCCEEDED',
      '01:00 CAKE SUCCEEDED',
      '01:00 SHOP SUCCEEDED',
    ]);
  });

  it('keeps the states of children while its root is suspended', async () => {
    await graph();
    await bakery.sql('ALTER TASK dough SUSPEND');
    expect(await bakery.show('state')).toEqual({
      BREAD: 'started',
      CAKE: 'started',
      DOUGH: 'suspended',
      SHOP: 'started',
    });
  });

  it('gives all its runs one group and one run id', async () => {
    await graph();
    await bakery.pass(60);
    expect(
      await bakery.sql(
        `SELECT COUNT(*), COUNT(DISTINCT graph_run_group_id), COUNT(DISTINCT run_id) FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE query_id IS NOT NULL`,
      ),
    ).toEqual([[4, 1, 1]]);
  });

  it('is finished by the version with which it began', async () => {
    await graph({ dough: 'CALL SYSTEM$WAIT(600)' });
    await bakery.pass(65);
    await bakery.sql('ALTER TASK dough SUSPEND');
    await bakery.sql(`ALTER TASK bread MODIFY AS ${note('rye')}`);
    await bakery.pass(10);
    expect(await bakery.log()).toEqual(['01:10 bread', '01:10 cake', '01:10 shop']);
  });
});

describe('the rules of graphs', () => {
  const refusal =
    'Unable to update graph with root task BAKERY.PUBLIC.DOUGH since that root task is not suspended.';

  it.each([
    ['create a child', `CREATE TASK pie AFTER dough AS SELECT 1`],
    ['create or alter a child', `CREATE OR ALTER TASK bread AFTER dough AS SELECT 1`],
    ['create or alter the root', `CREATE OR ALTER TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`],
    ['replace a child', `CREATE OR REPLACE TASK bread AFTER dough AS SELECT 1`],
    ['replace the root', `CREATE OR REPLACE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`],
    ['alter a child', `ALTER TASK bread SET COMMENT = 'rye'`],
    ['alter the root', `ALTER TASK dough SET SCHEDULE = '30 MINUTES'`],
    ['suspend a child', `ALTER TASK bread SUSPEND`],
    ['resume a child', `ALTER TASK bread RESUME`],
    ['add a predecessor', `ALTER TASK cake ADD AFTER bread`],
    ['drop a child', `DROP TASK bread`],
    ['create a finalizer', `CREATE TASK broom FINALIZE = dough AS SELECT 1`],
  ])('do not let anyone %s while the root is started', async (_what, statement) => {
    await graph();
    expect(await bakery.error(statement)).toBe(`091421: ${refusal}`);
  });

  it('let a started standalone task be altered', async () => {
    await bakery.sql(`CREATE TASK rolls SCHEDULE = '10 MINUTES' AS SELECT 1`);
    await bakery.sql('ALTER TASK rolls RESUME');
    await bakery.sql(`ALTER TASK rolls SET COMMENT = 'rye'`);
    expect(await bakery.show('comment')).toEqual({ ROLLS: 'rye' });
    expect(await bakery.show('state')).toEqual({ ROLLS: 'started' });
  });

  it('refuse a schedule beside a predecessor', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
    expect(await bakery.error(`CREATE TASK bread SCHEDULE = '60 MINUTES' AFTER dough AS SELECT 1`)).toMatch(
      'cannot have both a schedule and a predecessor',
    );
    await bakery.sql(`CREATE TASK bread AFTER dough AS SELECT 1`);
    expect(await bakery.error(`ALTER TASK bread SET SCHEDULE = '60 MINUTES'`)).toMatch(
      'cannot have both a schedule and a predecessor',
    );
    expect(await bakery.error(`ALTER TASK dough ADD AFTER bread`)).toMatch(
      'cannot have both a schedule and a predecessor',
    );
  });

  it('refuse cycles', async () => {
    await bakery.sql(`CREATE TASK dough AS SELECT 1`);
    await bakery.sql(`CREATE TASK bread AFTER dough AS SELECT 1`);
    await bakery.sql(`CREATE TASK shop AFTER bread AS SELECT 1`);
    expect(await bakery.error(`ALTER TASK dough ADD AFTER shop`)).toMatch('would make a cycle');
    expect(await bakery.error(`ALTER TASK bread ADD AFTER bread`)).toMatch(
      'Task BREAD cannot use itself as its predecessor.',
    );
  });

  it('want predecessors that exist, in the same schema, of the same owner', async () => {
    await bakery.sql('CREATE SCHEMA mill');
    await bakery.sql('USE SCHEMA PUBLIC');
    await bakery.sql('CREATE TASK mill.flour AS SELECT 1');
    expect(await bakery.error('CREATE TASK bread AFTER flour AS SELECT 1')).toBe(
      '091085: Invalid predecessor FLOUR was specified.',
    );
    expect(await bakery.error('CREATE TASK bread AFTER mill.flour AS SELECT 1')).toBe(
      '091080: Cannot have predecessor FLOUR from a different schema.',
    );
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    bakery.session.role = 'APPRENTICE';
    expect(await bakery.error('CREATE TASK bread AFTER dough AS SELECT 1')).toMatch('091085');
  });

  it('want a schedule on a root that is resumed, and none on a child', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
    await bakery.sql('ALTER TASK bread RESUME');
    expect(await bakery.error('ALTER TASK dough RESUME')).toMatch('a root task needs a schedule');
  });

  it('keep root properties off children', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    const given = (clause: string) => bakery.error(`CREATE TASK bread ${clause} AFTER dough AS SELECT 1`);
    expect(await given('TASK_AUTO_RETRY_ATTEMPTS = 1')).toMatch('on non-root task BREAD.');
    expect(await given(`CONFIG = '{"flour": "rye"}'`)).toMatch(
      'Task BAKERY.PUBLIC.BREAD cannot both be a non-root task and have a config.',
    );
    expect(await given('OVERLAP_POLICY = NO_OVERLAP')).toMatch(
      'Cannot set overlap policy on non-root task BAKERY.PUBLIC.BREAD.',
    );
  });

  it('make the children of a dropped root suspended roots', async () => {
    await graph();
    await bakery.sql('ALTER TASK dough SUSPEND');
    await bakery.sql('DROP TASK dough');
    expect(await bakery.show('state')).toEqual({ BREAD: 'suspended', CAKE: 'suspended', SHOP: 'started' });
    expect(await bakery.show('last_suspended_reason')).toEqual({
      BREAD: 'CHILD_BECAME_ROOT',
      CAKE: 'CHILD_BECAME_ROOT',
      SHOP: null,
    });
    expect(await bakery.show('predecessors')).toMatchObject({
      BREAD: '[]',
      SHOP: '["BAKERY.PUBLIC.BREAD","BAKERY.PUBLIC.CAKE"]',
    });
  });

  it('make a child whose last predecessor is removed a suspended root', async () => {
    await graph();
    await bakery.sql('ALTER TASK dough SUSPEND');
    await bakery.sql('ALTER TASK bread REMOVE AFTER dough');
    expect(await bakery.show('last_suspended_reason')).toMatchObject({ BREAD: 'CHILD_BECAME_ROOT' });
    expect(await bakery.error('ALTER TASK cake REMOVE AFTER shop')).toMatch(
      'Task CAKE does not have predecessor SHOP.',
    );
  });

  it('let a child move from one graph to another, but not run in both', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
    await bakery.sql(`CREATE TASK batter SCHEDULE = '60 MINUTES' AS SELECT 1`);
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1');
    await bakery.sql('ALTER TASK bread ADD AFTER batter');
    const refused = "Unsupported feature 'task BAKERY.PUBLIC.BREAD in the graphs of several root tasks'";
    expect(await bakery.error('ALTER TASK batter RESUME')).toMatch(refused);
    expect(await bakery.error('EXECUTE TASK dough')).toMatch(refused);
    await bakery.sql('ALTER TASK bread REMOVE AFTER dough');
    await bakery.sql('ALTER TASK batter RESUME');
  });

  it('hold for a graph in which every task of a layer follows every task of the layer before', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
    let before = ['dough'];
    for (let layer = 1; layer <= 8; layer += 1) {
      const names = [0, 1, 2, 3, 4, 5, 6, 7].map((place) => `t${layer}_${place}`);
      for (const name of names)
        await bakery.sql(`CREATE TASK ${name} AFTER ${before.join(', ')} AS SELECT 1`);
      before = names;
    }
    expect(await bakery.error('ALTER TASK t1_0 ADD AFTER t8_0')).toMatch('would make a cycle');
    await bakery.sql(`SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('dough')`);
    await bakery.pass(60);
    expect(await bakery.history()).toHaveLength(65);
  });
});

describe('WHEN', () => {
  const gate = (condition: string) => `CREATE TASK bread AFTER dough WHEN ${condition} AS ${note('bread')}`;

  async function runWith(returned: string, condition: string) {
    await bakery.sql(
      `CREATE TASK dough SCHEDULE = '60 MINUTES' AS ${returned === '' ? 'SELECT 1' : `CALL SYSTEM$SET_RETURN_VALUE('${returned}')`}`,
    );
    await bakery.sql(gate(condition));
    await bakery.sql(`CREATE TASK shop AFTER bread AS ${note('shop')}`);
    await enable('dough');
    await bakery.pass(60);
    return bakery.history();
  }

  it('lets a child run when it is met', async () => {
    expect(await runWith('RETRY 3', `SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DOUGH') LIKE 'RETRY%'`)).toEqual([
      ...['01:00 DOUGH SUCCEEDED', '01:00 BREAD SUCCEEDED', '01:00 SHOP SUCCEEDED'],
    ]);
  });

  it('skips a child, and what comes after it, when it is not met', async () => {
    expect(await runWith('SKIPPED', `SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DOUGH') LIKE 'RETRY%'`)).toEqual([
      ...['01:00 DOUGH SUCCEEDED', '01:00 BREAD SKIPPED'],
    ]);
    const [run] = await bakery.sql(
      `SELECT error_code, error_message, condition_text, query_id FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'bread'))`,
    );
    expect(run).toEqual([
      ...['0040003', 'Conditional expression for task evaluated to false.'],
      ...[`SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DOUGH') LIKE 'RETRY%'`, null],
    ]);
  });

  it('is not met when there is no return value', async () => {
    expect(await runWith('', `SYSTEM$GET_PREDECESSOR_RETURN_VALUE('DOUGH') <> 'SKIPPED'`)).toEqual([
      ...['01:00 DOUGH SUCCEEDED', '01:00 BREAD SKIPPED'],
    ]);
  });

  it('knows casts and Boolean logic, and the only predecessor needs no name', async () => {
    expect(
      await runWith('0.1', `NOT (SYSTEM$GET_PREDECESSOR_RETURN_VALUE()::FLOAT > 0.2) AND TRUE`),
    ).toContain('01:00 BREAD SUCCEEDED');
  });

  it('skips the whole graph, the finalizer too, when the root is skipped', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' WHEN 1 = 2 AS ${note('dough')}`);
    await bakery.sql(`CREATE TASK bread AFTER dough AS ${note('bread')}`);
    await bakery.sql(`CREATE TASK broom FINALIZE = dough AS ${note('broom')}`);
    await enable('dough');
    await bakery.pass(60);
    expect(await bakery.history()).toEqual(['01:00 DOUGH SKIPPED']);
  });

  it.each([
    'CURRENT_TIMESTAMP() IS NOT NULL',
    `CURRENT_TIMESTAMP LIKE '20%'`,
    `PARSE_JSON('1') = 1`,
    '(SELECT COUNT(*) FROM log) > 0',
  ])('refuses %s', async (condition) => {
    await bakery.sql('CREATE TASK dough AS SELECT 1');
    expect(await bakery.error(gate(condition))).toMatch('Invalid expression for task condition expression.');
  });

  it('refuses streams by name', async () => {
    expect(
      await bakery.error(
        `CREATE TASK bread SCHEDULE = '1 MINUTE' WHEN SYSTEM$STREAM_HAS_DATA('orders') AS SELECT 1`,
      ),
    ).toMatch("Unsupported feature 'SYSTEM$STREAM_HAS_DATA'");
  });
});

describe('the finalizer', () => {
  it('runs when everything else is done, also after a failure', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS ${note('dough')}`);
    await bakery.sql('CREATE TASK bread AFTER dough AS SELECT 1/0');
    await bakery.sql('CREATE TASK cake AFTER dough AS CALL SYSTEM$WAIT(600)');
    await bakery.sql(`CREATE TASK broom FINALIZE = dough AS ${note('broom')}`);
    await enable('dough');
    await bakery.pass(80);
    expect(await bakery.history()).toEqual([
      '01:00 DOUGH SUCCEEDED',
      '01:00 BREAD FAILED',
      '01:00 CAKE SUCCEEDED',
      '01:10 BROOM SUCCEEDED',
    ]);
  });

  it('is one, has no schedule and no children', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
    await bakery.sql('CREATE TASK broom FINALIZE = dough AS SELECT 1');
    expect(await bakery.error('CREATE TASK mop FINALIZE = dough AS SELECT 1')).toMatch(
      'Finalize target DOUGH already have finalizer.',
    );
    expect(await bakery.error('CREATE TASK mop FINALIZE = oven AS SELECT 1')).toMatch(
      'Invalid finalized root task OVEN was specified.',
    );
    expect(await bakery.error('CREATE TASK mop AFTER broom AS SELECT 1')).toMatch(
      'Task BAKERY.PUBLIC.BROOM cannot have children as a finalizer task.',
    );
    expect(await bakery.error(`ALTER TASK broom SET SCHEDULE = '1 MINUTE'`)).toMatch(
      'Task BROOM cannot have a schedule and be a finalizer task.',
    );
    expect(await bakery.show('task_relations')).toEqual({
      BROOM: '{"FinalizedRootTask":"BAKERY.PUBLIC.DOUGH","Predecessors":[]}',
      DOUGH: '{"Predecessors":[],"FinalizerTask":"BAKERY.PUBLIC.BROOM"}',
    });
  });

  it('becomes a suspended root when it is unset', async () => {
    await bakery.sql(`CREATE TASK dough SCHEDULE = '60 MINUTES' AS SELECT 1`);
    await bakery.sql('CREATE TASK broom AS SELECT 1');
    await bakery.sql(`ALTER TASK broom SET FINALIZE = 'dough'`);
    await bakery.sql('ALTER TASK broom RESUME');
    await bakery.sql('ALTER TASK broom UNSET FINALIZE');
    expect(await bakery.show('last_suspended_reason')).toMatchObject({ BROOM: 'FINALIZER_BECAME_ROOT' });
  });
});

describe('retries', () => {
  const attempts = () =>
    bakery.sql(
      `SELECT name, attempt_number, state, scheduled_from FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE query_id IS NOT NULL ORDER BY attempt_number, query_start_time, name`,
    );

  it('begin a failed graph again from the task that failed, in the same group', async () => {
    await graph({
      root: 'TASK_AUTO_RETRY_ATTEMPTS = 2',
      bread: `SELECT 1 / (SELECT COUNT(*) FROM log WHERE what = 'broom')`,
    });
    await bakery.sql('ALTER TASK dough SUSPEND');
    await bakery.sql(`CREATE TASK broom FINALIZE = dough AS ${note('broom')}`);
    await enable('dough');
    await bakery.pass(60);
    expect(await attempts()).toEqual([
      ...[
        ['BREAD', 1, 'FAILED', 'SCHEDULE'],
        ['BROOM', 1, 'SUCCEEDED', 'SCHEDULE'],
      ],
      ...[
        ['CAKE', 1, 'SUCCEEDED', 'SCHEDULE'],
        ['DOUGH', 1, 'SUCCEEDED', 'SCHEDULE'],
      ],
      ...[
        ['BREAD', 2, 'SUCCEEDED', 'AUTOMATIC RETRY'],
        ['BROOM', 2, 'SUCCEEDED', 'AUTOMATIC RETRY'],
        ['SHOP', 2, 'SUCCEEDED', 'AUTOMATIC RETRY'],
      ],
    ]);
  });

  it('count as one failed graph when all fail', async () => {
    await bakery.sql(
      `CREATE TASK dough SCHEDULE = '60 MINUTES' TASK_AUTO_RETRY_ATTEMPTS = 1 SUSPEND_TASK_AFTER_NUM_FAILURES = 2 AS SELECT 1/0`,
    );
    await bakery.sql('ALTER TASK dough RESUME');
    await bakery.pass(300);
    expect(await bakery.history()).toEqual([
      ...[
        '01:00 DOUGH FAILED',
        '01:00 DOUGH FAILED',
        '02:00 DOUGH FAILED',
        '02:00 DOUGH FAILED_AND_AUTO_SUSPENDED',
      ],
    ]);
  });

  it('are begun by hand with RETRY LAST', async () => {
    await graph({ bread: `SELECT 1 / (SELECT COUNT(*) FROM log WHERE what = 'oven')` });
    await bakery.pass(60);
    await bakery.sql(note('oven'));
    await bakery.sql('EXECUTE TASK dough RETRY LAST');
    await bakery.pass(1);
    expect(await attempts()).toEqual([
      ...[
        ['BREAD', 1, 'FAILED', 'SCHEDULE'],
        ['CAKE', 1, 'SUCCEEDED', 'SCHEDULE'],
        ['DOUGH', 1, 'SUCCEEDED', 'SCHEDULE'],
      ],
      ...[
        ['BREAD', 2, 'SUCCEEDED', 'MANUAL RETRY'],
        ['SHOP', 2, 'SUCCEEDED', 'MANUAL RETRY'],
      ],
    ]);
  });

  it('are refused when nothing failed, nothing ran, or the graph was changed', async () => {
    await graph();
    expect(await bakery.error('EXECUTE TASK dough RETRY LAST')).toBe(
      '091457: Cannot perform retry: no suitable run of graph with root task DOUGH to retry.',
    );
    await bakery.pass(60);
    expect(await bakery.error('EXECUTE TASK dough RETRY LAST')).toMatch(
      /^091456: .* attempt = 1\) of graph with root task DOUGH had no failures\.$/,
    );
    await bakery.sql('ALTER TASK dough SUSPEND');
    await bakery.sql('ALTER TASK bread MODIFY AS SELECT 1/0');
    await bakery.sql('EXECUTE TASK dough');
    await bakery.pass(1);
    await bakery.sql('ALTER TASK bread MODIFY AS SELECT 1');
    expect(await bakery.error('EXECUTE TASK dough RETRY LAST')).toMatch('the task graph was modified since');
  });

  it('take up an earlier graph run by its group', async () => {
    await graph({ bread: `SELECT 1 / (SELECT COUNT(*) FROM log WHERE what = 'oven')` });
    await bakery.pass(60);
    const [[group]] = (await bakery.sql(
      `SELECT DISTINCT graph_run_group_id FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE state = 'FAILED'`,
    )) as [[string]];
    await bakery.sql(note('oven'));
    await bakery.pass(60);
    expect(await bakery.error('EXECUTE TASK dough RETRY LAST')).toMatch('had no failures');
    await bakery.sql(`EXECUTE TASK dough RETRY GRAPH RUN GROUP '${group}'`);
    await bakery.pass(1);
    expect((await attempts()).slice(-2)).toEqual([
      ['BREAD', 2, 'SUCCEEDED', 'MANUAL RETRY'],
      ['SHOP', 2, 'SUCCEEDED', 'MANUAL RETRY'],
    ]);
  });

  it('want the group of a graph run of that root', async () => {
    await graph();
    expect(await bakery.error(`EXECUTE TASK dough RETRY GRAPH RUN GROUP 'x'`)).toMatch(
      'Cannot perform retry: Graph run group with ID x not found.',
    );
  });

  it('reach back to graph runs of the last fourteen days', async () => {
    await bakery.sql('CREATE TASK dough AS SELECT 1/0');
    await bakery.sql('EXECUTE TASK dough AWAIT');
    await bakery.pass(13 * 24 * 60);
    await bakery.sql('EXECUTE TASK dough RETRY LAST');
    await bakery.pass(2 * 24 * 60);
    expect(await bakery.error('EXECUTE TASK dough RETRY LAST')).toMatch('091457');
  });
});
