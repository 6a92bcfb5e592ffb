/** All environments of a config -> their deployments, and every problem of all of them at once. */
import type { EnvironmentConfig } from '../config/environments';
import { ConfigProblems, type ConfigProblem } from '../config/problems';
import { COLLISION_HINT, collisionText, findCollisions } from './collisions';
import type { Deployment } from './deployment';
import { resolveDeployments } from './resolve';

/**
 * @returns the deployments, environment by environment, in the order of the config
 * @throws ConfigProblems: one that all environments share is told once, another with the environments it is in
 */
export function resolveEnvironments(configs: readonly EnvironmentConfig[]): Deployment[] {
  const found: { env: string | null; problem: ConfigProblem }[] = [];
  const deployments = configs.flatMap(({ env, config }) => {
    try {
      return resolveDeployments(config, env);
    } catch (error) {
      if (!(error instanceof ConfigProblems)) throw error;
      found.push(...error.problems.map((problem) => ({ env, problem })));
      return [];
    }
  });
  if (found.length > 0) throw new ConfigProblems(merged(found, configs.length));
  refuseCollisions(deployments);
  return deployments;
}

function merged(
  found: readonly { env: string | null; problem: ConfigProblem }[],
  environments: number,
): ConfigProblem[] {
  const byText = new Map<string, { problem: ConfigProblem; envs: (string | null)[] }>();
  for (const { env, problem } of found) {
    const key = JSON.stringify([problem.where, problem.message]);
    const known = byText.get(key);
    if (known === undefined) byText.set(key, { problem, envs: [env] });
    else known.envs.push(env);
  }
  return [...byText.values()].map(({ problem, envs }) =>
    envs.length === environments ? problem : { ...problem, message: `${problem.message} (${inWords(envs)})` },
  );
}

function inWords(envs: readonly (string | null)[]): string {
  return `environment${envs.length > 1 ? 's' : ''} ${envs.join(', ')}`;
}

/** `dev` and `prod` in one schema are the commonest way to overwrite each other. */
function refuseCollisions(deployments: readonly Deployment[]): void {
  const problems = findCollisions(deployments).map(({ deployment, other, objects }) => ({
    where: `deployments.${deployment.name}`,
    message: `${collisionText(`${other.name} of ${other.env}`, deployment, objects)} (environment ${deployment.env})`,
    hint: COLLISION_HINT,
  }));
  if (problems.length > 0) throw new ConfigProblems(problems);
}
