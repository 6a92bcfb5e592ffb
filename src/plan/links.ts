/**
 * Links that stand in the way of others: a root has one finalizer, a finalizer has no children, a child no finalizer. They are cut before
 * anything is changed. https://docs.snowflake.com/en/user-guide/tasks-graphs
 */
import type { TaskStatement } from '../render/statement';
import { qualified } from '../sql-text';
import type { DeployedTask } from './deployed';

/** @returns what ALTER TASK says to cut it: `UNSET FINALIZE`, `REMOVE AFTER ...`; `null` where nothing is in the way */
export function cutOfKept({ finalizes }: DeployedTask, { properties }: TaskStatement): string | null {
  if (finalizes === null || properties['FINALIZE'] === qualified(finalizes)) return null;
  return 'UNSET FINALIZE';
}

/** @param wanted all tasks that the config has in these graphs */
export function cutOfLeftOver(
  { after, finalizes }: DeployedTask,
  wanted: readonly TaskStatement[],
): string | null {
  if (finalizes !== null) return 'UNSET FINALIZE';
  const finalizers = new Set(
    wanted.filter(({ properties }) => properties['FINALIZE']).map(({ name }) => qualified(name)),
  );
  const cut = after.map(qualified).filter((name) => finalizers.has(name));
  return cut.length === 0 ? null : `REMOVE AFTER ${cut.join(', ')}`;
}
