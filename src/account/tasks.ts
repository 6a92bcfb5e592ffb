/**
 * Tasks of the whole account: those of the schemas asked for, and those elsewhere that carry a mark.
 * https://docs.snowflake.com/en/sql-reference/sql/show-tasks
 */
import type { DeployedTask } from '../plan/deployed';
import { readMark, withoutMark } from '../render/fingerprint';
import { qualified } from '../sql-text';
import type { Session } from '../snowflake/session';
import { nameIn, settingIn, show, textIn, type Row } from './answers';
import type { Place } from './inspect';
import { readParameters } from './task-parameters';

export async function readTasks(
  session: Session,
  places: readonly Place[],
  unseen: string[],
): Promise<DeployedTask[]> {
  const rows = await show(session, 'SHOW TASKS IN ACCOUNT');
  const isAsked = ({ database, schema }: DeployedTask['name']): boolean =>
    places.some((place) => place.database === database && place.schemas.includes(schema));
  const tasks = rows.map(taskOf).filter((task) => isAsked(task.name) || readMark(task.comment) !== null);
  const ours = tasks.filter(({ name, comment }) => isAsked(name) && readMark(comment) !== null);
  await readParameters(session, ours, unseen);
  return tasks;
}

export function taskOf(row: Row): DeployedTask {
  const home = { database: textIn(row, 'database_name') ?? '', schema: textIn(row, 'schema_name') ?? '' };
  const comment = textIn(row, 'comment') ?? '';
  const after = predecessors(textIn(row, 'predecessors')).map((name) => nameIn(name, home));
  const { FinalizedRootTask: finalized } = relations(textIn(row, 'task_relations'));
  const finalizes = finalized === undefined ? null : nameIn(finalized, home);
  return {
    name: { ...home, name: textIn(row, 'name') ?? '' },
    owner: textIn(row, 'owner'),
    comment,
    state: textIn(row, 'state') === 'started' ? 'started' : 'suspended',
    suspendedReason: settingIn(row, 'last_suspended_reason'),
    after,
    finalizes,
    properties: {
      WAREHOUSE: settingIn(row, 'warehouse'),
      SCHEDULE: settingIn(row, 'schedule'),
      ERROR_INTEGRATION: settingIn(row, 'error_integration'),
      SUCCESS_INTEGRATION: settingIn(row, 'success_integration'),
      CONFIG: settingIn(row, 'config'),
      COMMENT: withoutMark(comment),
      AFTER: after.length === 0 ? null : after.map(qualified).sort().join(', '),
      FINALIZE: finalizes === null ? null : qualified(finalizes),
      WHEN: settingIn(row, 'condition'),
      AS: textIn(row, 'definition') ?? '',
    },
  };
}

/** A JSON list; older accounts gave one name. */
function predecessors(text: string | null): string[] {
  if (text === null || text === '') return [];
  try {
    const names: unknown = JSON.parse(text);
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [text];
  }
}

function relations(text: string | null): { FinalizedRootTask?: string } {
  try {
    return (JSON.parse(text ?? '{}') ?? {}) as { FinalizedRootTask?: string };
  } catch {
    return {};
  }
}
