/** Many worlds, each a project of its own, in one log: their jobs, what the log shows of them, what the reference decides. */
import fc from '../../properties';
import type { Deployment, Job } from '../../../src/model/deployment';
import { live, type Lived } from '../generators/world';
import { worlds } from '../generators/worlds';
import { DAILY, HOURLY, NOW } from '../logs';
import { decide } from '../reference/decide';
import type { Call, History, LoggedRun } from '../reference/history';
import { deploymentOf } from './deployments';
import type { LogLayout } from './layouts/layout';

export interface LivedWorlds {
  deployment: Deployment;
  lived: Lived[];
  runs: LoggedRun[];
  environment: string | null;
  /** The deployment's jobs with the world's policy, as narrow as the log's column. */
  jobsOf(one: Lived): Job[];
  logOf(one: Lived): History;
}

export function worldsOver(
  layout: LogLayout,
  { seed, numRuns }: { seed: number; numRuns: number },
): LivedWorlds {
  const lived = fc
    .sample(worlds, { seed, numRuns })
    .map((world, index) => live({ ...world, project: `p${index}` }));
  const own = layout.kind === 'no-selection' ? [DAILY] : [DAILY, HOURLY];
  const deployment = deploymentOf(layout.state, own);
  const width = deployment.jobs[0]?.policy.maxSelectorLength ?? 0;
  const logged = lived.map(({ history }) => layout.visible(history.runs).length);
  const inAll = logged.reduce((sum, count) => sum + count, 0);
  return {
    deployment,
    lived,
    runs: lived.flatMap(({ history }) => history.runs),
    environment: layout.kind === 'no-selection' ? null : 'prod',
    jobsOf: ({ daily, hourly, world }) =>
      deployment.jobs.map((job) => {
        const { policy } = job.name === DAILY.name ? daily : hourly;
        const maxSelectorLength = Math.min(width, policy.maxSelectorLength);
        return {
          ...job,
          project: world.project,
          name: `${world.project}/${job.name}`,
          policy: { ...policy, maxSelectorLength },
        };
      }),
    logOf({ history }) {
      const runs = layout.visible(history.runs);
      return { kind: layout.kind, runs, runsElsewhere: inAll - runs.length };
    },
  };
}

export interface Decided {
  reason: string;
  attempt: number;
  selector: string | null;
}

/** Row 1 is the procedure's: the views decide as if no run was in progress. */
export function expectedOf(history: History, call: Call): Decided {
  const policy = { ...call.job.policy, onRunInProgress: 'run' as const };
  const { reason, attempt, selector } = decide(history, { ...call, job: { ...call.job, policy } });
  return { reason, attempt, selector };
}

/** The reference's decision of every job of every world, by the job's name. */
export function expectedOfAll({ lived, jobsOf, logOf, environment }: LivedWorlds): Map<string, Decided> {
  return new Map(
    lived.flatMap((one) => {
      const jobs = jobsOf(one);
      return jobs.map((job): [string, Decided] => [
        job.name,
        expectedOf(logOf(one), { job, jobs, environment, mode: 'AUTO', now: NOW, maxAgeHours: null }),
      ]);
    }),
  );
}
