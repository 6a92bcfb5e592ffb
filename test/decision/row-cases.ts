/** Logs whose rows are written again, as a start and an end, and in another order. */
import type { LogLayout, LogValue } from './harness/layouts/layout';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog, plainLog } from './harness/layouts/own';
import { artifactsLog, elementaryLog } from './harness/layouts/packages';

/** What a row says before it is finished: the columns of its end are empty, its status is the word for running. */
export interface Begun {
  status: string;
  ends: string[];
  running: LogValue;
}

export interface Case {
  layout: LogLayout;
  runs?: Begun;
  nodes?: Begun;
}

export const CASES: Case[] = [
  {
    layout: o2cLog('America/Los_Angeles'),
    runs: { status: 'run_status', ends: ['run_ended_at', 'tests_failed'], running: 'RUNNING' },
    nodes: { status: 'status', ends: ['ended_at'], running: 'running' },
  },
  {
    layout: bakeryLog,
    runs: { status: 'outcome', ends: ['finished', 'tastings_failed'], running: 'In the oven' },
    nodes: { status: 'outcome', ends: ['finished'], running: 'in the oven' },
  },
  {
    layout: plainLog,
    runs: { status: 'status', ends: ['ended'], running: null },
    nodes: { status: 'status', ends: ['ended'], running: 'RUNNING' },
  },
  { layout: elementaryLog },
  { layout: artifactsLog },
];
