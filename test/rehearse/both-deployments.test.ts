/** `make demo` applies every deployment of the config to one local account; each must still work there. */
import config from '../../auto-restart.config';
import { o2cDag } from '../../rehearsals/dags/o2c';
import type { LocalSnowflake } from '../../src/local/engine/contract';
import { openLocal } from '../../src/local/index';
import { prepareAccount } from '../../src/rehearse/account';
import { resolveDeployments } from '../../src/model/resolve';
import { renderDeployment } from '../../src/render/render';

let account: LocalSnowflake;

beforeAll(async () => {
  account = await openLocal({ start: new Date('2026-01-05T05:00:00Z') });
  for (const deployment of resolveDeployments(config)) {
    await prepareAccount(account, deployment, { dagOf: () => JSON.stringify(o2cDag) });
    const session = account.openSession({ database: deployment.database, schema: deployment.schema });
    for (const { sql } of renderDeployment(deployment).statements) await session.execute(sql);
    await session.close();
  }
});
afterAll(() => account.close());

it.each([
  ['EDW.O2C_AUDIT', 'EDW.O2C_AUDIT', "'dbt_o2c_enhanced'"],
  ['EDW.O2C_NATIVE', 'EDW.O2C_NATIVE', "'dbt_o2c_enhanced', NULL, 'daily'"],
  ['EDW.O2C_AUDIT', 'no schema at all', "'dbt_o2c_enhanced'"],
])('the procedure of %s builds for a session in %s', async (of, current, args) => {
  const [database, schema] = current.split('.');
  const session = account.openSession(schema === undefined ? {} : { database: database!, schema });
  const { rows } = await session.execute(`CALL ${of}.RUN_DBT_AUTO_RESTART(${args})`);
  expect(rows[0]![0]).toMatch(/^🔵 FULL BUILD: (First run|Normal scheduled run)$/u);
});
