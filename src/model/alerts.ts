/** `alerts` of the config. https://docs.snowflake.com/en/sql-reference/sql/create-alert */
import type { ProblemSink } from '../config/problems';
import type { AlertsConfig, AlertState, NamesConfig } from '../config/types';
import type { Alerts } from './deployment';
import { resolveNotification } from './grants';
import { readIdentifier, type Home } from './read-names';
import { checkSchedule } from './schedule';
import { readWarehouse } from './task-defaults';

const PREFIX = 'AUTO_RESTART_ALERTS';
/** What is seen in the runs of the tasks that call the procedure. */
const OF_TASKS: readonly AlertState[] = ['suspended', 'unreadable'];
const ORDER: readonly AlertState[] = ['given-up', 'permanent-error', 'stuck', 'suspended', 'unreadable'];

export function resolveAlerts(
  config: AlertsConfig | undefined,
  names: NamesConfig | undefined,
  home: Home,
  /** Whether some job has permanentErrors, and some task calls the procedure. */
  some: { permanentErrors: boolean; calls: boolean },
  problems: ProblemSink,
): Alerts | null {
  const prefix = readIdentifier(names?.alerts ?? PREFIX, problems, ['names', 'alerts']);
  if (config === undefined) {
    if (names?.alerts !== undefined)
      problems.add(['names', 'alerts'], 'there are no alerts to name', 'describe alerts, or leave it out');
    return null;
  }
  const own = problems.at('alerts');
  if (config.on.length === 0) own.missing(['on'], 'they tell nothing', `choose of ${ORDER.join(', ')}`);
  if (config.on.includes('permanent-error') && !some.permanentErrors) {
    const hint = 'give a job retry: { permanentErrors: [...] }, or leave it out';
    own.add(['on'], 'no job has permanentErrors', hint);
  }
  const ofTasks = OF_TASKS.filter((state) => config.on.includes(state));
  if (ofTasks.length > 0 && !some.calls) {
    const hint = 'give a task a job, or leave it out';
    own.add(['on'], `${ofTasks.join(', ')}: no task calls the procedure`, hint);
  }
  if (config.schedule !== undefined) checkSchedule(config.schedule, own.at('schedule'));
  const notification = resolveNotification(config, own);
  if (notification === null) return null;
  return {
    on: ORDER.filter((state) => config.on.includes(state)),
    notification,
    schedule: config.schedule ?? { kind: 'interval', every: 60, unit: 'MINUTES' },
    warehouse: readWarehouse(config.warehouse, own),
    chains: { ...home, name: `${prefix}_CHAINS` },
    tasks: { ...home, name: `${prefix}_TASKS` },
    told: { ...home, name: `${prefix}_TOLD` },
  };
}
