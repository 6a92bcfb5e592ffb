/** Sessions with one account, opened as they are needed, and used again: at most so many at once. */
import type { Session } from '../snowflake/session';

export interface Sessions {
  /** Runs `work` with a session of its own, as soon as one is free. @throws what opening or `work` throws */
  use<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * @param first a session that is open already; it is used, and closed, with the others
 * @param most sessions at once, at least 1
 */
export function sessionsOf(first: Session, open: () => Promise<Session>, most: number): Sessions {
  const free: Session[] = [first];
  const all: Session[] = [first];
  const waiting: ((session: Session) => void)[] = [];
  let opening = 0;

  async function take(): Promise<Session> {
    const session = free.pop();
    if (session !== undefined) return session;
    if (all.length + opening >= most) return new Promise((resolve) => waiting.push(resolve));
    opening += 1;
    try {
      const opened = await open();
      all.push(opened);
      return opened;
    } finally {
      opening -= 1;
    }
  }

  function give(session: Session): void {
    const next = waiting.shift();
    if (next === undefined) free.push(session);
    else next(session);
  }

  return {
    async use(work) {
      const session = await take();
      try {
        return await work(session);
      } finally {
        give(session);
      }
    },
    async close() {
      await Promise.all(all.map((session) => session.close()));
    },
  };
}
