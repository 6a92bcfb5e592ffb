/**
 * One policy over one job's log: its tasks call when they would have called, the generated SQL answers by what the log showed then, and a
 * retry that it decides on is written into the log that it sees from then on.
 */
import type { Deployment, Job } from '../model/deployment';
import type { Asked, JobState } from './ask';
import { finalizersOf, scheduledCalls, type Call } from './calls';
import type { Evidence, KnownRun } from './evidence';
import { noFigures, type Figures } from './figures';
import { indexFrom } from './in-order';
import { retryOf, type SimulatedRetry } from './retry';
import { shownAt } from './shown';

export interface Stretch {
  from: number;
  to: number;
}

/** What happens at one time; of two at once the one with the lower rank comes first. */
type Event = { at: number; rank: number } & (
  { kind: 'call'; call: Call } | { kind: 'ended'; run: KnownRun } | { kind: 'healed'; retry: SimulatedRetry }
);

export async function playJob(
  job: Job,
  deployment: Deployment,
  evidence: Evidence,
  asked: Asked,
  { from, to }: Stretch,
): Promise<Figures> {
  const play = new Play(job, deployment, evidence, asked);
  const calls = scheduledCalls(deployment, from, to).filter((call) => call.job === job.name);
  const events = new EventQueue([
    ...calls.map((call): Event => ({ at: call.at, rank: 1, kind: 'call', call })),
    ...play.builds
      .filter(({ end }) => end >= from && end < to)
      .map((run): Event => ({ at: run.end, rank: 0, kind: 'ended', run })),
  ]);
  for (let event = events.next(); event !== undefined; event = events.next()) {
    for (const later of await play.happen(event)) if (later.at < to) events.add(later);
  }
  play.endAt(to);
  return play.figures;
}

class Play {
  readonly figures = noFigures();
  readonly builds: readonly KnownRun[];
  private readonly retries: SimulatedRetry[] = [];
  private readonly displaced = new Set<KnownRun>();
  private brokenSince: number | null = null;
  private remembered: { key: string; state: JobState } | null = null;

  constructor(
    private readonly job: Job,
    private readonly deployment: Deployment,
    private readonly evidence: Evidence,
    private readonly asked: Asked,
  ) {
    this.builds = evidence.builds.get(job.name) ?? [];
  }

  /** @returns what comes of it later */
  async happen(event: Event): Promise<Event[]> {
    if (event.kind === 'call') return this.call(event.call);
    if (event.kind === 'healed') {
      this.repaired(event.at);
      return [];
    }
    return this.ended(event.run);
  }

  endAt(to: number): void {
    this.repaired(to);
  }

  private ended(run: KnownRun): Event[] {
    if (this.displaced.has(run)) return [];
    this.figures.buildSeconds += (run.end - run.start) / 1000;
    if (run.outcome === 'SUCCEEDED') this.repaired(run.end);
    else this.brokenSince ??= run.end;
    // A retry that the log has may have begun in the moment in which its build ended; the build itself tells nothing.
    return this.finalizers(run.end, Math.max(run.end, run.start + 1));
  }

  /** Of graphs that make this job's builds: they call when the graph has ended. */
  private finalizers(at: number, knownFrom = at): Event[] {
    return finalizersOf(this.deployment)
      .filter(({ job, builds }) => job === this.job.name && builds.includes(this.job.name))
      .map(({ job, mode, task, lookMinutes }): Event => ({
        ...{ at: at + 1000, rank: 2, kind: 'call' as const },
        call: { at: at + 1000, decidesAt: at + 1000, knownFrom, job, mode, task, lookMinutes, gap: 0 },
      }));
  }

  private async call(call: Call): Promise<Event[]> {
    if (call.mode === 'FULL_BUILD') return this.unlogged(call);
    const state = await this.stateAt(call);
    const later = state === null ? null : this.afterWaiting(call, state);
    if (later !== null) return [later];
    const isTooYoung = call.mode === 'RETRY_ONLY' && (state?.next_at ?? 0) > call.decidesAt;
    const retries =
      state !== null && state.running_run_id === null && state.next_reason === 'RETRY' && !isTooYoung;
    if (call.mode === 'PLAN' || (!retries && call.mode === 'RETRY_ONLY')) {
      this.figures.looks += 1;
      this.figures.lookMinutes += call.lookMinutes;
      return [];
    }
    if (!retries) return this.unlogged(call);
    return this.retry(call, state);
  }

  /** The same call when the run that is in its way is over; `null` where it does not wait, or no longer. */
  private afterWaiting(call: Call, { running_run_id: id }: JobState): Event | null {
    const { onRunInProgress, waitMinutes } = this.job.policy;
    if (id === null || call.mode !== 'AUTO' || (onRunInProgress ?? 'wait') !== 'wait') return null;
    const end =
      this.evidence.runs.find(({ row }) => row.run_id === id)?.end ??
      this.retries.find(({ row }) => row.run_id === id)?.end;
    if (end === undefined || end - call.at > waitMinutes * 60_000) return null;
    const at = Math.max(end, call.decidesAt) + 1000;
    return { at, rank: 1, kind: 'call', call: { ...call, decidesAt: at } };
  }

  private unlogged(call: Call): Event[] {
    if (this.buildOf(call) === undefined) this.figures.unloggedBuilds += 1;
    return [];
  }

  /** The build that the log has of this start. */
  private buildOf({ at, gap }: Call): KnownRun | undefined {
    const index = firstAt(this.builds, at - 60_000);
    const found = this.builds[index];
    return found !== undefined && found.start < at + gap / 2 ? found : undefined;
  }

  private retry(call: Call, state: JobState): Event[] {
    const { job, deployment, evidence, builds } = this;
    const retry = retryOf({ job, deployment, evidence, builds, call, state }, this.retries.length);
    const { figures } = this;
    this.retries.push(retry);
    figures.retries += 1;
    figures.retrySeconds += (retry.end - retry.start) / 1000;
    figures[retry.verdict] += 1;
    const build = call.mode === 'AUTO' ? this.buildOf(call) : undefined;
    if (build !== undefined) {
      this.displaced.add(build);
      figures.displaced += 1;
      if (Number.isFinite(build.end)) figures.displacedSeconds += (build.end - build.start) / 1000;
      if (build.outcome !== 'SUCCEEDED') figures.displacedFailures += 1;
    }
    const healed: Event[] =
      retry.verdict === 'healed' ? [{ at: retry.end, rank: 0, kind: 'healed', retry }] : [];
    return call.mode === 'AUTO' ? [...healed, ...this.finalizers(retry.end)] : healed;
  }

  private repaired(at: number): void {
    if (this.brokenSince !== null) this.figures.hoursBroken += (at - this.brokenSince) / 3_600_000;
    this.brokenSince = null;
  }

  /**
   * `null` on the usual day, which the procedure tells in the same way from the runs alone: the latest two full runs have succeeded, and
   * nothing is in progress. An answer is asked for again when the log shows something else, or its time is over.
   */
  private async stateAt(call: Call): Promise<JobState | null> {
    const at = call.decidesAt;
    const { displaced, retries, evidence, job } = this;
    // The build that this call itself has started in the log is not there yet.
    const own = call.mode === 'RETRY_ONLY' ? undefined : this.buildOf(call);
    const builds = this.builds.slice(0, firstAt(this.builds, at)).filter((run) => run !== own);
    const made = lastOf(builds, displaced, 2);
    const latest = made.at(-1);
    if (latest === undefined) return null;
    const isUsual = made.every(({ outcome, end }) => outcome === 'SUCCEEDED' && end <= at);
    if (isUsual && !retries.some(({ start }) => start > latest.start)) return null;
    const shown = shownAt(at, { job, builds, displaced, retries, evidence });
    const { key } = shown;
    const isOver =
      this.remembered?.state.next_reason === 'RETRY' && (this.remembered.state.retry_until ?? 0) <= at;
    if (this.remembered?.key === key && !isOver) return this.remembered.state;
    const state = await this.asked.state(at, job.name, shown);
    this.remembered = { key, state };
    return state;
  }
}

/** In order of time; what is added later finds its place. */
class EventQueue {
  private readonly events: Event[];
  private at = 0;

  constructor(events: readonly Event[]) {
    this.events = [...events].sort(inOrder);
  }

  next(): Event | undefined {
    const event = this.events[this.at];
    this.at += 1;
    return event;
  }

  add(event: Event): void {
    let place = this.at;
    while (place < this.events.length && inOrder(this.events[place]!, event) <= 0) place += 1;
    this.events.splice(place, 0, event);
  }
}

function inOrder(a: Event, b: Event): number {
  return a.at - b.at || a.rank - b.rank;
}

/** The last of those that were made, without going through all of them. */
function lastOf(builds: readonly KnownRun[], displaced: ReadonlySet<KnownRun>, count: number): KnownRun[] {
  const found: KnownRun[] = [];
  for (let at = builds.length - 1; at >= 0 && found.length < count; at -= 1)
    if (!displaced.has(builds[at]!)) found.unshift(builds[at]!);
  return found;
}

function firstAt(runs: readonly KnownRun[], time: number): number {
  return indexFrom(runs, time, ({ start }) => start);
}
