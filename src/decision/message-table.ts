/** What the procedure says, and what that means: the table of QUICK_REFERENCE.md and docs/decision.md. */
import { symbolText } from '../sql-text';
import { MESSAGES, REASONS, type ReasonCode } from './reasons';

export interface MessageRow {
  message: string;
  meaning: string;
}

/** In the words that people meet; in the order in which they meet them. */
export function messageTable(): MessageRow[] {
  const begin = (kind: keyof typeof MESSAGES): string =>
    `${symbolText(MESSAGES[kind].symbol)} ${MESSAGES[kind].words}`;
  const fullBuild = (code: ReasonCode, meaning: string): MessageRow => ({
    message: begin('fullBuild') + REASONS[code].text,
    meaning,
  });
  return [
    {
      message: `${begin('retry')}1: Rerunning failed models: a+ b+ (and 5 skipped)`,
      meaning: 'the first retry after the last full build: what failed, and everything downstream',
    },
    fullBuild('NORMAL_SCHEDULE', 'nothing is left to repair'),
    fullBuild('FIRST_RUN', 'the log has no full build of this job yet'),
    {
      message: `${begin('fullBuild')}${REASONS.LOG_MATCHES_NO_JOB.text} (the log has 12 runs, none of them of this project's jobs)`,
      meaning: 'the log is read, but its project, environment, command or selection is another: look into it',
    },
    fullBuild('REQUESTED', 'mode `FULL_BUILD`'),
    fullBuild('FAILURE_TOO_OLD', "the chain's latest run ended too long ago"),
    fullBuild('MAX_RETRIES_REACHED', 'all retries were used up'),
    fullBuild('BUDGET_USED', 'the retries of the chain have run for as long as they may'),
    fullBuild('PERMANENT_ERROR', 'all that failed has an error that no retry mends'),
    fullBuild('NO_FAILED_MODELS', 'the last run failed, but nothing can be named'),
    fullBuild('TEST_FAILED_UNNAMED', 'the last run counts failed tests and names none'),
    fullBuild('UNSAFE_NAME', 'a name is not safe; it is not repeated anywhere'),
    fullBuild('SELECTOR_TOO_LONG', 'the selector would be too long'),
    fullBuild('NOTHING_SELECTED', 'the retry selected nothing, a full build followed in the same call'),
    { message: begin('nothing'), meaning: 'mode `RETRY_ONLY`, nothing is broken' },
    {
      message: `${begin('notRetried')}<reason>`,
      meaning: 'mode `RETRY_ONLY`, a full build would be needed',
    },
    {
      message: `${begin('notYet')}retried from <UTC>`,
      meaning: 'mode `RETRY_ONLY`, the delay after the failure is not over',
    },
    {
      message: `${begin('skipped')}run <id> is still in progress`,
      meaning: 'another run of the project has not ended',
    },
    {
      message: `${begin('unreadable')}<error> | Executed full build as fallback`,
      meaning: 'the state could not be read. Look into it: without it every call is a full build',
    },
    { message: 'PLAN: <message> | would run: <command>', meaning: 'mode `PLAN`' },
  ];
}
