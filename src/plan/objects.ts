/** One view or procedure: what is there, what is wanted, and why they differ. */
import { hasLeft, readMark, withoutMark } from '../render/fingerprint';
import type { Statement } from '../render/statement';
import type { Templates } from '../render/templates';
import { constant, qualified } from '../sql-text';
import { causes } from './causes';
import { lineDifference, procedureBody, sameTokens, viewQuery } from './bodies';
import { literalValue, wantedComment } from './comments';
import type { Deployed, DeployedView } from './deployed';
import { hazard, type Hazard } from './hazards';
import { ownedByOther } from './owned-by-other';
import type { PlanOptions } from './options';
import { overloadsOf, replaceOverloads } from './overloads';
import { procedureName } from './procedure-name';
import type { Change, Step } from './step';
import type { Wanted } from './wanted';
import { isSame } from './task-changes';
import { ownerInWords, takenOver, whose } from './whose';

interface Found {
  comment: string;
  owner: string | null;
  /** `null` where it has none, or none that is visible. */
  body: string | null;
  /** Of an alert. */
  properties?: Record<string, string | null>;
}

/** @returns the step, or `null` for an object that is as it should be */
export function planObject(
  statement: Statement,
  wanted: Wanted,
  deployed: Deployed,
  options: PlanOptions,
  templates: Templates,
): Step | null {
  const found = findObject(statement, deployed);
  const overloads = statement.kind === 'procedure' ? overloadsOf(statement, deployed) : [];
  const { verb, changes, hazards } = compare(statement, found, wanted, options, deployed.role);
  if (overloads.length > 0) {
    return replaceOverloads(
      { statement, overloads, exists: found !== null, changes, hazards },
      wanted,
      deployed,
      options,
      templates,
    );
  }
  if (verb === null) return null;
  const isStarted = statement.kind === 'alert' && beginsStarted(verb, found);
  return {
    id: `${verb} ${statement.id}`,
    do: verb,
    kind: statement.kind as Step['kind'],
    object: statement.object,
    sql: isStarted ? startedAlert(statement) : statement.sql,
    file: isStarted ? null : statement.file,
    why: reason(verb, changes, statement, deployed.role),
    changes,
    effects: [],
    hazards,
  };
}

function findObject(
  { kind, object }: Statement,
  { views, procedures, tables, alerts }: Deployed,
): Found | null {
  if (kind === 'table' || kind === 'alert') {
    const found = (kind === 'table' ? tables : alerts).find(({ name }) => qualified(name) === object);
    return found === undefined ? null : { ...found, body: null };
  }
  if (kind === 'view') {
    const view = views.find(({ name }) => qualified(name) === object);
    return view === undefined ? null : foundView(view);
  }
  const procedure = procedures.find((each) => procedureName(each) === object);
  return procedure === undefined ? null : procedure;
}

function foundView({ text, ...view }: DeployedView): Found {
  return { ...view, body: text === null ? null : viewQuery(text) };
}

/** A new alert, and one that was suspended because it had left the config. */
function beginsStarted(verb: Comparison['verb'], found: Found | null): boolean {
  const mark = found === null ? null : readMark(found.comment);
  return verb === 'create' || (mark !== null && hasLeft(mark));
}

/** In one statement, so that no client can stop between the two. The text is no part of the block: its variables are its own. */
function startedAlert({ sql, object }: Statement): string {
  return `EXECUTE IMMEDIATE $$
BEGIN
    EXECUTE IMMEDIATE ${constant(sql)};
    ALTER ALERT ${object} RESUME;
END;
$$`;
}

interface Comparison {
  verb: 'create' | 'replace' | 'adopt' | null;
  changes: Change[];
  hazards: Hazard[];
}

function compare(
  statement: Statement,
  found: Found | null,
  { owner }: Wanted,
  options: PlanOptions,
  role: string | null,
): Comparison {
  const of = `${statement.kind} ${statement.object}`;
  if (found === null) {
    return {
      verb: 'create',
      changes: [{ of, cause: 'config', what: 'new', before: null, after: null }],
      hazards: [],
    };
  }
  const hazards = ownedByOther(of, found.owner, role);
  const whoseItIs = whose(found.comment, owner, options);
  if (whoseItIs === 'foreign' || whoseItIs === 'unmarked') {
    const message = `${of} is there already, ${ownerInWords(found.comment)}`;
    const changes = [...bodyChange(of, 'unknown', statement, found), ...commentChange(of, statement, found)];
    return { verb: 'adopt', changes, hazards: [...hazards, hazard('ADOPT', message)] };
  }
  const sameText = readMark(found.comment)?.fingerprint === statement.fingerprint;
  const changes = [
    ...(whoseItIs === 'given-up' ? [takenOver(of, found.comment, owner)] : []),
    ...bodyChange(of, sameText ? 'account' : 'config', statement, found),
    ...propertiesChanged(of, sameText ? 'account' : 'config', statement, found),
    ...commentChange(of, statement, found),
  ];
  if (!sameText && changes.length === 0) {
    changes.push({ of, cause: 'config', what: 'definition', before: null, after: null });
  }
  return {
    verb: changes.length === 0 ? null : 'replace',
    changes,
    hazards: changes.length === 0 ? [] : hazards,
  };
}

/** A body that is not visible is no difference. */
function bodyChange(of: string, cause: Change['cause'], { kind, sql }: Statement, { body }: Found): Change[] {
  const wanted = kind === 'view' ? viewQuery(sql) : procedureBody(sql);
  if (body === null || sameTokens(body, wanted)) return [];
  return [{ of, cause, what: 'body', before: null, after: null, lines: lineDifference(body, wanted) }];
}

/** Of an alert: when it looks, on what, at what, and what it does then. */
function propertiesChanged(
  of: string,
  cause: Change['cause'],
  { properties: wanted }: Statement,
  { properties: found }: Found,
): Change[] {
  if (wanted === undefined || found === undefined) return [];
  return Object.entries(wanted).flatMap(([what, after]): Change[] => {
    const before = found[what] ?? null;
    if (what === 'COMMENT' || isSame(what, before, after)) return [];
    if (what !== 'IF' && what !== 'THEN') return [{ of, cause, what, before, after }];
    const lines = lineDifference(before ?? '', after ?? '');
    return [{ of, cause, what, before: null, after: null, lines }];
  });
}

function commentChange(of: string, { sql }: Statement, { comment }: Found): Change[] {
  const literal = wantedComment(sql);
  const wanted = withoutMark(literalValue(literal));
  const actual = withoutMark(comment);
  if (literal === '' || actual === wanted) return [];
  return [{ of, cause: 'unknown', what: 'COMMENT', before: actual, after: wanted }];
}

const VERBS = { create: 'is absent', adopt: 'is there, and not ours', replace: 'differs' } as const;

function reason(
  verb: 'create' | 'replace' | 'adopt',
  changes: readonly Change[],
  { why }: Statement,
  role: string | null,
): string {
  const detail = verb === 'replace' ? `: ${causes(changes)}` : '';
  const visible = verb === 'create' && role !== null ? `, or not visible to role ${role}` : '';
  return `${VERBS[verb]}${detail}${visible} (${why})`;
}
