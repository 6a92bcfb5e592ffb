/** Environments of a config: which it declares, and what it says for each of them. */
import { AutoRestartError } from '../errors';
import { didYouMean } from './nearest';
import { ConfigProblems, formatPath, showValue, type ConfigProblem } from './problems';

export interface EnvironmentConfig {
  /** `null` for a config that declares no environments. */
  env: string | null;
  /** The config with its `deployments` as a plain object; not checked. */
  config: unknown;
}

/** Environments and deployments are folders, also on disks that do not tell upper from lower case; of at most 255 characters. */
export const FOLDER_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,254}$/;

/** What is wrong with the list `environments` itself; nothing where there is none, or it is no list of texts. */
export function environmentProblems(value: unknown): ConfigProblem[] {
  if (!Array.isArray(value)) return [];
  if (value.length === 0) {
    return [
      {
        where: 'environments',
        message: 'it names no environment',
        hint: 'leave it out, or name at least one',
      },
    ];
  }
  return value.flatMap((name: unknown, at): ConfigProblem[] => {
    const where = formatPath(['environments', at]);
    if (typeof name !== 'string') return [];
    if (!FOLDER_NAME.test(name)) {
      const hint = 'it is a folder: use letters, digits, _ and -';
      return [{ where, message: `${showValue(name)} is not a valid name of an environment`, hint }];
    }
    const first = value.findIndex(
      (other) => typeof other === 'string' && other.toLowerCase() === name.toLowerCase(),
    );
    if (first === at) return [];
    return [{ where, message: `${showValue(name)} stands there twice`, hint: 'their folders would be one' }];
  });
}

/**
 * The config of each environment. A function `deployments` is called once for each.
 * @param asked the environment of `--env`; all of them without it
 * @throws ConfigProblems, AutoRestartError REQUEST, and whatever the user's function throws
 */
export function environmentConfigs(
  value: Readonly<Record<string, unknown>>,
  asked: string | undefined,
): EnvironmentConfig[] {
  const names = environmentNames(value);
  if (names.length === 0) return [withoutEnvironments(value, asked)];
  if (asked !== undefined && !names.includes(asked)) {
    throw new AutoRestartError('REQUEST', `there is no environment ${asked}`, {
      where: '--env',
      hint: didYouMean(asked, names),
    });
  }
  return names
    .filter((name) => asked === undefined || name === asked)
    .map((env) => ({ env, config: { ...value, deployments: deploymentsOf(value['deployments'], env) } }));
}

/** The declared names, in their order; none where the list cannot be used: the check of the config says why. */
export function environmentNames(value: Readonly<Record<string, unknown>>): string[] {
  const names = value['environments'];
  const usable = Array.isArray(names) && names.every((name) => typeof name === 'string');
  if (usable && environmentProblems(names).length === 0) return names as string[];
  if (typeof value['deployments'] !== 'function' || names === undefined) return [];
  const problems = environmentProblems(names);
  throw new ConfigProblems(
    problems.length > 0
      ? problems
      : [
          {
            where: 'environments',
            message: `${showValue(names)} is not a list of texts`,
            hint: "['dev', 'prod']",
          },
        ],
  );
}

function withoutEnvironments(
  value: Readonly<Record<string, unknown>>,
  asked: string | undefined,
): EnvironmentConfig {
  const hint =
    "declare them: defineConfig({ environments: ['dev', 'prod'], deployments: ({ env }) => ({ ... }) })";
  if (asked !== undefined) {
    throw new AutoRestartError(
      'REQUEST',
      `--env ${asked} has no effect: the config declares no environments`,
      { hint },
    );
  }
  if (typeof value['deployments'] === 'function') {
    throw new ConfigProblems([
      { where: 'deployments', message: 'it is a function, and the config declares no environments', hint },
    ]);
  }
  return { env: null, config: value };
}

function deploymentsOf(deployments: unknown, env: string): unknown {
  if (typeof deployments !== 'function') return deployments;
  const made: unknown = (deployments as (context: { env: string }) => unknown)({ env });
  if (typeof (made as { then?: unknown } | null | undefined)?.then !== 'function') return made;
  // Nobody is to hear of a promise that is rejected later, beside the problem itself.
  void Promise.resolve(made).catch(() => undefined);
  throw new ConfigProblems([
    {
      where: 'deployments',
      message: 'the function returns a promise',
      hint: 'await what it needs at the top of the file, and return the deployments themselves',
    },
  ]);
}
