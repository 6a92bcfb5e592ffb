/**
 * The worked cases of the specification: a log, a call, the decision. Several entries share a number where the
 * specification puts several logs or calls into one row. Those that are about what happens once dbt was started are
 * scripts, in `scripts.ts`.
 */
import { DAILY, HOURLY, NOW, POLICY, full, log, retry, run } from './logs';
import type { Decision } from './reference/decide';
import type { Call, History, LogKind, LoggedRun, Mode, RestartJob } from './reference/history';
import { visibleIn } from './visible';

export interface WorkedCase {
  number: number;
  title: string;
  log: LoggedRun[];
  /** The log cannot be read: Snowflake's words for why. */
  unreadable?: string;
  job: RestartJob;
  jobs: RestartJob[];
  mode: Mode;
  environment: string | null;
  /** The kinds of log on which the case makes sense. */
  on: LogKind[];
  /** Zones of the log's two clocks, where they are not UTC. */
  zones?: { startedAt: string; endedAt: string };
  expect: Pick<Decision, 'action' | 'reason' | 'message' | 'selector'>;
}

const ANY_NODES: LogKind[] = ['selection', 'no-selection'];
const ANYWHERE: LogKind[] = [...ANY_NODES, 'execution-history'];
const WITH_SELECTION: LogKind[] = ['selection', 'execution-history'];

type Sketch = Pick<WorkedCase, 'number' | 'title' | 'log' | 'expect'> & Partial<WorkedCase>;

const aCase = (sketch: Sketch): WorkedCase => ({
  job: DAILY,
  jobs: [DAILY, HOURLY],
  mode: 'AUTO',
  environment: 'prod',
  on: ANY_NODES,
  ...sketch,
});

const fullBuild = (reason: Decision['reason'], why: string): WorkedCase['expect'] => ({
  action: 'FULL_BUILD',
  reason,
  message: `🔵 FULL BUILD: ${why}`,
  selector: null,
});
const FIRST_RUN = fullBuild('FIRST_RUN', 'First run');
const NORMAL = fullBuild('NORMAL_SCHEDULE', 'Normal scheduled run');
const MAX_RETRIES = fullBuild('MAX_RETRIES_REACHED', 'Max retries reached, reset with full build');

const retryOf = (number: number, selector: string, shown = selector): WorkedCase['expect'] => ({
  action: 'SELECTIVE_RETRY',
  reason: 'RETRY',
  message: `🔄 RETRY #${number}: Rerunning failed models: ${shown}`,
  selector,
});

const aFails = (): LoggedRun => full(DAILY, 'FAILED', { a: 'FAIL' });
const aFailsAgain = (): LoggedRun => retry(DAILY, 'a+', 'FAILED', { a: 'FAIL' });
const failedThreeRetries = (): LoggedRun[] => log(aFails(), aFailsAgain(), aFailsAgain(), aFailsAgain());

const FQN: RestartJob = { ...DAILY, name: 'orders', select: ['fqn:stg_orders+'] };
const fqnRetry = (): LoggedRun => retry(FQN, 'a+', 'FAILED', { a: 'FAIL' });

export const CASES: WorkedCase[] = [
  aCase({
    number: 1,
    title: 'an empty log is a first run',
    log: [],
    on: ANYWHERE,
    expect: FIRST_RUN,
  }),
  aCase({
    number: 2,
    title: 'a full run that succeeded is followed by the next one',
    log: log(full(DAILY, 'SUCCESS', { a: 'SUCCESS' })),
    on: ANYWHERE,
    expect: NORMAL,
  }),
  aCase({
    number: 3,
    title: 'a failed model is retried',
    log: log(aFails()),
    on: ANYWHERE,
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 4,
    title: 'what a failed retry rebuilt is not retried again',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL' }),
      retry(DAILY, 'a+ b+', 'FAILED', { a: 'SUCCESS', b: 'FAIL' }),
    ),
    expect: retryOf(2, 'b+'),
  }),
  aCase({
    number: 5,
    title: 'after three failed retries everything is built',
    log: failedThreeRetries(),
    on: ANYWHERE,
    expect: MAX_RETRIES,
  }),
  aCase({
    number: 6,
    title: 'the full build after three failed retries starts a new chain',
    log: log(aFails(), aFailsAgain(), aFailsAgain(), aFailsAgain(), aFails()),
    on: ANYWHERE,
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 7,
    title: 'a retry that names all that failed and succeeds heals the chain',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL' }),
      retry(DAILY, 'a+ b+', 'SUCCESS', { a: 'SUCCESS' }),
    ),
    on: ANYWHERE,
    expect: NORMAL,
  }),
  aCase({
    number: 8,
    title: 'a failure that ended a minute more than the window ago is too old',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 25, ended: 24 + 1 / 60 })),
    on: ANYWHERE,
    expect: fullBuild('FAILURE_TOO_OLD', 'Failure too old, fresh start'),
  }),
  aCase({
    number: 9,
    title: 'the age of a failure counts from its end',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 24 + 5 / 60, ended: 23.75 })),
    on: ANYWHERE,
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 10,
    title: 'a log of successes only shows what failed by what is missing',
    log: log(
      full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS' }),
      full(DAILY, 'FAILED', { a: 'SUCCESS' }),
    ),
    expect: retryOf(1, 'b+ c+'),
  }),
  aCase({
    number: 11,
    title: 'a run in progress is not disturbed',
    log: log(full(DAILY, 'RUNNING', {}, { started: 1 / 6 })),
    job: { ...DAILY, policy: { ...POLICY, onRunInProgress: 'skip' } },
    on: ANYWHERE,
    expect: {
      action: 'SKIP',
      reason: 'RUN_IN_PROGRESS',
      message: '⏭️ SKIPPED: run run-1 is still in progress',
      selector: null,
    },
  }),
  aCase({
    number: 12,
    title: 'a run that has been running for seven hours was killed',
    log: log(
      full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS' }, { started: 31 }),
      full(DAILY, 'RUNNING', { a: 'SUCCESS' }, { started: 7 }),
    ),
    expect: retryOf(1, 'b+'),
  }),
  aCase({
    number: 13,
    title: 'the failure of the hourly job does not touch the daily one',
    log: log(full(DAILY, 'SUCCESS', { h: 'SUCCESS' }), full(HOURLY, 'FAILED', { h: 'FAIL' })),
    on: WITH_SELECTION,
    expect: NORMAL,
  }),
  aCase({
    number: 14,
    title: 'a retry of the hourly job stays inside its selection',
    log: log(full(DAILY, 'SUCCESS', { h: 'SUCCESS' }), full(HOURLY, 'FAILED', { h: 'FAIL' })),
    job: HOURLY,
    on: WITH_SELECTION,
    expect: retryOf(1, 'h+,tag:merge h+,tag:append_only', 'h+'),
  }),
  aCase({
    number: 15,
    title: 'what another job rebuilt needs no retry',
    log: log(aFails(), full(HOURLY, 'SUCCESS', { a: 'SUCCESS' })),
    on: ['selection'],
    expect: NORMAL,
  }),
  aCase({
    number: 16,
    title: 'a name that cannot stand in a selector never reaches a statement or a message',
    log: log(full(DAILY, 'FAILED', { "x'; drop": 'FAIL' })),
    expect: fullBuild('UNSAFE_NAME', "A failed model's name cannot be used in a selector"),
  }),
  aCase({
    number: 17,
    title: 'a log that cannot be read is answered with a full build',
    log: [],
    unreadable: "Object 'EDW.O2C_AUDIT.DBT_RUN_LOG' does not exist or not authorized.",
    expect: {
      action: 'FULL_BUILD',
      reason: 'STATE_UNREADABLE',
      message:
        "⚠️ ERROR in retry logic: Object 'EDW.O2C_AUDIT.DBT_RUN_LOG' does not exist or not authorized. | Executed full build as fallback",
      selector: null,
    },
  }),
  aCase({
    number: 18,
    title: 'a killed retry without a baseline leaves what was logged as failed',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL' }, { started: 8 }),
      retry(DAILY, 'a+ b+', 'RUNNING', { a: 'SUCCESS' }, { started: 7 }),
    ),
    expect: retryOf(2, 'b+'),
  }),
  aCase({
    number: 18,
    title: 'a killed retry with a baseline leaves what nobody tried since',
    log: log(
      full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS', d: 'SUCCESS' }, { started: 32 }),
      full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL' }, { started: 8 }),
      retry(DAILY, 'a+ b+', 'RUNNING', { a: 'SUCCESS' }, { started: 7 }),
    ),
    expect: retryOf(2, 'b+ c+ d+'),
  }),
  aCase({
    number: 18,
    title: 'a killed retry leaves out of the baseline what the full run built',
    log: log(
      full(DAILY, 'SUCCESS', { a: 'SUCCESS', b: 'SUCCESS', c: 'SUCCESS', d: 'SUCCESS' }, { started: 32 }),
      full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL', c: 'SUCCESS' }, { started: 8 }),
      retry(DAILY, 'a+ b+', 'RUNNING', { a: 'SUCCESS' }, { started: 7 }),
    ),
    expect: retryOf(2, 'b+ d+'),
  }),
  aCase({
    number: 19,
    title: 'RETRY_ONLY retries a failure',
    log: log(aFails()),
    mode: 'RETRY_ONLY',
    on: ANYWHERE,
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 19,
    title: 'RETRY_ONLY does nothing after a success',
    log: log(full(DAILY, 'SUCCESS', { a: 'SUCCESS' })),
    mode: 'RETRY_ONLY',
    on: ANYWHERE,
    expect: { action: 'NOTHING', reason: 'NORMAL_SCHEDULE', message: '✅ NOTHING TO RETRY', selector: null },
  }),
  aCase({
    number: 19,
    title: 'RETRY_ONLY does not build when the attempts are used up',
    log: failedThreeRetries(),
    mode: 'RETRY_ONLY',
    on: ANYWHERE,
    expect: {
      action: 'NOTHING',
      reason: 'MAX_RETRIES_REACHED',
      message: '⚠️ NOT RETRIED: Max retries reached, reset with full build',
      selector: null,
    },
  }),
  aCase({
    number: 20,
    title: 'without selections the fourth failure in a row ends the retries',
    log: log(aFails(), aFails(), aFails(), aFails()),
    jobs: [DAILY],
    on: ['no-selection'],
    expect: MAX_RETRIES,
  }),
  aCase({
    number: 20,
    title: 'without selections the fifth failure in a row is retried as a first one',
    log: log(aFails(), aFails(), aFails(), aFails(), aFails()),
    jobs: [DAILY],
    on: ['no-selection'],
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 20,
    title: 'without selections a success ends the streak',
    log: log(aFails(), full(DAILY, 'SUCCESS', { a: 'SUCCESS' }), aFails()),
    jobs: [DAILY],
    on: ['no-selection'],
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 22,
    title: 'ends in another zone are compared in UTC: still within the window',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 24.2, ended: 23.75 })),
    zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 22,
    title: 'ends in another zone are compared in UTC: too old by a minute',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 25, ended: 24 + 1 / 60 })),
    zones: { startedAt: 'UTC', endedAt: 'America/Los_Angeles' },
    expect: fullBuild('FAILURE_TOO_OLD', 'Failure too old, fresh start'),
  }),
  aCase({
    number: 23,
    title: 'a person who reruns one of two failed models helps the chain',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL' }),
      run('SUCCESS', { a: 'SUCCESS' }, { command: 'run', selection: 'a+', retryOf: 'daily' }),
    ),
    on: ['selection'],
    expect: retryOf(2, 'b+'),
  }),
  aCase({
    number: 24,
    title: 'the chained dbt test is not the daily build',
    log: log(
      full(DAILY, 'SUCCESS', { a: 'SUCCESS' }, { started: 1 }),
      run(
        'FAILED',
        { not_null_a: 'FAIL' },
        { command: 'test', started: 0.5, tests: ['not_null_a'], testsFailed: 1 },
      ),
    ),
    on: WITH_SELECTION,
    expect: NORMAL,
  }),
  aCase({
    number: 25,
    title: 'a build in dev is not a build in prod',
    log: log(
      full(DAILY, 'SUCCESS', { a: 'SUCCESS' }),
      full(DAILY, 'FAILED', { a: 'FAIL' }, { environment: 'dev' }),
    ),
    on: ['selection'],
    expect: NORMAL,
  }),
  aCase({
    number: 26,
    title: 'a retry of what failed inside a retry belongs to the same chain',
    log: log(
      aFails(),
      retry(DAILY, 'a+', 'FAILED', { a: 'SUCCESS', b: 'FAIL' }),
      retry(DAILY, 'b+', 'FAILED', { b: 'FAIL' }),
    ),
    on: ANYWHERE,
    expect: retryOf(3, 'b+'),
  }),
  aCase({
    number: 27,
    title: 'a job that selects a model and its children counts its retries',
    log: log(full(FQN, 'FAILED', { a: 'FAIL' }), fqnRetry()),
    job: FQN,
    jobs: [DAILY, FQN],
    on: WITH_SELECTION,
    expect: retryOf(2, 'a+,fqn:stg_orders+', 'a+'),
  }),
  aCase({
    number: 29,
    title: 'a node with a good and a bad row in one run has failed',
    log: log(full(DAILY, 'FAILED', { a: ['SUCCESS', 'FAIL'], b: 'SUCCESS' })),
    expect: retryOf(1, 'a+'),
  }),
];

const withPolicy = (policy: Partial<RestartJob['policy']>): RestartJob => ({
  ...DAILY,
  policy: { ...POLICY, ...policy },
});

/** What the specification says beside its table, numbered on. */
const nothing = (reason: Decision['reason'], message: string): WorkedCase['expect'] => ({
  action: 'NOTHING',
  reason,
  message,
  selector: null,
});

const SYNTAX =
  'Database Error in model a (models/a.sql)\n  001003 (42000): 01b2: SQL compilation error:\nsyntax error';
const LOCKED = "Database Error in model a (models/a.sql)\n  000625 (57014): Statement has locked table 'A'";
const PERMANENT = 'The errors are none that a retry mends';
const withErrors = (): RestartJob => withPolicy({ permanentErrors: ['000904', '001003'] });

/** Rows 5a, 6 and 6a: an hour between the runs, a quarter each; the last ended 45 minutes ago. */
const RETRIES_WORTH_MAKING: WorkedCase[] = [
  aCase({
    number: 501,
    title: 'RETRY_ONLY waits until the delay after the failure is over',
    log: log(aFails()),
    job: withPolicy({ delayMinutes: [60] }),
    mode: 'RETRY_ONLY',
    on: ANYWHERE,
    expect: nothing('NOT_YET', '⏭️ NOT YET: retried from 2026-03-10 06:15 UTC'),
  }),
  aCase({
    number: 502,
    title: 'and retries when it is over, to the second',
    log: log(aFails()),
    job: withPolicy({ delayMinutes: [45] }),
    mode: 'RETRY_ONLY',
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 503,
    title: 'a delay is for RETRY_ONLY: a schedule of its own is what AUTO waits for',
    log: log(aFails()),
    job: withPolicy({ delayMinutes: [600] }),
    on: ANYWHERE,
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 504,
    title: 'a list gives a delay for each attempt, the last for all further ones',
    log: log(aFails(), aFailsAgain(), aFailsAgain()),
    job: withPolicy({ delayMinutes: [0, 90] }),
    mode: 'RETRY_ONLY',
    on: ANYWHERE,
    expect: nothing('NOT_YET', '⏭️ NOT YET: retried from 2026-03-10 06:45 UTC'),
  }),
  aCase({
    number: 505,
    title: 'what is given up is not waited for',
    log: failedThreeRetries(),
    job: withPolicy({ delayMinutes: [600] }),
    mode: 'RETRY_ONLY',
    on: ANYWHERE,
    expect: nothing('MAX_RETRIES_REACHED', '⚠️ NOT RETRIED: Max retries reached, reset with full build'),
  }),
  aCase({
    number: 506,
    title: 'retries that have run for as long as they may end the chain',
    log: log(aFails(), aFailsAgain(), aFailsAgain()),
    job: withPolicy({ maxRetryMinutes: 30 }),
    on: WITH_SELECTION,
    expect: fullBuild('BUDGET_USED', 'Retry time used up'),
  }),
  aCase({
    number: 507,
    title: 'the full run is no part of the budget',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 5, ended: 2 }), aFailsAgain()),
    job: withPolicy({ maxRetryMinutes: 16 }),
    on: ANYWHERE,
    expect: retryOf(2, 'a+'),
  }),
  aCase({
    number: 508,
    title: 'a full build begins a budget anew',
    log: log(aFails(), aFailsAgain(), aFailsAgain(), aFails()),
    job: withPolicy({ maxRetryMinutes: 20 }),
    on: WITH_SELECTION,
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 509,
    title: 'an error that no retry mends is left to a person',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL', b: 'SKIPPED' }, { messages: { a: SYNTAX } })),
    job: withErrors(),
    mode: 'RETRY_ONLY',
    on: ['selection'],
    expect: nothing('PERMANENT_ERROR', `⚠️ NOT RETRIED: ${PERMANENT}`),
  }),
  aCase({
    number: 510,
    title: 'and AUTO builds everything',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { messages: { a: SYNTAX } })),
    job: withErrors(),
    on: ['selection'],
    expect: fullBuild('PERMANENT_ERROR', PERMANENT),
  }),
  aCase({
    number: 511,
    title: 'an error that is in no list is retried, and so is one without a number',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL' }, { messages: { a: LOCKED, b: 'Compilation Error' } }),
    ),
    job: withErrors(),
    on: ['selection'],
    expect: retryOf(1, 'a+ b+'),
  }),
  aCase({
    number: 512,
    title: 'beside one that a retry may mend both are retried',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL' }, { messages: { a: SYNTAX, b: LOCKED } })),
    job: withErrors(),
    on: ['selection'],
    expect: retryOf(1, 'a+ b+'),
  }),
  aCase({
    number: 513,
    title: 'the latest message counts: the retry has got another error',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL' }, { messages: { a: LOCKED } }),
      retry(DAILY, 'a+', 'FAILED', { a: 'FAIL' }, { messages: { a: SYNTAX } }),
    ),
    job: withErrors(),
    on: ['selection'],
    expect: fullBuild('PERMANENT_ERROR', PERMANENT),
  }),
  aCase({
    number: 514,
    title: 'and the other way round',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL' }, { messages: { a: SYNTAX } }),
      retry(DAILY, 'a+', 'FAILED', { a: 'FAIL' }, { messages: { a: LOCKED } }),
    ),
    job: withErrors(),
    on: ['selection'],
    expect: retryOf(2, 'a+'),
  }),
  aCase({
    number: 515,
    title: 'what was only skipped has no error, and is retried',
    log: log(full(DAILY, 'FAILED', { a: 'SUCCESS', b: 'SKIPPED' })),
    job: withErrors(),
    on: ['selection'],
    expect: retryOf(1, 'b+'),
  }),
  aCase({
    number: 516,
    title: 'used-up attempts are said before the error',
    log: log(
      aFails(),
      aFailsAgain(),
      aFailsAgain(),
      retry(DAILY, 'a+', 'FAILED', { a: 'FAIL' }, { messages: { a: SYNTAX } }),
    ),
    job: withErrors(),
    on: ['selection'],
    expect: MAX_RETRIES,
  }),
];

export const FURTHER_CASES: WorkedCase[] = [
  ...RETRIES_WORTH_MAKING,
  aCase({
    number: 131,
    title: 'a skipped node is named too, though it has no times in some logs',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL', b: 'SKIPPED', c: 'SUCCESS' })),
    expect: retryOf(1, 'a+ b+', 'a+ (and 1 skipped)'),
  }),
  aCase({
    number: 132,
    title: 'a failed test rebuilds what it tests',
    log: log(
      full(DAILY, 'FAILED', { a: 'SUCCESS', t: 'FAIL', b: 'SKIPPED' }, { tests: ['t'], testsFailed: 1 }),
    ),
    expect: retryOf(1, 'b+ 1+t', '1+t (and 1 skipped)'),
  }),
  aCase({
    number: 133,
    title: 'a failed test is only run again where the policy says so',
    log: log(full(DAILY, 'FAILED', { a: 'SUCCESS', t: 'FAIL' }, { tests: ['t'], testsFailed: 1 })),
    job: withPolicy({ onTestFailure: 'retest' }),
    expect: retryOf(1, 't'),
  }),
  aCase({
    number: 134,
    title: 'the retry of a test counts as an attempt',
    log: log(
      full(DAILY, 'FAILED', { a: 'SUCCESS', t: 'FAIL' }, { tests: ['t'] }),
      run('FAILED', { a: 'SUCCESS', t: 'FAIL' }, { selection: '1+t', tests: ['t'] }),
    ),
    expect: retryOf(2, '1+t'),
  }),
  aCase({
    number: 135,
    title: 'a selector that is too long leaves out what was skipped',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL', c: 'SKIPPED' })),
    job: withPolicy({ maxSelectorLength: 7 }),
    expect: retryOf(1, 'a+ b+', 'a+ b+ (and 1 skipped)'),
  }),
  aCase({
    number: 136,
    title: 'a selector that is too long without the skipped nodes is a full build',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL', b: 'FAIL', c: 'FAIL' })),
    job: withPolicy({ maxSelectorLength: 7 }),
    expect: fullBuild('SELECTOR_TOO_LONG', 'Too many failed models for a selector'),
  }),
  aCase({
    number: 137,
    title: 'failed tests that are only counted cannot be retried',
    log: log(full(DAILY, 'FAILED', { a: 'SUCCESS' }, { testsFailed: 2 })),
    expect: fullBuild('TEST_FAILED_UNNAMED', 'Failed tests are not named in the log'),
  }),
  aCase({
    number: 138,
    title: 'a failure that names nothing cannot be retried',
    log: log(full(DAILY, 'FAILED', { a: 'SUCCESS' })),
    expect: fullBuild('NO_FAILED_MODELS', 'No failed models identified'),
  }),
  aCase({
    number: 139,
    title: 'runs of other jobs are no first run',
    log: log(full(HOURLY, 'FAILED', { h: 'FAIL' }), run('SUCCESS', { a: 'SUCCESS' }, { selection: 'a+' })),
    on: WITH_SELECTION,
    expect: FIRST_RUN,
  }),
  aCase({
    number: 140,
    title: 'a success inside a run that failed heals nothing elsewhere',
    log: log(aFails(), full(HOURLY, 'FAILED', { a: 'SUCCESS', h: 'FAIL' })),
    on: ['selection'],
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 141,
    title: 'a run of another job that started before the failure ended heals nothing',
    log: log(
      full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 2, ended: 1 }),
      full(HOURLY, 'SUCCESS', { a: 'SUCCESS' }, { started: 1.5, ended: 1 }),
    ),
    on: ['selection'],
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 142,
    title: 'an end before its start counts as not logged',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 2, ended: 30 })),
    expect: retryOf(1, 'a+'),
  }),
  aCase({
    number: 143,
    title: 'RETRY_ONLY leaves a failure that is too old to the next full build',
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' }, { started: 25, ended: 24.5 })),
    mode: 'RETRY_ONLY',
    on: ANYWHERE,
    expect: {
      action: 'NOTHING',
      reason: 'FAILURE_TOO_OLD',
      message: '⚠️ NOT RETRIED: Failure too old, fresh start',
      selector: null,
    },
  }),
  aCase({
    number: 144,
    title: 'FULL_BUILD never retries',
    log: log(aFails()),
    mode: 'FULL_BUILD',
    expect: fullBuild('REQUESTED', 'Requested'),
  }),
  aCase({
    number: 145,
    title: 'statuses are read in any case, and unknown words are failures',
    log: log(full(DAILY, 'partial', { a: 'fail', b: 'Success', c: 'never heard of' })),
    expect: retryOf(1, 'a+ c+', 'a+ (and 1 skipped)'),
  }),
];

export function historyOf(worked: WorkedCase, kind: LogKind): History {
  return {
    kind,
    runs: visibleIn(kind, worked.log),
    ...(worked.unreadable === undefined ? {} : { unreadable: worked.unreadable }),
  };
}

export function callOf(worked: WorkedCase, kind: LogKind): Call {
  const { job, jobs, mode } = worked;
  const environment = kind === 'execution-history' ? null : worked.environment;
  return { job, jobs, environment, mode, now: NOW, maxAgeHours: null };
}

/** The decision on a log of `kind`: the execution history leaves it to dbt which nodes are rerun. */
export function expected(worked: WorkedCase, kind: LogKind): WorkedCase['expect'] {
  const { expect, job } = worked;
  if (kind === 'execution-history' && expect.reason === 'FIRST_RUN' && worked.log.length === 0)
    return { ...expect, reason: 'HISTORY_BLIND' };
  if (kind !== 'execution-history' || expect.action !== 'SELECTIVE_RETRY') return expect;
  const tests = job.policy.retryCommand === 'run' ? [] : ['1+result:fail+'];
  const units = ['result:error+', 'result:skipped+', ...tests];
  const within = (unit: string): string[] => job.select.map((term) => `${unit},${term}`);
  const selector = (job.select.length ? units.flatMap(within) : units).join(' ');
  return { ...expect, selector, message: expect.message.replace(/(?<=models: ).*$/, selector) };
}
