/** The only place that prints: results on stdout, everything else on stderr. */
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

let coloursAllowed = true;

/** `--no-color` was given. NO_COLOR is looked at here, and a stream that is no terminal gets no colour. */
export function disableColors(): void {
  coloursAllowed = false;
}

/** Colours for one of the two streams. https://no-color.org */
export function colors(stream: 'stdout' | 'stderr'): Colors {
  const wanted = coloursAllowed && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  return pc.createColors(wanted && process[stream].isTTY === true);
}

/** A result. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Anything that is not the result: warnings, errors, progress. */
export function note(text: string): void {
  process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}
