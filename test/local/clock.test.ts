import { VirtualClock } from '../../src/local/clock';

const SECOND = 1_000_000n;
const CLIENT = { drivesTime: true };
const RUN = { drivesTime: false };

function clockAt(time: string) {
  const clock = new VirtualClock(new Date(time));
  const log: string[] = [];
  const note = (text: string) => log.push(`${clock.nowDate().toISOString().slice(11, 19)} ${text}`);
  return { clock, log, note };
}

/** Real work of unforeseeable length, such as a query on DuckDB. */
const realWork = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3));

/** Fires every `seconds`, like a task with an interval. */
function everySeconds(clock: VirtualClock, seconds: number, body: () => Promise<void>) {
  let next = clock.now() + BigInt(seconds) * SECOND;
  clock.addSource({
    nextEvent: () => next,
    fire: () => {
      next += BigInt(seconds) * SECOND;
      void clock.start(body, RUN);
    },
  });
}

describe('the virtual clock', () => {
  it('stands still while nobody sleeps', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    await clock.process(realWork, CLIENT);
    expect(clock.nowDate().toISOString()).toBe('2026-03-01T00:00:00.000Z');
  });

  it('jumps to the end of a sleep', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    await clock.process(() => clock.sleep(90n * SECOND), CLIENT);
    expect(clock.nowDate().toISOString()).toBe('2026-03-01T00:01:30.000Z');
  });

  it('does not sleep for nothing or less', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    await clock.process(async () => {
      await clock.sleep(0n);
      await clock.sleep(-5n);
    }, CLIENT);
    expect(clock.now()).toBe(BigInt(Date.parse('2026-03-01T00:00:00Z')) * 1000n);
  });

  it('lets only a process sleep', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    await expect(clock.sleep(SECOND)).rejects.toThrow(
      'only a process of the clock that has its turn can sleep',
    );
  });

  it('refuses a second sleep of a process that sleeps', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    const both = () => Promise.all([clock.sleep(SECOND), clock.sleep(SECOND)]);
    await expect(clock.process(both, CLIENT)).rejects.toThrow('has its turn');
  });

  it('gives the turn to one process at a time, in the order in which they asked', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    const bake = (name: string) =>
      clock.process(async () => {
        note(`${name} begins`);
        await realWork();
        note(`${name} ends`);
      }, CLIENT);
    await Promise.all([bake('bread'), bake('cake'), bake('roll')]);
    expect(log).toEqual([
      '00:00:00 bread begins',
      '00:00:00 bread ends',
      '00:00:00 cake begins',
      '00:00:00 cake ends',
      '00:00:00 roll begins',
      '00:00:00 roll ends',
    ]);
  });

  it('wakes sleepers of the same moment in the order in which they went to sleep', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    const sleeper = (name: string, seconds: bigint) =>
      clock.process(async () => {
        await clock.sleep(seconds * SECOND);
        await realWork();
        note(name);
      }, CLIENT);
    await Promise.all([sleeper('late', 60n), sleeper('first', 30n), sleeper('second', 30n)]);
    expect(log).toEqual(['00:00:30 first', '00:00:30 second', '00:01:00 late']);
  });

  it('is the same story every time, however long the real work takes', async () => {
    const story = async () => {
      const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
      everySeconds(clock, 20, async () => {
        await realWork();
        note('tick');
        await clock.sleep(30n * SECOND);
        await realWork();
        note('tock');
      });
      await clock.process(async () => {
        for (let i = 0; i < 4; i += 1) {
          await clock.sleep(25n * SECOND);
          await realWork();
          note(`client ${i}`);
        }
      }, CLIENT);
      return log;
    };
    const first = await story();
    expect(first).toContain('00:00:50 tock');
    expect(first).toContain('00:01:15 client 2');
    for (let i = 0; i < 5; i += 1) expect(await story()).toEqual(first);
  });

  it('fires a source at each of its times while a client sleeps across them', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    everySeconds(clock, 600, async () => void note('tick'));
    await clock.process(() => clock.sleep(1800n * SECOND), CLIENT);
    note('client');
    expect(log).toEqual(['00:10:00 tick', '00:20:00 tick', '00:30:00 tick', '00:30:00 client']);
  });

  it('fires nothing when nobody drives time', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    everySeconds(clock, 10, async () => void note('tick'));
    const run = clock.process(() => clock.sleep(60n * SECOND), RUN);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log).toEqual([]);
    expect(clock.nowDate().toISOString()).toBe('2026-03-01T00:00:00.000Z');
    await clock.process(() => clock.sleep(15n * SECOND), CLIENT);
    expect(log).toEqual(['00:00:10 tick']);
    await clock.process(() => clock.sleep(45n * SECOND), CLIENT);
    await run;
    expect(clock.nowDate().toISOString()).toBe('2026-03-01T00:01:00.000Z');
  });

  it('leaves a run asleep that no driver waits for long enough', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    const run = clock.process(async () => {
      await clock.sleep(100n * SECOND);
      note('run');
    }, RUN);
    await clock.process(() => clock.sleep(40n * SECOND), CLIENT);
    expect(log).toEqual([]);
    await clock.process(() => clock.sleep(60n * SECOND), CLIENT);
    await run;
    expect(log).toEqual(['00:01:40 run']);
  });

  it('wakes a run before the tick of the same moment, and the client after it', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    everySeconds(clock, 60, async () => {
      note('tick');
      await clock.sleep(60n * SECOND);
      note('end of run');
    });
    await clock.process(() => clock.sleep(120n * SECOND), CLIENT);
    note('client');
    expect(log).toEqual(['00:01:00 tick', '00:02:00 end of run', '00:02:00 tick', '00:02:00 client']);
  });

  it('goes on after a process that throws', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    const burnt = clock.process(async () => {
      await clock.sleep(10n * SECOND);
      throw new Error('burnt');
    }, CLIENT);
    const other = clock.process(async () => {
      await clock.sleep(20n * SECOND);
      note('other');
    }, CLIENT);
    await expect(burnt).rejects.toThrow('burnt');
    await other;
    expect(log).toEqual(['00:00:20 other']);
  });

  it('lets a client come in between while a started run sleeps', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    await clock.process(async () => {
      void clock.start(async () => {
        note('run begins');
        await clock.sleep(60n * SECOND);
        note('run ends');
      }, CLIENT);
      note('statement ends');
    }, CLIENT);
    await clock.process(async () => void note('next statement'), CLIENT);
    await clock.process(() => clock.sleep(90n * SECOND), CLIENT);
    expect(log).toEqual([
      '00:00:00 statement ends',
      '00:00:00 run begins',
      '00:00:00 next statement',
      '00:01:00 run ends',
    ]);
  });

  it('waits for another process while time passes, and not a tick longer', async () => {
    const { clock, log, note } = clockAt('2026-03-01T00:00:00Z');
    everySeconds(clock, 45, async () => void note('tick'));
    await clock.process(async () => {
      const run = clock.start(async () => {
        await clock.sleep(60n * SECOND);
        await realWork();
        return 'done';
      }, RUN);
      note(await clock.wait(run));
    }, CLIENT);
    expect(log).toEqual(['00:00:45 tick', '00:01:00 done']);
  });

  it('ends a sleep when its signal is aborted, at the time of the abort', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    const cancel = new AbortController();
    const asleep = clock.process(() => clock.sleep(3600n * SECOND, cancel.signal), RUN);
    await clock.process(async () => {
      await clock.sleep(60n * SECOND);
      cancel.abort(new Error('cancelled'));
    }, CLIENT);
    await expect(asleep).rejects.toThrow('cancelled');
    expect(clock.nowDate().toISOString()).toBe('2026-03-01T00:01:00.000Z');
  });

  it('lets a signal from outside end a sleep that crosses many ticks', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    everySeconds(clock, 1, async () => undefined);
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(new Error('cancelled')), 20);
    const year = clock.process(() => clock.sleep(365n * 86400n * SECOND, cancel.signal), CLIENT);
    await expect(year).rejects.toThrow('cancelled');
  });

  it('throws at once when the signal is aborted already', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    const gone = AbortSignal.abort(new Error('cancelled'));
    await expect(clock.process(() => clock.sleep(SECOND, gone), CLIENT)).rejects.toThrow('cancelled');
  });

  it('is set outright in both directions', () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    clock.set(new Date('2027-01-01T00:00:00Z'));
    expect(clock.nowDate().toISOString()).toBe('2027-01-01T00:00:00.000Z');
    clock.set(new Date('2025-01-01T00:00:00Z'));
    expect(clock.nowDate().toISOString()).toBe('2025-01-01T00:00:00.000Z');
  });

  it('keeps what is left of a sleep when it is set, and tells its sources', async () => {
    const { clock } = clockAt('2026-03-01T00:00:00Z');
    const moves: bigint[] = [];
    clock.addSource({
      nextEvent: () => undefined,
      fire: () => undefined,
      timeSet: (by) => void moves.push(by),
    });
    const run = clock.process(() => clock.sleep(60n * SECOND), RUN);
    await clock.process(() => clock.sleep(20n * SECOND), CLIENT);
    clock.set(new Date('2026-06-01T12:00:00Z'));
    await clock.process(() => clock.sleep(100n * SECOND), CLIENT);
    await run;
    expect(clock.nowDate().toISOString()).toBe('2026-06-01T12:01:40.000Z');
    expect(moves).toEqual([
      BigInt(Date.parse('2026-06-01T12:00:00Z') - Date.parse('2026-03-01T00:00:20Z')) * 1000n,
    ]);
  });

  it('passes a year of hourly events without losing one', async () => {
    const { clock } = clockAt('2026-01-01T00:00:00Z');
    let ticks = 0;
    everySeconds(clock, 3600, async () => void (ticks += 1));
    await clock.process(() => clock.sleep(365n * 86400n * SECOND), CLIENT);
    expect(ticks).toBe(8760);
  });
});
