/** `apply`: sends what is generated, and was reviewed, to an account. */
import type { Argv } from 'yargs';
import type { ApplyReport } from '../../apply/report';
import type { RenderedDeployment } from '../../render/statement';
import type { Target } from '../apply-targets';
import type { CommonArgs } from '../command';
import { EXIT } from '../output/exit-codes';
import { colors, note, print, printJson } from '../output/terminal';

export const command = 'apply';
export const describe = 'send what is generated to an account';

interface Args extends CommonArgs {
  yes: boolean;
}

export function builder(parser: Argv): Argv {
  return parser.option('yes', {
    type: 'boolean',
    default: false,
    describe: 'do not ask; --connection local never does',
  });
}

export async function handler(args: Args): Promise<number> {
  const { AutoRestartError } = await import('../../errors');
  const needsConsent = args.connection !== 'local' && !args.yes;
  if (needsConsent && !(process.stdin.isTTY && process.stderr.isTTY)) {
    throw new AutoRestartError('REQUEST', 'nobody can be asked: this is no terminal', {
      hint: 'add --yes to apply without being asked',
    });
  }
  const { loadOneEnvironment } = await import('../project');
  const { renderUpToDate } = await import('../up-to-date');
  const { openTargets } = await import('../apply-targets');
  const project = await loadOneEnvironment(args);
  const rendered = await renderUpToDate(project);
  const { targets, notes, close } = await openTargets(project, args.connection);
  try {
    notes.forEach(note);
    const steps = targets.map((target, index) => ({ target, rendered: rendered[index]! }));
    if (args.connection !== 'local') await showIntention(steps);
    if (needsConsent && !(await askConsent())) {
      note('nothing was applied');
      return EXIT.failed;
    }
    return await applyAll(steps, args.json);
  } finally {
    await close();
  }
}

interface Step {
  target: Target;
  rendered: RenderedDeployment;
}

async function showIntention(steps: readonly Step[]): Promise<void> {
  const { intentionText } = await import('../output/apply-report');
  for (const { target, rendered } of steps) note(`${intentionText(rendered, target.name)}\n`);
}

async function askConsent(): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question('Apply this? [y/N] ')).trim());
  } finally {
    asking.close();
  }
}

/** Stops at the first deployment that fails. */
async function applyAll(steps: readonly Step[], json: boolean): Promise<number> {
  const { applyStatements } = await import('../../apply/apply');
  const { applyReportText } = await import('../output/apply-report');
  const reports: ({ deployment: string; account: string } & ApplyReport)[] = [];
  for (const { target, rendered } of steps) {
    const report = await applyStatements(target.session, rendered.statements, progress);
    reports.push({ deployment: rendered.deployment, account: target.name, ...report });
    if (!json)
      print(
        `${rendered.deployment} -> ${target.name}\n${applyReportText(report, rendered, colors('stdout'))}\n`,
      );
    if (!report.ok) break;
  }
  if (json) printJson(reports);
  return reports.every(({ ok }) => ok) && reports.length === steps.length ? EXIT.ok : EXIT.failed;
}

function progress({ object }: { object: string }, index: number, total: number): void {
  if (process.stderr.isTTY) note(`[${index + 1}/${total}] ${object}`);
}
