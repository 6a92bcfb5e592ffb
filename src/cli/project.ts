/** What most commands start with: the config, found, loaded and resolved. */
import * as path from 'node:path';
import type { EnvironmentConfig } from '../config/environments';
import { loadConfig } from '../config/load';
import { didYouMean } from '../config/nearest';
import { AutoRestartError } from '../errors';
import type { Deployment } from '../model/deployment';
import { resolveEnvironments } from '../model/resolve-environments';
import type { CommonArgs } from './command';

export interface Project {
  /** Absolute path of the config file. */
  file: string;
  /** The folder that `generated/` is in. */
  root: string;
  /** Names of all environments that the config declares; none where it declares none. */
  environments: string[];
  /** Those that `--env` and `--deployment` ask for. */
  deployments: Deployment[];
  /** All of the environments asked for, whatever `--deployment` says. */
  all: Deployment[];
  /** What the config says for each environment asked for, as it is written. */
  configs: EnvironmentConfig[];
  /** Names of all deployments of the environments asked for, none twice. */
  names: string[];
  /** Whether a folder below `generated/` (`o2c`, `prod/o2c`) belongs to what was asked for. */
  covers(folder: string): boolean;
}

type ProjectArgs = Pick<CommonArgs, 'config' | 'env' | 'deployment'>;

/** @throws ConfigProblems, AutoRestartError REQUEST for an unknown environment or deployment */
export async function loadProject(args: ProjectArgs): Promise<Project> {
  const { file, environments, configs } = await loadConfig({
    cwd: process.cwd(),
    ...(args.config === undefined ? {} : { config: args.config }),
    ...(args.env === undefined ? {} : { env: args.env }),
  });
  const all = resolveEnvironments(configs);
  const names = [...new Set(all.map(({ name }) => name))];
  const deployments =
    args.deployment === undefined ? all : all.filter(({ name }) => name === args.deployment);
  if (args.deployment !== undefined && deployments.length === 0) {
    throw new AutoRestartError('REQUEST', `there is no deployment ${args.deployment}`, {
      where: '--deployment',
      hint: didYouMean(args.deployment, names),
    });
  }
  return { file, root: path.dirname(file), environments, deployments, all, configs, names, covers };

  function covers(folder: string): boolean {
    const [first = '', second] = folder.split('/');
    const [env, deployment] = environments.length === 0 ? [undefined, first] : [first, second];
    const isEnvironment = args.env === undefined || args.env === env;
    return isEnvironment && (args.deployment === undefined || args.deployment === deployment);
  }
}

/**
 * The same for a command that touches an account, of which each environment may have its own.
 * @throws AutoRestartError REQUEST where the config declares several environments and none was named
 */
export async function loadOneEnvironment(args: ProjectArgs): Promise<Project> {
  const project = await loadProject(args);
  if (project.environments.length > 1 && args.env === undefined) {
    throw new AutoRestartError('REQUEST', 'the config has several environments, and none was named', {
      where: '--env',
      hint: `add --env ${project.environments.join(' or --env ')}`,
    });
  }
  return project;
}

/** The folder of the generated files. */
export function generatedFolder(project: Pick<Project, 'root'>): string {
  return path.join(project.root, 'generated');
}
