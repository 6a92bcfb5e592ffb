/**
 * The reviewer's page, docs/ten-logs.md: logs drawn by the generator of worlds, each with the answer that the generated
 * SQL gives. After a change that is meant: `UPDATE_TEN_LOGS=1 npx jest test/decision/ten-logs`, then read the page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from '../properties';
import { live, type Lived } from './generators/world';
import { worlds } from './generators/worlds';
import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { createLog, writeLog } from './harness/log-tables';
import { o2cLog } from './harness/layouts/o2c';
import { callProcedure, install } from './harness/installed';
import { NOW } from './logs';
import { MINUTE, type LoggedRun } from './reference/history';

const PAGE = join(__dirname, '..', '..', 'docs', 'ten-logs.md');
const SEED = 6;
/** Which of the worlds of that seed the page shows: one for most answers there are. */
const DRAWN = [118, 125, 178, 153, 250, 223, 187, 160, 90, 247];

const all = fc.sample(worlds, { seed: SEED, numRuns: Math.max(...DRAWN) + 1 });
const shown = DRAWN.map((index) => live(all[index]!));

let account: Account;
beforeAll(async () => {
  account = await openAccount();
});
afterAll(async () => account.close());

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => [...row[column]!].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell + ' '.repeat(widths[column]! - [...cell].length)).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

const ago = (at: number): string => {
  const minutes = Math.round((NOW - at) / MINUTE);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
};

function rowOf(run: LoggedRun, index: number): string[] {
  return [
    String(index + 1),
    ago(run.startedAt),
    run.endedAt == null ? '' : ago(run.endedAt),
    run.environment ?? '',
    `\`${run.command} ${run.selection}\``,
    `${run.status ?? ''}${run.testsFailed ? `, ${run.testsFailed} of its tests` : ''}`,
    run.nodes.map((node) => `${node.name} ${node.status}`).join(', '),
  ];
}

function logOf({ history, world }: Lived): string {
  const { maxAttempts, maxAgeHours, onTestFailure, maxSelectorLength } = world.policy;
  const head = [
    'run',
    'started, ago',
    'ended, ago',
    'environment',
    'command and selection',
    'status',
    'nodes',
  ];
  return [
    `\`max_attempts\` ${maxAttempts}, \`max_age_hours\` ${maxAgeHours}, ` +
      `\`on_test_failure\` ${onTestFailure}, \`max_selector_length\` ${maxSelectorLength}.`,
    '',
    table([head, ...history.runs.map(rowOf)]),
  ].join('\n');
}

/** What the generated SQL answers: the state view, and the procedure in PLAN mode. */
async function answerOf({ history, daily, hourly, world }: Lived): Promise<string> {
  const { client, inside } = account;
  const layout = o2cLog();
  await createLog(inside, layout);
  await writeLog(inside, layout, history.runs);
  const jobs = [daily, hourly].map((job) => ({ ...job, policy: { ...job.policy, ...world.policy } }));
  await install(client, deploymentOf(layout.state, jobs));
  const { rows } = await inside.run(
    `SELECT next_reason, attempts_made, outstanding_count FROM V_AUTO_RESTART_STATE WHERE job_name = '${daily.name}'`,
  );
  const [state] = rows;
  return [
    `The state view: \`next_reason\` ${String(state!['NEXT_REASON'])}, \`attempts_made\` ` +
      `${String(state!['ATTEMPTS_MADE'])}, \`outstanding_count\` ${String(state!['OUTSTANDING_COUNT'])}. The call says:`,
    '',
    '```text',
    await callProcedure(client, jobs[0]!, 'PLAN'),
    '```',
  ].join('\n');
}

const block = (name: string, text: string): string =>
  `<!-- ${name} -->\n\n${text}\n\n<!-- end of ${name} -->`;

it.each(shown.map((lived, index) => [index + 1, lived] as const))(
  'log %i stands on the page with the answer that the SQL gives',
  async (number, lived) => {
    const blocks: [string, string][] = [
      [`log ${number}`, logOf(lived)],
      [`answer ${number}`, await answerOf(lived)],
    ];
    let page = readFileSync(PAGE, 'utf8');
    if (process.env['UPDATE_TEN_LOGS'] !== undefined) {
      for (const [name, text] of blocks)
        page = page.replace(new RegExp(`<!-- ${name} -->[\\s\\S]*<!-- end of ${name} -->`), () =>
          block(name, text),
        );
      writeFileSync(PAGE, page);
    }
    for (const [name, text] of blocks) expect(page).toContain(block(name, text));
  },
);
