/**
 * What a decision costs, on the local Snowflake: the procedure in PLAN mode after a failure and on a usual day.
 * - as the log grows around the same look-back (45,000 node rows inside it)
 * - as the look-back holds more
 * - as the deployment has more jobs
 * - as the look-back holds a hundred thousand runs, each shaped like a retry
 * Beside it what each statement names of tables, with every view expanded, and how long the objects are.
 */
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { modules, ratio } = require('./timing.cjs');

const NOW = '2026-01-05 05:00:00';
const HOUR_BETWEEN = 9;
const MODELS = 500;
const CALLS = 9;
const ROWS_AT_ONCE = 500_000;

async function measure() {
  return [...(await around()), ...(await inside()), ...(await jobs()), ...(await runs()), ...objects()];
}

async function around() {
  const sizes = [50_000, 1_000_000, 10_000_000];
  const times = [];
  // In files: ten million rows are more than the memory that the local Snowflake allows itself.
  for (const size of sizes) times.push(await decisionOver({ builds: size / MODELS, file: true }));
  const [first] = times;
  return times.map(
    ({ decision, usual }, index) =>
      `${sizes[index]} node rows, 45,000 in the look-back: the decision ${ratio(decision, first.decision)} x, the usual day ${ratio(usual, first.decision)} x`,
  );
}

async function inside() {
  const few = await decisionOver({ builds: 90, models: 100 });
  const many = await decisionOver({ builds: 90, models: 1000 });
  return [
    `90,000 against 9,000 node rows in the look-back: the decision ${ratio(many.decision, few.decision)} x`,
  ];
}

async function jobs() {
  const counts = [1, 10, 100];
  const times = [];
  for (const count of counts) times.push(await decisionOver({ builds: 90, models: 50, jobs: count }));
  return times.map(
    ({ state }, index) =>
      `${counts[index]} jobs: the state view ${ratio(state, times[0].state)} x, a job ${ratio(state / counts[index], times[0].state)} x`,
  );
}

async function runs() {
  return [...(await runsLike('retries')), ...(await runsLike('others'))];
}

async function runsLike(kind) {
  const counts = [25_000, 50_000, 100_000];
  const times = [];
  for (const count of counts) times.push(await decisionOver({ builds: 2, models: 20, [kind]: count }));
  const what = kind === 'retries' ? 'retries in one chain' : "runs of nobody's in the look-back";
  return times.map(
    ({ state }, index) => `${counts[index]} ${what}: the state view ${ratio(state, times[0].state)} x`,
  );
}

/** Milliseconds, the least of several: what other work on the machine adds is no property of the query. */
async function decisionOver(log) {
  const { account, session, folder } = await openWithLog(log);
  try {
    const call = "CALL RUN_DBT_AUTO_RESTART('shop', NULL, 'job_0', 'PLAN')";
    const decision = await timeOf(session, call);
    const state = await timeOf(session, 'SELECT * FROM V_AUTO_RESTART_STATE', 3);
    await session.execute("UPDATE DBT_RUN_LOG SET run_status = 'SUCCESS'");
    return { decision, state, usual: await timeOf(session, call) };
  } finally {
    await account.close();
    rmSync(folder, { recursive: true });
  }
}

async function timeOf(session, sql, calls = CALLS) {
  await session.execute(sql);
  await session.execute(sql);
  const times = [];
  for (let call = 0; call < calls; call += 1) {
    // Something changes before every call, as it does in life: what is kept from the last one is not asked.
    await session.execute('INSERT INTO CHANGES VALUES (1)');
    const start = process.hrtime.bigint();
    await session.execute(sql);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return Math.min(...times);
}

function deploymentOf(count) {
  const { resolveDeployments } = require(path.join(modules, 'model/resolve.js'));
  const jobs = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `job_${index}`,
      { project: 'shop', dbt: { command: 'build', ...(index === 0 ? {} : { select: [`tag:t${index}`] }) } },
    ]),
  );
  const [deployment] = resolveDeployments({
    deployments: {
      bench: {
        database: 'EDW',
        schema: 'BENCH',
        state: { kind: 'audit-tables', layout: 'o2c', where: { environment: 'prod' } },
        runner: { kind: 'procedure', procedure: 'EDW.BENCH.BAKE' },
        jobs,
        tasks: {},
      },
    },
  });
  return deployment;
}

/** A build every nine hours, all of them successes but the newest, which failed in one model; then the retries. */
async function openWithLog({ builds, models = MODELS, jobs = 1, retries = 0, others = 0, file = false }) {
  const { openLocal } = require(path.join(modules, 'local/index.js'));
  const { prepareAccount } = require(path.join(modules, 'rehearse/account.js'));
  const { renderDeployment } = require(path.join(modules, 'render/render.js'));
  const deployment = deploymentOf(jobs);
  const folder = mkdtempSync(path.join(tmpdir(), 'auto-restart-bench-'));
  const account = await openLocal({
    start: new Date(`${NOW.replace(' ', 'T')}Z`),
    ...(file ? { file: path.join(folder, 'account.duckdb') } : {}),
  });
  await prepareAccount(account, deployment);
  const session = account.openSession({ database: 'EDW', schema: 'BENCH' });
  for (const { sql } of renderDeployment(deployment).statements) await session.execute(sql);
  await session.execute('CREATE TABLE CHANGES (NUMBER NUMBER)');
  const ago = (n) =>
    `DATEADD('second', -${3600 * HOUR_BETWEEN} * (${builds} - ${n}) - 3600, '${NOW}'::TIMESTAMP_NTZ)`;
  await session.execute(`INSERT INTO DBT_RUN_LOG (run_id, project_name, environment, run_command, selector_used, run_started_at, run_ended_at, run_status)
    SELECT 'run-' || n, 'shop', 'prod', 'build', 'all', ${ago('n')}, ${ago('n')}, IFF(n = ${builds}, 'FAILED', 'SUCCESS')
    FROM (SELECT SEQ4() + 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => ${builds})))`);
  const rows = builds * models;
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const some = Math.min(ROWS_AT_ONCE, rows - from);
    await session.execute(`INSERT INTO DBT_MODEL_LOG (log_id, run_id, project_name, model_name, status, started_at, ended_at)
      SELECT 'log-' || i, 'run-' || (FLOOR(i / ${models}) + 1)::INTEGER, 'shop', 'model_' || MOD(i, ${models}), IFF(i = ${rows - 7}, 'FAIL', 'SUCCESS'),
        ${ago(`(FLOOR(i / ${models}) + 1)::INTEGER`)}, NULL
      FROM (SELECT SEQ4() + ${from} AS i FROM TABLE(GENERATOR(ROWCOUNT => ${some})))`);
  }
  if (retries + others > 0) {
    await session.execute(`INSERT INTO DBT_RUN_LOG (run_id, project_name, environment, run_command, selector_used, run_started_at, run_ended_at, run_status)
      SELECT 'retry-' || n, 'shop', 'prod', 'build', ${retries > 0 ? `'model_' || (${models} - 7) || '+'` : "'tag:nightly'"}, DATEADD('millisecond', n, DATEADD('minute', -50, '${NOW}'::TIMESTAMP_NTZ)), NULL, 'FAILED'
      FROM (SELECT SEQ4() + 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => ${retries + others})))`);
  }
  return { account, session, folder };
}

/** How often each object names a table of the log with all views expanded, its lines, and its common table expressions. */
function objects() {
  const { renderDeployment } = require(path.join(modules, 'render/render.js'));
  const { statements } = renderDeployment(deploymentOf(1));
  const sql = new Map(
    statements.map((each) => [each.object.split('.').at(-1).replace(/\W.*$/, ''), each.sql]),
  );
  const body = (name) => sql.get(name).replace(/^\s*--.*$/gm, '');
  const count = (text, pattern) => (text.match(pattern) ?? []).length;
  const order = ['JOBS', 'RUNS', 'NODES', 'HISTORY', 'STATE'].map((name) => `V_AUTO_RESTART_${name}`);
  const scans = (name, table) => {
    const text = body(name);
    const views = order.slice(0, order.indexOf(name));
    return (
      count(text, new RegExp(`BENCH\\.${table}\\b`, 'g')) +
      views.reduce(
        (sum, view) =>
          sum + count(text, new RegExp(`(FROM|JOIN) EDW\\.BENCH\\.${view}\\b`, 'g')) * scans(view, table),
        0,
      )
    );
  };
  return order.map(
    (name) =>
      `${name}: ${sql.get(name).split('\n').length} lines, ${count(body(name), /^\w+ AS \(/gm)} CTEs, ` +
      `names the run log ${scans(name, 'DBT_RUN_LOG')} times and the model log ${scans(name, 'DBT_MODEL_LOG')} times, views expanded`,
  );
}

module.exports = { measure };
