import { type O2cAccount, openO2c } from './account';

const RUN = `EXECUTE DBT PROJECT DBT_O2C_ENHANCED ARGS = 'run --select stg_orders stg_payments'`;

describe('a fault in certain runs of a task', () => {
  let o2c: O2cAccount;
  beforeEach(async () => {
    o2c = await openO2c('none');
    await o2c.rows('CREATE WAREHOUSE COMPUTE_WH');
    await o2c.rows(`CREATE TASK BAKE WAREHOUSE = COMPUTE_WH AS ${RUN}`);
  });
  afterEach(() => o2c.account.close());

  /** States of the task's runs so far, in order. */
  async function bake(times: number): Promise<string[]> {
    for (let index = 0; index < times; index += 1) {
      await o2c.rows('EXECUTE TASK BAKE');
      await o2c.rows('SELECT SYSTEM$LOCAL_ADVANCE(60)');
    }
    const rows = await o2c.rows(
      'SELECT STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) ORDER BY QUERY_START_TIME',
    );
    return rows.map(([state]) => String(state));
  }

  it('is met in those, and not in runs of a person in between', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL_IN_RUN('dbt_o2c_enhanced', 'stg_orders', 'BAKE', '2,3')`);
    await bake(1);
    await o2c.rows(RUN);
    expect(await bake(3)).toEqual(['SUCCEEDED', 'FAILED', 'FAILED', 'SUCCEEDED']);
  });

  it('may be that dbt dies', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_CRASH_IN_RUN('dbt_o2c_enhanced', '', 'BAKE', '2')`);
    expect(await bake(3)).toEqual(['SUCCEEDED', 'FAILED', 'SUCCEEDED']);
  });

  it('is replaced by a later word on the same node and task', async () => {
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL_IN_RUN('dbt_o2c_enhanced', 'stg_orders', 'BAKE', '1')`);
    await o2c.rows(`SELECT SYSTEM$LOCAL_DBT_FAIL_IN_RUN('dbt_o2c_enhanced', 'stg_orders', 'BAKE', '2')`);
    expect(await bake(2)).toEqual(['SUCCEEDED', 'FAILED']);
  });

  it.each(['0', '1,x', ''])("is refused for the runs '%s'", async (runs) => {
    expect(
      await o2c.failure(
        `SELECT SYSTEM$LOCAL_DBT_FAIL_IN_RUN('dbt_o2c_enhanced', 'stg_orders', 'BAKE', '${runs}')`,
      ),
    ).toContain('they are counted from 1');
  });
});
