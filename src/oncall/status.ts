/**
 * How each job stands, in one line: what the state view says of its chain, what its tasks will do about it, and what
 * to type next. First match wins.
 */
import { NOTES, type NoteCode } from '../decision/notes';
import { REASONS, type ReasonCode } from '../decision/reasons';
import type { Deployment } from '../model/deployment';
import type { JobState, Unreadable } from '../readings/job-state';
import type { TaskState } from '../readings/task-state';
import { chainStatus } from './chain-status';
import { builds, momentOf, nextStart, retries, tasksOfJob } from './job-tasks';
import { overdue } from './overdue';
import { suspensionOf, type Suspension } from './suspended';
import {
  isBroken,
  shownNodes,
  type JobFacts,
  type NextCommand,
  type StatusKind,
  type Verdict,
} from './verdict';
import { clock, counted, shortened, span } from './words';

export interface JobStatus {
  deployment: string;
  job: string;
  kind: StatusKind;
  /** Whether it stays as it is until a person does something. */
  needsPerson: boolean;
  /** What it is, without the kind. */
  text: string;
  /** Codes with what they mean. */
  notes: { code: string; meaning: string }[];
  /** What to type, the likeliest first; none where all is well. */
  next: NextCommand[];
  /** `null` where the state cannot be read. */
  state: JobState | null;
  suspended: Suspension[];
  /** When a task next starts that retries, and one that builds; ISO 8601 in UTC. */
  nextRetryAt: string | null;
  nextBuildAt: string | null;
}

export interface StatusFacts {
  states: readonly JobState[];
  unreadable: readonly Unreadable[];
  tasks: readonly TaskState[];
  /** Why the tasks could not be read; `null` where they were. */
  tasksUnseen: string | null;
  /** The account's clock, milliseconds UTC. */
  now: number;
}

/** In the order of the config. */
export function statusOf(deployments: readonly Deployment[], facts: StatusFacts): JobStatus[] {
  return deployments.flatMap((deployment) =>
    deployment.jobs.map(({ name }) => jobStatus(deployment, name, facts)),
  );
}

function jobStatus(deployment: Deployment, job: string, facts: StatusFacts): JobStatus {
  const { now } = facts;
  const tasks = tasksOfJob(deployment, job, facts.tasks);
  const suspended =
    facts.tasksUnseen === null ? distinct(tasks.flatMap((task) => suspensionOf(task, now) ?? [])) : [];
  const broken = facts.unreadable.find((one) => one.deployment === deployment.name);
  const state = facts.states.find((one) => one.deployment === deployment.name && one.job === job) ?? null;
  const verdict =
    state === null
      ? unreadable(job, broken)
      : judged(
          {
            job,
            isProvisional: deployment.state.kind === 'execution-history',
            state,
            tasks,
            suspended,
            now,
          },
          facts.tasksUnseen,
        );
  const iso = (start: { at: number } | null): string | null =>
    start === null ? null : new Date(start.at).toISOString();
  return {
    deployment: deployment.name,
    job,
    ...verdict,
    text: [
      verdict.text,
      ...(broken?.isMissing === true ? [] : besides(verdict, suspended, facts.tasksUnseen)),
    ].join('; '),
    notes: (state?.notes ?? []).map((code) => ({ code, meaning: NOTES[code as NoteCode] ?? '' })),
    next: state?.notes.includes('CLOCK') === true ? withDoctor(verdict.next) : verdict.next,
    state,
    suspended,
    nextRetryAt: iso(nextStart(tasks.filter(retries), now, momentOf(state?.nextAt ?? null))),
    nextBuildAt: iso(nextStart(tasks.filter(builds), now)),
  };
}

function judged(facts: JobFacts, tasksUnseen: string | null): Verdict {
  return (
    byErrors(facts) ??
    stuck(facts) ??
    running(facts) ??
    byPerson(facts) ??
    chainStatus(facts, tasksUnseen === null) ??
    neverLogged(facts) ??
    late(facts) ??
    healthy(facts)
  );
}

// ------------------------------------------------------------------------------------------------ rules

function unreadable(job: string, broken: Unreadable | undefined): Verdict {
  if (broken === undefined) {
    const text = 'the account does not know this job: the config was not applied since it has it';
    return { kind: 'unreadable', needsPerson: true, text, next: [{ verb: 'plan', object: null }] };
  }
  if (broken.isMissing) {
    const text = 'it was not applied to this account, or this role may not see its views';
    return { kind: 'unreadable', needsPerson: true, text, next: [{ verb: 'plan', object: null }] };
  }
  if (broken.missingColumn !== null) {
    const text = `its views are of another version of this tool: they have no column ${broken.missingColumn}`;
    return { kind: 'unreadable', needsPerson: true, text, next: [{ verb: 'plan', object: null }] };
  }
  const text = `the state cannot be read, so a call is a full build or raises: ${shortened(broken.message, 200)}`;
  return {
    kind: 'unreadable',
    needsPerson: true,
    text,
    next: [
      { verb: 'doctor', object: null },
      { verb: 'explain', object: job },
    ],
  };
}

function byErrors({ suspended, state, now }: JobFacts): Verdict | null {
  const [first] = suspended.filter(({ by }) => by === 'errors' || by === 'snowflake');
  if (first === undefined) return null;
  const text = `${first.text}; nothing runs it until somebody resumes it${beforeIt(state, now)}`;
  return { kind: 'suspended', needsPerson: true, text, next: [{ verb: 'resume', object: first.task }] };
}

/** Longer than twice its longest run, a run is more likely dead than slow. */
function stuck({ state, now }: JobFacts): Verdict | null {
  const since = momentOf(state.runningSince);
  if (since === null || state.runningRunId === null || state.longestSeconds === null) return null;
  const length = now - since;
  if (length < Math.max(2000 * state.longestSeconds, 15 * 60_000)) return null;
  const text =
    `run ${state.runningRunId} is logged as running since ${clock(since, now)} (${span(length)}), ` +
    `the longest that succeeded took ${span(1000 * state.longestSeconds)}`;
  return {
    kind: 'stuck',
    needsPerson: true,
    text,
    next: [{ verb: 'abandon', object: state.runningRunId }],
  };
}

function running({ job, state, now }: JobFacts): Verdict | null {
  if (state.runningRunId === null) return null;
  const since = momentOf(state.runningSince);
  const when = since === null ? '' : ` since ${clock(since, now)} (${span(now - since)})`;
  const text = `run ${state.runningRunId} of the project is in progress${when}${beforeIt(state, now)}`;
  return { kind: 'running', needsPerson: false, text, next: [{ verb: 'explain', object: job }] };
}

/** Somebody's wish, unless something is broken that nobody repairs meanwhile. */
function byPerson({ tasks, suspended, state, now }: JobFacts): Verdict | null {
  const isStill = tasks.length > 0 && tasks.every(({ runs }) => !runs);
  const [first] = suspended;
  if (!isStill || first === undefined) return null;
  const isMissing = first.by === 'missing';
  return {
    kind: 'suspended',
    needsPerson: isMissing || isBroken(state),
    text: `${suspended.map(({ text }) => text).join('; ')}${beforeIt(state, now)}`,
    next: [isMissing ? { verb: 'plan', object: null } : { verb: 'resume', object: first.task }],
  };
}

function late({ state, tasks, now }: JobFacts): Verdict | null {
  const missed = overdue(state, tasks, now);
  if (missed === null) return null;
  const last = state.lastSuccessAt === null ? '' : `; last success ${clock(state.lastSuccessAt, now)}`;
  const text = `task ${missed.task.task.name.name} was to start at ${clock(missed.since, now)}, and the log has no run since${last}`;
  return {
    kind: 'overdue',
    needsPerson: true,
    text,
    next: [{ verb: 'doctor', object: null }],
  };
}

function neverLogged({ job, state, tasks, now }: JobFacts): Verdict | null {
  if (state.chainReason !== 'FIRST_RUN') return null;
  const missed = overdue(state, tasks, now);
  const start = nextStart(tasks.filter(builds), now);
  const first =
    missed !== null
      ? `task ${missed.task.task.name.name} was to start at ${clock(missed.since, now)}`
      : start === null
        ? 'no task builds it'
        : `first ${clock(start.at, now)} by ${start.task.task.name.name}`;
  const others = state.runsSeen > 0 ? ` (of ${counted(state.runsSeen, 'run')})` : '';
  return {
    kind: 'never logged',
    needsPerson: missed !== null || (start === null && tasks.length > 0),
    text: `the log has no full run of it${others}; ${first}`,
    next: missed === null ? [{ verb: 'force-full', object: job }] : [{ verb: 'doctor', object: null }],
  };
}

function healthy({ state, tasks, now }: JobFacts): Verdict {
  const start = nextStart(tasks.filter(builds), now);
  const last =
    state.lastSuccessAt === null
      ? 'nothing is left to repair'
      : `succeeded ${clock(state.lastSuccessAt, now)}${state.attemptsMade > 0 && state.chainStatus === 'SUCCEEDED' ? `, healed by retry ${state.attemptsMade}` : ''}`;
  const next =
    start === null
      ? ''
      : `; next ${clock(start.at, now)}${tasks.length > 1 ? ` by ${start.task.task.name.name}` : ''}`;
  return { kind: 'healthy', needsPerson: false, text: `${last}${next}`, next: [] };
}

// ------------------------------------------------------------------------------------------------ words

/** How the chain stood before what the line is about. */
function beforeIt(state: JobState, now: number): string {
  if (!isBroken(state)) {
    return state.lastSuccessAt === null ? '' : `; before it: succeeded ${clock(state.lastSuccessAt, now)}`;
  }
  const ended = state.chainEndedAt === null ? '' : ` ${clock(state.chainEndedAt, now)}`;
  const { text } = REASONS[state.nextReason as ReasonCode] ?? { text: '' };
  const what = text === '' || text === 'First run' ? shownNodes(state) : `: ${text}`;
  return `; before it: ${(state.chainStatus ?? 'broken').toLowerCase()}${ended}${what}`;
}

/** Tasks that stand still beside one that decides the line. */
function besides({ text }: Verdict, suspended: readonly Suspension[], tasksUnseen: string | null): string[] {
  if (tasksUnseen !== null) return [`its tasks cannot be seen: ${shortened(tasksUnseen, 120)}`];
  return suspended.filter((one) => !text.includes(one.text)).map((one) => one.text);
}

function withDoctor(next: readonly NextCommand[]): NextCommand[] {
  return next.some(({ verb }) => verb === 'doctor') ? [...next] : [...next, { verb: 'doctor', object: null }];
}

function distinct(all: readonly Suspension[]): Suspension[] {
  return all.filter(({ text }, at) => all.findIndex((other) => other.text === text) === at);
}
