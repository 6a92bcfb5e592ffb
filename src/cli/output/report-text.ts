/** The report in a few lines. */
import type { ReportTarget } from '../../report/page/page';
import { lasted, when } from '../../report/page/blocks';
import type { DeploymentReport } from '../../report/report';
import { counted } from '../../rehearse/summary';

export function reportText(targets: readonly ReportTarget[]): string {
  return targets
    .flatMap(({ target, reports }) => reports.map((report) => deploymentText(target, report)))
    .join('\n\n');
}

function deploymentText(target: string, report: DeploymentReport): string {
  const { deployment, from, to, counts, savings, outages, models, notes } = report;
  const head = `${deployment} in ${target}, ${when(from)} to ${when(to)} UTC`;
  if (report.steps.length === 0) return [head, '  no run', ...notes.map((text) => `  ${text}`)].join('\n');
  const { netSeconds, healedChains } = savings;
  const open = outages.filter(({ to: end }) => end === null);
  const [worst] = models;
  return [
    head,
    `  ${[counted(counts.runs, 'run'), counted(counts.fullBuilds, 'full build'), counted(counts.retries, 'retry'), counted(counts.failures, 'failure'), counted(counts.looks, 'look')].join(', ')}`,
    `  ${counted(healedChains, 'chain')} healed by retries; ${netSeconds < 0 ? '-' : ''}${lasted(Math.abs(netSeconds))} saved against full builds, looking taken off`,
    ...open.map(
      ({ job, from: since, seconds }) => `  broken now: ${job} since ${when(since)}, ${lasted(seconds)}`,
    ),
    ...(worst === undefined ? [] : [`  fails most: ${worst.name}, ${worst.failures}\u00d7`]),
    ...notes.map((text) => `  ${text}`),
  ].join('\n');
}
