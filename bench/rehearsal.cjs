/**
 * Rehearsing the shipped o2c deployment with both its scheduled tasks over a DAG of 500 models: a month of schedule, and
 * how the second fortnight compares with the first, for the cost must not grow with what has happened.
 */
const path = require('node:path');
const { root, timeNode, median, ratio } = require('./timing.cjs');

const START = Date.parse('2026-01-05T00:00:00Z');
const DAY = 86_400_000;

/** 500 models in 50 chains of ten; every tenth is incremental, which is what the hourly job selects. */
function dag() {
  const nodes = Array.from({ length: 500 }, (_, index) => ({
    name: `model_${index}`,
    seconds: 4,
    ...(index % 10 === 0 ? {} : { dependsOn: [`model_${index - 1}`] }),
    ...(index % 20 === 0 ? { tags: ['merge'] } : {}),
  }));
  return { project: 'dbt_o2c_enhanced', nodes };
}

async function rehearseDays(days) {
  const { rehearse } = require(path.join(root, 'dist/rehearse/run.js'));
  const { renderDeployment } = require(path.join(root, 'dist/render/render.js'));
  const deployment = await require('./shipped.cjs').shippedDeployment();
  const applied = { deployment, statements: renderDeployment(deployment).statements };
  const rehearsal = {
    title: 'a stretch of schedule',
    deployment: 'o2c',
    projects: [],
    start: new Date(START).toISOString(),
    end: new Date(START + days * DAY).toISOString(),
    tasks: ['O2C_DAILY_BUILD', 'O2C_HOURLY_INCREMENTAL'],
  };
  const began = process.hrtime.bigint();
  const { steps } = await rehearse('bench', rehearsal, {
    deployments: new Map([['o2c', applied]]),
    dagOf: () => JSON.stringify(dag()),
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  return { seconds, steps: steps.length, heap: process.memoryUsage().heapUsed / 1e6 };
}

async function measure() {
  const bare = median(Array.from({ length: 5 }, () => timeNode(['-e', '0']))) / 1000;
  await rehearseDays(1);
  const week = await rehearseDays(7);
  const month = await rehearseDays(28);
  return [
    `28 days, ${month.steps} task runs: ${ratio(month.seconds, bare)} x bare node (${month.seconds.toFixed(1)} s), a year ${((month.seconds * 365) / 28).toFixed(0)} s by that`,
    `a run of the month costs ${ratio(month.seconds / month.steps, week.seconds / week.steps)} x a run of the first week; heap ${ratio(month.heap, week.heap)} x`,
  ];
}

module.exports = { measure };
