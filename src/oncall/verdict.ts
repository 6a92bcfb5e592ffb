/** What a line of `status` says, and what it is made of. */
import type { JobState } from '../readings/job-state';
import type { JobTask } from './job-tasks';
import type { Suspension } from './suspended';
import { shortened } from './words';

export type StatusKind =
  | 'healthy'
  | 'running'
  | 'failed'
  | 'retrying'
  | 'crashed'
  | 'given up'
  | 'needs a person'
  | 'stuck'
  | 'overdue'
  | 'never logged'
  | 'suspended'
  | 'unreadable';

/** A command of this tool: what it does, and to what. */
export interface NextCommand {
  verb: 'heal' | 'force-full' | 'resume' | 'abandon' | 'explain' | 'doctor' | 'plan' | 'history';
  object: string | null;
}

/** What one rule makes of a job. */
export interface Verdict {
  kind: StatusKind;
  needsPerson: boolean;
  text: string;
  next: NextCommand[];
}

/** What the rules look at. */
export interface JobFacts {
  job: string;
  /** Whether a retry still depends on what the procedure finds in files: Snowflake's own history. */
  isProvisional: boolean;
  state: JobState;
  tasks: JobTask[];
  suspended: Suspension[];
  now: number;
}

/** Whether something is left that only a run repairs. */
export function isBroken({ chainReason }: JobState): boolean {
  return chainReason !== 'NORMAL_SCHEDULE' && chainReason !== 'FIRST_RUN';
}

/** `: a+ b+ (and 5 skipped)`; nothing where the names are not to be shown. */
export function shownNodes({ chainReason, chainText }: JobState): string {
  return chainReason === 'RETRY' && chainText !== null ? `: ${shortened(chainText)}` : '';
}
