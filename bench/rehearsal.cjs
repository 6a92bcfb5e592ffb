/**
 * Rehearsing the shipped o2c deployment with both its scheduled tasks over a DAG of 500 models: a year of schedule, and
 * how it compares with its first month, for neither a run's cost nor the memory may grow with what has happened.
 */
const path = require('node:path');
const v8 = require('node:v8');
const vm = require('node:vm');
const { modules, timeNode, median, ratio } = require('./timing.cjs');

v8.setFlagsFromString('--expose-gc');
const collectGarbage = vm.runInNewContext('gc');

const START = Date.parse('2026-01-05T00:00:00Z');
const DAY = 86_400_000;
const MONTH = 28;
const YEAR = 365;

/** 500 models in 50 chains of ten; every twentieth is what the hourly job selects. */
function dag() {
  const nodes = Array.from({ length: 500 }, (_, index) => ({
    name: `model_${index}`,
    seconds: 4,
    ...(index % 10 === 0 ? {} : { dependsOn: [`model_${index - 1}`] }),
    ...(index % 20 === 0 ? { tags: ['merge'] } : {}),
  }));
  return { project: 'dbt_o2c_enhanced', nodes };
}

const SHIPPED = {
  o2c: ['O2C_DAILY_BUILD', 'O2C_HOURLY_INCREMENTAL'],
  // Each build is followed by its finalizer.
  o2c_native: ['O2C_DAILY_BUILD', 'O2C_DAILY_HEAL', 'O2C_HOURLY_INCREMENTAL'],
};

async function rehearseDays(days, name = 'o2c') {
  const { rehearse } = require(path.join(modules, 'rehearse/run.js'));
  const { renderDeployment } = require(path.join(modules, 'render/render.js'));
  const deployment = await require('./shipped.cjs').shippedDeployment(name);
  const applied = { deployment, statements: renderDeployment(deployment).statements };
  const rehearsal = {
    title: 'a stretch of schedule',
    deployment: name,
    projects: [],
    start: new Date(START).toISOString(),
    end: new Date(START + days * DAY).toISOString(),
    tasks: SHIPPED[name],
  };
  const began = process.hrtime.bigint();
  const { steps } = await rehearse('bench', rehearsal, {
    deployments: new Map([[name, applied]]),
    dagOf: () => JSON.stringify(dag()),
  });
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { seconds, steps: steps.length, heap: heapUsed / 1e6, memory: rss / 1e6 };
}

async function measure() {
  const bare = median(Array.from({ length: 5 }, () => timeNode(['-e', '0']))) / 1000;
  await rehearseDays(1);
  const month = await rehearseDays(MONTH);
  const year = await rehearseDays(YEAR);
  const native = await rehearseDays(YEAR, 'o2c_native');
  return [
    `a year, ${year.steps} task runs: ${ratio(year.seconds, bare)} x bare node (${year.seconds.toFixed(1)} s)`,
    `a run of the year costs ${ratio(year.seconds / year.steps, month.seconds / month.steps)} x a run of its first month; ` +
      `heap in use ${ratio(year.heap, month.heap)} x (${year.heap.toFixed(0)} MB), the process with its log ${ratio(year.memory, month.memory)} x (${year.memory.toFixed(0)} MB)`,
    `a year of o2c_native, ${native.steps} task runs: ${ratio(native.seconds, bare)} x bare node (${native.seconds.toFixed(1)} s)`,
  ];
}

module.exports = { measure };
