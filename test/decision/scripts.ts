/**
 * The worked cases about what happens once dbt was started: a log, and calls one after the other, each with what dbt
 * does in it. Run by whoever can run the procedure; the reference decides only the calls.
 */
import { DAILY, HOURLY, full, log } from './logs';
import type { Nodes } from './logs';
import type { Outcome } from './reference/runs';
import type { LoggedRun, RestartJob } from './reference/history';

export interface ScriptedCase {
  number: number;
  title: string;
  job: RestartJob;
  jobs: RestartJob[];
  log: LoggedRun[];
  steps: Step[];
  /** Outcomes by run id afterwards; `this-call` stands for the run of the last call, whatever its id. */
  after?: Record<string, Outcome>;
  /** Runs in the log afterwards. */
  runsAfter?: number;
}

export interface Step {
  /** What dbt does in each invocation of the call, in order. */
  dbt: DbtBehaviour[];
  expect: {
    /** The call raises dbt's error, after bookkeeping. */
    raises: boolean;
    /** The decision the call was made on. */
    message: string;
    /** Selectors of the dbt invocations in order; `null` for a full build. */
    selected: (string | null)[];
  };
}

export type DbtBehaviour =
  | {
      does: 'fails';
      /** What hooks logged of this run; `null` for nothing at all. */
      logged: { status: string; nodes: Nodes } | null;
      /** Another job's run that was logged while this one ran. */
      meanwhile?: LoggedRun;
    }
  | { does: 'succeeds'; nodes: Nodes }
  /** A warning, a success, and no hooks: no row. */
  | { does: 'selects nothing' };

const RETRY_A = (attempt: number): string => `🔄 RETRY #${attempt}: Rerunning failed models: a+`;

export const SCRIPTS: ScriptedCase[] = [
  {
    number: 21,
    title:
      'a run that its hooks call a success is marked failed, the run of another job beside it is not touched',
    job: DAILY,
    jobs: [DAILY, HOURLY],
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' })),
    steps: [
      {
        dbt: [
          {
            does: 'fails',
            logged: { status: 'SUCCESS', nodes: {} },
            meanwhile: full(HOURLY, 'SUCCESS', { h: 'SUCCESS' }, { id: 'meanwhile' }),
          },
        ],
        expect: { raises: true, message: RETRY_A(1), selected: ['a+'] },
      },
    ],
    after: { 'this-call': 'FAILED', meanwhile: 'SUCCEEDED' },
    runsAfter: 3,
  },
  {
    number: 28,
    title: 'a retry that selects nothing is followed by a full build in the same call',
    job: DAILY,
    jobs: [DAILY, HOURLY],
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' })),
    steps: [
      {
        dbt: [{ does: 'selects nothing' }, { does: 'succeeds', nodes: { b: 'SUCCESS' } }],
        expect: {
          raises: false,
          message: '🔵 FULL BUILD: The failed models no longer exist',
          selected: ['a+', null],
        },
      },
    ],
    after: { 'this-call': 'SUCCEEDED' },
    runsAfter: 2,
  },
  {
    number: 30,
    title: 'a retry that dies before its hooks counts as an attempt',
    job: DAILY,
    jobs: [DAILY, HOURLY],
    log: log(full(DAILY, 'FAILED', { a: 'FAIL' })),
    steps: [
      {
        dbt: [{ does: 'fails', logged: null }],
        expect: { raises: true, message: RETRY_A(1), selected: ['a+'] },
      },
      {
        dbt: [{ does: 'fails', logged: null }],
        expect: { raises: true, message: RETRY_A(2), selected: ['a+'] },
      },
    ],
    after: { 'this-call': 'FAILED' },
    runsAfter: 3,
  },
];
