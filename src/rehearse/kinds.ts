/** What a step is, as the page colours it and calls it. */
import { hasFailed, type Step } from './step';

export const KINDS = ['full', 'retry', 'dbt', 'skipped', 'nothing'] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  full: 'full build',
  retry: 'retry',
  dbt: 'plain dbt',
  skipped: 'skipped',
  nothing: 'nothing to do',
};

const OF_ACTION: Readonly<Record<Step['action'], Kind>> = {
  FULL_BUILD: 'full',
  SELECTIVE_RETRY: 'retry',
  DBT: 'dbt',
  SKIP: 'skipped',
  NOTHING: 'nothing',
  // It failed before it decided anything; that it failed is shown anyway.
  RAISED: 'nothing',
};

/** An operator's CALL says in its message what it was. */
export function kindOf({ action, task, message }: Step): Kind {
  if (task === null && action === 'DBT') {
    if (message.includes('FULL BUILD')) return 'full';
    if (message.includes('RETRY #')) return 'retry';
  }
  return OF_ACTION[action];
}

/** `retry #2, failed`. */
export function kindText(step: Step): string {
  const kind = kindOf(step);
  const name = kind === 'retry' && step.attempt > 0 ? `retry #${step.attempt}` : KIND_NAMES[kind];
  const raised = step.action === 'RAISED' ? 'raised an error' : name;
  return `${raised}${outcomeNote(step)}`;
}

function outcomeNote(step: Step): string {
  if (hasFailed(step)) {
    if (step.outcome === 'CANCELLED') return ', cancelled';
    return step.outcome === 'FAILED' ? ', failed' : ', failed and suspended its graph';
  }
  return step.outcome === 'EXECUTING' ? ', still runs' : '';
}
