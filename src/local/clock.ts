import { setMaxListeners } from 'node:events';

/**
 * Time in the local Snowflake moves only when told, and things take time: a discrete-event simulation.
 *
 * A *process* is an async function that has the *turn* until it sleeps or ends; no two processes have it at once, and
 * those that want it get it in the order in which they asked. Only when every process sleeps does time jump to the
 * next event, so the order of events never depends on how fast this machine is. A client's statement is a process
 * like a task's run: while its dbt run takes twenty simulated minutes, whatever falls due in between happens in between.
 */
export class VirtualClock {
  private micros: bigint;
  private sequence = 0;
  private taken = false;
  private moving = false;
  /** Processes that drive time and wait for others (`wait`), not for a moment. */
  private waiting = 0;
  private readonly ready: (() => void)[] = [];
  /** Turns taken since time last moved. */
  private turns = 0;
  private readonly sleepers: Sleeper[] = [];
  private readonly sources: EventSource[] = [];
  /** The process that has the turn. */
  private holder: Process | undefined;
  private readonly stopped = new AbortController();

  constructor(start: Date) {
    this.micros = BigInt(start.getTime()) * 1000n;
    // Every client that waits listens to it; without this Node takes more than ten for a leak.
    setMaxListeners(0, this.stopped.signal);
  }

  /** Microseconds since 1970-01-01 UTC. */
  now(): bigint {
    return this.micros;
  }

  nowDate(): Date {
    return new Date(Number(this.micros / 1000n));
  }

  /**
   * Sets the time outright, backwards too. Nothing falls due because of it: what the schedule had in between is passed
   * over, and who sleeps keeps what is left of the sleep.
   */
  set(date: Date): void {
    const moved = BigInt(date.getTime()) * 1000n - this.micros;
    this.micros += moved;
    for (const sleeper of this.sleepers) sleeper.at += moved;
    for (const source of this.sources) source.timeSet?.(moved);
  }

  /** Asks `source` for its next event whenever time may move: the task scheduler is one. */
  addSource(source: EventSource): void {
    this.sources.push(source);
  }

  /**
   * Runs `body` as a process and gives its result. One that *drives time* (a client's statement, EXECUTE TASK) makes
   * time pass while it sleeps; a run that the schedule started does not, it only goes on whenever time passes.
   * To be called from outside of all processes: one that called it would wait for ever for its own turn to end.
   */
  process<T>(body: () => Promise<T>, options: ProcessOptions): Promise<T> {
    return this.begin(body, { ...options, signal: this.stopped.signal });
  }

  /**
   * Starts a process beside the caller, which goes on at once: the new one gets its turn when the caller sleeps or
   * ends. Inside a process, wait for the result with `wait` and nothing else, or both stand still for ever.
   */
  start<T>(body: () => Promise<T>, options: ProcessOptions): Promise<T> {
    return this.begin(body, options);
  }

  /** Time moves no more. What `process` began and sleeps or waits fails with `reason`; what `start` began sleeps for ever. */
  stop(reason: Error): void {
    this.stopped.abort(reason);
  }

  get isStopped(): boolean {
    return this.stopped.signal.aborted;
  }

  /**
   * Suspends the calling process for so many simulated microseconds.
   * @param signal ends the sleep early; its reason is thrown
   */
  async sleep(micros: bigint, signal?: AbortSignal): Promise<void> {
    const process = this.own('sleep');
    const interruptions = [signal, process.signal];
    throwIfAborted(interruptions);
    if (micros <= 0n) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        forget();
        this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
        this.enqueue(process, resolve);
      };
      const forget = onAbort(interruptions, () => {
        wake();
        this.go();
      });
      const sleeper: Sleeper = { at: this.micros + micros, order: this.sequence++, process, wake };
      this.sleepers.push(sleeper);
      this.pass();
    });
    throwIfAborted(interruptions);
  }

  /**
   * Suspends the calling process until `promise` settles; if it drives time, time passes meanwhile.
   * @param signal ends the wait early; its reason is thrown
   */
  async wait<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
    const process = this.own('wait');
    const interruptions = [signal, process.signal];
    throwIfAborted(interruptions);
    if (process.drivesTime) this.waiting += 1;
    let forget: (() => void) | undefined;
    const interrupted = new Promise<undefined>((resolve) => {
      forget = onAbort(interruptions, () => resolve(undefined));
    });
    this.pass();
    try {
      const result = await Promise.race([promise, interrupted]);
      throwIfAborted(interruptions);
      return result as T;
    } finally {
      forget?.();
      if (process.drivesTime) this.waiting -= 1;
      await this.turn(process);
    }
  }

  private own(verb: string): Process {
    if (!this.holder) throw new Error(`only a process of the clock that has its turn can ${verb}`);
    return this.holder;
  }

  private async begin<T>(body: () => Promise<T>, options: ProcessOptions & Interruptible): Promise<T> {
    const process = { ...options };
    await this.turn(process);
    try {
      return await body();
    } finally {
      this.pass();
    }
  }

  private async turn(process: Process): Promise<void> {
    await new Promise<void>((resolve) => {
      this.enqueue(process, resolve);
      this.go();
    });
  }

  private enqueue(process: Process, resolve: () => void): void {
    this.ready.push(() => {
      this.holder = process;
      resolve();
    });
  }

  private pass(): void {
    this.holder = undefined;
    this.taken = false;
    this.go();
  }

  /** Gives the turn to the next process that wants it; if there is none, moves time. */
  private go(): void {
    if (this.taken || this.moving) return;
    const next = this.ready.shift();
    if (next) {
      this.taken = true;
      this.turns += 1;
      // Processes that start each other for ever at one moment must not keep sockets and timers from being heard.
      if (this.turns % TURNS_BEFORE_REST === 0) setImmediate(next);
      else next();
    } else if (this.isDriven()) {
      void this.move();
    }
  }

  private isDriven(): boolean {
    if (this.isStopped) return false;
    return this.waiting > 0 || this.sleepers.some(({ process }) => process.drivesTime);
  }

  private async move(): Promise<void> {
    this.moving = true;
    try {
      do {
        // Whoever goes on now (the next statement of a client, a process that waited) has its say before time moves;
        // and when a year passes without real work, so have timers and sockets.
        await realMoment();
      } while (this.ready.length === 0 && this.isDriven() && (await this.step()));
    } finally {
      this.moving = false;
    }
    if (this.ready.length > 0) this.go();
  }

  /**
   * The next event. At one moment runs wake first, so that a run which ends on the hour is over when the hour's tick
   * comes; then the schedule; then whoever drives time, who finds done all that was due until then.
   */
  private async step(): Promise<boolean> {
    const sleeper = earliest(this.sleepers);
    const due = this.earliestSource();
    if (due && (!sleeper || due.at < sleeper.at || (due.at === sleeper.at && sleeper.process.drivesTime))) {
      this.advanceTo(due.at);
      await due.source.fire(due.at);
      return true;
    }
    if (!sleeper) return false;
    this.advanceTo(sleeper.at);
    sleeper.wake();
    return true;
  }

  private earliestSource(): { at: bigint; source: EventSource } | undefined {
    let first: { at: bigint; source: EventSource } | undefined;
    for (const source of this.sources) {
      const at = source.nextEvent(this.micros);
      if (at !== undefined && (first === undefined || at < first.at)) first = { at, source };
    }
    return first;
  }

  private advanceTo(micros: bigint): void {
    if (micros > this.micros) this.micros = micros;
    this.turns = 0;
  }
}

const TURNS_BEFORE_REST = 1000;

export interface ProcessOptions {
  drivesTime: boolean;
}

/** Ends every sleep and wait of the process. */
interface Interruptible {
  signal?: AbortSignal;
}

type Process = ProcessOptions & Interruptible;

interface Sleeper {
  at: bigint;
  order: number;
  process: Process;
  wake: () => void;
}

function earliest(sleepers: readonly Sleeper[]): Sleeper | undefined {
  let first: Sleeper | undefined;
  for (const sleeper of sleepers) if (first === undefined || comesBefore(sleeper, first)) first = sleeper;
  return first;
}

function comesBefore(a: Sleeper, b: Sleeper): boolean {
  if (a.at !== b.at) return a.at < b.at;
  if (a.process.drivesTime !== b.process.drivesTime) return b.process.drivesTime;
  return a.order < b.order;
}

function throwIfAborted(signals: readonly (AbortSignal | undefined)[]): void {
  for (const signal of signals) signal?.throwIfAborted();
}

/** @returns what takes `listener` back */
function onAbort(signals: readonly (AbortSignal | undefined)[], listener: () => void): () => void {
  for (const signal of signals) signal?.addEventListener('abort', listener);
  return () => {
    for (const signal of signals) signal?.removeEventListener('abort', listener);
  };
}

function realMoment(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Something that makes events by itself as time passes. */
export interface EventSource {
  /** When the next event is due, in microseconds UTC; `undefined` for none. Must move on after `fire`. */
  nextEvent(now: bigint): bigint | undefined;
  /** Starts what is due at `at` with `VirtualClock.start`, as processes that do not drive time, not awaiting their end. */
  fire(at: bigint): Promise<void> | void;
  /** The clock was set outright, so many microseconds forward (or back): what lies in between is passed over. */
  timeSet?(moved: bigint): void;
}
