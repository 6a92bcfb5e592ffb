/** The commands of the on-call engineer as processes: exit codes, what goes where, with and without a terminal. */
import { BAKERY, newFolder, removeProgram, runIn } from '../cli/program';

afterAll(removeProgram);

const folder = newFolder(BAKERY);
const run = (...args: string[]) => runIn(folder, args);
const local = ['--connection', 'local'];

beforeAll(() => {
  expect(run('generate')).toMatchObject({ code: 0 });
});

describe('status', () => {
  it('says that nothing was applied yet, and what to type', () => {
    const { code, stdout } = run('status', ...local);
    expect(stdout).toContain('it was not applied to this account');
    expect(stdout).toContain('dbt-auto-restart plan --connection local');
    expect(code).toBe(0);
  });

  it('--check ends with 1 when anything needs a person', () => {
    expect(run('status', '--check', ...local)).toMatchObject({ code: 1 });
  });

  it('is one line a job once it was applied, and then --check is content', () => {
    expect(run('apply', ...local)).toMatchObject({ code: 0 });
    const { code, stdout } = run('status', '--check', ...local);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stdout).toMatch(
      /^ {2}BAKE_BREAD {2}never logged {2}the log has no full run of it; first .* by BAKE_BREAD/m,
    );
    expect(code).toBe(0);
  });

  it('--json is one document, --markdown a table', () => {
    const [account] = JSON.parse(run('status', '--json', ...local).stdout) as { jobs: object[] }[];
    expect(account?.jobs).toMatchObject([
      {
        deployment: 'bakery',
        job: 'BAKE_BREAD',
        status: 'never-logged',
        needsPerson: false,
        next: ['dbt-auto-restart force-full BAKE_BREAD --connection local'],
        state: { chainReason: 'FIRST_RUN', attemptsMade: 0 },
      },
    ]);
    expect(run('status', '--markdown', ...local).stdout).toContain(
      '| `bakery` | `BAKE_BREAD` | never logged | the log has no full run of it; first',
    );
  });

  it('says what it sends where that is wanted', () => {
    const { stderr } = run('status', '--show-sql', ...local);
    expect(stderr).toMatch(
      /^SELECT\n {4}'bakery' AS DEPLOYMENT,\n[^]*\nFROM\n {4}BAKERY\.OVEN\.V_AUTO_RESTART_STATE/m,
    );
    expect(stderr).toContain('SHOW TASKS IN SCHEMA BAKERY.OVEN;');
  });

  it('without a connection ends with 4', () => {
    expect(run('status')).toMatchObject({ code: 4 });
  });
});

describe('explain --now', () => {
  it('names the row that matched, why the others did not, what would run, and what to type', () => {
    const { code, stdout } = run('explain', 'BAKE_BREAD', ...local);
    expect(stdout).toMatch(
      /^ +3 +matches +FIRST_RUN +the log has no full run of the job \(0 runs of any kind\)$/m,
    );
    expect(stdout).toMatch(/^ +2 +no +REQUESTED +the mode is AUTO$/m);
    expect(stdout).toMatch(/^ +would run +dbt build$/m);
    expect(stdout).toContain('dbt-auto-restart force-full BAKE_BREAD --connection local');
    expect(code).toBe(0);
  });

  it('takes another mode', () => {
    const { stdout } = run('explain', 'BAKE_BREAD', '--mode', 'full-build', '--json', ...local);
    const [job] = JSON.parse(stdout) as { evidence: { decision: object; wouldRun: string }[] }[];
    expect(job?.evidence).toMatchObject([
      { decision: { mode: 'FULL_BUILD', matched: { row: '2', code: 'REQUESTED' } }, wouldRun: 'dbt build' },
    ]);
  });

  it('needs neither account nor connection without --now', () => {
    const { code, stdout } = run('explain', 'BAKE_BREAD');
    expect(stdout).toContain('gives up');
    expect(code).toBe(0);
  });

  it('refuses a mode that is none', () => {
    expect(run('explain', 'BAKE_BREAD', '--mode', 'sometimes', ...local)).toMatchObject({ code: 2 });
  });
});

describe('doctor', () => {
  it('says what it looked at and what it found, the log among it, and ends with 0 without an error', () => {
    const { code, stdout } = run('doctor', ...local);
    expect(stdout).toMatch(/^bakery: 0 errors, 1 warning$/m);
    expect(stdout).toMatch(
      /looked at: connection, state, runs, tasks, privileges, dbt project, timeouts, log/,
    );
    expect(stdout).toMatch(/warning LOG_EMPTY BAKERY\.OVEN\.DBT_RUN_LOG/);
    expect(code).toBe(0);
  });

  it('ends with 1 on an error, and --json is one document', () => {
    const other = newFolder(BAKERY.replace("schema: 'OVEN'", "schema: 'CELLAR'"));
    const { code, stdout } = runIn(other, ['doctor', '--json', ...local]);
    const [diagnosis] = JSON.parse(stdout) as { findings: object[] }[];
    expect(diagnosis).toMatchObject({ deployment: 'bakery', session: { role: 'ACCOUNTADMIN' } });
    expect(diagnosis?.findings[0]).toMatchObject({ severity: 'error', code: 'NOT_APPLIED' });
    expect(code).toBe(1);
  });

  it('--schema alone is refused', () => {
    expect(run('doctor', '--schema', 'A.B', ...local)).toMatchObject({ code: 2 });
  });
});
