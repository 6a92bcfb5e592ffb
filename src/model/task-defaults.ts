/** `defaults` of a deployment, read once: what is wrong there is said once, not by every task that takes it. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { DeploymentConfig } from '../config/types';
import { checkNumber } from './bounds';
import { LONGEST_TASK_TIMEOUT_MS, parseDuration } from './duration';
import { readIdentifier } from './read-names';

export interface Defaults {
  warehouse: string | null;
  errorIntegration: string | null;
  /** Milliseconds, `null` when it is not stated. */
  timeoutMs: number | null;
  /** `null` when it is not stated. */
  suspendAfterFailures: number | null;
}

export function readDefaults(config: DeploymentConfig, deployment: ProblemSink): Defaults {
  const problems = deployment.at('defaults');
  const { warehouse, errorIntegration, timeout, suspendAfterFailures } = config.defaults ?? {};
  checkNumber(suspendAfterFailures, 'suspendAfterFailures', problems, 'a number of failures');
  return {
    warehouse: readWarehouse(warehouse, problems),
    errorIntegration: readIntegration(errorIntegration, problems),
    timeoutMs: readTimeout(timeout, problems),
    suspendAfterFailures: suspendAfterFailures ?? null,
  };
}

export function readWarehouse(text: string | undefined, problems: ProblemSink): string | null {
  return text === undefined ? null : readIdentifier(text, problems, ['warehouse'], 'name of a warehouse');
}

export function readIntegration(text: string | undefined, problems: ProblemSink): string | null {
  if (text === undefined) return null;
  return readIdentifier(text, problems, ['errorIntegration'], 'name of an integration');
}

/** @returns milliseconds */
export function readTimeout(text: string | undefined, problems: ProblemSink): number | null {
  if (text === undefined) return null;
  const milliseconds = parseDuration(text);
  if (milliseconds === null) {
    problems.add(
      ['timeout'],
      `${showValue(text)} is not a duration`,
      "write it as '4 hours', '90 minutes' or '30 seconds'",
    );
  } else if (milliseconds < 1000 || milliseconds > LONGEST_TASK_TIMEOUT_MS) {
    problems.add(
      ['timeout'],
      `${showValue(text)} is outside Snowflake's limits`,
      'from 1 second to 7 days (168 hours)',
    );
  }
  return milliseconds;
}
