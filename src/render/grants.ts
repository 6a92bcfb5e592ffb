/**
 * Exact grants, each with its reason. They come last, after everything they are on exists. Only OWNERSHIP moves a task
 * out of its graph; these privileges can be granted while a graph is started.
 * https://docs.snowflake.com/en/sql-reference/sql/grant-privilege
 * https://docs.snowflake.com/en/user-guide/security-access-control-privileges (tasks: MONITOR, OPERATE)
 */
import type { GrantKind } from '../config/types';
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
      const sql = `GRANT ${privilege} ON ${on} TO ROLE ${identifier(role)}`;
      return {
        id: `grant:${sql.slice('GRANT '.length)}`,
        kind: 'grant',
        object: on,
        file,
        sql,
        why,
        fingerprint: null,
        grant: { privilege, ...objectOf(on), role },
      };
    }),
  );
}

function privileges(kind: GrantKind, deployment: Deployment): Privilege[] {
  const { procedure, view } = deployment;
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
      ];
    case 'read':
      return [
        ...usageOn(view),
        { privilege: 'SELECT', on: `VIEW ${qualified(view)}`, why: 'to read the history of runs' },
        ...onTasks(tasks, 'MONITOR', 'to see the task and its runs'),
      ];
    case 'operate':
      return [...usageOn(view), ...onTasks(tasks, 'OPERATE', 'to suspend, resume and execute the task')];
  }
}

const ON = /^(DBT PROJECT|[A-Z]+) (.+)$/s;

/** `VIEW EDW.A.V` -> its two parts. */
function objectOf(on: string): { on: string; name: string } {
  const [, kind = '', name = ''] = ON.exec(on) ?? [];
  return { on: kind, name };
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
