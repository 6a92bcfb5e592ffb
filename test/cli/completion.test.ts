/** Completion as a shell does it: the words so far, the last one under the cursor. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { newFolder, program, removeProgram, runIn } from './program';

afterAll(removeProgram);

const CONFIG = `
import { auditTables, cron, defineConfig, procedureRunner } from 'dbt-auto-restart';
export default defineConfig({
  environments: ['dev', 'prod'],
  deployments: ({ env }) => ({
    bakery: {
      database: 'BAKERY_' + env.toUpperCase(),
      schema: 'OVEN',
      defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
      state: auditTables({ layout: 'o2c', where: { environment: env } }),
      runner: procedureRunner('BAKERY.OVEN.BAKE'),
      jobs: { morning: { project: 'bakery' } },
      tasks: {
        BAKE_BREAD: { job: 'morning', schedule: cron('0 4,14 * * *') },
        '"$(touch owned)"': { job: 'morning', mode: 'retry-only', finalize: 'BAKE_BREAD' },
      },
    },
  }),
});
`;

const folder = newFolder(CONFIG);
fs.mkdirSync(path.join(folder, 'rehearsals'));
fs.writeFileSync(path.join(folder, 'rehearsals', '1-a-bad-day.ts'), '');
const complete = (...words: string[]): string[] =>
  runIn(folder, ['--complete', ...words])
    .stdout.split('\n')
    .filter(Boolean);

it.each([
  [['gen'], ['generate']],
  [
    ['explain', ''],
    ['BAKE_BREAD', 'morning'],
  ],
  [['explain', '--env', 'prod', 'BAKE'], ['BAKE_BREAD']],
  [['rehearse', ''], ['1-a-bad-day']],
  [
    ['plan', '--env', ''],
    ['dev', 'prod'],
  ],
  [['plan', '--deployment', ''], ['bakery']],
  [['apply', '--connection', ''], ['local']],
  [['generate', '--ch'], ['--check']],
  [['--env', 'prod', 'gen'], ['generate']],
  [
    ['init', '--pipeline', 'git'],
    ['github', 'gitlab'],
  ],
  [
    ['completion', ''],
    ['bash', 'zsh'],
  ],
  [['generate', 'x'], []],
])('%j: %j', (words, expected) => {
  expect(complete(...words)).toEqual(expected);
});

it('names each command', () => {
  expect(complete('')).toEqual(
    expect.arrayContaining(['apply', 'completion', 'generate', 'init', 'plan', 'rehearse']),
  );
});

it('says nothing about a config that cannot be read, and ends with 0', () => {
  const broken = newFolder('throw new Error("cold");');
  expect(runIn(broken, ['--complete', 'explain', ''])).toEqual({ code: 0, stdout: '', stderr: '' });
});

describe('the script for bash', () => {
  const bin = newFolder();
  fs.writeFileSync(
    path.join(bin, 'dbt-auto-restart'),
    `#!/bin/sh\nexec "${process.execPath}" "${program()}" "$@"\n`,
    { mode: 0o755 },
  );

  const bash = (words: string[]): string => {
    const script = `eval "$(dbt-auto-restart completion bash)"
COMP_WORDS=(dbt-auto-restart ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
_dbt_auto_restart; printf '%s|' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: folder },
    }).stdout;
  };

  it('completes jobs and tasks', () => {
    expect(bash(['explain', 'BAKE'])).toBe('BAKE_BREAD|');
  });

  it('runs nothing that stands in a name of the config', () => {
    bash(['explain', '']);
    expect(fs.existsSync(path.join(folder, 'owned'))).toBe(false);
  });
});

it('the script is for the shell that is named, else for that of $SHELL', () => {
  expect(runIn(folder, ['completion', 'zsh']).stdout).toContain('#compdef dbt-auto-restart');
  expect(runIn(folder, ['completion'], { SHELL: '/bin/zsh' }).stdout).toContain('#compdef');
  expect(runIn(folder, ['completion'], { SHELL: '/bin/bash' }).stdout).toContain('complete -o default');
  expect(runIn(folder, ['completion', 'fish']).code).toBe(2);
});
