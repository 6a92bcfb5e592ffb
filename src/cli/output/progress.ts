/** How far something long has come: one line on stderr that rewrites itself, on a terminal only. */
import { visible } from '../../config/characters';

export interface Progress {
  /** @param share between 0 and 1 */
  show(text: string, share: number): void;
  /** Takes the line away. */
  clear(): void;
}

/** What takes less than this needs no progress. */
const PATIENCE_MS = 1000;
const EVERY_MS = 100;

export function progress(
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = Date.now,
): Progress {
  const begun = now();
  let last = begun;
  let shown = false;
  return {
    show(text, share) {
      const moment = now();
      if (!stream.isTTY || moment - begun < PATIENCE_MS || moment - last < EVERY_MS) return;
      last = moment;
      shown = true;
      const line = `${visible(text)} ${Math.floor(share * 100)}%`;
      stream.write(`\r\u001b[K${line.slice(0, Math.max(10, (stream.columns || 80) - 1))}`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
