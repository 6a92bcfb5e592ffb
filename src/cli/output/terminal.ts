/**
 * The only place that prints: results on stdout, everything else on stderr. What is printed fits the terminal, and of
 * what a terminal obeys only colours pass: a server's message or a name from a log moves no cursor.
 */
import pc from 'picocolors';
import { visible } from '../../config/characters';
import { marked, onlyOurs } from './colour-mark';
import { fitted } from './fit';

export type Colors = ReturnType<typeof pc.createColors>;
type Stream = 'stdout' | 'stderr';

let coloursAllowed = true;
let jsonPrinted = false;

/** `--no-color` was given. NO_COLOR is looked at here, and a stream that is no terminal gets no colour. */
export function disableColors(): void {
  coloursAllowed = false;
}

/** Colours for one of the two streams. https://no-color.org */
export function colors(stream: Stream): Colors {
  const wanted = coloursAllowed && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  const painters = pc.createColors(wanted && process[stream].isTTY === true);
  if (!painters.isColorSupported) return painters;
  const ours = Object.entries(painters).map(([name, paint]) => [
    name,
    typeof paint === 'function' ? marked(paint) : paint,
  ]);
  return Object.fromEntries(ours) as Colors;
}

/** Columns of the terminal, or COLUMNS; `undefined` where nothing says how wide a line may be. */
export function terminalWidth(stream: Stream): number | undefined {
  const asked = Number(process.env['COLUMNS']);
  const columns = process[stream].columns ?? (Number.isInteger(asked) ? asked : 0);
  return columns > 0 ? Math.max(columns, NARROWEST) : undefined;
}

/** Narrower than this nothing can be read anyway. */
const NARROWEST = 40;

/** Whether somebody can be asked, or may have to confirm a login. */
export function isAttended(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** A result. */
export function print(text: string): void {
  write('stdout', text);
}

/** A result for programs: its lines stay as long as they are. */
export function printLines(text: string): void {
  process.stdout.write(`${visible(text, { lines: true })}\n`);
}

/** Anything that is not the result: warnings, errors, progress. */
export function note(text: string): void {
  write('stderr', text);
}

function write(stream: Stream, text: string): void {
  const width = terminalWidth(stream);
  const safe = withoutCommands(text);
  const lines = width === undefined ? safe : fitted(safe, width);
  process[stream].write(lines.endsWith('\n') ? lines : `${lines}\n`);
}

/** Colours of our own are left, everything else that a terminal would obey is shown. */
function withoutCommands(text: string): string {
  return onlyOurs(text, (part) => visible(part, { lines: true }));
}

/** One document, whatever is in it: it is ASCII where a terminal would obey it. */
export function printJson(value: unknown): void {
  printJsonText([JSON.stringify(value, null, 2), '\n']);
}

/** @param pieces of one document */
export function printJsonText(pieces: Iterable<string>): void {
  jsonPrinted = true;
  for (const piece of pieces) process.stdout.write(visible(piece, { lines: true }));
}

export function hasPrintedJson(): boolean {
  return jsonPrinted;
}
