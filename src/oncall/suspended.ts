/** Why a task does not start by itself. */
import type { JobTask } from './job-tasks';
import { clock } from './words';

export interface Suspension {
  /** The task to resume: the root, where that is what stands still. */
  task: string;
  by: 'errors' | 'person' | 'snowflake' | 'never-started' | 'missing';
  since: string | null;
  text: string;
}

/** `null` for a task that starts by itself. */
export function suspensionOf(
  { task, root, state, rootState, runs }: JobTask,
  now: number,
): Suspension | null {
  if (runs) return null;
  const missing = state === null ? task : rootState === null ? root : null;
  if (missing !== null) {
    const text = `task ${missing.name.name} is not there, or not visible to this role`;
    return { task: missing.name.name, by: 'missing', since: null, text };
  }
  const [still, shown] = state?.started === false ? [task, state] : [root, rootState];
  const name = still.name.name;
  const reason = shown?.suspendedReason ?? null;
  const since = shown?.suspendedAt ?? null;
  const when = since === null ? '' : ` since ${clock(since, now)}`;
  if (since === null && reason === null)
    return { task: name, by: 'never-started', since, text: `task ${name} was never started` };
  if (reason === 'USER_SUSPENDED' || reason === null)
    return { task: name, by: 'person', since, text: `task ${name} suspended by a person${when}` };
  if (reason === 'SUSPENDED_DUE_TO_ERRORS')
    return { task: name, by: 'errors', since, text: `task ${name} suspended by errors${when}` };
  const words = `task ${name} suspended by Snowflake${when} (${reason})`;
  return { task: name, by: 'snowflake', since, text: words };
}
