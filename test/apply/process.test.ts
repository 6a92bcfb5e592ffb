/** plan, apply, diff and destroy as processes: exit codes 0 to 4, stdin closed, stdout a pipe. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { spawnSync } from 'node:child_process';
import { BAKERY, newFolder, program, removeProgram, runIn } from '../cli/program';

afterAll(removeProgram);

const config = BAKERY.replace('defineConfig({', "defineConfig({\n  app: 'acme',");
/** When the bakery of the config bakes. */
const DAILY = /'[^']+ \* \* \*'/.exec(config)![0];
const folder = newFolder(config);
const run = (...args: string[]) => runIn(folder, args);
const write = (text: string): void => fs.writeFileSync(path.join(folder, 'auto-restart.config.ts'), text);
const local = ['--connection', 'local'];

beforeAll(() => {
  expect(run('generate')).toMatchObject({ code: 0 });
});

describe('on one account, in this order', () => {
  it('plan --check of an empty account is 3, and changes nothing', () => {
    const { code, stdout } = run('plan', '--check', ...local);
    expect(stdout).toMatch(/\+ create +graph BAKERY\.OVEN\.BAKE_BREAD/);
    expect(code).toBe(3);
    expect(run('plan', ...local)).toMatchObject({ code: 0 });
  });

  it('apply is 0, again 0 with nothing to do, and plan --check is 0', () => {
    expect(run('apply', ...local)).toMatchObject({ code: 0 });
    const again = run('apply', ...local);
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('nothing to do');
    expect(run('plan', '--exit-code', ...local)).toMatchObject({ code: 0 });
  });

  it('a plan that was kept is applied once, and refused when the account has moved', () => {
    write(config.replace(DAILY, "'0 5 * * *'"));
    expect(run('generate')).toMatchObject({ code: 0 });
    expect(run('plan', '--out', 'plan.json', ...local)).toMatchObject({ code: 0 });
    expect(run('apply', '--plan', 'plan.json', ...local)).toMatchObject({ code: 0 });
    const late = run('apply', '--plan', 'plan.json', ...local);
    expect(late.stderr).toContain('has changed since the plan was made: nothing was applied');
    expect(late.code).toBe(1);
  });

  it('a task that was renamed is suspended, named, and dropped with consent', () => {
    write(config.replace('BAKE_BREAD:', 'BAKE_LOAVES:'));
    expect(run('generate')).toMatchObject({ code: 0 });
    const { code, stdout } = run('apply', ...local);
    expect(stdout).toContain('task BAKERY.OVEN.BAKE_BREAD: started -> suspended');
    expect(stdout).toContain('left over task BAKERY.OVEN.BAKE_BREAD');
    expect(code).toBe(0);
    expect(run('apply', '--allow', 'DROP', ...local)).toMatchObject({ code: 0 });
    expect(run('plan', ...local).stdout).not.toContain('BAKE_BREAD');
  });

  it('destroy wants its own consent, takes everything away, and says what it leaves', () => {
    const refused = run('destroy', '--yes', ...local);
    expect(refused.stderr).toContain('--allow DROP');
    expect(refused.code).toBe(1);
    const { code, stderr } = run('destroy', '--allow', 'DROP', ...local);
    expect(stderr).toContain('left as they are: the log tables');
    expect(code).toBe(0);
    expect(run('destroy', '--allow', 'DROP', ...local).stdout).toContain('nothing of ours is there');
  });

  it('--json is one document, of a plan, a report and an error', () => {
    const plan = JSON.parse(run('plan', '--json', ...local).stdout) as {
      deployments: { steps: object[] }[];
    }[];
    expect(plan[0]?.deployments[0]?.steps.length).toBeGreaterThanOrEqual(3);
    const report = JSON.parse(run('apply', '--json', ...local).stdout) as { ok: boolean }[];
    expect(report).toMatchObject([{ ok: true, target: 'the local Snowflake' }]);
    const error = run('apply', '--json', '--take-over', 'nobody', ...local);
    expect(JSON.parse(error.stdout)).toMatchObject({ error: { code: 'REFUSED', where: '--take-over' } });
    expect(error.code).toBe(1);
  });
});

describe('with stdin closed and stdout a pipe', () => {
  it.each([
    ['plan', ['plan', ...local], 0],
    ['apply', ['apply', ...local], 0],
    ['apply that would ask', ['apply', '--connection', 'oven'], 2],
    ['destroy that would ask', ['destroy', '--connection', 'oven', '--allow', 'DROP'], 2],
    ['diff', ['diff', '--base', 'generated'], 0],
  ])('%s ends, and says how', (_, args, code) => {
    const command = [process.execPath, program(), ...args].map((word) => `'${word}'`).join(' ');
    const { stdout, stderr, signal } = spawnSync(
      'sh',
      ['-c', `{ ${command} <&-; echo "ended with $?"; } | cat`],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 300_000,
        env: { PATH: process.env['PATH'] ?? '', HOME: folder },
      },
    );
    expect({ stderr, signal }).toMatchObject({ signal: null });
    expect(stdout).toContain(`ended with ${code}`);
    if (code === 2) expect(stderr).toContain('nobody can be asked: this is no terminal');
  });
});

describe('requests that are wrong end with 2', () => {
  it.each([
    ['a code that does not exist', ['plan', '--allow', 'DORP', ...local], 'did you mean DROP?'],
    ['ADOPT as a code', ['plan', '--allow', 'ADOPT', ...local], 'the consent to ADOPT is --adopt'],
    ['no terminal and no --yes', ['apply'], 'add --yes'],
    [
      'a plan that is none',
      ['apply', '--plan', 'auto-restart.config.ts', ...local],
      'the plan cannot be read',
    ],
    ['no number', ['apply', '--concurrency', '0', ...local], 'from 1 to 64'],
    ['no number of minutes', ['apply', '--wait', 'soon', ...local], 'from 0 to 1440'],
    ['a commit that is not there', ['diff', '--base', 'nowhere'], 'git cannot tell'],
  ])('%s', (_, args, said) => {
    const { code, stderr } = run(...args);
    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });
});

it('a connection that is not there ends with 4', () => {
  const { code, stderr } = run('plan', '--connection', 'nowhere');
  expect(stderr).toContain("there is no connection 'nowhere'");
  expect(code).toBe(4);
});

it('a deployment of another connection is not sent to the one that was named', () => {
  const elsewhere = newFolder(
    config.replace("database: 'BAKERY'", "connection: { name: 'dev' }, database: 'BAKERY'"),
  );
  expect(runIn(elsewhere, ['generate'])).toMatchObject({ code: 0 });
  const { code, stderr } = runIn(elsewhere, ['apply', '--connection', 'prod', '--yes']);
  expect(stderr).toContain(
    'deployment bakery belongs to connection dev, not to prod: nothing is sent to prod',
  );
  expect(code).toBe(1);
});

it('diff compares folders, and exits 3 only when asked', () => {
  const base = path.join(folder, 'before');
  write(config);
  expect(run('generate')).toMatchObject({ code: 0 });
  fs.cpSync(path.join(folder, 'generated'), base, { recursive: true });
  write(config.replace(DAILY, "'0 7 * * *'"));
  expect(run('generate')).toMatchObject({ code: 0 });
  const { code, stdout } = run('diff', '--base', base);
  expect(stdout).toMatch(/SCHEDULE: USING CRON [\d,]+ [\d,]+ \* \* \* UTC -> USING CRON 0 7 \* \* \* UTC/);
  expect(code).toBe(0);
  expect(run('diff', '--base', base, '--check', '--markdown')).toMatchObject({ code: 3 });
});
