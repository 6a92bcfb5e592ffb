/** Procedures of the wanted name with other arguments: replaced in one block, with their grants. */
import type { Statement } from '../render/statement';
import type { Templates } from '../render/templates';
import { identifier, qualified } from '../sql-text';
import type { Deployed, DeployedProcedure } from './deployed';
import { hazard, type Hazard } from './hazards';
import { ownedByOther } from './owned-by-other';
import type { PlanOptions } from './options';
import { procedureName } from './procedure-name';
import type { Change, Step } from './step';
import type { Wanted } from './wanted';
import { ownerInWords, whose } from './whose';

/** Ends the name of a procedure that has stepped aside; one that is left of a block that died is still replaced. */
export const ASIDE = '_REPLACED';

export function overloadsOf({ object }: Statement, { procedures }: Deployed): DeployedProcedure[] {
  const name = object.slice(0, object.lastIndexOf('('));
  return procedures.filter((each) => {
    if (procedureName(each) === object) return false;
    return qualified(each.name) === name || isAside(each) === name;
  });
}

/** The name that a procedure had before it stepped aside, `null` for one that has not. */
function isAside({ name }: DeployedProcedure): string | null {
  if (!name.name.endsWith(ASIDE)) return null;
  return qualified({ ...name, name: name.name.slice(0, -ASIDE.length) });
}

interface Replacing {
  statement: Statement;
  overloads: readonly DeployedProcedure[];
  /** Whether the procedure with the wanted arguments is there beside them. */
  exists: boolean;
  changes: Change[];
  hazards: Hazard[];
}

export function replaceOverloads(
  { statement, overloads, exists, changes, hazards }: Replacing,
  wanted: Wanted,
  deployed: Deployed,
  options: PlanOptions,
  templates: Templates,
): Step {
  const { object } = statement;
  const types = object.slice(object.lastIndexOf('('));
  const aside = overloads.filter((each) => isAside(each) === null);
  const renamed = (each: DeployedProcedure): string =>
    qualified({ ...each.name, name: `${each.name.name}${ASIDE}` });
  const listOf = (each: DeployedProcedure): string => `(${each.types.join(', ')})`;
  const sql = templates.render('replace-overloads', {
    object,
    isNew: !exists,
    create: statement.sql,
    aside: aside.map((each) => ({
      name: qualified(each.name),
      old: procedureName(each),
      renamed: renamed(each),
      renamedWithTypes: `${renamed(each)}${listOf(each)}`,
    })),
    grants: grantees(overloads, deployed).map(
      (role) => `GRANT USAGE ON PROCEDURE ${object} TO ROLE ${identifier(role)}`,
    ),
    drops: overloads.map((each) =>
      isAside(each) === null ? `${renamed(each)}${listOf(each)}` : procedureName(each),
    ),
  });
  const old = overloads.map(listOf).join(', ');
  const all = overloads.flatMap((each) => overloadHazards(each, types, wanted, deployed, options));
  return {
    id: `replace ${statement.id}`,
    do: all.some(({ code }) => code === 'ADOPT') ? 'adopt' : 'replace',
    kind: 'procedure',
    object,
    sql: sql.trim(),
    file: null,
    why: `the procedure with the arguments ${old} makes way for ${types}, its grants are kept`,
    changes: [
      ...changes,
      { of: `procedure ${object}`, cause: 'config', what: 'arguments', before: old, after: types },
    ],
    effects: ['calls that come in this second fail: the procedure is not there'],
    hazards: [...hazards, ...all],
  };
}

function grantees(overloads: readonly DeployedProcedure[], { grants }: Deployed): string[] {
  const names = new Set(overloads.map(procedureName));
  const roles = grants
    .filter(({ on, privilege, name }) => on === 'PROCEDURE' && privilege === 'USAGE' && names.has(name))
    .map(({ role }) => role);
  return [...new Set(roles)].sort();
}

function overloadHazards(
  each: DeployedProcedure,
  types: string,
  { owner }: Wanted,
  { role }: Deployed,
  options: PlanOptions,
): Hazard[] {
  const of = `procedure ${procedureName(each)}`;
  const whoseItIs = whose(each.comment, owner, options);
  const isAdopted = whoseItIs === 'foreign' || whoseItIs === 'unmarked';
  // New arguments behind the old ones are optional: calls of the old ones still work.
  const stillWorks = types.startsWith(`(${each.types.join(', ')}`);
  return [
    ...ownedByOther(of, each.owner, role),
    ...(isAdopted ? [hazard('ADOPT', `${of} is there already, ${ownerInWords(each.comment)}`)] : []),
    ...(stillWorks
      ? []
      : [hazard('SIGNATURE_CHANGED', `${of} becomes ${types}: calls with the old arguments fail`)]),
  ];
}
