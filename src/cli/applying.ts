/** What `apply` and `destroy` share: consent, execution with signals and progress, the report. */
import { randomUUID } from 'node:crypto';
import { AutoRestartError } from '../errors';
import type { ApplyReport } from '../apply/report';
import type { HazardCode } from '../plan/hazards';
import type { RenderedDeployment } from '../render/statement';
import { EXIT } from './output/exit-codes';
import { colors, note, print, printJson } from './output/terminal';
import type { PlannedTarget, Planning } from './planning';
import { whoApplies } from './targets';

export interface Consent {
  allow: ReadonlySet<HazardCode>;
  adopt: boolean;
}

/** @throws AutoRestartError REFUSED naming all that wants consent, and how it is given */
export async function refuseWithoutConsent({ targets }: Planning, consent: Consent): Promise<void> {
  const { objections } = await import('../plan/consent');
  const found = targets.flatMap(({ planned }) => objections(planned.plan, consent));
  if (found.length === 0) return;
  const lines = found.map(({ deployment, code, message }) => `  ${deployment}: ${code} ${message}`);
  const flags = [...new Set(found.flatMap(({ consent: flag }) => flag ?? []))];
  const impossible = found.some(({ consent: flag }) => flag === null);
  throw new AutoRestartError('REFUSED', `nothing was applied:\n${lines.join('\n')}`, {
    hint: impossible
      ? 'what belongs to another role, or is not in the log as the config says, has to be mended first (docs/plan.md, docs/contract.md)'
      : `if this is meant: ${flags.join(' ')}`,
  });
}

/** @throws AutoRestartError REQUEST where nobody can be asked */
export function refuseWithoutTerminal(yes: boolean, connection: string | undefined): void {
  if (connection === 'local' || yes || (process.stdin.isTTY && process.stderr.isTTY)) return;
  throw new AutoRestartError('REQUEST', 'nobody can be asked: this is no terminal', {
    hint: 'add --yes to apply without being asked',
  });
}

export async function askConsent(question: string): Promise<boolean> {
  const { startAsking } = await import('./output/ask');
  const asking = startAsking();
  try {
    return /^y(es)?$/i.test(((await asking.ask(`${question} [y/N] `)) ?? '').trim());
  } finally {
    asking.close();
  }
}

export interface Execution {
  takeOver: string | null;
  json: boolean;
  rendered: readonly RenderedDeployment[];
}

/** One account after the other; stops at the first that fails. @returns the exit code */
export async function execute(planning: Planning, { takeOver, json, rendered }: Execution): Promise<number> {
  const { apply } = await import('../apply/apply');
  const { applyReportText } = await import('./output/apply-report');
  const id = randomUUID().slice(0, 8);
  refuseUnknownHolder(planning, takeOver);
  const signals = listen();
  const reports: ({ target: string } & ApplyReport)[] = [];
  try {
    for (const one of planning.targets) {
      if (signals.stopped()) break;
      const { target, planned, again } = one;
      const report = await apply({
        planned,
        again,
        sessions: target.sessions,
        id,
        who: whoApplies(target),
        takeOver: holds(one, takeOver) ? takeOver : null,
        templates: planning.templates,
        onStep: progress(json),
        stopped: signals.stopped,
      });
      reports.push({ target: target.name, ...report });
      if (!json) print(applyReportText(report, rendered, sqlOf(one), colors('stdout')));
      if (!report.ok) break;
    }
  } finally {
    signals.end();
  }
  if (json) printJson(reports);
  const ok = reports.length === planning.targets.length && reports.every((report) => report.ok);
  if (ok) return EXIT.ok;
  return reports.some(brokeOff) ? EXIT.connection : EXIT.failed;
}

/** The session was the matter, not a statement. */
function brokeOff({ deployments }: ApplyReport): boolean {
  const steps = deployments.flatMap((deployment) => deployment.steps);
  return steps.some((step) => step.status === 'failed' && step.error.isOfConnection);
}

function holds({ planned }: PlannedTarget, id: string | null): boolean {
  return planned.deployed.locks.some(({ note: held }) => held?.id === id);
}

/** @throws AutoRestartError REFUSED where nobody with that id holds a lock in any account */
function refuseUnknownHolder({ targets }: Planning, id: string | null): void {
  if (id === null || targets.some((one) => holds(one, id))) return;
  throw new AutoRestartError('REFUSED', `no apply with the id ${id} holds a lock`, {
    where: '--take-over',
    hint: 'plan says who holds one, and its id; without one there is nothing to take over',
  });
}

function sqlOf({ planned }: PlannedTarget) {
  return (deployment: { deployment: string; schema: string }, step: { id: string }): string =>
    planned.plan.deployments
      .find((one) => one.deployment === deployment.deployment && one.schema === deployment.schema)
      ?.steps.find(({ id }) => id === step.id)?.sql ?? '';
}

const PROGRESS_EVERY_MS = 5000;

/** Each step on a terminal, a line every few seconds elsewhere. */
function progress(
  json: boolean,
): (step: { do: string; object: string }, deployment: string, index: number, total: number) => void {
  let last = 0;
  return (step, deployment, index, total) => {
    const now = Date.now();
    if (json || (!process.stderr.isTTY && now - last < PROGRESS_EVERY_MS)) return;
    last = now;
    note(`[${index}/${total}] ${deployment}: ${step.do} ${step.object}`);
  };
}

/** The first signal waits for the statement on its way; the second ends the process as it always does. */
function listen(): { stopped: () => boolean; end: () => void } {
  let stopped = false;
  const stop = (signal: NodeJS.Signals): void => {
    stopped = true;
    end();
    note(`${signal}: waiting for the statement that is on its way; no other is sent`);
  };
  const end = (): void => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { stopped: () => stopped, end };
}
