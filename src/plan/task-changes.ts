/** One task: which of its properties differ, and whether it has to be started. */
import { canonical, hasLeft, readMark } from '../render/fingerprint';
import type { TaskStatement } from '../render/statement';
import { qualified } from '../sql-text';
import { lineDifference } from './bodies';
import type { Deployed, DeployedTask } from './deployed';
import { hazard, type Hazard } from './hazards';
import type { PlanOptions } from './options';
import { ownedByOther } from './owned-by-other';
import type { Change } from './step';
import type { Wanted } from './wanted';
import { ownerInWords, takenOver, whose } from './whose';

export interface TaskComparison {
  statement: TaskStatement;
  deployed: DeployedTask | null;
  /** `same` may still have to be started again. */
  verb: 'create' | 'adopt' | 'alter' | 'same';
  changes: Change[];
  hazards: Hazard[];
  /** Suspended, but not because an operator wished it: by an apply that died, an error, a change of owner. */
  resume: boolean;
}

export function compareTask(
  statement: TaskStatement,
  deployed: Deployed,
  { owner }: Wanted,
  options: PlanOptions,
): TaskComparison {
  const object = qualified(statement.name);
  const of = `task ${object}`;
  const found = deployed.tasks.find(({ name }) => qualified(name) === object) ?? null;
  if (found === null) {
    const changes: Change[] = [
      { of, cause: 'config', what: 'new', before: null, after: statement.initialState },
    ];
    return { statement, deployed: null, verb: 'create', changes, hazards: [], resume: false };
  }
  const whoseItIs = whose(found.comment, owner, options);
  const isAdopted = whoseItIs === 'foreign' || whoseItIs === 'unmarked';
  const isAsRendered = readMark(found.comment)?.fingerprint === statement.fingerprint;
  const cause = isAdopted ? 'unknown' : isAsRendered ? 'account' : 'config';
  const changes = [
    ...(whoseItIs === 'given-up' ? [takenOver(of, found.comment, owner)] : []),
    ...propertyChanges(of, cause, statement, found),
  ];
  if (!isAsRendered && !isAdopted && changes.length === 0) {
    changes.push({ of, cause, what: 'definition', before: null, after: null });
  }
  const state = stateOf(of, found, deployed, options);
  const isTouched = changes.length > 0 || isAdopted || state.resume;
  return {
    statement,
    deployed: found,
    verb: isAdopted ? 'adopt' : changes.length > 0 ? 'alter' : 'same',
    changes,
    hazards: [
      ...(isAdopted ? [hazard('ADOPT', `${of} is there already, ${ownerInWords(found.comment)}`)] : []),
      ...(isTouched ? ownedByOther(of, found.owner, deployed.role) : []),
      ...state.hazards,
    ],
    resume: state.resume,
  };
}

/** Both sides' properties; one that neither the config states nor the account shows is nobody's change. */
function propertyChanges(
  of: string,
  cause: Change['cause'],
  statement: TaskStatement,
  found: DeployedTask,
): Change[] {
  const names = [...new Set([...Object.keys(statement.properties), ...Object.keys(found.properties)])];
  return names.flatMap((what): Change[] => {
    const before = found.properties[what];
    const after = statement.properties[what] ?? null;
    if (before === undefined || isSame(what, before, after)) return [];
    if (what !== 'AS') return [{ of, cause: what === 'COMMENT' ? 'unknown' : cause, what, before, after }];
    return [
      {
        of,
        cause,
        what: 'body',
        before: null,
        after: null,
        lines: lineDifference(before ?? '', after ?? ''),
      },
    ];
  });
}

export function isSame(what: string, a: string | null, b: string | null): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (what === 'COMMENT') return false;
  if (what === 'SCHEDULE') return plainSchedule(a) === plainSchedule(b);
  return canonical(a) === canonical(b);
}

/** `15 minute` is `15 MINUTES`; cron's names of days and months may be written in any case. */
function plainSchedule(text: string): string {
  const words = text.trim().split(/\s+/);
  if (words[0]?.toUpperCase() === 'USING') {
    const zone = words.pop() ?? '';
    return `${words.join(' ').toUpperCase()} ${zone}`;
  }
  return words
    .join(' ')
    .toUpperCase()
    .replace(/S$/, '')
    .replace(/^(\d+) (SEC|MIN|H)[A-Z]*$/, (_, count: string, unit: string) => `${count} ${unit}`)
    .replace(/ M$/, ' MIN');
}

/**
 * Why a task is suspended decides whether it is started. USER_SUSPENDED is an operator's wish, and so is a task that was
 * never started; the note of an apply that died says otherwise, and so does the mark of one that had left the config.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tasks (last_suspended_reason)
 */
function stateOf(
  of: string,
  { name, state, suspendedReason, comment }: DeployedTask,
  { locks }: Deployed,
  { allow }: PlanOptions,
): { resume: boolean; hazards: Hazard[] } {
  if (state === 'started') return { resume: false, hazards: [] };
  const isNoted = locks.some(
    (lock) =>
      lock.name.database === name.database &&
      lock.name.schema === name.schema &&
      lock.note?.to_resume.includes(name.name),
  );
  const mark = readMark(comment);
  if (isNoted || (mark !== null && hasLeft(mark))) return { resume: true, hazards: [] };
  if (suspendedReason === null) return { resume: false, hazards: [] };
  if (suspendedReason === 'USER_SUSPENDED') {
    return {
      resume: false,
      hazards: [hazard('STAYS_SUSPENDED', `${of} stays suspended: an operator suspended it`)],
    };
  }
  if (suspendedReason !== 'SUSPENDED_DUE_TO_ERRORS') return { resume: true, hazards: [] };
  if (allow.has('RESUME_AFTER_ERRORS')) {
    const message = `${of} is started again: Snowflake suspended it after failures`;
    return { resume: true, hazards: [hazard('RESUME_AFTER_ERRORS', message)] };
  }
  const message = `${of} stays suspended: Snowflake suspended it after failures; --allow RESUME_AFTER_ERRORS starts it again`;
  return { resume: false, hazards: [hazard('STAYS_SUSPENDED', message)] };
}
