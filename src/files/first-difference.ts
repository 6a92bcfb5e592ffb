/** Where two texts first differ, with some lines around it. */
import { structuredPatch } from 'diff';

export interface FirstDifference {
  /** Line of the file on disk, from 1, at which the difference starts. */
  line: number;
  /** Lines of the hunk: ` ` both, `-` the file on disk, `+` what it should be. */
  hunk: string[];
}

const CONTEXT = 2;
const LONGEST_HUNK = 20;

/** A fingerprint changes with whatever it is of, and says nothing of what: a hunk of marks comes after all others. */
const FINGERPRINT = /(\[dbt-auto-restart \S+ )[0-9a-f]{12}\]/g;

/** @returns `null` for equal texts */
export function firstDifference(actual: string, wanted: string): FirstDifference | null {
  const { hunks } = structuredPatch('', '', actual, wanted, undefined, undefined, { context: CONTEXT });
  const hunk = hunks.find(({ lines }) => !isOfMarks(lines)) ?? hunks[0];
  if (hunk === undefined) return null;
  const before = hunk.lines.findIndex((line) => !line.startsWith(' '));
  const lines = hunk.lines.slice(0, LONGEST_HUNK);
  const rest = hunk.lines.length - lines.length;
  return {
    line: hunk.oldStart + before,
    hunk: rest > 0 ? [...lines, `  ... ${rest} more lines`] : lines,
  };
}

function isOfMarks(lines: readonly string[]): boolean {
  const side = (sign: string): string =>
    lines
      .filter((line) => line.startsWith(sign))
      .map((line) => line.slice(1).replace(FINGERPRINT, '$1]'))
      .join('\n');
  return side('-') === side('+');
}
