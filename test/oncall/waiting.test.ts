/** That something is waited for: one line that rewrites itself on a terminal, a plain line a minute elsewhere. */
import { waiting } from '../../src/cli/output/waiting';

const stream = (isTTY: boolean): { shown: string[]; stream: NodeJS.WriteStream } => {
  const shown: string[] = [];
  const write = (text: string): boolean => shown.push(text) > 0;
  return { shown, stream: { isTTY, columns: 40, write } as unknown as NodeJS.WriteStream };
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

it('a terminal sees each second, within its width, and nothing afterwards', () => {
  const { shown, stream: terminal } = stream(true);
  const wait = waiting('the account works on it; it goes on there', terminal);
  jest.advanceTimersByTime(2500);
  wait.end();
  expect(shown).toEqual([
    '\r\u001b[Kthe account works on it; it goes on the',
    '\r\u001b[Kthe account works on it; it goes on the',
    '\r\u001b[K',
  ]);
});

it('a pipe gets a plain line a minute, and none before', () => {
  const lines: string[] = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const { shown, stream: pipe } = stream(false);
  const wait = waiting('the account works on it', pipe);
  jest.advanceTimersByTime(59_000);
  expect(lines).toEqual([]);
  jest.advanceTimersByTime(62_000);
  wait.end();
  expect(lines).toEqual(['the account works on it (1 min)\n', 'the account works on it (2 min)\n']);
  expect(shown).toEqual([]);
});
