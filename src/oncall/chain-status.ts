/** What is broken, and who repairs it when: from the reason that the state view gives. */
import { REASONS, type ReasonCode } from '../decision/reasons';
import { builds, momentOf, nextStart, retries } from './job-tasks';
import { shownNodes, type JobFacts, type Verdict } from './verdict';
import { clock, counted } from './words';

/** `null` where nothing is broken. @param seesTasks whether the tasks could be read at all */
export function chainStatus(facts: JobFacts, seesTasks: boolean): Verdict | null {
  const { nextReason } = facts.state;
  switch (nextReason as ReasonCode) {
    case 'NORMAL_SCHEDULE':
    case 'FIRST_RUN':
      return null;
    case 'RETRY':
      return toBeRetried(facts, seesTasks);
    case 'MAX_RETRIES_REACHED':
    case 'BUDGET_USED':
    case 'FAILURE_TOO_OLD':
      return givenUp(facts);
    case 'LOG_MATCHES_NO_JOB':
    case 'HISTORY_BLIND':
      return blind(facts);
    default:
      return needsPerson(facts);
  }
}

function toBeRetried(facts: JobFacts, seesTasks: boolean): Verdict {
  const { job, isProvisional, state, tasks, now } = facts;
  const from = momentOf(state.nextAt);
  const start = nextStart(tasks.filter(retries), now, from);
  const until = momentOf(state.retryUntil);
  const attempt = `attempt ${state.attemptsMade + 1} of ${state.attemptsMade + state.attemptsLeft}`;
  const ends = until === null ? '' : `, until ${clock(until, now)}`;
  const isInTime = start !== null && (until === null || start.at < until);
  const kind = state.chainStatus === 'CRASHED' ? 'crashed' : state.attemptsMade > 0 ? 'retrying' : 'failed';
  const ended = state.chainEndedAt === null ? '' : `${clock(state.chainEndedAt, now)}, `;
  if (isInTime || !seesTasks) {
    const next = start === null ? '' : `, next ${clock(start.at, now)} by ${start.task.task.name.name}`;
    const text = `${ended}${attempt}${ends}${next}${shownNodes(state)}${isProvisional ? ', if the run left results' : ''}`;
    return { kind, needsPerson: false, text, next: healOrExplain(job) };
  }
  const text = `${ended}${attempt}${ends}, but no task retries it by then${shownNodes(state)}`;
  return { kind, needsPerson: true, text, next: healOrExplain(job) };
}

function healOrExplain(job: string): Verdict['next'] {
  return [
    { verb: 'heal', object: job },
    { verb: 'explain', object: job },
  ];
}

function givenUp({ job, state, tasks, now }: JobFacts): Verdict {
  const ended = state.chainEndedAt === null ? '' : ` at ${clock(state.chainEndedAt, now)}`;
  const why =
    state.nextReason === 'FAILURE_TOO_OLD'
      ? `the failure${ended} was to be retried until ${state.retryUntil === null ? 'then' : clock(state.retryUntil, now)}`
      : `all ${state.attemptsMade} retries failed, the last${ended}${state.nextReason === 'BUDGET_USED' ? ' (the retry time is used up)' : ''}`;
  return {
    kind: 'given up',
    needsPerson: true,
    text: `${why}${nextBuild(tasks, now)}`,
    next: [
      { verb: 'explain', object: job },
      { verb: 'force-full', object: job },
    ],
  };
}

/** The log is read, and says nothing of the job. */
function blind({ state }: JobFacts): Verdict {
  const text =
    state.nextReason === 'HISTORY_BLIND'
      ? "Snowflake's history shows no run at all: every call is a first run (HISTORY_BLIND)"
      : `the log has ${counted(state.runsSeen, 'run')}, none of them of this project's jobs (LOG_MATCHES_NO_JOB)`;
  return { kind: 'needs a person', needsPerson: true, text, next: [{ verb: 'doctor', object: null }] };
}

function needsPerson({ job, state, tasks, now }: JobFacts): Verdict {
  const known = REASONS[state.nextReason as ReasonCode] as { text: string } | undefined;
  const ended = state.chainEndedAt === null ? '' : ` ${clock(state.chainEndedAt, now)}`;
  const what = known === undefined || known.text === '' ? (state.chainText ?? '') : known.text;
  // What kind of error it is decides what a person does about it.
  const code = [state.nextReason, state.nextReason === 'PERMANENT_ERROR' ? state.errorNumbers : null]
    .filter((word) => word !== null)
    .join(' ');
  const text = `${(state.chainStatus ?? 'FAILED').toLowerCase()}${ended}: ${what} (${code})${nextBuild(tasks, now)}`;
  return {
    kind: 'needs a person',
    needsPerson: true,
    text,
    next: [
      { verb: 'explain', object: job },
      { verb: 'force-full', object: job },
    ],
  };
}

function nextBuild(tasks: JobFacts['tasks'], now: number): string {
  const start = nextStart(tasks.filter(builds), now);
  return start === null
    ? '; no task builds it'
    : `; next full build ${clock(start.at, now)} by ${start.task.task.name.name}`;
}
