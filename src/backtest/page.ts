/** The back-test as one HTML file that needs nothing else, in the look of the rehearsals' page. Pure. */
import { counted } from '../rehearse/summary';
import { barRow } from '../rehearse/page/bar-rows';
import { documentOf } from '../rehearse/page/document';
import { element, escaped } from '../rehearse/page/escape';
import type { BacktestReport, PolicyResult } from './backtest';
import { COLUMNS, figuresOf, jobsOf, rowsOf } from './table';

export function backtestPage(report: BacktestReport): string {
  const { deployment, since, until, runs, policies } = report;
  const stretch = `${since.slice(0, 10)} to ${until.slice(0, 10)}, ${counted(runs, 'run')}. Times are UTC.`;
  const jobs = jobsOf(policies);
  return documentOf({
    title: `Back-test of ${deployment}`,
    lead: stretch,
    first: 'job',
    navigationMarkup: '',
    legendMarkup: '',
    sectionsMarkup: [
      ...jobs.map((job) => section(job, policies, job)),
      ...(jobs.length > 1 ? [section('all jobs', policies, null)] : []),
      notKnown(report.notKnown),
    ].join('\n'),
    footer:
      'The policies were asked on the local Snowflake by the generated SQL, at each time at which a task would have called.',
  });
}

function section(title: string, policies: readonly PolicyResult[], job: string | null): string {
  const head = COLUMNS.map(({ title: text }) => element('th', { scope: 'col' }, escaped(text)));
  const rows = rowsOf(policies, job).map(
    ([policy = '', ...cells]) =>
      `<tr>${element('th', { scope: 'row' }, escaped(policy))}${cells.map((cell, at) => element('td', { 'data-label': COLUMNS[at + 1]?.title }, escaped(cell))).join('')}</tr>`,
  );
  return `<section><h2>${escaped(title)}</h2>
<div class="block">${bars(policies, job)}</div>
<div class="wide"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

/** Hours broken, policy beside policy: what a reader compares first. */
function bars(policies: readonly PolicyResult[], job: string | null): string {
  const hours = policies.flatMap((result) => {
    const figures = figuresOf(result, job);
    return figures === undefined ? [] : [{ policy: result.policy, value: figures.hoursBroken }];
  });
  const most = Math.max(...hours.map(({ value }) => value), 1e-9);
  const rows = hours.map(({ policy, value }) =>
    barRow(policy, [{ look: 'full', share: value / most }], `${value.toFixed(1)} h broken`),
  );
  return `<ul class="bars">${rows.join('')}</ul>`;
}

function notKnown(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  return `<section><h2>What the log cannot tell</h2><ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul></section>`;
}
