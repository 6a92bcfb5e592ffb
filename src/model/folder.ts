/** A deployment's folder below `generated/`: `o2c`, or `prod/o2c` where environments are declared. */
import type { Deployment } from './deployment';

export function deploymentFolder({ env, name }: Pick<Deployment, 'env' | 'name'>): string {
  return env === null ? name : `${env}/${name}`;
}
