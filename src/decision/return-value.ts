/** What a task returns: a bare word for conditions of other tasks, the reason's code, the message. */
export interface Decision {
  /** FULL_BUILD, RETRY, SKIPPED or NOTHING. */
  word: string;
  /** Code of the reason, as the state view has it. */
  reason: string;
  message: string;
}

/** @returns `null` for what this procedure did not write: another version, or a statement of somebody else's */
export function readReturnValue(text: string | null): Decision | null {
  const [, word, reason, message] = /^([A-Z_]+) (\w+) ([\s\S]*)$/.exec(text ?? '') ?? [];
  if (word === undefined || reason === undefined || message === undefined) return null;
  return { word, reason, message };
}
