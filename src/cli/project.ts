/** What most commands start with: the config, found, loaded and resolved. */
import * as path from 'node:path';
import { loadConfig } from '../config/load';
import { didYouMean } from '../config/nearest';
import { AutoRestartError } from '../errors';
import type { Deployment } from '../model/deployment';
import { resolveDeployments } from '../model/resolve';
import type { CommonArgs } from './command';

export interface Project {
  /** Absolute path of the config file. */
  file: string;
  /** The folder that `generated/` is in. */
  root: string;
  /** Those that `--deployment` asks for. */
  deployments: Deployment[];
  /** Names of all deployments of the config. */
  names: string[];
}

/** @throws ConfigProblems, AutoRestartError REQUEST for an unknown deployment */
export async function loadProject(args: Pick<CommonArgs, 'config' | 'env' | 'deployment'>): Promise<Project> {
  const { file, config } = await loadConfig({
    cwd: process.cwd(),
    ...(args.config === undefined ? {} : { config: args.config }),
    ...(args.env === undefined ? {} : { env: args.env }),
  });
  const all = resolveDeployments(config);
  const names = all.map(({ name }) => name);
  const deployments =
    args.deployment === undefined ? all : all.filter(({ name }) => name === args.deployment);
  if (args.deployment !== undefined && deployments.length === 0) {
    throw new AutoRestartError('REQUEST', `there is no deployment ${args.deployment}`, {
      where: '--deployment',
      hint: didYouMean(args.deployment, names),
    });
  }
  return { file, root: path.dirname(file), deployments, names };
}

/** The folder of the generated files. */
export function generatedFolder(project: Pick<Project, 'root'>): string {
  return path.join(project.root, 'generated');
}
