import config from '../../auto-restart.config';
import { explain, explainableNames } from '../../src/model/explain';
import { resolveDeployments } from '../../src/model/resolve';

const [o2c, native] = resolveDeployments(config);

function factsOf(deployment: typeof o2c, name: string): Record<string, string> {
  if (deployment === undefined) throw new Error('no deployment');
  const [explanation] = explain(deployment, name);
  return Object.fromEntries((explanation?.facts ?? []).map(({ topic, text }) => [topic, text]));
}

it('explains a task of the shorthand together with its job', () => {
  expect(factsOf(o2c, 'o2c_hourly_incremental')).toEqual({
    starts: 'at 5 * * * * UTC',
    mode: 'auto: a retry when the last full run failed and may be retried, else the full run',
    stops: 'Snowflake cancels it after 4 hours, and suspends it after 10 failures in a row',
    state: 'a new task stays suspended',
    'full run': 'dbt run --select tag:merge tag:append_only of dbt_o2c_enhanced',
    retry: 'dbt run --select <failed model>+,tag:merge <failed model>+,tag:append_only',
    'gives up':
      'a full run comes after 3 retries, when the failure ended 2 hours ago, or its selector is longer than 500 characters',
    waits: 'up to 30 minutes for a run in progress, then fails; in mode retry-only it does nothing instead',
    crashed: 'a run without an end counts as crashed after 4 hours',
    reads:
      'EDW.O2C_AUDIT.DBT_RUN_LOG and DBT_MODEL_LOG where the environment is prod; a run that dbt fails is marked failed there',
  });
});

it('explains a plain run and its gate', () => {
  expect(factsOf(native, 'O2C_HEALED_TESTS')).toMatchObject({
    starts: 'after O2C_DAILY_HEAL_LATER',
    'only if': 'O2C_DAILY_HEAL_LATER built something',
    mode: 'a plain dbt run: not restarted',
    runs: 'dbt test of dbt_o2c_enhanced',
  });
});

it('explains a job with the tasks that run it', () => {
  expect(factsOf(native, 'daily')).toMatchObject({
    'run by':
      'O2C_DAILY_BUILD (at 0 6 * * * UTC), O2C_DAILY_HEAL (when all tasks of O2C_DAILY_BUILD have ended, whatever came of them), O2C_DAILY_HEAL_LATER (at */30 7-9 * * * UTC)',
    'full run': 'dbt build of dbt_o2c_enhanced',
    retry: 'dbt build --select result:error+ result:skipped+ 1+result:fail+',
    reads: "Snowflake's DBT_PROJECT_EXECUTION_HISTORY, seven days back",
  });
});

it('carries the warnings about the task and about what all tasks share', () => {
  if (o2c === undefined) throw new Error('no deployment');
  const codes = (name: string) =>
    explain(o2c, name).flatMap(({ warnings }) => warnings.map(({ code }) => code));
  expect(codes('O2C_DAILY_BUILD')).toContain('RETRY_DISPLACES_SCHEDULE');
  expect(codes('O2C_HOURLY_INCREMENTAL')).toEqual(['UNDOCUMENTED_RUNNER']);
});

it('lists what it can explain, each name once', () => {
  if (native === undefined) throw new Error('no deployment');
  const names = explainableNames(native);
  expect(names).toEqual(expect.arrayContaining(['O2C_DAILY_HEAL', 'daily', 'hourly']));
  expect(new Set(names).size).toBe(names.length);
});
