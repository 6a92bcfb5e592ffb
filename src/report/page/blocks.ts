/** What stands below the picture: what is broken, how chains went, which models fail, what was saved. */
import { barRow } from '../../rehearse/page/bar-rows';
import { escaped } from '../../rehearse/page/escape';
import { dayText, durationText, timeText } from '../../rehearse/page/scale';
import { counted } from '../../rehearse/summary';
import type { Chain } from '../chains';
import type { FailingModel } from '../models';
import type { Outage } from '../outages';
import type { DeploymentReport } from '../report';
import type { Savings } from '../savings';

const MOST_ROWS = 10;

export function blocksOf(report: DeploymentReport): string {
  return `<div class="blocks">${[
    block('Longest without being healed', outagesList(report.outages)),
    block('Attempts per chain', attemptsList(report.chains)),
    block('Models that fail most', modelsList(report)),
    block('Time saved', savingsList(report.savings)),
  ].join('')}</div>`;
}

function block(title: string, markup: string): string {
  return `<div class="block"><h3>${escaped(title)}</h3>${markup}</div>`;
}

export function lasted(seconds: number): string {
  return durationText(Math.round(seconds) * 1000);
}

export function when(time: string): string {
  const at = Date.parse(time);
  return `${dayText(at)} ${timeText(at)}`;
}

function outagesList(outages: readonly Outage[]): string {
  if (outages.length === 0) return '<p class="none">No full build of a job failed.</p>';
  const items = outages.slice(0, MOST_ROWS).map(({ job, from, to, seconds, tries, models }) => {
    const open = to === null ? ' <span class="state bad">\u2715 still broken</span>' : '';
    const names = models.length === 0 ? '' : `<span class="names">${escaped(namesText(models))}</span>`;
    return `<li><b>${escaped(lasted(seconds))}</b> <span class="task">${escaped(job)}</span>${open}<br/><span class="until">${escaped(
      `${when(from)} to ${to === null ? 'now' : when(to)}, ${counted(tries, 'run')} in it`,
    )}</span>${names}</li>`;
  });
  return `<ol class="plain">${items.join('')}</ol>${more(outages.length, 'outage')}`;
}

function namesText(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
}

function more(count: number, what: string): string {
  return count > MOST_ROWS
    ? `<p class="more">and ${escaped(counted(count - MOST_ROWS, what))} more; --json has them</p>`
    : '';
}

const ENDS = [
  ['healed', 'healed', 'retry'],
  ['given-up', 'given up: the next full build came first', 'failed'],
  ['open', 'still open', 'skipped'],
] as const;

function attemptsList(chains: readonly Chain[]): string {
  if (chains.length === 0) return '<p class="none">There was no chain: nothing had to be retried.</p>';
  const most = Math.max(...chains.map(({ attempts }) => attempts));
  const rows = Array.from({ length: most + 1 }, (_, attempts) => ({
    attempts,
    own: chains.filter((chain) => chain.attempts === attempts),
  })).filter(({ own }) => own.length > 0);
  const widest = Math.max(...rows.map(({ own }) => own.length));
  const items = rows.map(({ attempts, own }) => {
    const parts = ENDS.map(([ended, text, look]) => ({
      text,
      look,
      count: own.filter((chain) => chain.ended === ended).length,
    }));
    const shown = parts.filter(({ count }) => count > 0);
    return barRow(
      attempts === 0 ? 'no retry' : counted(attempts, 'retry'),
      shown.map(({ look, count }) => ({ look, share: count / widest })),
      shown.map(({ text, count }) => `${count} ${text.split(':')[0]}`).join(', '),
    );
  });
  return `<ul class="bars">${items.join('')}</ul>`;
}

function modelsList({ models, unnamedFailures, counts }: DeploymentReport): string {
  const unnamed =
    unnamedFailures > 0
      ? `<p class="more">${escaped(counted(unnamedFailures, 'failed run'))} of which the log names no model</p>`
      : '';
  if (models.length === 0)
    return counts.failures === 0
      ? '<p class="none">None failed.</p>'
      : `<p class="none">The log names no failed model.</p>${unnamed}`;
  const [first] = models;
  const items = models
    .slice(0, MOST_ROWS)
    .map(({ name, failures, lastFailedAt }: FailingModel) =>
      barRow(
        name,
        [{ look: 'failed', share: failures / first!.failures }],
        `${failures}\u00d7, last ${when(lastFailedAt)}`,
      ),
    );
  return `<ul class="bars">${items.join('')}</ul>${more(models.length, 'model')}${unnamed}`;
}

/** What is taken off. */
function taken(seconds: number): string {
  return seconds < 1 ? '0 s' : `\u2212${lasted(seconds)}`;
}

function savingsList(savings: Savings): string {
  const { healedChains, fullBuildSeconds, retrySeconds, lookSeconds, netSeconds } = savings;
  const { notMeasured, withoutEnd, fullBuilds } = savings;
  const sign = netSeconds < 0 ? '\u2212' : '';
  const row = (text: string, amount: string, look = ''): string =>
    `<li${look === '' ? '' : ` class="${look}"`}><span>${escaped(text)}</span><b>${escaped(amount)}</b></li>`;
  const measures = fullBuilds.map(
    ({ job, seconds, runs }) => `${job}: ${lasted(seconds)} (median of ${counted(runs, 'full build')})`,
  );
  return `<ul class="sum">
${row(`${counted(healedChains, 'full build')} that retries made unnecessary`, lasted(fullBuildSeconds))}
${row('less all retries, failed ones too', taken(retrySeconds))}
${row('less the warehouse awake for looking, as far back as is seen', lookSeconds === null ? 'not seen' : taken(lookSeconds))}
${row('saved', `${sign}${lasted(Math.abs(netSeconds))}`, 'total')}
</ul>
<p class="more">${escaped(
    [
      'Measured, from the log: a chain that retries healed is worth one full build of its job, as long as the median of those that succeeded in these days.',
      measures.length === 0
        ? 'No full build succeeded, so nothing can be measured.'
        : `${measures.join('; ')}.`,
      ...(notMeasured > 0
        ? [`${counted(notMeasured, 'healed chain')} of jobs without such a build left out.`]
        : []),
      ...(withoutEnd > 0
        ? [`${counted(withoutEnd, 'run')} without an end in the log: no time of theirs is counted.`]
        : []),
      'A look that finds nothing running is billed for a minute at least; Snowflake keeps the history of tasks for seven days.',
    ].join(' '),
  )}</p>`;
}
