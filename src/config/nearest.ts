/** The known name that a mistyped one was probably meant to be. */
import { closest, distance } from 'fastest-levenshtein';

/**
 * @returns the candidate with the fewest edits, `undefined` when none is close: more edits than a third of the
 * word (at least two). Case does not count as an edit.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const lower = candidates.map((candidate) => candidate.toLowerCase());
  const best = closest(word.toLowerCase(), lower);
  const limit = Math.max(2, Math.floor(word.length / 3));
  return distance(word.toLowerCase(), best) <= limit ? candidates[lower.indexOf(best)] : undefined;
}

/** `did you mean daily?`, or the list of what there is. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const guess = nearest(word, candidates);
  if (guess !== undefined) return `did you mean ${guess}?`;
  if (candidates.length === 0) return 'there are none';
  return `known: ${candidates.slice(0, 12).join(', ')}${candidates.length > 12 ? ', ...' : ''}`;
}
