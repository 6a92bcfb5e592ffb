/** What a retry selects: sections 4.2 to 4.4. */
import type { Policy, RestartJob } from './history';
import type { OutstandingNode } from './outstanding';
import { isSafeName, termsOf } from './selections';

export type Selector =
  | {
      /** The value of `--select`. */
      text: string;
      /** What the message shows: the units without the job's terms. */
      shown: string;
    }
  | { refused: 'UNSAFE_NAME' | 'SELECTOR_TOO_LONG' };

export function selectorFor(nodes: readonly OutstandingNode[], job: RestartJob, crashed: boolean): Selector {
  if (!nodes.every((node) => isSafeName(node.name))) return { refused: 'UNSAFE_NAME' };
  // `failed+` brings in what was skipped behind it; after a crash nothing says that it was.
  const withoutSkipped = crashed ? [] : nodes.filter((node) => node.result !== 'SKIPPED');
  for (const some of [nodes, withoutSkipped]) {
    const units = some.map((node) => unitFor(node, job.policy.onTestFailure));
    const text = within(units, job).join(' ');
    if (units.length > 0 && text.length <= job.policy.maxSelectorLength)
      return { text, shown: units.join(' ') };
  }
  return { refused: 'SELECTOR_TOO_LONG' };
}

/** The execution history names no nodes: dbt picks them from the imported results. `run` runs no tests. */
export function resultSelector(job: RestartJob): Exclude<Selector, { refused: string }> {
  const fail = job.policy.onTestFailure === 'rebuild-parent' ? '1+result:fail+' : 'result:fail';
  const units = ['result:error+', 'result:skipped+', ...(job.policy.retryCommand === 'run' ? [] : [fail])];
  const text = within(units, job).join(' ');
  return { text, shown: text };
}

function unitFor(node: OutstandingNode, onTestFailure: Policy['onTestFailure']): string {
  if (!node.isTest || node.result !== 'FAILED') return `${node.name}+`;
  return onTestFailure === 'rebuild-parent' ? `1+${node.name}` : node.name;
}

function within(units: readonly string[], job: RestartJob): string[] {
  const terms = termsOf(job);
  return terms.length === 0 ? [...units] : units.flatMap((unit) => terms.map((term) => `${unit},${term}`));
}
