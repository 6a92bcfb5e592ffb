/** Where two texts first differ, with some lines around it. */
import { structuredPatch } from 'diff';

export interface FirstDifference {
  /** Line of the file on disk, from 1, at which the difference starts. */
  line: number;
  /** Lines of the first hunk: ` ` both, `-` the file on disk, `+` what it should be. */
  hunk: string[];
}

const CONTEXT = 2;
const LONGEST_HUNK = 20;

/** @returns `null` for equal texts */
export function firstDifference(actual: string, wanted: string): FirstDifference | null {
  const hunk = structuredPatch('', '', actual, wanted, undefined, undefined, { context: CONTEXT }).hunks[0];
  if (hunk === undefined) return null;
  const before = hunk.lines.findIndex((line) => !line.startsWith(' '));
  const lines = hunk.lines.slice(0, LONGEST_HUNK);
  const rest = hunk.lines.length - lines.length;
  return {
    line: hunk.oldStart + before,
    hunk: rest > 0 ? [...lines, `  ... ${rest} more lines`] : lines,
  };
}
