/** A role that sees nothing of Snowflake's history is told so, or every call would look like a first run. */
import config from '../../../auto-restart.config';
import { resolveDeployments } from '../../../src/model/resolve';
import { renderDeployment } from '../../../src/render/render';
import { openBakery, type Bakery } from './account';

const native = resolveDeployments(config).find(({ name }) => name === 'o2c_native')!;
const CALL = "CALL EDW.O2C_NATIVE.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced', NULL, 'daily')";

let bakery: Bakery;
beforeEach(async () => {
  bakery = await openBakery(native);
  await bakery.runAll(renderDeployment(native).files['setup.sql']!);
});
afterEach(() => bakery.close());

const call = async () => Object.values((await bakery.run(CALL))[0]!)[0];

it('the answer ends with HISTORY_BLIND for a role without MONITOR on the dbt project', async () => {
  await bakery.run("SELECT SYSTEM$LOCAL_DBT_HISTORY_BLIND('dbt_o2c_enhanced', TRUE)");
  expect(await call()).toBe('🔵 FULL BUILD: First run | HISTORY_BLIND');
  expect(await call()).toBe('🔵 FULL BUILD: First run | HISTORY_BLIND');
});

it('the answer has no note for a role that sees its runs', async () => {
  expect(await call()).toBe('🔵 FULL BUILD: First run');
  expect(await call()).toBe('🔵 FULL BUILD: Normal scheduled run');
});
