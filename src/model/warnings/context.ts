/** What the rules for warnings look at. */
import type { DeploymentConfig } from '../../config/types';
import type { Deployment } from '../deployment';
import type { JobSource } from '../jobs';
import type { TaskSource } from '../tasks';

export interface WarningContext {
  deployment: Omit<Deployment, 'warnings'>;
  config: DeploymentConfig;
  /** In the order of `deployment.jobs`. */
  sources: readonly JobSource[];
  tasks: readonly TaskSource[];
}
