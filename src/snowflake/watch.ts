/**
 * Notices that the server has gone away while a statement runs. The driver alone tries a statement again for up to 90
 * seconds, and waits for an answer as long as the connection stands.
 */
import { askForLife, type Connection } from './driver';

/** A statement that takes longer is accompanied by a question every so often. */
const FIRST_ASK_MS = 4000;
const ASK_EVERY_MS = 10_000;
/** Where the last question was not answered, and how many of those in a row are the end. */
const ASK_AGAIN_MS = 2500;
const UNANSWERED = 4;

/** The server does not answer any more. `cause` is what the network said last; `undefined` for nothing at all. */
export class ConnectionLost extends Error {}

/** @throws ConnectionLost, or what `work` throws */
export async function whileAlive<T>(connection: Connection, work: Promise<T>): Promise<T> {
  const watch = watchOver(connection);
  // A statement that fails after the connection was given up is of no interest.
  work.catch(() => {});
  try {
    return await Promise.race([work, watch.lost]);
  } finally {
    watch.stop();
  }
}

function watchOver(connection: Connection): { lost: Promise<never>; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let unanswered = 0;
  const lost = new Promise<never>((_, reject) => {
    // Questions are counted, not time: this process may itself have been busy for minutes.
    const ask = (): void => {
      let last: unknown;
      const answered = askForLife(connection).then(
        () => true,
        (error: unknown) => {
          last = error;
          return isAnswer(error);
        },
      );
      timer = setTimeout(
        () => void next(Promise.race([answered, Promise.resolve(false)]), () => last),
        ASK_AGAIN_MS,
      );
    };
    const next = async (answered: Promise<boolean>, lastError: () => unknown): Promise<void> => {
      unanswered = (await answered) ? 0 : unanswered + 1;
      if (stopped) return;
      if (unanswered >= UNANSWERED) return reject(new ConnectionLost('', { cause: lastError() }));
      timer = setTimeout(ask, unanswered === 0 ? ASK_EVERY_MS : 0);
    };
    timer = setTimeout(ask, FIRST_ASK_MS);
  });
  lost.catch(() => {});
  return {
    lost,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** Snowflake that refuses to answer is there. */
function isAnswer(error: unknown): boolean {
  return (error as { name?: string }).name === 'OperationFailedError';
}
