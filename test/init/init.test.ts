/** `init`: what it writes compiles, is up to date, and rehearses a failure; nothing of the user's is lost. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';
import type { InitArgs } from '../../src/cli/commands/init';
import { fillAnswers } from '../../src/cli/init-answers';
import { newFolder, removeProgram, runIn } from '../cli/program';

afterAll(removeProgram);

const init = (folder: string, ...args: string[]) => runIn(folder, ['init', '--yes', ...args]);
const read = (folder: string, file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');

describe('init --yes in an empty folder', () => {
  const folder = newFolder();
  const ended = init(folder, '--project', 'bakery');

  it('says what it wrote, and what to type next', () => {
    expect(ended.code).toBe(0);
    expect(ended.stdout.trimEnd().split('\n')).toEqual([
      'new       auto-restart.config.ts',
      'new       rehearsals/1-failure-and-retry.ts',
      'new       rehearsals/dags/bakery.ts',
      'new       .github/workflows/dbt-auto-restart.yml',
      'new       .gitattributes',
      'new       .gitignore',
      'new       generated/ (13 files)',
    ]);
    expect(ended.stderr).toContain('npx dbt-auto-restart explain BAKERY_BUILD');
  });

  it('proposes a full build on the schedule and retry-only as its finalizer', () => {
    const config = read(folder, 'auto-restart.config.ts');
    expect(config).toContain(
      "BAKERY_BUILD: { job: 'daily', mode: 'full-build', schedule: cron('0 6 * * *', 'UTC') },",
    );
    expect(config).toContain(
      "BAKERY_BUILD_HEAL: { job: 'daily', mode: 'retry-only', finalize: 'BAKERY_BUILD' },",
    );
  });

  it('leaves files that are up to date, without a warning', () => {
    expect(runIn(folder, ['generate', '--check'])).toEqual({
      code: 0,
      stdout: 'generated/ is up to date: 13 files\n',
      stderr: '',
    });
  });

  it('leaves a rehearsal that goes as it expects', () => {
    const { code, stdout } = runIn(folder, ['rehearse', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { ok: true, summary: { failures: 1, retries: 1, fullBuilds: 2 } },
    ]);
  });

  it('is refused a second time: the config is the user’s', () => {
    const again = init(folder);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain('auto-restart.config.ts is there already');
  });
});

describe('what is there', () => {
  it('is left, or gets the lines that it lacks, once', () => {
    const folder = newFolder();
    fs.writeFileSync(path.join(folder, '.gitignore'), 'node_modules/\ntarget/');
    fs.writeFileSync(path.join(folder, '.gitattributes'), '* text=auto\n');
    fs.writeFileSync(path.join(folder, '.gitlab-ci.yml'), 'stages: []\n');
    const { stdout } = init(folder, '--project', 'bakery');
    expect(stdout).toContain('left      .gitlab-ci.yml');
    expect(read(folder, '.gitlab-ci.yml')).toBe('stages: []\n');
    expect(read(folder, '.gitignore')).toBe('node_modules/\ntarget/\n.auto-restart/\n');
    fs.rmSync(path.join(folder, 'auto-restart.config.ts'));
    expect(init(folder, '--project', 'bakery').stdout).toMatch(
      /left {6}\.gitattributes\nleft {6}\.gitignore/,
    );
  });

  it('names the project: dbt_project.yml before the folder', () => {
    const folder = newFolder();
    fs.writeFileSync(path.join(folder, 'dbt_project.yml'), "name: 'corner_shop'\nversion: '1.0'\n");
    init(folder);
    expect(read(folder, 'auto-restart.config.ts')).toContain("project: 'corner_shop'");
  });
});

describe('options', () => {
  it.each([
    [['--log', 'elementary', '--environment', 'prd'], "state: auditTables({ layout: 'elementary', where: { environment: 'prd' } })"],
    [['--object', 'RAW.DBT.SHOP'], "executeDbtProject({ object: 'RAW.DBT.SHOP' })"],
    [['--schedule', '30 4 * * 1-5', '--time-zone', 'Europe/Berlin'], "cron('30 4 * * 1-5', 'Europe/Berlin')"],
    [['--connection', 'prod'], "connection: { name: 'prod' },"],
    [['--database', '"Lower"'], `database: '"Lower"',`],
  ])('%j', (args, expected) => {
    const folder = newFolder();
    expect(init(folder, '--project', 'bakery', ...args)).toMatchObject({ code: 0 });
    expect(read(folder, 'auto-restart.config.ts')).toContain(expected);
    const ends = /elementary|RAW/.test(args.join()) ? ['rehearse', '--json'] : ['generate', '--check'];
    expect(runIn(folder, ends)).toMatchObject({ code: 0 });
  }); // prettier-ignore

  it.each([
    ['--database', 'A.B', '"A.B" cannot be taken for --database'],
    ['--project', 'my shop', '"my shop" cannot be taken for --project'],
    ['--schedule', '@daily', 'has 1 field instead of five'],
  ])('%s %s is refused, and nothing is left behind', (option, value, sentence) => {
    const folder = newFolder();
    const { code, stderr } = init(folder, option, value);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it.each(['github', 'gitlab', 'azure'])(
    'a pipeline for %s that checks, rehearses, plans, applies and looks for drift',
    (name) => {
      const folder = newFolder();
      const { stdout } = init(folder, '--project', 'bakery', '--pipeline', name);
      const [, file = ''] = /(\S+\.yml)/.exec(stdout) ?? [];
      const commands = [...read(folder, file).matchAll(/npx dbt-auto-restart ([^\n>]+)/g)].map(
        ([, command]) => command!.trim(),
      );
      expect([...new Set(commands)]).toEqual(
        expect.arrayContaining([
          'generate --check',
          'rehearse',
          'plan --connection prod --check',
          'apply --connection prod --yes',
        ]),
      );
      expect(read(folder, file)).not.toMatch(/\{\{[A-Z]/);
    },
  );
});

describe('without a terminal and without --yes', () => {
  it('nothing is asked, and nothing written', () => {
    const folder = newFolder();
    const { code, stderr } = runIn(folder, ['init']);
    expect(code).toBe(2);
    expect(stderr).toContain('nobody can be asked');
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('questions', () => {
  it('are asked only for what no option says; an empty answer is the default that is shown', async () => {
    const asked: string[] = [];
    const args = { schema: 'OVEN', json: false, yes: false, 'from-account': false } as InitArgs;
    const answers = await fillAnswers(args, newFolder(), {
      question: (text, preset) => {
        asked.push(text);
        return Promise.resolve(text === 'warehouse' ? 'FLOUR_WH' : preset);
      },
    });
    expect(answers).toMatchObject({
      schema: 'OVEN',
      warehouse: 'FLOUR_WH',
      database: 'ANALYTICS',
      log: 'history',
    });
    expect(asked.join()).not.toContain('schema');
    expect(asked).toHaveLength(7);
  });
});

it('what is written is TypeScript without an unused import or a wrong type', () => {
  for (const log of ['history', 'o2c']) {
    const folder = newFolder();
    init(folder, '--project', 'bakery', '--log', log);
    const files = [
      'auto-restart.config.ts',
      'rehearsals/1-failure-and-retry.ts',
      'rehearsals/dags/bakery.ts',
    ];
    const program = ts.createProgram(
      files.map((file) => path.join(folder, file)),
      {
        strict: true,
        noUnusedLocals: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        paths: { 'dbt-auto-restart': [path.join(__dirname, '../../types/index.d.ts')] },
        types: [],
      },
    );
    expect(ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText)).toEqual([]);
  }
});
