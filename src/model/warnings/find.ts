/** Doubts about a config that is valid: each has a code, and a section in docs/warnings.md. */
import type { Warning } from '../deployment';
import * as account from './account';
import { schedulesCollide } from './collisions';
import type { WarningContext, WarningRule } from './context';
import { retryNeverDue } from './due';
import { historyShorterThanPeriod } from './history';
import * as log from './log';
import * as polling from './polling';
import * as retries from './retries';
import * as schedules from './schedules';

/** By code, in the order in which they are reported. */
export const WARNING_RULES: Readonly<Record<string, WarningRule>> = {
  UNDOCUMENTED_RUNNER: account.undocumentedRunner,
  PROJECT_IN_OTHER_SCHEMA: account.projectInOtherSchema,
  PRIVILEGED_ROLE: account.privilegedRole,
  RETRY_DISPLACES_SCHEDULE: schedules.retryDisplacesSchedule,
  WINDOW_EQUALS_PERIOD: schedules.windowEqualsPeriod,
  RETRY_NEVER_DUE: retryNeverDue,
  HISTORY_SHORTER_THAN_PERIOD: historyShorterThanPeriod,
  SCHEDULES_COLLIDE: schedulesCollide,
  POLLING_COSTS: polling.pollingCosts,
  FINALIZER_BUILDS: polling.finalizerBuilds,
  FINALIZER_TOO_SOON: polling.finalizerTooSoon,
  RETRY_DROPS_TESTS: retries.retryDropsTests,
  RETRIES_MULTIPLY: retries.retriesMultiply,
  TIMEOUT_LEFT_AT_ONE_HOUR: retries.timeoutLeftAtOneHour,
  JOB_WITHOUT_TASK: retries.jobWithoutTask,
  ENVIRONMENT_NOT_FILTERED: log.environmentNotFiltered,
  LOG_WITHOUT_SELECTION: log.logWithoutSelection,
  LOG_WITHOUT_COMMAND: log.logWithoutCommand,
  PROJECT_NOT_LOGGED: log.projectNotLogged,
  LOG_WITHOUT_ENVIRONMENT: log.logWithoutEnvironment,
  LOG_WITHOUT_STATUS: log.logWithoutStatus,
  LOG_WITHOUT_END: log.logWithoutEnd,
  LOG_WITHOUT_RESOURCE_TYPE: log.logWithoutResourceType,
};

export function findWarnings(context: WarningContext): Warning[] {
  return Object.values(WARNING_RULES).flatMap((rule) => rule(context));
}
