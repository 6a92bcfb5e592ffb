/** Questions to a person: on stderr, answered on stdin. What is typed ahead is kept for the question it is meant for. */
import { createInterface, type Interface } from 'node:readline';

export interface Asking {
  /** @returns `null` when there is no answer: Ctrl-D, Ctrl-C, the end of what stdin gives */
  ask(question: string): Promise<string | null>;
  close(): void;
}

export function startAsking(
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Asking {
  const lines: string[] = [];
  const reader: Interface = createInterface({ input, output });
  let waiting: ((answer: string | null) => void) | null = null;
  let ended = false;
  const give = (answer: string | null): void => {
    const receiver = waiting;
    waiting = null;
    receiver?.(answer);
  };
  reader.on('line', (line) => {
    if (waiting === null) lines.push(line);
    else give(line);
  });
  reader.on('SIGINT', () => reader.close());
  reader.on('close', () => {
    ended = true;
    give(null);
  });
  return {
    ask(question) {
      const typed = lines.shift();
      if (typed !== undefined || ended) {
        output.write(`${question}${typed ?? ''}\n`);
        return Promise.resolve(typed ?? null);
      }
      reader.setPrompt(question);
      reader.prompt();
      return new Promise((resolve) => (waiting = resolve));
    },
    close: () => reader.close(),
  };
}
