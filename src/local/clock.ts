import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Time in the local Snowflake moves only when told, and things take time: a discrete-event simulation.
 *
 * A *process* is an async function that counts as running until it sleeps. Only when every process sleeps does time
 * jump to the next wake-up, and only one process is woken at a time, so the order of events never depends on how
 * fast this machine is. A client's statement is a process like a task run: while its dbt run takes twenty simulated
 * minutes, whatever falls due in between happens in between.
 */
export class VirtualClock {
  private micros: bigint;
  private running = 0;
  private sequence = 0;
  private readonly sleepers: Sleeper[] = [];
  private readonly sources: EventSource[] = [];
  private turning = false;
  private readonly current = new AsyncLocalStorage<{ drivesTime: boolean }>();

  constructor(start: Date) {
    this.micros = BigInt(start.getTime()) * 1000n;
  }

  /** Microseconds since 1970-01-01 UTC. */
  now(): bigint {
    return this.micros;
  }

  nowDate(): Date {
    return new Date(Number(this.micros / 1000n));
  }

  /** Sets the time outright, backwards too; nothing falls due because of it. */
  set(date: Date): void {
    this.micros = BigInt(date.getTime()) * 1000n;
  }

  /** Asks `source` for its next event whenever time may move: the task scheduler is one. */
  addSource(source: EventSource): void {
    this.sources.push(source);
  }

  /**
   * Runs `body` as a process. One that *drives time* (a client's statement, EXECUTE TASK) makes time pass while it
   * sleeps; a run that the schedule started does not, it only goes on whenever time passes.
   */
  async process<T>(body: () => Promise<T>, { drivesTime }: { drivesTime: boolean }): Promise<T> {
    this.running += 1;
    try {
      return await this.current.run({ drivesTime }, body);
    } finally {
      this.running -= 1;
      void this.turn();
    }
  }

  /** Suspends the calling process for so many simulated microseconds. */
  async sleep(micros: bigint): Promise<void> {
    const process = this.current.getStore();
    if (!process) throw new Error('only a process of the clock can sleep');
    if (micros <= 0n) return;
    const woken = new Promise<void>((wake) => {
      const { drivesTime } = process;
      this.sleepers.push({ at: this.micros + micros, order: this.sequence++, drivesTime, wake });
    });
    this.running -= 1;
    void this.turn();
    await woken;
  }

  /** Moves time while every process sleeps and one of them drives time. */
  private async turn(): Promise<void> {
    if (this.turning) return;
    this.turning = true;
    try {
      while (this.running === 0 && this.sleepers.some((sleeper) => sleeper.drivesTime)) await this.step();
    } finally {
      this.turning = false;
    }
  }

  private async step(): Promise<void> {
    const sleeper = this.sleepers.reduce((a, b) =>
      b.at < a.at || (b.at === a.at && b.order < a.order) ? b : a,
    );
    const due = this.earliestSource();
    if (due && due.at <= sleeper.at) {
      this.advanceTo(due.at);
      await due.source.fire(due.at);
    } else {
      this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
      this.advanceTo(sleeper.at);
      this.running += 1;
      sleeper.wake();
      // Let the woken process run until it sleeps or ends; its own end calls turn() again.
      await Promise.resolve();
    }
  }

  private earliestSource(): { at: bigint; source: EventSource } | undefined {
    let earliest: { at: bigint; source: EventSource } | undefined;
    for (const source of this.sources) {
      const at = source.nextEvent(this.micros);
      if (at !== undefined && (earliest === undefined || at < earliest.at)) earliest = { at, source };
    }
    return earliest;
  }

  private advanceTo(micros: bigint): void {
    if (micros > this.micros) this.micros = micros;
  }
}

interface Sleeper {
  at: bigint;
  order: number;
  drivesTime: boolean;
  wake: () => void;
}

/** Something that makes events by itself as time passes. */
export interface EventSource {
  /** When the next event is due, in microseconds UTC; `undefined` for none. Must move on after `fire`. */
  nextEvent(now: bigint): bigint | undefined;
  /** Starts what is due at `at` (as processes that do not drive time, not awaiting their end). */
  fire(at: bigint): Promise<void>;
}
