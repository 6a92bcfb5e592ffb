/** What the documents promise: commands, targets and files that exist, and the quick test typed by hand. */
import './local/server/quiet-driver';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import yargs, { type Argv } from 'yargs';
import { o2cDag } from '../rehearsals/dags/o2c';
import config from '../auto-restart.config';
import { COMMANDS } from '../src/cli/commands';
import { openLocal } from '../src/local';
import type { LocalSnowflake } from '../src/local/engine/contract';
import { prepareAccount } from '../src/rehearse/account';
import { serve, type RunningServer } from '../src/local/server/serve';
import { resolveDeployments } from '../src/model/resolve';
import { renderDeployment } from '../src/render/render';
import { connectTo, disconnect, run } from './local/server/account';

const ROOT = join(__dirname, '..');
const below = (folder: string, name: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => name.test(file))
    .map((file) => join(folder, file));

const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...below('docs', /\.md$/),
  ...below('src', /README\.md$/),
  ...below('bench', /\.md$/),
].map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

const REPOSITORY = 'https://github.com/dbt-auto-restart/dbt-auto-restart/blob/main/';

/** What stands in backticks or in a block of code. */
const codeIn = (text: string): string =>
  [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([code]) => code).join('\n');

/** A heading as an address: lower case, spaces as hyphens. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');

describe.each(DOCUMENTS)('$file', ({ file, text }) => {
  it('names make targets that exist', () => {
    const makefile = readFileSync(join(ROOT, 'Makefile'), 'utf8');
    const targets = [...makefile.matchAll(/^([a-z-]+):/gm)].map(([, target]) => target);
    const named = [...codeIn(text).matchAll(/\bmake ([a-z-]+)(?=`|\s*$|\s+#|\s+[A-Z])/gm)].map(
      ([, target]) => target,
    );
    expect(named.filter((target) => !targets.includes(target))).toEqual([]);
  });

  it('names commands that exist', () => {
    const commands = COMMANDS.map(({ command }) => command.split(' ')[0]);
    const named = [...text.matchAll(/npx dbt-auto-restart ([a-z-]+)/g)].map(([, command]) => command);
    expect(named.filter((command) => !commands.includes(command!))).toEqual([]);
  });

  it('names options that the command has', () => {
    const wrong = commandsIn(text).flatMap(({ line, command, options }) =>
      options.filter((option) => !optionsOf(command).has(option)).map((option) => `--${option} in: ${line}`),
    );
    expect(wrong).toEqual([]);
  });

  it('links to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    // What is not in the package is named by its address in the repository.
    const broken = links.filter((link) =>
      link.startsWith(REPOSITORY)
        ? !leadsSomewhere('README.md', link.slice(REPOSITORY.length))
        : !/^https?:/.test(link) && !leadsSomewhere(file, link),
    );
    expect(broken).toEqual([]);
  });

  it('stands alone: it mentions no folder outside of the repository', () => {
    expect(text).not.toMatch(/\/work\b|\bshared\//);
  });
});

/** `npx dbt-auto-restart plan --env dev` wherever it stands. */
function commandsIn(text: string): { line: string; command: string; options: string[] }[] {
  return [...codeIn(text).matchAll(/\bdbt-auto-restart ([a-z-]+)([^\n`|]*)/g)].flatMap(
    ([line, command = '', rest = '']) => {
      const typed = rest.split(/ {2,}| #| > /)[0] ?? '';
      const options = [...typed.matchAll(/(?:^|\s)--([a-z-]+)/g)].map(([, option]) => option!);
      return builders.has(command) ? [{ line, command, options }] : [];
    },
  );
}

const COMMON = ['config', 'env', 'deployment', 'connection', 'json', 'no-color', 'version', 'help'];

const builders = new Map<string, (parser: Argv) => Argv>();
beforeAll(async () => {
  for (const entry of COMMANDS) builders.set(entry.command.split(' ')[0]!, (await entry.load()).builder);
});

function optionsOf(command: string): Set<string> {
  const parser = builders.get(command)!(yargs([]));
  const { key } = (parser as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions();
  return new Set([...Object.keys(key), ...COMMON]);
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? join(ROOT, from) : join(ROOT, dirname(from), path);
  if (!existsSync(target) || relative(ROOT, target).startsWith('..')) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);
  return headings.map(anchorOf).includes(anchor);
}

it('the documents name commands with options for these tests to look at', () => {
  const all = DOCUMENTS.flatMap(({ text }) => commandsIn(text));
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter(({ options }) => options.length > 0).length).toBeGreaterThan(30);
});

it('the README names targets, commands and links for these tests to look at', () => {
  const [readme] = DOCUMENTS;
  expect(codeIn(readme!.text)).toMatch(/make demo[\s\S]*make test/);
  expect(readme!.text).toMatch(/npx dbt-auto-restart generate/);
  expect(readme!.text).toMatch(/\]\(docs\/config\.md\)/);
});

it('the commands of the README are all commands there are', () => {
  const rows = [...DOCUMENTS[0]!.text.matchAll(/^\| `([a-z-]+)[^`]*` +\|/gm)].map(([, command]) => command);
  expect(rows.sort()).toEqual(COMMANDS.map(({ command }) => command.split(' ')[0]).sort());
});

describe('the quick test, typed by hand through a plain snowflake-sdk client', () => {
  const o2c = resolveDeployments(config).find(({ name }) => name === 'o2c')!;
  const CALL = "CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced')";
  let account: LocalSnowflake;
  let server: RunningServer;

  beforeEach(async () => {
    account = await openLocal({ start: new Date('2026-01-05T08:00:00Z') });
    await prepareAccount(account, o2c, { dagOf: () => JSON.stringify(o2cDag) });
    const session = account.openSession({ user: 'DEPLOYER' });
    for (const { sql } of renderDeployment(o2c).statements) await session.execute(sql);
    await session.close();
    server = await serve(account);
  });
  afterEach(async () => {
    await server.close();
    await account.close();
  });

  it.each([
    [
      'with its times',
      'log_id, run_id, model_name, status, started_at, ended_at',
      ', SYSDATE(), CURRENT_TIMESTAMP()',
    ],
    ['with nothing but its name and status', 'log_id, run_id, model_name, status', ''],
  ])('retries the model whose failure was inserted %s', async (_, columns, times) => {
    const connection = await connectTo(server, {
      database: 'EDW',
      schema: 'O2C_AUDIT',
      warehouse: 'COMPUTE_WH',
    });
    const answer = async (sql: string) => Object.values((await run(connection, sql)).rows[0] ?? {})[0];
    expect(await answer(CALL)).toBe('🔵 FULL BUILD: First run');
    const latest = await answer('SELECT run_id FROM DBT_RUN_LOG ORDER BY run_started_at DESC LIMIT 1');
    await answer(
      `INSERT INTO DBT_MODEL_LOG (${columns}) SELECT 'test-1', '${latest}', 'dm_o2c_reconciliation', 'FAIL'${times}`,
    );
    await answer(`UPDATE DBT_RUN_LOG SET run_status = 'FAILED' WHERE run_id = '${latest}'`);
    expect(await answer(CALL)).toBe('🔄 RETRY #1: Rerunning failed models: dm_o2c_reconciliation+');
    expect(await answer(CALL)).toBe('🔵 FULL BUILD: Normal scheduled run');
    await disconnect(connection);
  });
});
