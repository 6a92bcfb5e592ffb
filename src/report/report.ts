/** All that a report says of one deployment, as data: what `--json` prints, and the page shows. */
import type { Deployment } from '../model/deployment';
import type { HistoryRun } from '../readings/history';
import type { TaskRun } from '../readings/executions';
import type { Step } from '../rehearse/step';
import { counted, summaryOf } from '../rehearse/summary';
import { chainsOf, type Chain } from './chains';
import { placeRuns } from './lanes';
import { failingModels, unnamedFailures, type FailingModel } from './models';
import { outagesOf, type Outage } from './outages';
import { savingsOf, type Savings } from './savings';
import { stepsOf } from './steps';

export interface DeploymentReport {
  deployment: string;
  /** ISO 8601 in UTC. */
  from: string;
  to: string;
  steps: Step[];
  /** In the order of the config: tasks, then what runs belong to where no task is known. */
  lanes: string[];
  counts: { runs: number; fullBuilds: number; retries: number; failures: number; looks: number };
  chains: Chain[];
  outages: Outage[];
  models: FailingModel[];
  /** Failed runs of which the log names no model. */
  unnamedFailures: number;
  savings: Savings;
  /** What the report could not see, in words. */
  notes: string[];
}

export interface ReportInput {
  runs: readonly HistoryRun[];
  /** `null` where it could not be read. */
  taskRuns: readonly TaskRun[] | null;
  from: string;
  /** The account's clock. */
  now: string;
  notes: readonly string[];
}

export function reportOf(deployment: Deployment, input: ReportInput): DeploymentReport {
  const { taskRuns, from, now } = input;
  const runs = input.runs.filter(({ isAhead }) => !isAhead);
  const ahead = input.runs.length - runs.length;
  const steps = stepsOf(deployment, placeRuns(deployment, runs, taskRuns ?? []));
  const summary = summaryOf(steps);
  const { fullBuilds, retries, failures, looks, lookMinutes } = summary;
  const chains = chainsOf(runs, now);
  const tasks = deployment.graphs.flatMap(({ root, children }) =>
    [root, ...children].map(({ name }) => name.name),
  );
  const others = [
    ...new Set(steps.flatMap(({ task }) => (task === null || tasks.includes(task) ? [] : [task]))),
  ];
  return {
    deployment: deployment.name,
    from,
    to: now,
    steps,
    lanes: [...tasks, ...others.sort()],
    counts: {
      runs: summary.runs - looks,
      fullBuilds,
      retries,
      failures,
      looks,
    },
    chains,
    outages: outagesOf(runs, now),
    models: failingModels(runs),
    unnamedFailures: unnamedFailures(runs),
    savings: savingsOf(runs, chains, taskRuns === null ? null : lookMinutes * 60),
    notes: [
      ...input.notes,
      ...(ahead > 0
        ? [`left out: ${counted(ahead, 'run')} that the log says start later than now (a clock or a zone)`]
        : []),
    ],
  };
}
