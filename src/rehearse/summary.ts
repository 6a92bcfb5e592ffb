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
}

export function summaryOf(steps: readonly Step[]): Summary {
  const ofKind = (kind: string): number => steps.filter((step) => kindOf(step) === kind).length;
  return {
    runs: steps.length - ofKind('skipped'),
    fullBuilds: ofKind('full'),
    retries: ofKind('retry'),
    failures: steps.filter(hasFailed).length,
    modelRunsSaved: saved(steps),
  };
}

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

/** `9 runs, 2 full builds, 3 retries, 4 failures, 57 model runs saved`; what there was none of is left out. */
export function summaryText({ runs, fullBuilds, retries, failures, modelRunsSaved }: Summary): string {
  const parts: [number, string][] = [
    [fullBuilds, 'full build'],
    [retries, 'retry'],
    [failures, 'failure'],
    [modelRunsSaved, 'model run'],
  ];
  const texts = parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => (what === 'model run' ? `${counted(count, what)} saved` : counted(count, what)));
  return [counted(runs, 'run'), ...texts].join(', ');
}

/** `1,204 retries`. */
export function counted(count: number, what: string): string {
  const plural = what.endsWith('y') ? `${what.slice(0, -1)}ies` : `${what}s`;
  return `${count.toLocaleString('en-US')} ${count === 1 ? what : plural}`;
}
