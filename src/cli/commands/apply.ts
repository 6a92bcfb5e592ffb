/** `apply`: makes an account what the config says, by the statements that were reviewed. */
import type { Argv } from 'yargs';
import type { Plan } from '../../plan/step';
import { allowed, consentOptions, type ConsentArgs, type Planning } from '../planning';
import { EXIT } from '../output/exit-codes';
import { colors, note, print, printJson } from '../output/terminal';

export const command = 'apply';
export const describe = 'make an account what the config says';

interface Args extends ConsentArgs {
  yes: boolean;
  plan?: string;
  'take-over'?: string;
  wait: number;
  concurrency: number;
}

export function builder(parser: Argv): Argv {
  return consentOptions(parser)
    .option('yes', { type: 'boolean', default: false, describe: 'do not ask; --connection local never does' })
    .option('plan', {
      type: 'string',
      requiresArg: true,
      describe: 'exactly this plan, made with plan --out',
    })
    .option('take-over', {
      type: 'string',
      requiresArg: true,
      describe: 'go on after the dead apply with this id',
    })
    .option('wait', {
      type: 'number',
      default: 0,
      requiresArg: true,
      describe: 'minutes to wait for another apply to end, before planning',
    })
    .option('concurrency', {
      type: 'number',
      default: 16,
      requiresArg: true,
      describe: 'schemas of one account that are applied to at once',
    });
}

export async function handler(args: Args): Promise<number> {
  const consent = { allow: allowed(args.allow), adopt: args.adopt };
  const concurrency = await checkedConcurrency(args.concurrency);
  await checkWait(args.wait);
  const { refuseWithoutTerminal, refuseWithoutConsent, askConsent, execute } = await import('../applying');
  const { loadOneEnvironment } = await import('../project');
  const { planProject } = await import('../planning');
  const { isEmpty } = await import('../../plan/plan');
  refuseWithoutTerminal(args.yes, args.connection);
  const file = args.plan === undefined ? null : (await import('../plan-file')).readPlanFile(args.plan);
  const project = await loadOneEnvironment(args);
  const asPlanned = file === null ? consent : { allow: new Set(file.allow), adopt: file.adopt };
  const planning = await planProject(project, { connection: args.connection, concurrency, ...asPlanned });
  try {
    planning.notes.forEach(note);
    if (args.wait > 0) await (await import('../lock-waiting')).waitForLocks(planning.targets, args.wait);
    if (file !== null) await refuseOtherPlan(planning, file.plans);
    const { targets } = planning;
    await refuseWithoutConsent(planning, consent);
    if (args['take-over'] === undefined && targets.every(({ planned }) => isEmpty(planned.plan))) {
      await showNothing(planning, args);
      return EXIT.ok;
    }
    const asks = args.connection !== 'local' && !args.yes;
    if (!args.json) await (args.connection === 'local' ? showFindings(planning) : showIntention(planning));
    if (asks && !(await askConsent('Apply this?'))) {
      note('nothing was applied');
      return EXIT.failed;
    }
    return await execute(planning, {
      takeOver: args['take-over'] ?? null,
      json: args.json,
      rendered: planning.rendered,
    });
  } finally {
    await planning.close();
  }
}

async function checkedConcurrency(concurrency: number): Promise<number> {
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 64) return concurrency;
  const { AutoRestartError } = await import('../../errors');
  throw new AutoRestartError('REQUEST', 'it is no number of schemas', {
    where: '--concurrency',
    hint: 'a whole number from 1 to 64',
  });
}

const LONGEST_WAIT = 24 * 60;

async function checkWait(minutes: number): Promise<void> {
  if (minutes >= 0 && minutes <= LONGEST_WAIT) return;
  const { AutoRestartError } = await import('../../errors');
  throw new AutoRestartError('REQUEST', 'it is no number of minutes', {
    where: '--wait',
    hint: `from 0 to ${LONGEST_WAIT}`,
  });
}

/** @throws AutoRestartError REFUSED when the account, or the config, has moved since the plan was made */
async function refuseOtherPlan({ targets }: Planning, plans: readonly Plan[]): Promise<void> {
  const { essence } = await import('../../plan/plan');
  const wanted = plans.map(essence).sort();
  const now = targets.map(({ planned }) => essence(planned.plan)).sort();
  if (JSON.stringify(wanted) === JSON.stringify(now)) return;
  const { AutoRestartError } = await import('../../errors');
  throw new AutoRestartError(
    'REFUSED',
    'the account or the config has changed since the plan was made: nothing was applied',
    {
      where: '--plan',
      hint: 'plan again, and have the difference reviewed',
    },
  );
}

async function showNothing({ targets }: Planning, { json }: Args): Promise<void> {
  if (json) {
    const { notVerified } = await import('../../apply/verify');
    printJson(
      targets.map(({ target, planned }) => ({
        target: target.name,
        ok: true,
        deployments: notVerified(planned),
        durationMs: 0,
      })),
    );
    return;
  }
  const { planText } = await import('../output/plan-text');
  print(
    targets.map(({ target, planned }) => planText(planned.plan, target.name, colors('stdout'))).join('\n\n'),
  );
}

/** The local account shows what was done, and asks nothing; what is doubtful is said all the same, before it. */
async function showFindings({ targets }: Planning): Promise<void> {
  const { findingLines } = await import('../output/plan-text');
  const findings = targets.flatMap(({ planned }) => planned.plan.deployments.flatMap((one) => one.findings));
  for (const finding of findings) findingLines(finding, colors('stderr')).forEach(note);
}

async function showIntention({ targets }: Planning): Promise<void> {
  const { planText } = await import('../output/plan-text');
  for (const { target, planned } of targets)
    note(`${planText(planned.plan, target.name, colors('stderr'))}\n`);
}
