/** The report as one page, in the frame that rehearsals have. */
import { figure, stepsBox } from '../../rehearse/page/blocks';
import { BARS_LEAD, documentOf, legendOf, tilesOf } from '../../rehearse/page/document';
import { escaped } from '../../rehearse/page/escape';
import { tableOf } from '../../rehearse/page/table';
import type { Rehearsed } from '../../rehearse/rehearsal';
import { counted, summaryOf } from '../../rehearse/summary';
import type { DeploymentReport } from '../report';
import { blocksOf, lasted, when } from './blocks';

export interface ReportTarget {
  /** `ORG-ACCOUNT as DBT_DEPLOY`. */
  target: string;
  reports: DeploymentReport[];
}

/** @returns a document that is well-formed as HTML and as XML; names and messages are escaped */
export function reportPage(targets: readonly ReportTarget[]): string {
  const all = targets.flatMap(({ target, reports }) => reports.map((report) => ({ target, report })));
  const [first] = all;
  const stretch =
    first === undefined
      ? 'No deployment.'
      : `${when(first.report.from)} to ${when(first.report.to)}, times are UTC.`;
  const where = targets.map(({ target }) => target).join('; ');
  return documentOf({
    title: 'Restarts',
    lead: `${where}${where === '' ? '' : '. '}${stretch}`,
    first: 'deployment',
    navigationMarkup: all.length > 1 ? navigation(all.map(({ report }) => report)) : '',
    legendMarkup: legendOf(all.flatMap(({ report }) => report.steps)),
    sectionsMarkup: all.map(({ report }, index) => section(report, index)).join('\n'),
    footer: `Made by dbt-auto-restart from its views and the history of tasks. ${BARS_LEAD}`,
  });
}

function navigation(reports: readonly DeploymentReport[]): string {
  const items = reports.map(
    (report, index) =>
      `<li><a href="#d${index}">${isBroken(report) ? SIGNS.no : SIGNS.yes} ${escaped(report.deployment)}</a></li>`,
  );
  return `<nav aria-label="Deployments"><ul>${items.join('')}</ul></nav>`;
}

const SIGNS = {
  yes: '<span class="yes" aria-label="nothing is broken" role="img">\u2713</span>',
  no: '<span class="no" aria-label="broken now" role="img">\u2715</span>',
} as const;

function isBroken({ outages }: DeploymentReport): boolean {
  return outages.some(({ to }) => to === null);
}

function section(report: DeploymentReport, index: number): string {
  const id = `d${index}`;
  const { deployment, steps, notes } = report;
  const timeline = timelineOf(report);
  const table = tableOf(steps, { id: `${id}-s`, all: false });
  const broken = report.outages.filter(({ to }) => to === null);
  const verdict =
    steps.length === 0
      ? ''
      : broken.length === 0
        ? '<span class="verdict yes">\u2713 nothing is broken</span>'
        : `<span class="verdict no">\u2715 ${escaped(`broken: ${broken.map(({ job }) => job).join(', ')}`)}</span>`;
  const noted =
    notes.length === 0
      ? ''
      : `<ul class="notes">${notes.map((text) => `<li>${escaped(text)}</li>`).join('')}</ul>`;
  return `<section id="${id}" aria-labelledby="${id}-name">
<div class="head"><h2 id="${id}-name">${escaped(deployment)}</h2>${verdict}</div>
${noted}
${
  steps.length === 0
    ? '<p>No run in these days. If dbt has run, dbt-auto-restart doctor says why it is not seen.</p>'
    : `${tilesOf(tiles(report))}
${figure(timeline, id, table.row)}
${blocksOf(report)}
${stepsBox(timeline, table.html, 'run')}`
}
</section>`;
}

function tiles({ counts, savings }: DeploymentReport): Parameters<typeof tilesOf>[0] {
  const count = (value: number, what: string, bad = false) => ({
    value: value.toLocaleString('en-US'),
    what,
    look: value === 0 ? ('none' as const) : bad ? ('bad' as const) : undefined,
  });
  const { netSeconds } = savings;
  return [
    count(counts.runs, 'runs'),
    count(counts.fullBuilds, 'full builds'),
    count(counts.retries, 'retries'),
    count(counts.failures, 'failures', true),
    {
      value: `${netSeconds < 0 ? '\u2212' : ''}${lasted(Math.abs(netSeconds))}`,
      what: 'saved, looking taken off',
      look: netSeconds === 0 ? 'none' : undefined,
    },
    count(counts.looks, 'looks'),
  ];
}

const DAY_MS = 86_400_000;

/** The picture begins with the first run, so that there is no empty paper before it; a week is its least. */
function firstDay(from: string, to: string, first: string): string {
  const day = Math.floor(Math.min(Date.parse(first), Date.parse(to) - 7 * DAY_MS) / DAY_MS) * DAY_MS;
  return new Date(Math.max(Date.parse(from), day)).toISOString();
}

/** As the picture and the table take it. */
function timelineOf({ deployment, from, to, steps, lanes }: DeploymentReport): Rehearsed {
  return {
    name: deployment,
    title: counted(steps.length, 'run'),
    ok: true,
    steps,
    differences: [],
    start: firstDay(from, to, steps[0]?.started ?? to),
    end: to,
    tasks: lanes,
    events: [],
    messages: [],
    summary: summaryOf(steps),
  };
}
