/** Plays one rehearsal on the shipped deployments. */
import { join } from 'node:path';
import config from '../../auto-restart.config';
import { o2cDag } from '../../rehearsals/dags/o2c';
import { resolveDeployments } from '../../src/model/resolve';
import { rehearseAll, type RehearseAllOptions } from '../../src/rehearse/all';
import type { Rehearsal, Rehearsed } from '../../src/rehearse/rehearsal';

export const root = join(__dirname, '..', '..');
export const deployments = resolveDeployments(config);

export async function play(
  rehearsal: unknown,
  options: RehearseAllOptions & { deployments?: typeof deployments } = {},
): Promise<Rehearsed> {
  const wanted = [{ name: 'test', file: 'test.ts', rehearsal }];
  const project = { root, deployments: options.deployments ?? deployments };
  for await (const result of rehearseAll(wanted, project, options)) return result;
  throw new Error('nothing was played');
}

export const CALL = "CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced')";

export const morning: Rehearsal = {
  title: 'one morning',
  deployment: 'o2c',
  projects: [o2cDag],
  start: '2026-01-05T05:00:00Z',
  end: '2026-01-05T08:00:00Z',
  tasks: ['O2C_DAILY_BUILD'],
};
