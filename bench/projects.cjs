/** `generate` on many projects: the time for one of them must not grow with their number. */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { program, timeNode, ratio } = require('./timing.cjs');

const COUNTS = [10, 100, 1000];

/** One deployment for each project, like the o2c deployment of this repository. */
function configOf(count) {
  return `
import { auditTables, cron, dbt, defineConfig, procedureRunner } from 'dbt-auto-restart';

const deployments = Array.from({ length: ${count} }, (_, index) => {
  const project = \`bakery_\${index}\`;
  return [
    project,
    {
      database: 'EDW',
      schema: \`BAKERY_\${index}\`,
      defaults: { warehouse: 'FLOUR_WH', timeout: '2 hours' },
      state: auditTables({ layout: 'o2c', where: { environment: 'prod' } }),
      runner: procedureRunner('BAKE'),
      tasks: {
        BAKE_BREAD: { project, retry: { maxAgeHours: 20 }, schedule: cron('0 4 * * *') },
        BAKE_ROLLS: { project, dbt: { command: 'run', select: ['tag:rolls'] }, schedule: cron('30 * * * *') },
        TASTE: { run: dbt(project, { command: 'test' }), after: ['BAKE_BREAD'] },
      },
    },
  ];
});

export default defineConfig({ deployments: Object.fromEntries(deployments) });
`;
}

function timeOf(count) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'auto-restart-bench-'));
  try {
    fs.writeFileSync(path.join(folder, 'auto-restart.config.ts'), configOf(count));
    return timeNode([program, 'generate'], { cwd: folder });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function measure() {
  timeOf(COUNTS[0]);
  const perProject = COUNTS.map((count) => timeOf(count) / count);
  return COUNTS.map((count, index) => {
    const name = `${count} projects`.padEnd(14);
    return `${name} ${ratio(perProject[index], perProject[0])} x the time per project of ${COUNTS[0]} projects`;
  });
}

module.exports = { measure };
