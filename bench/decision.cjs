/**
 * What a decision costs as the log grows, on the local Snowflake: the procedure in PLAN mode over logs of ten thousand,
 * one million and ten million node rows with the same look-back (a daily build of 500 models), after a failure and on a
 * usual day. Beside it the query that a first version writes: runs joined with models and with themselves, over the whole log.
 */
const path = require('node:path');
const { shippedDeployment } = require('./shipped.cjs');
const { modules, ratio } = require('./timing.cjs');

const SIZES = [10_000, 1_000_000, 10_000_000];
const MODELS = 500;
const CALLS = 15;
const NOW = '2026-01-05T05:00:00Z';

async function measure() {
  const rows = [];
  for (const size of SIZES) rows.push(await measureSize(size));
  const [first] = rows;
  return rows.flatMap(({ size, decision, usual, original, read }) => [
    `${String(size).padStart(8)} node rows: the decision ${ratio(decision, first.decision)} x, ${read} node rows read; ` +
      `the usual day ${ratio(usual, first.decision)} x; a three-way join over the whole log ${ratio(original, first.decision)} x`,
  ]);
}

async function measureSize(size) {
  const { account, session } = await openWithLog(size);
  try {
    const call =
      "CALL EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART('dbt_o2c_enhanced', NULL, 'O2C_DAILY_BUILD', 'PLAN')";
    const decision = await timeOf(session, call);
    const original = await timeOf(session, ORIGINAL, 3);
    const { rows } = await session.execute(READ);
    await session.execute("UPDATE DBT_RUN_LOG SET run_status = 'SUCCESS'");
    const usual = await timeOf(session, call);
    return { size, decision, usual, original, read: rows[0][0] };
  } finally {
    await account.close();
  }
}

async function timeOf(session, sql, calls = CALLS) {
  await session.execute(sql);
  const times = [];
  for (let call = 0; call < calls; call += 1) {
    // Something changes before every call, as it does in life: what is kept from the last one is not asked.
    await session.execute('INSERT INTO CHANGES VALUES (1)');
    const start = process.hrtime.bigint();
    await session.execute(sql);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  // The least of many: what other work on the machine adds is no property of the query.
  return Math.min(...times);
}

/** One build a day, all of them successes, the newest one failed in one model. */
async function openWithLog(size) {
  const { openLocal } = require(path.join(modules, 'local/index.js'));
  const { prepareAccount } = require(path.join(modules, 'rehearse/account.js'));
  const { renderDeployment } = require(path.join(modules, 'render/render.js'));
  const deployment = await shippedDeployment();
  const account = await openLocal({ start: new Date(NOW) });
  await prepareAccount(account, deployment);
  const session = account.openSession({ database: 'EDW', schema: 'O2C_AUDIT' });
  for (const { sql } of renderDeployment(deployment).statements) await session.execute(sql);
  await session.execute('CREATE TABLE CHANGES (NUMBER NUMBER)');
  const runs = size / MODELS;
  await session.execute(`INSERT INTO DBT_RUN_LOG (run_id, project_name, environment, run_command, selector_used, run_started_at, run_ended_at, run_status)
    SELECT 'run-' || n, 'dbt_o2c_enhanced', 'prod', 'build', 'all', DATEADD('hour', -24 * (${runs} - n) - 23, '2026-01-05 05:00:00'::TIMESTAMP_NTZ),
      CONVERT_TIMEZONE('UTC', 'America/Los_Angeles', DATEADD('hour', -24 * (${runs} - n) - 22, '2026-01-05 05:00:00'::TIMESTAMP_NTZ)), IFF(n = ${runs}, 'FAILED', 'SUCCESS')
    FROM (SELECT SEQ4() + 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => ${runs})))`);
  await session.execute(`INSERT INTO DBT_MODEL_LOG (log_id, run_id, project_name, model_name, status, started_at, ended_at)
    SELECT 'log-' || n, 'run-' || (FLOOR(n / ${MODELS}) + 1)::INTEGER, 'dbt_o2c_enhanced', 'model_' || MOD(n, ${MODELS}), IFF(n = ${size - 7}, 'FAIL', 'SUCCESS'),
      DATEADD('hour', (-24 * (${runs} - FLOOR(n / ${MODELS}) - 1) - 23)::INTEGER, '2026-01-05 05:00:00'::TIMESTAMP_NTZ), NULL
    FROM (SELECT SEQ4() AS n FROM TABLE(GENERATOR(ROWCOUNT => ${size})))`);
  return { account, session };
}

/** Node rows that the decision reads: those of the four latest builds, and of a day more. */
const READ = `SELECT COUNT(*) FROM DBT_MODEL_LOG WHERE started_at >= DATEADD('hour', -24 * 3 - 23 - 24, '2026-01-05 05:00:00'::TIMESTAMP_NTZ)`;

/** The shape of the first version: the last run's failed models, and a count of the retries after it. */
const ORIGINAL = `SELECT r.run_id, r.run_status, LISTAGG(DISTINCT m.model_name, ' ') AS failed, COUNT(DISTINCT later.run_id) AS retries
  FROM DBT_RUN_LOG r JOIN DBT_MODEL_LOG m ON m.run_id = r.run_id
  LEFT JOIN DBT_RUN_LOG later ON later.project_name = r.project_name AND later.run_started_at > r.run_started_at
    AND later.run_started_at < DATEADD('day', 1, r.run_started_at)
  WHERE m.status IN ('FAIL', 'ERROR') OR r.run_status = 'FAILED' GROUP BY r.run_id, r.run_status, r.run_started_at
  ORDER BY r.run_started_at DESC LIMIT 1`;

module.exports = { measure };
