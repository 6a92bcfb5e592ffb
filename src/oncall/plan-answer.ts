/**
 * What the procedure says in mode PLAN, read back: with Snowflake's history only the procedure can tell which run left
 * results, so that a retry of the state view may be none.
 */
import { REASONS, type ReasonCode } from '../decision/reasons';
import type { JobState } from '../readings/job-state';

export interface PlanAnswer {
  reason: ReasonCode;
  /** `null` for nothing. */
  command: string | null;
}

/** @returns `null` for what is no answer of mode PLAN */
export function planAnswer(text: string): PlanAnswer | null {
  const [, message = '', line = ''] = /^PLAN: (.*) \| would run: (.*)$/s.exec(text) ?? [];
  if (line === '') return null;
  const command = line === 'nothing' ? null : line;
  if (/^\S+ RETRY #\d+: /.test(message)) return { reason: 'RETRY', command };
  const said = /^\S+ FULL BUILD: (.*)$/s.exec(message)?.[1] ?? '';
  const known = (Object.keys(REASONS) as ReasonCode[]).filter(
    (code) => REASONS[code].text !== '' && said.startsWith(REASONS[code].text),
  );
  return known.length === 0 ? null : { reason: known[0]!, command };
}

/** Whether the procedure may decide otherwise than the state view. */
export function isProvisional({ nextReason, attemptsMade }: JobState): boolean {
  return nextReason === 'RETRY' || (nextReason === 'NORMAL_SCHEDULE' && attemptsMade > 0);
}

/** The state as the procedure sees it. */
export function settled(state: JobState, { reason, command }: PlanAnswer): JobState {
  // First runs have one text; the view tells them apart, and is never provisional about them.
  if (REASONS[reason].text === 'First run' || reason === state.nextReason)
    return { ...state, nextCommand: command };
  const chainReason = reason === 'FAILURE_TOO_OLD' ? 'RETRY' : reason;
  return { ...state, chainReason, nextReason: reason, nextCommand: command };
}
