/** Tasks that end a job before it is done. https://docs.snowflake.com/en/sql-reference/parameters */
import { span } from '../oncall/words';
import { finding, type Finding } from './finding';
import type { DeploymentFacts } from './facts';

/** From this share of the limit on a slow day may be one too many. */
const NEAR = 0.8;

export function checkTimeouts({ deployment, statuses, limits }: DeploymentFacts): Finding[] {
  const tasks = deployment.graphs.flatMap(({ root, children }) => [root, ...children]);
  return tasks.flatMap(({ name, action }) => {
    const limit = limits[name.name];
    const job = action.kind === 'call' ? statuses.find((status) => status.job === action.job) : undefined;
    const longest = job?.state?.longestSeconds ?? null;
    if (limit === undefined || longest === null || longest < NEAR * limit) return [];
    return [
      finding(
        'TIMEOUT_NEAR',
        name.name,
        `the longest successful run of ${job!.job} took ${span(1000 * longest)}, and the task is cancelled after ${span(1000 * limit)}`,
        'give the task a longer timeout in the config; STATEMENT_TIMEOUT_IN_SECONDS of the account, user or warehouse counts too',
      ),
    ];
  });
}
