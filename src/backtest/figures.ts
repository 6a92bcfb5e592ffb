/** What a policy would have come to, in numbers. Pure. */

export interface Figures {
  retries: number;
  /** Retries all of whose nodes succeeded the next time that the log shows them. */
  healed: number;
  /** Retries of which a node failed the next time, too. */
  notHealed: number;
  /** Retries of which the log says neither. */
  unknown: number;
  /** Hours in which the job stood broken. */
  hoursBroken: number;
  /** Seconds of the retries, mostly estimated. */
  retrySeconds: number;
  /** Seconds of the full builds that the log has and this policy makes. */
  buildSeconds: number;
  /** Full builds of the log in whose place a retry would have run. */
  displaced: number;
  displacedSeconds: number;
  /** Of those the ones that failed in the log: what they found would have been found later. */
  displacedFailures: number;
  /** Calls that found nothing to retry and built nothing. */
  looks: number;
  lookMinutes: number;
  /** Starts of builds that the log has no build of. */
  unloggedBuilds: number;
}

export function noFigures(): Figures {
  return {
    retries: 0,
    healed: 0,
    notHealed: 0,
    unknown: 0,
    hoursBroken: 0,
    retrySeconds: 0,
    buildSeconds: 0,
    displaced: 0,
    displacedSeconds: 0,
    displacedFailures: 0,
    looks: 0,
    lookMinutes: 0,
    unloggedBuilds: 0,
  };
}

export function sumOf(all: readonly Figures[]): Figures {
  const sum = noFigures();
  for (const figures of all)
    for (const key of Object.keys(sum) as (keyof Figures)[]) sum[key] += figures[key];
  return sum;
}

/** Seconds of compute in all: builds, retries, and the minutes of looking. */
export function computeSeconds({ buildSeconds, retrySeconds, lookMinutes }: Figures): number {
  return buildSeconds + retrySeconds + 60 * lookMinutes;
}
