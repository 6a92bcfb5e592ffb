/** The evidence of `explain --now` for a terminal: what is, why, and what to type. */
import { visible } from '../../config/characters';
import { kindOf } from '../../oncall/outstanding';
import type { Evidence } from '../../oncall/evidence';
import type { TracedRow } from '../../oncall/decision-trace';
import { clock, shortened, shownNames, span } from '../../oncall/words';
import type { HistoryRun } from '../../readings/history';
import { shownNow } from '../reading';
import { typedCommand, type Typing } from '../typed-command';
import { tableText } from './table';
import { terminalWidth, type Colors } from './terminal';

/** So many outstanding nodes are told one by one. */
const FEW = 25;

export function evidenceText(evidence: Evidence, typing: Typing, paint: Colors): string {
  const now = Date.parse(evidence.now);
  const { status, decision, isProvisional } = evidence;
  const sections = [
    `${paint.bold(status.kind)}: ${visible(status.text)}`,
    ...status.notes.map(({ code, meaning }) => `${paint.yellow(code)}: ${meaning}`),
    section('chain', chainRows(evidence, now), paint),
    section('outstanding', outstandingRows(evidence), paint),
    section(
      `decision, mode ${decision.mode}`,
      decision.rows.map((row) => decisionRow(row, paint)),
      paint,
    ),
    section('what follows', followsRows(evidence, now), paint),
    section(
      'type next',
      status.next
        .filter(({ verb }) => verb !== 'explain')
        .map((next) => [visible(typedCommand(next, typing))]),
      paint,
    ),
    isProvisional
      ? paint.dim('only the procedure can tell which run left results: a call in mode PLAN says it')
      : '',
  ];
  return [`  ${shownNow(evidence.now)}`, ...sections.filter((part) => part !== '').map(indented)].join('\n');
}

function section(title: string, rows: readonly string[][], paint: Colors): string {
  const width = terminalWidth('stdout');
  if (rows.length === 0) return '';
  return `${paint.dim(title)}\n${tableText(
    rows.map(([first = '', ...cells]) => [`  ${first}`, ...cells]),
    [],
    width === undefined ? undefined : width - 2,
  )}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function chainRows({ chain, running }: Evidence, now: number): string[][] {
  const rows = [...chain, ...running].map((run) => runRow(run, now));
  return rows.length > 0 ? rows : [['no run of the job']];
}

function runRow(run: HistoryRun, now: number): string[] {
  const end = run.endedAt === null ? '' : `-${clock(run.endedAt, now)}`;
  const when = run.startedAt === null ? '?' : `${clock(run.startedAt, now)}${end}`;
  const took = run.seconds === null ? '' : span(1000 * run.seconds);
  const what = run.failedModels === null ? '' : `failed ${shownNames(run.failedModels)}`;
  return [kindOf(run), visible(run.runId), when, took, run.outcome, what];
}

function outstandingRows({ outstanding, status }: Evidence): string[][] {
  const rows = outstanding
    .slice(0, FEW)
    .map(({ name, isTest, result, why, message }) => [
      name,
      `${result}${isTest ? ' test' : ''}`,
      visible(message === null ? why : `${why}: ${shortened(message, 300)}`),
    ]);
  if (outstanding.length > FEW) rows.push([`and ${outstanding.length - FEW} more`]);
  if (rows.length > 0) return rows;
  const { state } = status;
  if (state?.chainReason === 'RETRY')
    return [[`not named here: dbt selects ${state.selector ?? ''} from what the run left`]];
  return [['nothing']];
}

function decisionRow({ row, code, when, verdict, why }: TracedRow, paint: Colors): string[] {
  const cells = [
    row,
    verdict === 'matched' ? 'matches' : verdict,
    code,
    visible(verdict === 'not looked at' ? when : why),
  ];
  if (verdict === 'matched') return cells.map((cell) => paint.bold(cell));
  return verdict === 'no' ? cells : cells.map((cell) => paint.dim(cell));
}

const ACTIONS: Readonly<Record<Evidence['action'], string>> = {
  RETRY: 'a retry',
  FULL_BUILD: 'a full build',
  SKIPPED: 'nothing: it steps aside for the run in progress',
  NOTHING: 'nothing',
  WAIT: 'it waits for the run in progress',
  RAISE: 'it raises',
};

function followsRows(evidence: Evidence, now: number): string[][] {
  const { action, wouldRun, decision, attemptsMade, attemptsLeft, retryUntil, status } = evidence;
  const rows = [['a call now', ACTIONS[action]]];
  if (wouldRun !== null) rows.push(['would run', visible(wouldRun)]);
  if (decision.afterwards !== null)
    rows.push([
      'after that run',
      `row ${decision.afterwards.row} (${decision.afterwards.code}), unless it changes that`,
    ]);
  if (status.state?.rootRunId != null)
    rows.push(['attempts', `${attemptsMade} of ${attemptsMade + attemptsLeft} made, ${attemptsLeft} left`]);
  if (retryUntil !== null) rows.push(['age limit', `passes ${clock(retryUntil, now)}`]);
  if (status.nextRetryAt !== null) rows.push(['next retry task', clock(status.nextRetryAt, now)]);
  if (status.nextBuildAt !== null) rows.push(['next build task', clock(status.nextBuildAt, now)]);
  return rows;
}
