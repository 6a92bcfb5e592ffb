import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBakery, note } from './bakery';

describe('an account that is opened again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bakery-'));
  const file = join(folder, 'bakery.db');
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has its tasks, their state and their history, and marks what was interrupted', async () => {
    const monday = await openBakery({ file, start: '2026-03-02T00:00:00Z' });
    await monday.sql(`CREATE TASK bread SCHEDULE = 'USING CRON 0 6 * * * UTC' AS ${note('bread')}`);
    await monday.sql(`CREATE TASK cake SCHEDULE = 'USING CRON 0 7 * * * UTC' AS CALL SYSTEM$WAIT(1800)`);
    await monday.sql('ALTER TASK bread RESUME');
    await monday.sql('ALTER TASK cake RESUME');
    await monday.pass(7 * 60 + 10);
    await monday.close();

    const tuesday = await openBakery({ file, start: '2026-03-03T00:00:00Z' });
    expect(await tuesday.show('state')).toEqual({ BREAD: 'started', CAKE: 'started' });
    expect(await tuesday.history()).toEqual(['06:00 BREAD SUCCEEDED', '07:00 CAKE FAILED']);
    const [cake] = await tuesday.sql(
      `SELECT error_message FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(TASK_NAME => 'CAKE')) WHERE query_id IS NOT NULL`,
    );
    expect(cake).toEqual(['The local Snowflake was stopped while the task was running.']);
    await tuesday.pass(6 * 60);
    expect(await tuesday.log()).toEqual(['06:00 bread', '06:00 bread']);
    await tuesday.close();
  });
});
