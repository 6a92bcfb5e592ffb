/** A small valid config to start tests from: a bakery's dbt project, its daily bread and hourly rolls. */
import {
  auditTables,
  cron,
  executeDbtProject,
  executionHistory,
  procedureRunner,
} from '../../src/config/define';
import { ConfigProblems } from '../../src/config/problems';
import type { DeploymentConfig } from '../../src/config/types';
import type { Deployment } from '../../src/model/deployment';
import { resolveDeployments } from '../../src/model/resolve';

export function bakery(changes: Partial<DeploymentConfig> = {}): DeploymentConfig {
  return {
    database: 'BAKERY',
    schema: 'OVEN',
    defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
    state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),
    runner: procedureRunner('BAKERY.OVEN.BAKE'),
    jobs: {
      bread: { project: 'bakery', retry: { maxAgeHours: 20 } },
      rolls: { project: 'bakery', dbt: { command: 'run', select: ['tag:rolls'] }, retry: { maxAgeHours: 3 } },
    },
    tasks: {
      BAKE_BREAD: { job: 'bread', schedule: cron('0 4 * * *'), mode: 'full-build' },
      BAKE_ROLLS: { job: 'rolls', schedule: cron('30 * * * *') },
    },
    ...changes,
  };
}

/** The same on Snowflake's own history. */
export function nativeBakery(changes: Partial<DeploymentConfig> = {}): DeploymentConfig {
  return bakery({
    state: executionHistory(),
    runner: executeDbtProject({ object: 'BAKERY.OVEN.BAKERY_DBT' }),
    ...changes,
  });
}

export function resolved(config: DeploymentConfig): Deployment {
  const [deployment] = resolveDeployments({ deployments: { bakery: config } });
  if (deployment === undefined) throw new Error('no deployment');
  return deployment;
}

/** Problems as `path: message`, with the deployment's own path left out. */
export function problemsOf(config: unknown): string[] {
  return problemsOfAll({ deployments: { bakery: config } }).map((text) =>
    text.replace('deployments.bakery.', ''),
  );
}

export function problemsOfAll(config: unknown): string[] {
  try {
    resolveDeployments(config);
  } catch (error) {
    if (error instanceof ConfigProblems)
      return error.problems.map(({ where, message }) => `${where}: ${message}`);
    throw error;
  }
  return [];
}

export function hintsOf(config: unknown): (string | undefined)[] {
  try {
    resolveDeployments({ deployments: { bakery: config } });
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems.map(({ hint }) => hint);
    throw error;
  }
  return [];
}
