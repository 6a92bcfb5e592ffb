/** The back-test as one HTML file that needs nothing else, in the look of the rehearsals' page. Pure. */
import { element, escaped } from '../rehearse/page/escape';
import { STYLE } from '../rehearse/page/style';
import type { BacktestReport, PolicyResult } from './backtest';
import { COLUMNS, rowsOf } from './table';

export function backtestPage(report: BacktestReport): string {
  const { deployment, since, until, runs, policies } = report;
  const stretch = `${since.slice(0, 10)} to ${until.slice(0, 10)}, ${runs.toLocaleString('en-US')} runs. Times are UTC.`;
  const jobs = policies[0]?.jobs.map(({ job }) => job) ?? [];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
<title>${escaped(`Back-test of ${deployment}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="top"><h1>${escaped(`Back-test of ${deployment}`)}</h1><p class="lead">${escaped(stretch)}</p></header>
<main>
${[...jobs.map((job) => section(job, policies, job)), ...(jobs.length > 1 ? [section('all jobs', policies, null)] : [])].join('\n')}
${notKnown(report.notKnown)}
</main>
<footer>The policies were asked on the local Snowflake by the generated SQL, at each time at which a task would have called.</footer>
</body>
</html>
`;
}

function section(title: string, policies: readonly PolicyResult[], job: string | null): string {
  const head = COLUMNS.map(({ title: text }) => element('th', { scope: 'col' }, escaped(text)));
  const rows = rowsOf(policies, job).map(
    ([policy = '', ...cells]) =>
      `<tr>${element('th', { scope: 'row' }, escaped(policy))}${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`,
  );
  return `<section><h2>${escaped(title)}</h2>
${bars(policies, job)}
<div class="scroll" tabindex="0" role="region" aria-label="${escaped(title)}"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div></section>`;
}

/** Hours broken, policy beside policy: what a reader compares first. */
function bars(policies: readonly PolicyResult[], job: string | null): string {
  const hours = policies.map(({ policy, jobs, total }) => ({
    policy,
    value: (jobs.find((one) => one.job === job)?.figures ?? total).hoursBroken,
  }));
  const most = Math.max(...hours.map(({ value }) => value), 1e-9);
  const height = 24 * hours.length;
  const lines = hours.map(({ policy, value }, at) => {
    const y = 24 * at;
    return `<text x="0" y="${y + 15}">${escaped(policy)}</text>${element('rect', { class: 'full', x: 200, y: y + 4, width: (620 * value) / most, height: 14, rx: 2 })}<text class="tick" x="${Math.round(206 + (620 * value) / most)}" y="${y + 15}">${value.toFixed(1)} h</text>`;
  });
  return `<svg class="picture" viewBox="0 0 900 ${height}" role="img" aria-label="Hours broken by policy">${lines.join('')}</svg>`;
}

function notKnown(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  return `<section><h2>What the log cannot tell</h2><ul>${texts.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul></section>`;
}
