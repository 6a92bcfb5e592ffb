/** An apply that is told to end, and one that waits for another: the command as a process, over the driver. */
import { tableStatements } from '../../src/local/index';
import { BAKERY, removeProgram } from '../cli/program';
import { openServed, projectOf, runOver, startOver, type Served } from '../cli/served';

let served: Served;
let folder: string;
beforeAll(() => {
  folder = projectOf(BAKERY);
});
beforeEach(async () => {
  served = await openServed();
  await served.run(
    'CREATE DATABASE BAKERY',
    'CREATE SCHEMA BAKERY.OVEN',
    'CREATE ROLE BAKER',
    'CREATE WAREHOUSE FLOUR_WH',
    ...tableStatements('o2c', 'BAKERY', 'OVEN'),
  );
});
afterEach(() => served.close());
afterAll(removeProgram);

const APPLY = ['apply', '--yes', '--allow', 'PRIVILEGED_ROLE'];
const NODES = /CREATE OR REPLACE VIEW BAKERY\.OVEN\.V_AUTO_RESTART_NODES/;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s waits for the statement on its way, says what is done and what is not, and leaves no lock',
  async (signal) => {
    const { there, letGo } = served.hold(NODES);
    const started = startOver(served, folder, APPLY);
    await there;
    started.kill(signal);
    await until(() => started.stderr().includes(signal));
    expect(started.stderr()).toContain(
      `${signal}: waiting for the statement that is on its way; no other is sent`,
    );
    letGo();
    const { code, stdout } = await started.ended;
    expect(stdout).toMatch(/^done +create +view BAKERY\.OVEN\.V_AUTO_RESTART_NODES/m);
    expect(stdout).toMatch(/^not run +create +view BAKERY\.OVEN\.V_AUTO_RESTART_HISTORY/m);
    expect(code).toBe(1);
    const sent = served.sent();
    const held = sent.findIndex((sql) => NODES.test(sql));
    expect(sent.slice(held + 1).filter((sql) => /^\s*(CREATE|ALTER TASK|EXECUTE)/.test(sql))).toEqual([]);
    // Nothing stands in the way of the next one.
    const again = await runOver(served, folder, APPLY);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).not.toContain('V_AUTO_RESTART_NODES');
  },
);

it('a second signal ends the process, and the next apply is told how to go on', async () => {
  const { there, letGo } = served.hold(NODES);
  const started = startOver(served, folder, APPLY);
  await there;
  started.kill('SIGINT');
  await until(() => started.stderr().includes('SIGINT'));
  started.kill('SIGINT');
  expect(await started.ended).toMatchObject({ signal: 'SIGINT' });
  letGo();
  const { code, stderr } = await runOver(served, folder, APPLY);
  expect(code).toBe(1);
  const [, id = ''] = /--take-over (\w+)/.exec(stderr) ?? [];
  expect(await runOver(served, folder, [...APPLY, '--take-over', id])).toMatchObject({ code: 0 });
});

it('--wait waits until another apply is over, and does what is left', async () => {
  const { there, letGo } = served.hold(NODES);
  const first = startOver(served, folder, APPLY);
  await there;
  const second = startOver(served, folder, [...APPLY, '--wait', '5']);
  await until(() => second.stderr().includes('waiting for at most 5 min: -/-/bakery is applied by'));
  letGo();
  expect(await first.ended).toMatchObject({ code: 0 });
  const { code, stdout } = await second.ended;
  expect(stdout).toContain('nothing to do');
  expect(code).toBe(0);
});

it('without --wait it is told at once who applies', async () => {
  const { there, letGo } = served.hold(NODES);
  const first = startOver(served, folder, APPLY);
  await there;
  const { code, stderr } = await runOver(served, folder, APPLY);
  expect(stderr).toMatch(/another apply holds the lock: -\/-\/bakery is applied by .* \(id \w+\)/);
  expect(code).toBe(1);
  letGo();
  expect(await first.ended).toMatchObject({ code: 0 });
});
