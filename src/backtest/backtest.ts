/** A log and some policies -> what each would have come to. */
import type { Templates } from '../render/templates';
import { Asked } from './ask';
import { evidenceOf, type Evidence } from './evidence';
import { sumOf, type Figures } from './figures';
import type { BacktestLog } from './log';
import { playJob } from './play';
import type { Policy } from './policies';
import { notKnown } from './not-known';

export interface PolicyResult {
  policy: string;
  jobs: { job: string; figures: Figures }[];
  total: Figures;
}

export interface BacktestReport {
  deployment: string;
  /** First and last start in the log within the stretch; ISO 8601, UTC. */
  since: string;
  until: string;
  runs: number;
  policies: PolicyResult[];
  /** What the log cannot tell, one sentence each. */
  notKnown: string[];
}

export interface BacktestOptions {
  templates: Templates;
  /** ISO 8601; the whole log otherwise. */
  since?: string;
  onProgress?: (policy: string, share: number) => void;
}

/** @param policies the first is the deployment as it is */
export async function backtest(
  log: BacktestLog,
  policies: readonly Policy[],
  { templates, since, onProgress }: BacktestOptions,
): Promise<BacktestReport> {
  const { deployment } = policies[0]!;
  const starts = log.runs
    .filter(({ is_ours: ours }) => ours !== false)
    .map((run) => Date.parse(run.started_at));
  const first = starts.reduce((a, b) => Math.min(a, b), Infinity);
  const last = starts.reduce((a, b) => Math.max(a, b), -Infinity);
  const empty = starts.length === 0;
  const from = empty ? 0 : Math.max(first, since === undefined ? first : Date.parse(since));
  // What is logged as running when the log ends is not judged.
  const to = empty ? 0 : last + 1;
  const evidence = await readEvidence(log, policies[0]!, to, templates);
  const noJobs = log.runs.length - evidence.runs.filter(({ job }) => job !== null).length;
  const results: PolicyResult[] = [];
  for (const [at, policy] of policies.entries()) {
    results.push(
      await playPolicy(policy, evidence, { from, to }, templates, (share) =>
        onProgress?.(policy.name, (at + share) / policies.length),
      ),
    );
  }
  return {
    deployment: deployment.name,
    since: new Date(from).toISOString(),
    until: new Date(to).toISOString(),
    runs: evidence.runs.filter(({ start }) => start >= from && start < to).length,
    policies: results,
    notKnown: notKnown(results, deployment, evidence, noJobs, { from, to }),
  };
}

async function readEvidence(
  log: BacktestLog,
  { deployment }: Policy,
  to: number,
  templates: Templates,
): Promise<Evidence> {
  const asked = await Asked.open(deployment, templates);
  try {
    return evidenceOf(
      log,
      await asked.history(to + 3_600_000 * 24 * 30, { runs: log.runs, nodes: log.nodes }),
    );
  } finally {
    await asked.close();
  }
}

async function playPolicy(
  { name, deployment }: Policy,
  evidence: Evidence,
  stretch: { from: number; to: number },
  templates: Templates,
  onShare: (share: number) => void,
): Promise<PolicyResult> {
  const asked = await Asked.open(deployment, templates);
  try {
    const jobs: PolicyResult['jobs'] = [];
    for (const [at, job] of deployment.jobs.entries()) {
      jobs.push({ job: job.name, figures: await playJob(job, deployment, evidence, asked, stretch) });
      onShare((at + 1) / deployment.jobs.length);
    }
    return { policy: name, jobs, total: sumOf(jobs.map(({ figures }) => figures)) };
  } finally {
    await asked.close();
  }
}
