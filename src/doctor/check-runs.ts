/** Runs that are logged as running and may be dead. */
import { clock, counted } from '../oncall/words';
import { finding, type Finding } from './finding';
import type { DeploymentFacts } from './facts';

export function checkRuns({ deployment, statuses, neverEnded, now }: DeploymentFacts): Finding[] {
  const stuck = new Map(
    statuses
      .filter(({ kind, state }) => kind === 'stuck' && state?.runningRunId != null)
      .map((status) => [status.state!.runningRunId!, status]),
  );
  const found = [...stuck].map(([run, { text }]) =>
    finding('RUN_STUCK', run, text, `once you know that nothing of it goes on: abandon ${run}`),
  );
  if (neverEnded.length > 0) {
    const [latest] = neverEnded;
    const when =
      latest?.startedAt == null ? '' : `, the latest ${latest.runId} of ${clock(latest.startedAt, now)}`;
    found.push(
      finding(
        'RUN_NEVER_ENDED',
        deployment.name,
        `${counted(neverEnded.length, 'run')} logged as running for longer than staleRunHours${when}`,
        'they count as crashed; abandon marks one failed. Hooks that write only at the end, or recordFailure, leave fewer',
      ),
    );
  }
  return found;
}
