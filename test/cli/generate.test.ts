import * as fs from 'node:fs';
import * as path from 'node:path';
import { BAKERY, newFolder, removeProgram, runIn } from './program';

afterAll(removeProgram);

const FIVE_MISTAKES = `
import { auditTables, cron, defineConfig, procedureRunner } from 'dbt-auto-restart';

export default defineConfig({
  deployments: {
    bakery: {
      database: 'BAKERY',
      schema: 'OVEN',
      defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
      state: auditTables({ layout: 'o3c' }),
      runner: procedureRunner('BAKERY.OVEN.BAKE'),
      jobs: { bread: { project: 'bakery', retry: { maxAtempts: 3 } } },
      tasks: {
        BAKE: { job: 'bred', schedule: cron('0 4 * * *') },
        SELL: { job: 'bread', schedule: cron('0 0 30 2 *') },
        GLAZE: { job: 'bread', after: ['COOL'] },
        COOL: { job: 'bread', after: ['GLAZE'] },
      },
    },
  },
} as never);
`;

it('prints five problems for five mistakes, exits 2, and writes nothing', () => {
  const folder = newFolder(FIVE_MISTAKES);
  const { code, stdout, stderr } = runIn(folder, ['generate']);
  expect(stderr).toBe(`error: the config has 5 problems
  deployments.bakery.state.layout: "o3c" is not one of o2c, elementary, dbt_artifacts
    did you mean o2c?
  deployments.bakery.jobs.bread.retry.maxAtempts: there is no option "maxAtempts"
    did you mean maxAttempts?
  deployments.bakery.tasks.BAKE.job: there is no job "bred"
    did you mean bread?
  deployments.bakery.tasks.SELL.schedule.expression: "0 0 30 2 *" never fires
    no such day comes; choose another day or month
  deployments.bakery.tasks.GLAZE.after: the tasks form a cycle: GLAZE -> COOL -> GLAZE
    one of them has to start by a schedule
`);
  expect({ code, stdout, files: fs.readdirSync(folder) }).toEqual({
    code: 2,
    stdout: '',
    files: ['auto-restart.config.ts'],
  });
});

describe('generate', () => {
  const folder = newFolder(BAKERY);
  const generated = path.join(folder, 'generated', 'bakery');

  it('writes the files, says which are new, and is quiet on stderr', () => {
    const { code, stdout, stderr } = runIn(folder, ['generate']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^generated\/bakery\/01_view_v_auto_restart_jobs\.sql +new$/m);
    expect(stdout).toMatch(/^\d+ files written or removed, 0 unchanged$/m);
    expect(fs.readdirSync(generated)).toContain('setup.sql');
  });

  it('changes nothing the second time', () => {
    const before = fs.statSync(path.join(generated, 'setup.sql')).mtimeMs;
    const { code, stdout } = runIn(folder, ['generate']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^0 files written or removed, \d+ unchanged\n$/),
    });
    expect(fs.statSync(path.join(generated, 'setup.sql')).mtimeMs).toBe(before);
  });

  it('finds the config from a folder below it', () => {
    const below = path.join(folder, 'models', 'marts');
    fs.mkdirSync(below, { recursive: true });
    expect(runIn(below, ['generate', '--check'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^generated\/ is up to date: \d+ files\n$/),
    });
    expect(fs.readdirSync(below)).toEqual([]);
  });

  it('with --check names file and line of a changed character, shows the lines, and exits 3', () => {
    const file = path.join(generated, 'verify.sql');
    const text = fs.readFileSync(file, 'utf8');
    const lines = text.split('\n');
    const line = lines.findIndex((content) => content.startsWith('SHOW') || content.startsWith('SELECT'));
    const original = lines[line] ?? '';
    lines[line] = original.replace('S', 'X');
    fs.writeFileSync(file, lines.join('\n'));
    const { code, stdout } = runIn(folder, ['generate', '--check']);
    expect(code).toBe(3);
    expect(stdout).toContain(`generated/bakery/verify.sql:${line + 1} is stale`);
    expect(stdout).toContain(`    -${lines[line]}\n    +${original}\n`);
    expect(fs.readFileSync(file, 'utf8')).toBe(lines.join('\n'));
    fs.writeFileSync(file, text);
  });

  it('with --check names a missing and an orphaned file', () => {
    fs.renameSync(path.join(generated, 'verify.sql'), path.join(generated, 'old.sql'));
    const manifest = path.join(generated, 'manifest.json');
    const before = fs.readFileSync(manifest, 'utf8');
    fs.writeFileSync(manifest, before.replace('"files": [', '"files": [\n    "old.sql",'));
    const { code, stdout, stderr } = runIn(folder, ['generate', '--check']);
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: expect.stringMatching(
        /is stale\n[^]*generated\/bakery\/old\.sql is orphaned\ngenerated\/bakery\/verify\.sql is missing\n$/,
      ),
    });
    expect(stderr).toBe('generated/ differs from the config in 3 files: run dbt-auto-restart generate\n');
  });

  it('removes its orphans, and leaves files that are not its own', () => {
    fs.writeFileSync(path.join(generated, 'notes.md'), 'mine\n');
    const { code, stdout, stderr } = runIn(folder, ['generate']);
    expect(code).toBe(0);
    expect(stdout).toContain('3 files written or removed');
    expect(stderr).toBe('left alone, not written by generate: generated/bakery/notes.md\n');
    expect(fs.existsSync(path.join(generated, 'old.sql'))).toBe(false);
    expect(fs.readFileSync(path.join(generated, 'notes.md'), 'utf8')).toBe('mine\n');
  });

  it('says the same as JSON', () => {
    fs.rmSync(path.join(generated, 'notes.md'));
    fs.appendFileSync(path.join(generated, 'setup.sql'), '-- by hand\n');
    const { code, stdout, stderr } = runIn(folder, ['generate', '--check', '--json']);
    const result = JSON.parse(stdout) as {
      upToDate: boolean;
      files: { file: string; state: string; hunk?: string[] }[];
    };
    expect({ code, stderr, upToDate: result.upToDate }).toEqual({ code: 3, stderr: '', upToDate: false });
    // As docs/json.md has it.
    expect(Object.keys(result)).toEqual(['upToDate', 'files', 'foreign', 'warnings']);
    const stale = result.files.filter(({ state }) => state !== 'unchanged');
    expect(stale).toMatchObject([{ file: 'generated/bakery/setup.sql', state: 'stale' }]);
    expect(stale[0]?.hunk).toContain('--- by hand');
  });

  it('says once what a checkout did to all files', () => {
    runIn(folder, ['generate']);
    for (const name of fs.readdirSync(generated)) {
      const file = path.join(generated, name);
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    }
    const { code, stdout, stderr } = runIn(folder, ['generate', '--check']);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /^\d+ files differ only by lines that end with CRLF instead of LF: generated\/bakery\//,
    );
    expect(stderr).toContain('put "generated/** text eol=lf" into .gitattributes');
    expect(stderr.split('\n')).toHaveLength(4);
  });

  it("does not write over somebody's file, and says whose place it takes", () => {
    const other = newFolder(BAKERY);
    fs.mkdirSync(path.join(other, 'generated', 'bakery'), { recursive: true });
    const file = path.join(other, 'generated', 'bakery', 'setup.sql');
    fs.writeFileSync(file, '-- mine, written with dbt-auto-restart in mind');
    expect(runIn(other, ['generate', '--check']).stdout).toContain(
      'generated/bakery/setup.sql is not ours: generate did not write it',
    );
    const { code, stderr } = runIn(other, ['generate']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'error: generate would write over what it did not write: generated/bakery/setup.sql\n' +
        '  move it to another folder, or delete it, and generate again\n',
    });
    expect(fs.readdirSync(path.join(other, 'generated', 'bakery'))).toEqual(['setup.sql']);
  });
});

describe('warnings', () => {
  const doubtful = BAKERY.replace("procedureRunner('BAKERY.OVEN.BAKE')", "procedureRunner('SYSTEM$DBT_RUN')");

  it('go to stderr with code, place and page, and change no exit code', () => {
    const { code, stderr } = runIn(newFolder(doubtful), ['generate']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'warning UNDOCUMENTED_RUNNER deployments.bakery.runner: SYSTEM$DBT_RUN is in no',
    );
    expect(stderr).toContain('(docs/warnings.md#undocumented_runner)');
  });
});

describe('two deployments', () => {
  const second = BAKERY.replace(
    '  deployments: {',
    "  deployments: {\n    pastry: { database: 'PASTRY', schema: 'OVEN', state: auditTables({ layout: 'o2c' }), runner: procedureRunner('BAKE'), tasks: { FROST: { project: 'pastry', schedule: cron('0 5 * * *') } } },",
  );

  it('are generated one by one with --deployment', () => {
    const folder = newFolder(second);
    expect(runIn(folder, ['generate', '--deployment', 'pastry']).code).toBe(0);
    expect(fs.readdirSync(path.join(folder, 'generated'))).toEqual(['pastry']);
    expect(runIn(folder, ['generate', '--check', '--deployment', 'pastry']).code).toBe(0);
    expect(runIn(folder, ['generate', '--check']).code).toBe(3);
  });

  it('lose the folder of one that the config has no more', () => {
    const folder = newFolder(second);
    runIn(folder, ['generate']);
    fs.writeFileSync(path.join(folder, 'auto-restart.config.ts'), BAKERY);
    expect(runIn(folder, ['generate', '--check']).stdout).toContain('generated/pastry/setup.sql is orphaned');
    expect(runIn(folder, ['generate', '--deployment', 'bakery']).code).toBe(0);
    expect(fs.readdirSync(path.join(folder, 'generated'))).toEqual(['bakery', 'pastry']);
    expect(runIn(folder, ['generate']).code).toBe(0);
    expect(fs.readdirSync(path.join(folder, 'generated'))).toEqual(['bakery']);
  });
});

describe('environments', () => {
  const config = BAKERY.replace(
    'deployments: {',
    "environments: ['dev', 'prod'],\n  deployments: ({ env }) => ({",
  )
    .replace("schema: 'OVEN'", "schema: env === 'prod' ? 'OVEN' : 'SMALL_OVEN'")
    .replace(/ {2}\},\n\}\);\n$/, '  }),\n});\n');
  const folder = newFolder(config);
  const manifest = (env: string): string => path.join(folder, 'generated', env, 'bakery', 'manifest.json');

  it('are all rendered, each into a folder of its own', () => {
    expect(runIn(folder, ['generate'])).toMatchObject({ code: 0 });
    expect(fs.readdirSync(path.join(folder, 'generated'))).toEqual(['dev', 'prod']);
    expect(fs.readFileSync(manifest('dev'), 'utf8')).toContain('SMALL_OVEN');
    expect(runIn(folder, ['generate', '--check'])).toMatchObject({ code: 0 });
  });

  it('--env writes and checks one, and leaves the other alone', () => {
    fs.appendFileSync(manifest('dev'), ' ');
    expect(runIn(folder, ['generate', '--check', '--env', 'prod'])).toMatchObject({ code: 0 });
    expect(runIn(folder, ['generate', '--env', 'prod'])).toMatchObject({ code: 0 });
    expect(runIn(folder, ['generate', '--check'])).toMatchObject({ code: 3 });
    expect(runIn(folder, ['generate', '--env', 'dev'])).toMatchObject({ code: 0 });
    expect(runIn(folder, ['generate', '--check'])).toMatchObject({ code: 0 });
  });

  it('a command that touches an account wants to know which', () => {
    const { code, stderr } = runIn(folder, ['apply', '--connection', 'local']);
    expect(code).toBe(2);
    expect(stderr).toContain('the config has several environments, and none was named');
    expect(stderr).toContain('add --env dev or --env prod');
  });

  it('what an environment no longer has is removed with it alone', () => {
    fs.writeFileSync(
      path.join(folder, 'auto-restart.config.ts'),
      config.replace('    bakery: {', "    [env === 'dev' ? 'bakery' : 'shop']: {"),
    );
    expect(runIn(folder, ['generate', '--env', 'prod'])).toMatchObject({ code: 0 });
    expect(fs.readdirSync(path.join(folder, 'generated', 'prod'))).toEqual(['shop']);
    expect(fs.existsSync(manifest('dev'))).toBe(true);
  });
});
