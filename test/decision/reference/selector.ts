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

export function selectorFor(all: readonly OutstandingNode[], job: RestartJob, crashed: boolean): Selector {
  // `failed+` brings in what was skipped behind it; after a crash nothing says that it was.
  const broughtIn = !crashed && all.some((node) => node.result !== 'SKIPPED');
  const nodes = all.filter((node) => isSafeName(node.name) || node.result !== 'SKIPPED' || !broughtIn);
  if (!nodes.every((node) => isSafeName(node.name))) return { refused: 'UNSAFE_NAME' };
  const failed = nodes.filter((node) => node.result !== 'SKIPPED');
  const skipped = nodes.length - failed.length;
  const unit = (node: OutstandingNode): string => unitFor(node, job.policy.onTestFailure);
  const shown =
    failed.length === 0
      ? nodes.map(unit).join(' ')
      : failed.map(unit).join(' ') + (skipped === 0 ? '' : ` (and ${skipped} skipped)`);
  for (const some of [nodes, crashed ? [] : failed]) {
    const text = within(some.map(unit), job).join(' ');
    if (some.length > 0 && text.length <= job.policy.maxSelectorLength) return { text, shown };
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
