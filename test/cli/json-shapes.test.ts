/** What `--json` prints has the fields that docs/json.md names, all of them and with their types. */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BAKERY, newFolder, program, removeProgram, runIn } from './program';

afterAll(removeProgram);

const PAGE = fs.readFileSync(path.join(__dirname, '../../docs/json.md'), 'utf8');
const folder = newFolder(
  BAKERY.replace("procedureRunner('BAKERY.OVEN.BAKE')", "procedureRunner('SYSTEM$DBT_RUN')"),
);
const json = (...args: string[]): unknown => {
  const { code, stdout, stderr } = runIn(folder, [...args, '--json']);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout);
};

/** `{ a: 'text', b: ['number'] }`: keys, and what kind of value each holds; of a list its first entry. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shape(value[0])];
  if (value === null) return null;
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]));
  return typeof value;
}

beforeAll(() => {
  json('generate');
});

const WARNING = { code: 'string', where: 'string', message: 'string', hint: 'string' };

it('explain', () => {
  expect(shape(json('explain', 'BAKE_BREAD'))).toEqual([
    { deployment: 'string', kind: 'string', name: 'string', facts: [{ topic: 'string', text: 'string' }], warnings: [expect.objectContaining(WARNING)] },
  ]);
}); // prettier-ignore

describe('plan and apply', () => {
  it('plan: what stands in the page and no other field', () => {
    const [plan] = json('plan', '--connection', 'local') as Record<string, unknown>[];
    expect(Object.keys(plan!).sort()).toEqual(['account', 'app', 'deployments', 'env', 'format', 'now', 'role', 'target']);
    const [deployment] = plan!['deployments'] as Record<string, unknown>[];
    expect(Object.keys(deployment!).sort()).toEqual(['database', 'deployment', 'findings', 'folder', 'leftOver', 'notes', 'resume', 'schema', 'steps', 'unchanged']);
    expect(shape((deployment!['steps'] as unknown[])[0])).toEqual({
      id: 'string', do: 'string', kind: 'string', object: 'string', sql: 'string', file: 'string', why: 'string', changes: [{ of: 'string', cause: 'string', what: 'string', before: null, after: null }], effects: [], hazards: [],
    });
  }); // prettier-ignore

  it('apply: a report for each account, its deployments and their steps', () => {
    const [report] = json('apply', '--connection', 'local', '--allow', 'UNDOCUMENTED_RUNNER') as Record<
      string,
      unknown
    >[];
    expect(Object.keys(report!).sort()).toEqual(['deployments', 'durationMs', 'ok', 'target']);
    expect(report).toMatchObject({ ok: true, target: 'the local Snowflake' });
  });

  it('plan of what is there: no step', () => {
    expect(json('plan', '--connection', 'local')).toMatchObject([{ deployments: [{ steps: [] }] }]);
  });
});

it('generate', () => {
  expect(shape(json('generate', '--check'))).toEqual({
    upToDate: 'boolean',
    files: [{ file: 'string', state: 'string' }],
    foreign: [],
    warnings: [expect.objectContaining({ ...WARNING, deployment: 'string', count: 'number', others: [] })],
  });
});

it('local: one document once it listens', async () => {
  const child = spawn(process.execPath, [program(), 'local', '--json'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.setEncoding('utf8');
  const listening = new Promise<void>((resolve) => {
    child.stdout.on('data', (part: string) => {
      text += part;
      if (text.trimEnd().endsWith('}')) resolve();
    });
  });
  await listening;
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  expect(shape(JSON.parse(text))).toEqual({ url: 'string', port: 'number', file: 'string' });
}); // prettier-ignore

it('every command has its place in the page', async () => {
  const { COMMANDS } = await import('../../src/cli/commands');
  const headings = [...PAGE.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading).join(' ');
  const missing = COMMANDS.map(({ command }) => command.split(' ')[0]).filter(
    (name) => !headings.includes(`\`${name}\``),
  );
  expect(missing).toEqual([]);
});
