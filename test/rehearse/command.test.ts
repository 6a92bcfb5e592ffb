/** `rehearse` as a program: exit codes, what goes to which stream, files. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Ended, newFolder, removeProgram, runIn } from '../cli/program';

afterAll(removeProgram);

const CONFIG = `
import { auditTables, cron, defineConfig, procedureRunner } from 'dbt-auto-restart';

export default defineConfig({
  deployments: {
    bakery: {
      database: 'BAKERY',
      schema: 'OVEN',
      defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
      state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),
      runner: procedureRunner('SYSTEM$DBT_RUN'),
      tasks: { BAKE_BREAD: { project: 'bakery', schedule: cron('0 4 * * *') } },
    },
  },
});
`;

const rehearsal = (more: string): string => `
import { defineRehearsal } from 'dbt-auto-restart';

export default defineRehearsal({
  title: 'Bread',
  deployment: 'bakery',
  projects: [{ project: 'bakery', nodes: [{ name: 'dough' }, { name: '<b>bread</b>', dependsOn: ['dough'] }] }],
  start: '2026-01-05T00:00:00Z',
  end: '2026-01-06T00:00:00Z',
  ${more}
});
`;

function bakery(files: Record<string, string>): string {
  const folder = newFolder(CONFIG);
  fs.mkdirSync(path.join(folder, 'rehearsals'));
  for (const [name, text] of Object.entries(files))
    fs.writeFileSync(path.join(folder, 'rehearsals', name), text);
  return folder;
}

const GOOD = rehearsal("expect: [{ action: 'FULL_BUILD' }]");
const BAD = rehearsal("expect: { counts: [{ of: { action: 'SELECTIVE_RETRY' }, is: 1 }] }");
const folder = bakery({ 'good.ts': GOOD, 'bad.ts': BAD });
const rehearse = (args: string[], where = folder): Ended => runIn(where, ['rehearse', ...args]);

describe('rehearse', () => {
  it('ends with 0 when all is as expected, and says so on stderr only', () => {
    const { code, stdout, stderr } = rehearse(['good']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 rehearsed, all as expected\n' });
    expect(stdout).toMatch(
      /^ok {2}good {2}Bread\n.*BAKE_BREAD.*ran 2 {2}SUCCEEDED\n {2}1 run, 1 full build\n\n$/,
    );
  });

  it('ends with 1 when something is not, having played the others too', () => {
    const { code, stdout, stderr } = rehearse(['bad', 'good']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '2 rehearsed, 1 not as expected\n' });
    expect(stdout).toMatch(
      /^FAILED {2}bad[\s\S]*expected 1 like \{"action":"SELECTIVE_RETRY"\}, but there were 0\n\nok {2}good/,
    );
  });

  it('ends with 2 and plays nothing when a file is wrong, and shows no stack', () => {
    const where = bakery({
      'good.ts': GOOD,
      'typo.ts': rehearsal("events: [{ at: '2026-01-05T01:00:00Z', fail: 'dogh' }]"),
    });
    expect(rehearse([], where)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: the rehearsals have 1 problem\n  typo: events[0].fail: there is no node dogh\n    did you mean dough?\n',
    });
  });

  it('has nothing to do where there are no rehearsals, which is no failure', () => {
    const empty = newFolder(CONFIG);
    const { code, stdout, stderr } = rehearse([], empty);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^there are no rehearsals in .*rehearsals\n$/);
    expect(rehearse(['--json'], empty).stdout).toBe('[]\n');
  });

  it('writes no progress where nobody watches', () => {
    expect(rehearse(['good']).stderr).not.toContain('%');
  });
});

describe('rehearse --json', () => {
  it('prints a list of rehearsals as JSON.stringify would, and nothing else', () => {
    const { code, stdout, stderr } = rehearse(['--json']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const results = JSON.parse(stdout) as {
      name: string;
      ok: boolean;
      steps: object[];
      differences: string[];
    }[];
    expect(
      results.map(({ name, ok, steps, differences }) => [name, ok, steps.length, differences.length]),
    ).toEqual([
      ['bad', false, 1, 1],
      ['good', true, 1, 0],
    ]);
    expect(Object.keys(results[0]!)).toEqual(['name', 'ok', 'summary', 'steps', 'messages', 'differences']);
    expect(stdout).toBe(`${JSON.stringify(results, null, 2)}\n`);
  });

  it('of a rehearsal in which nothing happens is JSON too', () => {
    const where = bakery({ 'quiet.ts': rehearsal('tasks: []') });
    const { stdout } = rehearse(['--json'], where);
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), null, 2)}\n`);
  });
});

describe('rehearse --html', () => {
  it('writes a page beside the text, in which a name is no markup', () => {
    const file = path.join(folder, 'rehearsals.html');
    const { code, stderr } = rehearse(['good', '--html', file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `wrote ${file}\n1 rehearsed, all as expected\n` });
    const html = fs.readFileSync(file, 'utf8');
    expect(html).toMatch(/^<!DOCTYPE html>/);
    expect(html).not.toContain('<b>bread');
  });

  it('is refused before anything is played when the file cannot be written', () => {
    const { code, stdout, stderr } = rehearse(['good', '--html', 'no/such/page.html']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: there is no folder .*no\/such\n {2}at --html\n$/);
    expect(rehearse(['good', '--html', '.'])).toMatchObject({
      code: 2,
      stderr: 'error: . is a folder\n  at --html\n',
    });
  });
});

describe('rehearse --deployment', () => {
  it('plays the rehearsals of that deployment', () => {
    const other = rehearsal('').replace("deployment: 'bakery'", "deployment: 'cakery'");
    const where = bakery({ 'good.ts': GOOD, 'other.ts': other });
    expect(rehearse(['--deployment', 'bakery'], where)).toMatchObject({
      code: 0,
      stderr: '1 rehearsed, all as expected\n',
    });
  });

  it('that does not exist is refused with the nearest name', () => {
    expect(rehearse(['--deployment', 'bakry'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: there is no deployment bakry\n  at --deployment\n  did you mean bakery?\n',
    });
  });
});
