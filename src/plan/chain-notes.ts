/** Chains of retries that a change does not end. */
import type { DeployedChain } from './deployed';
import { hazard, type Hazard } from './hazards';
import type { Step } from './step';

/** Where another log is read the chains are forgotten: LOG_CHANGED says so. */
export function chainNotes(steps: readonly Step[], chains: readonly DeployedChain[]): Hazard[] {
  if (steps.some(({ hazards }) => hazards.some(({ code }) => code === 'LOG_CHANGED'))) return [];
  return chains.map(({ job, attemptsMade, attemptsLeft }) => {
    const of = attemptsMade + attemptsLeft;
    return hazard(
      'CHAIN_GOES_ON',
      `the chain of ${job} has made ${attemptsMade} of ${of} retries and goes on`,
    );
  });
}
