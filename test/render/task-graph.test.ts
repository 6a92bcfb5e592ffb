import type { Deployment, Task, TaskGraph } from '../../src/model/deployment';
import { scheduleText } from '../../src/render/task';
import { renderTaskGraph } from '../../src/render/task-graph';
import { plainDbt, taskBody } from '../../src/render/task-body';
import { defaultTemplates } from '../../src/render/templates';
import { deployment as bread } from './golden/bread/deployment';
import { deployment as croissant } from './golden/croissant/deployment';

const [daily] = bread.graphs as [TaskGraph, ...TaskGraph[]];

function graphOf(
  change: { root?: Partial<Task>; child?: Partial<Task> },
  deployment: Deployment = bread,
): string {
  const graph: TaskGraph = {
    root: { ...daily.root, ...change.root },
    children: daily.children.map((child) => ({ ...child, ...change.child })),
  };
  return renderTaskGraph(graph, deployment, defaultTemplates(), '03_task.sql').sql;
}

/** The clauses of one CREATE OR ALTER TASK, without its name. */
function clausesOf(sql: string, name: string): string[] {
  const [, rest = ''] = sql.split(`CREATE OR ALTER TASK BAKERY.OVEN.${name}\n`);
  const [clauses = ''] = rest.split(/\n {4}AS\n/);
  return clauses.split('\n').map((line) => line.trim());
}

describe('a task graph', () => {
  it('states every property of a root', () => {
    expect(clausesOf(graphOf({ root: { errorIntegration: 'OVEN_QUEUE' } }), 'BREAD_DAILY_BUILD')).toEqual([
      'WAREHOUSE = COMPUTE_WH',
      "SCHEDULE = 'USING CRON 0 6 * * * UTC'",
      'USER_TASK_TIMEOUT_MS = 14400000',
      'SUSPEND_TASK_AFTER_NUM_FAILURES = 10',
      'ERROR_INTEGRATION = OVEN_QUEUE',
      expect.stringMatching(/^COMMENT = 'Daily full build \[dbt-auto-restart -\/-\/bread [0-9a-f]{12}\]'$/),
      'TASK_AUTO_RETRY_ATTEMPTS = 0',
    ]);
  });

  it('states only what a child may have', () => {
    expect(clausesOf(graphOf({}), 'BREAD_POST_BUILD_TESTS')).toEqual([
      'WAREHOUSE = COMPUTE_WH',
      'USER_TASK_TIMEOUT_MS = 14400000',
      expect.stringMatching(/^COMMENT = 'dbt project dbt_bakery, plain dbt test \[/),
      'AFTER BAKERY.OVEN.BREAD_DAILY_BUILD',
    ]);
  });

  it('states the root that a finalizer ends, and nothing else that a root has', () => {
    const finalizer = { after: [], finalizes: daily.root.name };
    expect(clausesOf(graphOf({ child: finalizer }), 'BREAD_POST_BUILD_TESTS')).toEqual([
      'WAREHOUSE = COMPUTE_WH',
      'USER_TASK_TIMEOUT_MS = 14400000',
      expect.stringMatching(/^COMMENT = 'dbt project dbt_bakery, plain dbt test \[/),
      'FINALIZE = BAKERY.OVEN.BREAD_DAILY_BUILD',
    ]);
  });

  it('leaves WAREHOUSE out for a serverless task', () => {
    expect(clausesOf(graphOf({ root: { warehouse: null } }), 'BREAD_DAILY_BUILD')[0]).toBe(
      "SCHEDULE = 'USING CRON 0 6 * * * UTC'",
    );
  });

  it('gives every task the fingerprint of its own statement, so that one look tells which of them changed', () => {
    const marks = [...graphOf({}).matchAll(/\[dbt-auto-restart \S+ ([0-9a-f]{12})\]/g)].map(
      ([, mark]) => mark,
    );
    expect(new Set(marks).size).toBe(2);
  });

  it.each([
    ['a schedule', { root: { schedule: { kind: 'interval', every: 1, unit: 'HOURS' } } }, [0]],
    ['a timeout of a child', { child: { timeoutMs: 1000 } }, [1]],
    [
      'a body',
      { child: { action: { kind: 'dbt', project: 'dbt_bakery', command: 'test --fail-fast' } } },
      [1],
    ],
    ['the initial state, which is no property', { child: { initialState: 'suspended' } }, []],
    ['the comment', { root: { comment: 'fresh every day' } }, []],
  ] as const)('has other fingerprints after a change of %s where they belong', (_, change, expected) => {
    const marksOf = (sql: string) =>
      [...sql.matchAll(/\[dbt-auto-restart \S+ ([0-9a-f]{12})\]/g)].map(([, mark]) => mark);
    const before = marksOf(graphOf({}));
    const after = marksOf(graphOf(change as Parameters<typeof graphOf>[0]));
    expect(after.flatMap((mark, at) => (mark === before[at] ? [] : [at]))).toEqual(expected);
  });

  it('suspends the root before the first change and resumes it after the last', () => {
    const sql = graphOf({});
    const [change] = sql.split('EXCEPTION\n', 1) as [string];
    const order = [
      ...change.matchAll(/(ALTER TASK|CREATE OR ALTER TASK) BAKERY\.OVEN\.(\w+)(?: (\w+);)?/g),
    ].map(([, verb, task, what]) => `${verb === 'ALTER TASK' ? what : 'create'} ${task}`);
    expect(order).toEqual([
      'SUSPEND BREAD_DAILY_BUILD',
      'create BREAD_DAILY_BUILD',
      'create BREAD_POST_BUILD_TESTS',
      'RESUME BREAD_POST_BUILD_TESTS',
      'RESUME BREAD_DAILY_BUILD',
    ]);
  });
});

describe('a gated child', () => {
  const sql = renderTaskGraph(croissant.graphs[0]!, croissant, defaultTemplates(), '03_task.sql').sql;
  const [, when = ''] =
    /AFTER BAKERY\.PASTRY\.CROISSANT_DAILY_BUILD\n\s+WHEN ([\s\S]*?)\n {4}AS\n/.exec(sql) ?? [];

  /** The condition as Snowflake would evaluate it: comparisons, AND and OR over one return value. */
  function isMet(returnValue: string): boolean {
    const script = when
      .replaceAll("SYSTEM$GET_PREDECESSOR_RETURN_VALUE('CROISSANT_DAILY_BUILD')", 'value')
      .replaceAll(' AND ', ' && ')
      .replaceAll('AND value', '&& value')
      .replaceAll('OR (', '|| (');
    return Boolean(new Function('value', `return ${script}`)(returnValue));
  }

  it('uses nothing but what a WHEN may hold', () => {
    expect(when.replace(/'[^']*'/g, '').match(/[A-Z$_]+/g)).toEqual(
      expect.arrayContaining(['SYSTEM$GET_PREDECESSOR_RETURN_VALUE', 'AND', 'OR']),
    );
    expect(when).not.toMatch(/LIKE|SPLIT|COALESCE|IFF|SUBSTR/);
  });

  it.each(['FULL_BUILD', 'FULL_BUILD REQUESTED FULL BUILD: Requested', 'RETRY RETRY 🔄 RETRY #1', 'RETRY'])(
    'runs after %j',
    (value) => expect(isMet(value)).toBe(true),
  );

  it.each(['NOTHING', 'NOTHING NORMAL_SCHEDULE', 'SKIPPED RUN_IN_PROGRESS', '', 'PLAN RETRY', 'full_build'])(
    'is skipped after %j',
    (value) => expect(isMet(value)).toBe(false),
  );
});

describe("a task's body", () => {
  it('calls the procedure with the job and the mode', () => {
    const action = { kind: 'call', job: 'daily', project: "baker's", mode: 'RETRY_ONLY' } as const;
    expect(taskBody(action, bread)).toBe(
      `CALL BAKERY.OVEN.RUN_DBT_AUTO_RESTART(
    PROJECT_NAME => 'baker''s',
    JOB_NAME => 'daily',
    RUN_MODE => 'RETRY_ONLY')`,
    );
  });

  it('hands a plain command to the runner procedure', () => {
    expect(plainDbt('dbt_bakery', 'test --select tag:a', bread)).toBe(
      "CALL SYSTEM$DBT_RUN('dbt_bakery', 'dbt test --select tag:a')",
    );
  });

  it('executes the dbt project with a plain command, every clause in its place', () => {
    const oneLine = plainDbt('dbt_croissant', `run --vars '{ "a": 1 }'`, croissant).replace(/\n\s+/g, ' ');
    expect(oneLine).toBe(
      `EXECUTE DBT PROJECT BAKERY.PASTRY.DBT_CROISSANT ARGS = 'run --vars ''{ "a": 1 }''' DBT_VERSION = '1.10.15' ` +
        `ENV_VARS = ( 'DBT_OVEN' = 'Grandma''s \\x26 co', 'DBT_HEAT' = '200') WRITEBACK = FALSE`,
    );
  });

  it('leaves out what the dbt project object is to decide', () => {
    const runner = { ...croissant.runner, dbtVersion: null, envVars: [], writeback: null };
    expect(plainDbt('dbt_croissant', 'test', { ...croissant, runner } as Deployment)).toBe(
      "EXECUTE DBT PROJECT BAKERY.PASTRY.DBT_CROISSANT\n    ARGS = 'test'",
    );
  });
});

describe('a schedule', () => {
  it('is cron with a time zone, or an interval', () => {
    expect(scheduleText({ kind: 'cron', expression: '0 6 L * *', timeZone: 'Europe/Paris' })).toBe(
      'USING CRON 0 6 L * * Europe/Paris',
    );
    expect(scheduleText({ kind: 'interval', every: 90, unit: 'SECONDS' })).toBe('90 SECONDS');
  });
});
