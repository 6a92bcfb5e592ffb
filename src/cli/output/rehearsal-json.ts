/** Rehearsals as JSON: the text of `JSON.stringify(..., null, 2)`, piece by piece, for a year of a large project is long. */
import type { Rehearsed } from '../../rehearse/rehearsal';

/** An array of `{ name, ok, summary, steps, messages, differences }`. */
export function* rehearsalJson(results: readonly Rehearsed[]): Generator<string> {
  if (results.length === 0) return yield '[]\n';
  yield '[\n';
  for (const [index, { name, ok, summary, steps, messages, differences }] of results.entries()) {
    yield `  {\n    "name": ${JSON.stringify(name)},\n    "ok": ${ok},\n`;
    yield `    "summary": ${indented(summary, 4)},\n    "steps": `;
    yield* list(steps);
    yield `,\n    "messages": ${indented(messages, 4)},\n    "differences": ${indented(differences, 4)}\n  }${index < results.length - 1 ? ',' : ''}\n`;
  }
  yield ']\n';
}

function* list(values: readonly unknown[]): Generator<string> {
  if (values.length === 0) return yield '[]';
  yield '[\n';
  for (const [index, value] of values.entries())
    yield `      ${indented(value, 6)}${index < values.length - 1 ? ',' : ''}\n`;
  yield '    ]';
}

function indented(value: unknown, spaces: number): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(spaces)}`);
}
