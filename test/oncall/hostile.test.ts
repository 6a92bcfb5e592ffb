/** What stands in a log may hold anything: nothing of it reaches a terminal, a shell, a table or a spreadsheet as more than text. */
import { execFileSync } from 'node:child_process';
import { historyCsv } from '../../src/cli/output/history-report';
import { statusMarkdown, statusText } from '../../src/cli/output/status-report';
import { shellWord, typedCommand, type Typing } from '../../src/cli/typed-command';
import type { TargetStatus } from '../../src/cli/commands/status';
import type { TracedRun } from '../../src/oncall/traces';

const EVIL = "run\u001b[2J|`x`<script>\n'; rm -rf ~ $(id) \\";
const typing: Typing = { args: { connection: 'night shift' }, deployment: null };

const status: TargetStatus = {
  target: 'ORG-BAKERY',
  now: '2026-03-10T06:00:00Z',
  jobs: [
    {
      deployment: 'bakery',
      job: 'daily',
      kind: 'stuck',
      needsPerson: true,
      text: `run ${EVIL} is logged as running`,
      notes: [],
      next: [{ verb: 'abandon', object: EVIL }],
      state: null,
      suspended: [],
      nextRetryAt: null,
      nextBuildAt: null,
    },
  ],
};

it('a terminal gets one line, without a command in it', () => {
  const text = statusText([status], () => typing);
  expect(text.split('\n')).toHaveLength(2);
  expect(text).not.toContain('\u001b');
});

it('a table of Markdown stays one row, without a tag', () => {
  const row = statusMarkdown([status], () => typing)
    .split('\n')
    .at(-1)!;
  expect(row.replace(/\\\|/g, '').split('|')).toHaveLength(7);
  expect(row).not.toMatch(/(?<!`[^`]*)<script>/);
});

it('a shell gets the run id as it is, and nothing else', () => {
  const printed = execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(EVIL)}`], { encoding: 'utf8' });
  expect(printed).toBe(EVIL);
});

it.each([
  [{ verb: 'heal', object: 'daily' }, "dbt-auto-restart heal daily --connection 'night shift'"],
  [{ verb: 'explain', object: 'daily' }, "dbt-auto-restart explain daily --connection 'night shift' --now"],
  [{ verb: 'doctor', object: null }, "dbt-auto-restart doctor --connection 'night shift'"],
  [{ verb: 'abandon', object: '-1' }, "dbt-auto-restart abandon --connection 'night shift' -- -1"],
] as const)('%j is typed as %s', (command, typed) => {
  expect(typedCommand(command, typing)).toBe(typed);
});

it('a spreadsheet finds no formula', () => {
  const run = { runId: '=HYPERLINK("http://evil")', failedModels: '+a, "b"', job: '@daily' } as TracedRun;
  const [, line] = historyCsv([{ target: '', now: '', runs: [run], unlogged: [] }]).split('\n');
  expect(line).toContain(`'@daily,"'=HYPERLINK(""http://evil"")"`);
  expect(line).toContain(`"'+a, ""b"""`);
});
