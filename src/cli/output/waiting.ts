/** That something is waited for: a line that rewrites itself on a terminal, a plain line a minute elsewhere. */
import { span } from '../../oncall/words';
import { visible } from '../../config/characters';
import { note } from './terminal';

const TERMINAL_MS = 1000;
const ELSEWHERE_MS = 60_000;

export interface Waiting {
  end(): void;
}

export function waiting(what: string, stream: NodeJS.WriteStream = process.stderr): Waiting {
  const begun = Date.now();
  let shown = false;
  const timer = setInterval(
    () => {
      const line = `${visible(what)} (${span(Date.now() - begun)})`;
      if (!stream.isTTY) return note(line);
      shown = true;
      stream.write(`\r\u001b[K${line.slice(0, Math.max(10, (stream.columns || 80) - 1))}`);
    },
    stream.isTTY ? TERMINAL_MS : ELSEWHERE_MS,
  );
  timer.unref();
  return {
    end() {
      clearInterval(timer);
      if (shown) stream.write('\r\u001b[K');
    },
  };
}
