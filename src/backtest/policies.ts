/**
 * The policies that are compared: the deployment as it is, some that everybody asks about, and those of a file. Pure.
 */
import { ConfigProblems } from '../config/problems';
import type { DeploymentConfig, RetryPolicyConfig, TaskConfig } from '../config/types';
import { didYouMean } from '../config/nearest';
import { AutoRestartError } from '../errors';
import type { Deployment, TaskGraph } from '../model/deployment';
import { resolveDeployments } from '../model/resolve';

export interface Policy {
  name: string;
  deployment: Deployment;
}

/** What a policy file exports by name: what differs from the config. */
export interface PolicyChange {
  /** By the name of the job, or of the task of a shorthand job. */
  retry?: Record<string, RetryPolicyConfig>;
  /** By name; `null`: without that task. */
  tasks?: Record<string, TaskConfig | null>;
}

const AS_CONFIGURED = 'as configured';
const NO_RETRIES = 'no retries';
const FINALIZER = 'finalizer';
const COMMON: readonly string[] = [AS_CONFIGURED, NO_RETRIES, FINALIZER];

/** The same with nothing but full builds, and with a finalizer behind each. */
export function commonPolicies(deployment: Deployment): Policy[] {
  return [
    { name: AS_CONFIGURED, deployment },
    { name: NO_RETRIES, deployment: { ...deployment, graphs: deployment.graphs.flatMap(onlyBuilds) } },
    { name: FINALIZER, deployment: { ...deployment, graphs: deployment.graphs.flatMap(healedAtOnce) } },
  ];
}

function onlyBuilds(graph: TaskGraph): TaskGraph[] {
  const children = graph.children.map(buildsOnly).filter(({ action }) => !isHealing(action));
  return isHealing(graph.root.action) ? [] : [{ root: buildsOnly(graph.root), children }];
}

type Task = TaskGraph['root'];

function isHealing(action: Task['action']): boolean {
  return action.kind === 'call' && (action.mode === 'RETRY_ONLY' || action.mode === 'PLAN');
}

function buildsOnly(task: Task): Task {
  const { action } = task;
  return action.kind === 'call' && action.mode === 'AUTO'
    ? { ...task, action: { ...action, mode: 'FULL_BUILD' } }
    : task;
}

/** Each graph that builds a job ends with a retry of it; nothing else heals. */
function healedAtOnce(graph: TaskGraph): TaskGraph[] {
  return onlyBuilds(graph).map(({ root, children }) => {
    const builder = [root, ...children].find(({ action }) => action.kind === 'call');
    if (builder?.action.kind !== 'call') return { root, children };
    const finalizer: Task = {
      ...builder,
      name: { ...root.name, name: `${root.name.name} finalizer` },
      action: { ...builder.action, mode: 'RETRY_ONLY' },
      schedule: null,
      after: [],
      finalizes: root.name,
    };
    return { root, children: [...children.filter(({ finalizes }) => finalizes === null), finalizer] };
  });
}

/**
 * @param config the deployment as the config has it
 * @param value what the policy file exports
 * @throws ConfigProblems for a policy that is none, AutoRestartError REQUEST for a file that holds none
 */
export function policiesOf(name: string, config: DeploymentConfig, value: unknown, file: string): Policy[] {
  const hint = "export default { 'five attempts': { retry: { daily: { maxAttempts: 5 } } } }";
  if (!isObject(value) || Object.keys(value).length === 0)
    throw new AutoRestartError('REQUEST', 'the policy file exports no policies by name', {
      where: file,
      hint,
    });
  return Object.entries(value as Record<string, unknown>).map(([policy, change]) => {
    if (COMMON.includes(policy))
      throw new AutoRestartError('REQUEST', `${policy} is the name of a policy that is compared anyway`, {
        where: file,
      });
    if (!isObject(change))
      throw new AutoRestartError('REQUEST', `the policy ${policy} is no object`, { where: file, hint });
    return { name: policy, deployment: changed(name, config, change, `${file}: ${policy}`) };
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function changed(name: string, config: DeploymentConfig, change: PolicyChange, where: string): Deployment {
  refuseOthers(change, where);
  const jobs = { ...config.jobs };
  const tasks: Record<string, TaskConfig> = { ...config.tasks };
  for (const [job, retry] of Object.entries(change.retry ?? {})) {
    const [ofJob, ofTask] = [jobs[job], tasks[job]];
    if (ofJob !== undefined) jobs[job] = { ...ofJob, retry: overlaid(ofJob.retry, retry) };
    else if (ofTask?.project !== undefined) tasks[job] = { ...ofTask, retry: overlaid(ofTask.retry, retry) };
    else {
      const known = [...Object.keys(jobs), ...Object.keys(tasks).filter((key) => tasks[key]?.project)];
      throw new AutoRestartError('REQUEST', `there is no job ${job}`, {
        where,
        hint: didYouMean(job, known),
      });
    }
  }
  for (const [task, given] of Object.entries(change.tasks ?? {})) {
    if (given !== null) tasks[task] = given;
    else if (tasks[task] !== undefined) delete tasks[task];
    else
      throw new AutoRestartError('REQUEST', `there is no task ${task}`, {
        where,
        hint: didYouMean(task, Object.keys(tasks)),
      });
  }
  const whole = { ...config, ...(config.jobs === undefined ? {} : { jobs }), tasks };
  try {
    const [deployment] = resolveDeployments({ deployments: { [name]: whole } });
    return deployment!;
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error;
    const [first] = error.problems;
    throw new AutoRestartError('REQUEST', `${first?.where}: ${first?.message}`, {
      where,
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
      cause: error,
    });
  }
}

/** What is no object stays as it is written: the config's own checks refuse it by name. */
function overlaid(
  configured: RetryPolicyConfig | undefined,
  changes: RetryPolicyConfig,
): RetryPolicyConfig | undefined {
  return isObject(changes) ? { ...configured, ...changes } : changes;
}

function refuseOthers(change: object, where: string): void {
  const hint = 'it has retry (by job) and tasks (by name, null to leave one out)';
  for (const [key, value] of Object.entries(change)) {
    if (key !== 'retry' && key !== 'tasks')
      throw new AutoRestartError('REQUEST', `a policy has no ${key}`, { where, hint });
    if (!isObject(value))
      throw new AutoRestartError('REQUEST', `${key} of a policy is no object`, { where, hint });
  }
}
