/**
 * Exact grants, each with its reason. They come last, after everything they are on exists. Only OWNERSHIP moves a task
 * out of its graph; these privileges can be granted while a graph is started.
 * https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
 * https://docs.snowflake.com/en/user-guide/security-access-control-privileges (tasks: MONITOR, OPERATE)
 */
import type { GrantKind } from '../config/types';
import { VIEW_ORDER } from '../model/object-names';
import type { Deployment, ObjectName, Task } from '../model/deployment';
import { identifier, qualified } from '../sql-text';
import type { Statement } from './statement';

/** Argument types of the procedure: its identity, together with its name. */
export const PROCEDURE_TYPES = '(VARCHAR, NUMBER, VARCHAR, VARCHAR)';

interface Privilege {
  privilege: 'USAGE' | 'SELECT' | 'MONITOR' | 'OPERATE';
  on: string;
  why: string;
}

export function renderGrants(deployment: Deployment, file: string): Statement[] {
  return deployment.grants.flatMap(({ role, kinds }) =>
    withoutRepeats(kinds.flatMap((kind) => privileges(kind, deployment))).map(({ privilege, on, why }) => {
      const what = `${privilege} ON ${on}`;
      const whom = `TO ROLE ${identifier(role)}`;
      const isWide = `GRANT ${what} ${whom};`.length > 120;
      return {
        id: `grant:${what} ${whom}`,
        kind: 'grant',
        object: on,
        file,
        sql: `GRANT ${what}${isWide ? '\n    ' : ' '}${whom}`,
        why,
        fingerprint: null,
        grant: { privilege, ...objectOf(on), role },
      };
    }),
  );
}

function privileges(kind: GrantKind, deployment: Deployment): Privilege[] {
  const { procedure, views } = deployment;
  const tasks = allTasks(deployment);
  switch (kind) {
    case 'call':
      return [
        ...usageOn(procedure),
        {
          privilege: 'USAGE',
          on: `PROCEDURE ${qualified(procedure)}${PROCEDURE_TYPES}`,
          why: 'to call the procedure',
        },
        ...selectOn(
          [views.jobs, views.runs, views.nodes, views.state],
          'it reads it with the rights of the caller',
        ),
        ...monitorProject(deployment),
      ];
    case 'read':
      return [
        ...usageOn(procedure),
        ...selectOn(
          VIEW_ORDER.map((view) => views[view]),
          'to read the policy, what happened and what is broken',
        ),
        ...onTasks(tasks, 'MONITOR', 'to see the task and its runs'),
        ...monitorProject(deployment),
      ];
    case 'operate':
      return [...usageOn(procedure), ...onTasks(tasks, 'OPERATE', 'to suspend, resume and execute the task')];
  }
}

const ON = /^(DBT PROJECT|[A-Z]+) (.+)$/s;

/** `VIEW EDW.A.V` -> its two parts. */
function objectOf(on: string): { on: string; name: string } {
  const [, kind = '', name = ''] = ON.exec(on) ?? [];
  return { on: kind, name };
}

function selectOn(views: readonly ObjectName[], why: string): Privilege[] {
  return views.map((view) => ({ privilege: 'SELECT', on: `VIEW ${qualified(view)}`, why }));
}

/** No page says by whose role a view looks at the execution history: the reader gets to see it too. */
function monitorProject({ state, runner }: Deployment): Privilege[] {
  if (state.kind !== 'execution-history' || runner.kind !== 'execute-dbt-project') return [];
  return [
    {
      privilege: 'MONITOR',
      on: `DBT PROJECT ${qualified(runner.object)}`,
      why: 'to see the runs of the dbt project',
    },
  ];
}

function usageOn({ database, schema }: ObjectName): Privilege[] {
  const why = 'to reach what is in the schema';
  return [
    { privilege: 'USAGE', on: `DATABASE ${identifier(database)}`, why },
    { privilege: 'USAGE', on: `SCHEMA ${identifier(database)}.${identifier(schema)}`, why },
  ];
}

function onTasks(tasks: readonly Task[], privilege: 'MONITOR' | 'OPERATE', why: string): Privilege[] {
  return tasks.map(({ name }) => ({ privilege, on: `TASK ${qualified(name)}`, why }));
}

/** Roots first, each followed by its children. */
export function allTasks({ graphs }: Deployment): Task[] {
  return graphs.flatMap(({ root, children }) => [root, ...children]);
}

function withoutRepeats(all: Privilege[]): Privilege[] {
  const seen = new Set<string>();
  return all.filter(({ privilege, on }) => {
    const key = `${privilege} ${on}`;
    return !seen.has(key) && seen.add(key);
  });
}
