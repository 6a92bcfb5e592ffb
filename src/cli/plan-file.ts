/** A plan on disk: what a reviewer saw, for `apply --plan`. */
import * as fs from 'node:fs';
import { AutoRestartError } from '../errors';
import type { HazardCode } from '../plan/hazards';
import type { Plan } from '../plan/step';

export interface PlanFile {
  format: 1;
  /** What was consented to when it was made: the plan depends on it. */
  allow: HazardCode[];
  adopt: boolean;
  /** One for each account. */
  plans: Plan[];
}

/** @throws AutoRestartError FAILED naming the file */
export function writePlanFile(file: string, plan: PlanFile): void {
  try {
    fs.writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
  } catch (error) {
    throw new AutoRestartError('FAILED', `the plan cannot be written: ${(error as Error).message}`, {
      where: file,
      cause: error,
    });
  }
}

/** @throws AutoRestartError REQUEST for a file that is not there, or is no plan */
export function readPlanFile(file: string): PlanFile {
  let value: Partial<PlanFile> | null;
  try {
    value = JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<PlanFile> | null;
  } catch (error) {
    throw new AutoRestartError('REQUEST', `the plan cannot be read: ${(error as Error).message}`, {
      where: file,
      cause: error,
    });
  }
  const isPlan =
    value?.format === 1 &&
    Array.isArray(value.plans) &&
    Array.isArray(value.allow) &&
    typeof value.adopt === 'boolean';
  if (isPlan && value!.plans!.every((plan) => plan?.format === 1 && Array.isArray(plan.deployments)))
    return value as PlanFile;
  throw new AutoRestartError('REQUEST', 'this is no plan that this version can apply', {
    where: file,
    hint: 'make it with plan --out FILE, of the same version',
  });
}
