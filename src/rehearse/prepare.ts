/** What is done to the account before time passes: objects, the reviewed SQL, hooks, which tasks are started. */
import { AutoRestartError } from '../errors';
import type { HookMode, Manner } from '../local/as-written';
import {
  controlsOf,
  keyOf,
  type LocalSnowflake,
  projectsOf,
  type Session,
  showIdentifier,
  text,
} from '../local/index';
import { prepareAccount } from './account';
import { deploymentFolder } from '../model/folder';
import type { Deployment } from '../model/deployment';
import { qualified } from '../sql-text';
import type { Applied, RehearseOptions } from './run';

/** @throws AutoRestartError FAILED with the generated file whose statement fails */
export async function applyTo(
  account: LocalSnowflake,
  { deployment, statements }: Applied,
  dagOf: RehearseOptions['dagOf'],
  manner: Manner | undefined,
  session: Session,
): Promise<void> {
  await prepareAccount(account, deployment, { dagOf, ...(manner ? { manner } : {}) });
  for (const { sql, file } of statements) {
    try {
      await session.execute(sql);
    } catch (error) {
      throw new AutoRestartError(
        'FAILED',
        `${deployment.name} cannot be applied: ${(error as Error).message}`,
        {
          where: `generated/${deploymentFolder(deployment)}/${file}`,
          cause: error,
        },
      );
    }
  }
}

/** Says how the hooks of every project log; where they log to stays as it is. */
export async function switchHooks(
  account: LocalSnowflake,
  mode: HookMode | undefined,
  session: Session,
): Promise<void> {
  if (mode === undefined) return;
  for (const project of projectsOf(account.catalog).values()) {
    const { hooks } = controlsOf(account.catalog, project);
    if (hooks === undefined || hooks.mode === mode) continue;
    const place = `${showIdentifier(hooks.database)}.${showIdentifier(hooks.schema)}`;
    await session.execute('SELECT SYSTEM$LOCAL_DBT_HOOKS(?, ?, ?, ?)', [
      text(keyOf(project)),
      text(mode),
      text(typeof hooks.layout === 'string' ? hooks.layout : JSON.stringify(hooks.layout)),
      text(place),
    ]);
  }
}

/** Starts these root tasks with their children, suspends the others. */
export async function startOnly(
  tasks: readonly string[],
  { graphs }: Deployment,
  session: Session,
): Promise<void> {
  for (const { root, children } of graphs) {
    await session.execute(`ALTER TASK ${qualified(root.name)} SUSPEND`);
    if (!tasks.includes(root.name.name)) continue;
    for (const child of children) await session.execute(`ALTER TASK ${qualified(child.name)} RESUME`);
    await session.execute(`ALTER TASK ${qualified(root.name)} RESUME`);
  }
}
