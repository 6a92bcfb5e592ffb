/** A back-test as people read it: a table for each job, and what the log cannot tell. */
import { visible } from '../../config/characters';
import type { BacktestReport } from '../../backtest/backtest';
import { counted } from '../../rehearse/summary';
import { COLUMNS, jobsOf, rowsOf } from '../../backtest/table';
import { wrapped } from './fit';
import { tableText } from './table';
import { terminalWidth, type Colors } from './terminal';

export function backtestText(report: BacktestReport, paint: Colors): string {
  const { deployment, since, until, runs, policies, notKnown } = report;
  const jobs = jobsOf(policies);
  const head = COLUMNS.map(({ title }) => title);
  const tables = [...jobs, ...(jobs.length > 1 ? [null] : [])].map(
    (job) =>
      `${paint.bold(job === null ? 'all jobs' : visible(job))}\n${tableText(rowsOf(policies, job), head, terminalWidth('stdout'))}`,
  );
  const stretch = `${since.slice(0, 16).replace('T', ' ')} to ${until.slice(0, 16).replace('T', ' ')} UTC, ${counted(runs, 'run')}`;
  return [
    `${paint.bold(visible(deployment))}  ${stretch}`,
    ...tables,
    ...(notKnown.length === 0
      ? []
      : [
          `${paint.bold('what the log cannot tell')}\n${notKnown.map((text) => lines(`- ${text}`)).join('\n')}`,
        ]),
  ].join('\n\n');
}

function lines(text: string): string {
  const width = terminalWidth('stdout');
  return width === undefined ? text : wrapped(text, width, 2).join('\n');
}
