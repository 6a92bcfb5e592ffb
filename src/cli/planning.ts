/** What `plan`, `apply` and `destroy` begin with: the config rendered, the accounts looked at, the difference. */
import type { Argv } from 'yargs';
import { didYouMean } from '../config/nearest';
import { AutoRestartError } from '../errors';
import type { Planned } from '../apply/apply';
import type { Finding } from '../contract/finding';
import { ALLOWABLE, type HazardCode } from '../plan/hazards';
import type { Wanted } from '../plan/wanted';
import type { RenderedDeployment } from '../render/statement';
import type { Templates } from '../render/templates';
import type { AccountFacts } from '../snowflake/inspect';
import type { CommonArgs } from './command';
import type { Project } from './project';
import { openTargets, type Target } from './targets';

export interface ConsentArgs extends CommonArgs {
  allow: string[];
  adopt: boolean;
}

export function consentOptions(parser: Argv): Argv {
  return parser
    .option('allow', {
      type: 'string',
      array: true,
      default: [],
      requiresArg: true,
      describe: `consent to what a code says: ${ALLOWABLE.join(', ')}`,
    })
    .option('adopt', {
      type: 'boolean',
      default: false,
      describe: 'take over objects of the same names that are not ours',
    });
}

/** @throws AutoRestartError REQUEST for a code that does not exist */
export function allowed(codes: readonly string[]): Set<HazardCode> {
  const all = codes.flatMap((code) => code.split(',')).map((code) => code.trim().toUpperCase());
  for (const code of all) {
    if (code === 'ADOPT') {
      throw new AutoRestartError('REQUEST', 'the consent to ADOPT is --adopt', { where: '--allow' });
    }
    if (!(ALLOWABLE as readonly string[]).includes(code)) {
      throw new AutoRestartError('REQUEST', `there is no code ${code}`, {
        where: '--allow',
        hint: didYouMean(code, ALLOWABLE),
      });
    }
  }
  return new Set(all as HazardCode[]);
}

/** An account and what is planned for it. */
export interface PlannedTarget {
  target: Target;
  planned: Planned;
  /** Looks again, and plans as before. */
  again(): Promise<Planned>;
}

export interface Planning {
  targets: PlannedTarget[];
  notes: string[];
  templates: Templates;
  /** What is generated, of the deployments asked for. */
  rendered: RenderedDeployment[];
  close(): Promise<void>;
}

export interface PlanRequest {
  connection: string | undefined;
  concurrency: number;
  allow: ReadonlySet<HazardCode>;
  adopt: boolean;
  /** Whether everything of the deployments has to go. */
  destroy?: boolean;
}

/** @throws AutoRestartError REFUSED for stale files and deployments that belong elsewhere, CONNECTION */
export async function planProject(project: Project, request: PlanRequest): Promise<Planning> {
  const { renderUpToDate } = await import('./up-to-date');
  const { defaultTemplates } = await import('../render/templates');
  const { wantedOf } = await import('../plan/wanted');
  const { inspectAccount } = await import('../snowflake/inspect');
  const rendered = await renderUpToDate(project);
  const wanted = new Map(
    project.deployments.map((deployment, at) => [deployment, wantedOf(deployment, rendered[at]!)] as const),
  );
  const templates = defaultTemplates();
  const opened = await openTargets(project, request);
  try {
    const targets: PlannedTarget[] = [];
    for (const target of opened.targets) {
      const own = target.deployments.map((deployment) => wanted.get(deployment)!);
      const findings = await checkLogsOf(target, request);
      const plan = (facts: AccountFacts): Promise<Planned> =>
        planTarget(project, target, facts, own, request, templates, findings);
      const again = async (): Promise<Planned> => plan(await inspectAccount(target.session));
      const planned = await withChains(target, await plan(target.facts), request);
      targets.push({ target, planned, again });
    }
    return { targets, notes: opened.notes, templates, rendered, close: opened.close };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

type Findings = ReadonlyMap<string, readonly Finding[]>;

/** Once a command: what is applied does not change the log. What goes away reads none. */
async function checkLogsOf({ session, deployments }: Target, { destroy }: PlanRequest): Promise<Findings> {
  if (destroy === true) return new Map();
  const { checkLogs } = await import('../contract/check');
  return checkLogs(session, deployments);
}

/** What is under way, told beside what changes; nothing is asked where nothing does. */
async function withChains(target: Target, planned: Planned, { destroy }: PlanRequest): Promise<Planned> {
  const { readChains } = await import('../account/chains');
  const { chainNotes } = await import('../plan/chain-notes');
  const { qualified } = await import('../sql-text');
  const there = new Set(planned.deployed.views.map(({ name }) => qualified(name)));
  const deployments = await Promise.all(
    planned.plan.deployments.map(async (one) => {
      const view = target.deployments.find(({ name }) => name === one.deployment)?.views.state;
      if (destroy === true || one.steps.length === 0 || view === undefined || !there.has(qualified(view)))
        return one;
      return {
        ...one,
        notes: [...one.notes, ...chainNotes(one.steps, await readChains(target.session, view))],
      };
    }),
  );
  return { ...planned, plan: { ...planned.plan, deployments } };
}

async function planTarget(
  project: Project,
  target: Target,
  facts: AccountFacts,
  wanted: readonly Wanted[],
  request: PlanRequest,
  templates: Templates,
  findings: Findings,
): Promise<Planned> {
  const { inspectDeployed } = await import('../account/inspect');
  const { makePlan } = await import('../plan/plan');
  const { claimedTasks, homesOf, scopeOf } = await import('../plan/scope');
  const deployed = await inspectDeployed(target.session, facts, scopeOf(wanted));
  const { app, env } = target.deployments[0]!;
  const destroys = request.destroy === true;
  const kept = destroys ? project.all.filter((one) => !target.deployments.includes(one)) : project.all;
  const plan = makePlan(
    {
      app,
      env,
      findings,
      wanted: destroys ? wanted.map((one) => ({ ...one, statements: [] })) : wanted,
      deployed,
      options: {
        known: homesOf(project.all),
        claimed: claimedTasks(kept),
        // The embedded account is this project's own.
        certain: target.isLocal,
        removed: !destroys && project.deployments.length === project.all.length,
        allow: request.allow,
        adopt: request.adopt,
        local: target.isLocal,
      },
    },
    templates,
  );
  return { plan, deployed };
}
