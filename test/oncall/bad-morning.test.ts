/**
 * A bad morning, situation by situation, as the on-call engineer meets it: what `status` calls it, which row of the decision
 * `explain` says matched for the task that repairs it, and the command that is typed next.
 */
import { gatherEvidence } from '../../src/cli/gather-evidence';
import { DAILY, NOW, full, log, retry } from '../decision/logs';
import type { LoggedRun } from '../decision/reference/history';
import { bakery, openMorning, type Morning } from './morning';

let morning: Morning;
beforeAll(async () => {
  morning = await openMorning(bakery({ permanentErrors: ['001003'], delayMinutes: [0, 90] }));
});
afterAll(async () => morning.account.close());
beforeEach(async () => {
  for (const task of ['DAILY_BUILD', 'DAILY_HEAL']) await inside(`ALTER TASK ${task} RESUME`);
  morning.account.setClock(NOW);
});

const inside = (sql: string) => morning.account.inside.run(sql);
const good = (started = 2): LoggedRun =>
  full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS' }, { started, ended: started - 0.25 });
const bad = (started = 2): LoggedRun =>
  full(DAILY, 'FAILED', { a: 'FAIL' }, { started, ended: started - 0.25 });
const again = (started: number): LoggedRun =>
  retry(DAILY, 'a+', 'FAILED', { a: 'FAIL' }, { started, ended: started - 0.1 });
const running = (started: number): LoggedRun => full(DAILY, 'RUNNING', { a: 'SUCCESS' }, { started });

interface Situation {
  what: string;
  runs: LoggedRun[];
  happens?: () => Promise<unknown>;
  status: string;
  row: string;
  next: string | null;
}

const SITUATIONS: Situation[] = [
  { what: 'a good one', runs: [good()], status: 'healthy', row: '4 NORMAL_SCHEDULE', next: null },
  { what: 'failed', runs: [bad()], status: 'failed', row: '9 RETRY', next: 'heal daily' },
  { what: 'retrying', runs: [bad(4), again(2)], status: 'retrying', row: '9 RETRY', next: 'heal daily' },
  {
    what: 'retrying, after a delay',
    runs: [bad(), again(1)],
    status: 'retrying',
    row: '5a NOT_YET',
    next: 'heal daily',
  },
  {
    what: 'a permanent error',
    runs: [
      full(
        DAILY,
        'FAILED',
        { a: 'FAIL' },
        { started: 2, ended: 1.75, messages: { a: '001003 (42000): SQL compilation error: syntax error' } },
      ),
    ],
    status: 'needs a person',
    row: '6a PERMANENT_ERROR',
    next: 'explain daily, force-full daily',
  },
  {
    what: 'given up',
    runs: [bad(), again(1.5), again(1), again(0.5)],
    status: 'given up',
    row: '6 MAX_RETRIES_REACHED',
    next: 'explain daily, force-full daily',
  },
  { what: 'crashed', runs: [good(30), running(7)], status: 'crashed', row: '9 RETRY', next: 'heal daily' },
  {
    what: 'stuck',
    runs: [good(26), running(2)],
    status: 'stuck',
    row: '1 RUN_IN_PROGRESS',
    next: 'abandon run-2',
  },
  {
    what: 'a row in the future',
    runs: [good(), running(-87_600)],
    status: 'healthy',
    row: '4 NORMAL_SCHEDULE',
    next: 'doctor',
  },
  {
    what: 'a log that cannot be read',
    runs: [good()],
    happens: () => inside('ALTER TABLE DBT_RUN_LOG RENAME TO DBT_RUN_LOG_OLD'),
    status: 'unreadable',
    row: '0 STATE_UNREADABLE',
    next: 'doctor',
  },
  {
    what: 'a log that matches no job',
    runs: [{ ...good(), project: 'another' }],
    status: 'needs a person',
    row: '3a LOG_MATCHES_NO_JOB',
    next: 'doctor',
  },
  {
    what: 'suspended by a person',
    runs: [good()],
    happens: async () => {
      await inside('ALTER TASK DAILY_BUILD SUSPEND');
      await inside('ALTER TASK DAILY_HEAL SUSPEND');
    },
    status: 'suspended',
    row: '4 NORMAL_SCHEDULE',
    next: 'resume DAILY_BUILD',
  },
  {
    what: 'never logged',
    runs: [],
    happens: async () => {
      await inside('ALTER TASK DAILY_BUILD SUSPEND');
      await inside('ALTER TASK DAILY_BUILD RESUME');
    },
    status: 'never logged',
    row: '3 FIRST_RUN',
    next: 'force-full daily',
  },
  {
    what: 'suspended by its errors',
    runs: [bad()],
    happens: async () => {
      await inside('ALTER TASK DAILY_HEAL SUSPEND');
      await inside('ALTER TASK DAILY_HEAL SET SUSPEND_TASK_AFTER_NUM_FAILURES = 1');
      await inside('ALTER TASK DAILY_HEAL RESUME');
      await inside('EXECUTE TASK DAILY_HEAL');
      await inside('SELECT SYSTEM$LOCAL_ADVANCE(120)');
    },
    status: 'suspended',
    // Its one attempt failed, and the next one waits for its delay.
    row: '5a NOT_YET',
    next: 'resume DAILY_HEAL',
  },
];

it.each(SITUATIONS.map((situation) => [situation.what, situation] as const))(
  '%s',
  async (_, { runs, happens, status, row, next }) => {
    await morning.logged(...log(...runs));
    await happens?.();
    try {
      const { account, deployment } = morning;
      const now = account.local.clock.nowDate().toISOString();
      const question = {
        deployment,
        job: deployment.jobs[0]!,
        task: 'DAILY_HEAL',
        mode: 'RETRY_ONLY' as const,
        now,
      };
      const evidence = await gatherEvidence({ session: account.client }, question);
      const { matched } = evidence.decision;
      const typed = evidence.status.next.map(
        ({ verb, object }) => `${verb}${object === null ? '' : ` ${object}`}`,
      );
      expect({ status: evidence.status.kind, row: `${matched.row} ${matched.code}` }).toEqual({
        status,
        row,
      });
      expect(typed.join(', ')).toMatch(next === null ? /^$/ : new RegExp(`^${next}`));
    } finally {
      await inside('ALTER TABLE IF EXISTS DBT_RUN_LOG_OLD RENAME TO DBT_RUN_LOG');
    }
  },
);

it('a delay moves the next retry, and a permanent error is named by its number', async () => {
  await morning.logged(...log(bad(), again(1)));
  expect((await morning.status()).text).toContain(
    'attempt 2 of 3, until Wed 05:06, next 06:45 by DAILY_HEAL',
  );
  const messages = { a: '001003 (42000): SQL compilation error: syntax error' };
  await morning.logged(...log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 2, ended: 1.75, messages })));
  expect((await morning.status()).text).toBe(
    'failed 04:15: The errors are none that a retry mends (PERMANENT_ERROR 001003); next full build Wed 04:00 by DAILY_BUILD',
  );
});
