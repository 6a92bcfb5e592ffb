import * as fs from 'node:fs';
import * as path from 'node:path';
import { COMMANDS } from '../../src/cli/commands';
import { EXIT_OF_ERROR, exitCodeOf } from '../../src/cli/output/exit-codes';
import { AutoRestartError, type ErrorCode } from '../../src/errors';
import { BAKERY, newFolder, removeProgram, runIn } from './program';

afterAll(removeProgram);

describe('requests that are wrong', () => {
  it.each([
    [[], 'error: no command given\n  dbt-auto-restart --help lists what there is\n'],
    [['genrate'], 'error: there is no command genrate\n  did you mean generate?\n'],
    [['generate', '--chek'], 'error: there is no option --chek\n  did you mean --check?\n'],
    [['generate', 'now'], 'error: there is no argument now\n'],
    [['explain'], 'error: not enough non-option arguments: got 0, need at least 1\n'],
    [['generate', '--config'], 'error: not enough arguments following: config\n'],
  ])('%j exit 2 with text on stderr only', (args, text) => {
    const { code, stdout, stderr } = runIn(newFolder(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.startsWith(text.trimEnd())).toBe(true);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('a deployment that is not there', () => {
    const { code, stderr } = runIn(newFolder(BAKERY), ['generate', '--deployment', 'bakry']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: there is no deployment bakry\n  at --deployment\n  did you mean bakery?\n',
    });
  });

  it('no config anywhere', () => {
    const { code, stderr } = runIn(newFolder(), ['generate']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: there is no auto-restart\.config\.ts in .* or above it\n {2}name the file with --config\n$/,
    );
  });

  it('an exception in the config, with its file and line', () => {
    const folder = newFolder("const flour = 0;\n\nthrow new Error('the oven is cold');\n");
    const { code, stderr } = runIn(folder, ['generate']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: the config cannot be loaded: the oven is cold\n  at ${fs.realpathSync(folder)}/auto-restart.config.ts:3\n`,
    });
  });

  it('shows a stack only when DEBUG asks for it', () => {
    const folder = newFolder("throw new Error('the oven is cold');\n");
    expect(runIn(folder, ['generate']).stderr).not.toContain('    at ');
    expect(runIn(folder, ['generate'], { DEBUG: 'dbt-auto-restart' }).stderr).toContain('    at ');
  });
});

describe('an option given twice', () => {
  it('counts as it was given last', () => {
    const folder = newFolder(BAKERY);
    const { code, stderr } = runIn(folder, [
      'explain',
      'BAKE_BREAD',
      '--deployment',
      'nope',
      '--deployment',
      'bakery',
    ]);
    expect({ code, stderr }).toMatchObject({ code: 0 });
  });
});

describe('help, version and completion', () => {
  it('lists every command on stdout', () => {
    const { code, stdout, stderr } = runIn(newFolder(), ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { command, describe: text } of COMMANDS) {
      expect(stdout).toContain(`dbt-auto-restart ${command}`);
      expect(stdout).toContain(text);
    }
  });

  it('lists the options of a command', () => {
    const { code, stdout } = runIn(newFolder(), ['generate', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--check');
    expect(stdout).toContain('--deployment');
  });

  it('prints the version of the package', () => {
    const manifest = path.join(__dirname, '..', '..', 'package.json');
    const { version } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as { version: string };
    expect(runIn(newFolder(), ['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints a completion script', () => {
    const { code, stdout } = runIn(newFolder(), ['completion']);
    expect(code).toBe(0);
    expect(stdout).toContain('complete -o default -F _dbt_auto_restart dbt-auto-restart');
  });
});

describe('explain', () => {
  it('tells in words what a task will do', () => {
    const { code, stdout } = runIn(newFolder(BAKERY), ['explain', 'bake_bread']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^task BAKE_BREAD \(deployment bakery\)\n/);
    expect(stdout).toMatch(/^ {2}full run +dbt build of bakery$/m);
    expect(stdout).toMatch(/^ {2}retry +dbt build --select <failed model>\+$/m);
  });

  it('gives the same as JSON', () => {
    const { stdout } = runIn(newFolder(BAKERY), ['explain', 'BAKE_BREAD', '--json']);
    expect(JSON.parse(stdout)).toMatchObject([{ deployment: 'bakery', kind: 'task', name: 'BAKE_BREAD' }]);
  });

  it('names the nearest job or task', () => {
    const { code, stderr } = runIn(newFolder(BAKERY), ['explain', 'BAKE_BRED']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'error: there is no job or task BAKE_BRED\n  did you mean BAKE_BREAD?\n',
    });
  });
});

it('refuses --env where the config declares no environments', () => {
  const { code, stderr } = runIn(newFolder(BAKERY), ['generate', '--env', 'prod']);
  expect(code).toBe(2);
  expect(stderr).toContain('--env prod has no effect: the config declares no environments');
});

it('has an exit code for every error code', () => {
  expect(EXIT_OF_ERROR).toEqual({ REQUEST: 2, REFUSED: 1, FAILED: 1, CONNECTION: 4 });
});

it.each(Object.entries(EXIT_OF_ERROR))('gives %s the exit code %i', (code, exit) => {
  expect(exitCodeOf(new AutoRestartError(code as ErrorCode, 'x'))).toBe(exit);
});

it('gives any other error the exit code 1', () => {
  expect(exitCodeOf(new Error('x'))).toBe(1);
});

it('describes each command in its own file as in the list', async () => {
  for (const entry of COMMANDS) {
    const { command, describe: text } = await entry.load();
    expect({ command, text }).toEqual({ command: entry.command, text: entry.describe });
  }
});
