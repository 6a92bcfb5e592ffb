/** A rehearsal in a few numbers. */
import { kindOf } from './kinds';
import { hasFailed, type Step } from './step';

export interface Summary {
  /** Runs of tasks and statements of operators that did something: skipped ones are not among them. */
  runs: number;
  fullBuilds: number;
  retries: number;
  failures: number;
  /** Models that the retries did not have to run, against building everything again each time. */
  modelRunsSaved: number;
  /** Calls of tasks that only retry, or only plan, which found nothing to do. */
  looks: number;
  /** Minutes for which they kept a warehouse awake: one at least for each that found nothing else running. */
  lookMinutes: number;
}

export function summaryOf(steps: readonly Step[]): Summary {
  const ofKind = (kind: string): number => steps.filter((step) => kindOf(step) === kind).length;
  return {
    runs: steps.length - ofKind('skipped'),
    fullBuilds: ofKind('full'),
    retries: ofKind('retry'),
    failures: steps.filter(hasFailed).length,
    modelRunsSaved: saved(steps),
    ...looking(steps),
  };
}

const MINUTE_MS = 60_000;

/**
 * A look that begins while something runs, or less than a minute after, is on a warehouse that is awake; any other starts it, which is billed
 * for a minute at least. https://docs.snowflake.com/en/user-guide/cost-understanding-compute
 */
function looking(steps: readonly Step[]): Pick<Summary, 'looks' | 'lookMinutes'> {
  let awakeUntil = -Infinity;
  let looks = 0;
  let minutes = 0;
  const inOrder = steps
    .filter(({ outcome }) => outcome !== 'SKIPPED')
    .map((step) => ({ step, from: Date.parse(step.started), to: Date.parse(step.ended ?? step.started) }))
    .sort((a, b) => a.from - b.from);
  for (const { step, from, to } of inOrder) {
    const isLook = step.task !== null && LOOKING.includes(step.mode) && step.dbtStarted === null;
    if (isLook) looks += 1;
    if (isLook && from > awakeUntil) minutes += Math.max(1, (to - from) / MINUTE_MS);
    awakeUntil = Math.max(awakeUntil, to + MINUTE_MS);
  }
  return { looks, lookMinutes: Math.round(minutes) };
}

const LOOKING: readonly Step['mode'][] = ['RETRY_ONLY', 'PLAN'];

/** A full build is as large as the largest that the retry's task has made; of who only retries, anybody's. */
function saved(steps: readonly Step[]): number {
  const largest = new Map<string | null, number>();
  let ofAny = 0;
  let sum = 0;
  for (const step of steps) {
    const { task, ran } = step;
    const kind = kindOf(step);
    if (kind === 'full') {
      largest.set(task, Math.max(largest.get(task) ?? 0, ran.length));
      ofAny = Math.max(ofAny, ran.length);
    }
    if (kind === 'retry') sum += Math.max(0, (largest.get(task) ?? ofAny) - ran.length);
  }
  return sum;
}

/** `9 runs, 2 full builds, 3 retries, 4 failures, 57 model runs saved, 96 looks (96 warehouse minutes)`; what there was none of is left out. */
export function summaryText(summary: Summary): string {
  const { runs, fullBuilds, retries, failures, modelRunsSaved, looks, lookMinutes } = summary;
  const parts: [number, string][] = [
    [fullBuilds, 'full build'],
    [retries, 'retry'],
    [failures, 'failure'],
    [modelRunsSaved, 'model run'],
  ];
  const texts = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => (what === 'model run' ? `${counted(count, what)} saved` : counted(count, what)));
  const looked =
    looks === 0 ? [] : [`${counted(looks, 'look')} (${counted(lookMinutes, 'warehouse minute')})`];
  return [counted(runs, 'run'), ...texts, ...looked].join(', ');
}

/** `1,204 retries`. */
export function counted(count: number, what: string): string {
  const plural = what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`;
  return `${count.toLocaleString('en-US')} ${count === 1 ? what : plural}`;
}
