import { progress } from '../../src/cli/output/progress';

function played(isTTY: boolean, moments: number[]): string {
  let written = '';
  const stream = {
    isTTY,
    columns: 80,
    write: (text: string) => (written += text),
  } as unknown as NodeJS.WriteStream;
  let now = 0;
  const bar = progress(stream, () => now);
  for (const moment of moments) {
    now = moment;
    bar.show('baking', moment / 10_000);
  }
  bar.clear();
  return written;
}

describe('progress', () => {
  it('rewrites one line after a second, ten times a second at most, and takes it away', () => {
    expect(played(true, [500, 1500, 1550, 2500])).toBe('\r\u001b[Kbaking 15%\r\u001b[Kbaking 25%\r\u001b[K');
  });

  it('shows nothing of what is over in a second', () => {
    expect(played(true, [100, 900])).toBe('');
  });

  it('shows nothing where there is no terminal', () => {
    expect(played(false, [1500, 5000])).toBe('');
  });
});
