/**
 * `generate` on many projects: neither the time for one of them grows with their number, nor the memory. Goals for a
 * thousand: within 100 times bare Node's start, and 300 MB.
 */
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { program, timeNode, memoryOf, median, ratio } = require('./timing.cjs');

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

/** Of a first `generate`, and of `--check` after it. */
function figuresOf(count) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'auto-restart-bench-'));
  try {
    fs.writeFileSync(path.join(folder, 'auto-restart.config.ts'), configOf(count));
    const first = timeNode([program, 'generate'], { cwd: folder });
    fs.rmSync(path.join(folder, 'generated'), { recursive: true });
    const megabytes = memoryOf([program, 'generate'], { cwd: folder });
    const check = timeNode([program, 'generate', '--check'], { cwd: folder });
    return { first, check, megabytes };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function measure() {
  const bare = median(Array.from({ length: 9 }, () => timeNode(['-e', '0'])));
  figuresOf(COUNTS[0]);
  const figures = COUNTS.map(figuresOf);
  return COUNTS.map((count, index) => {
    const { first, check, megabytes } = figures[index];
    const each = ratio(first / count, figures[0].first / COUNTS[0]);
    return [
      `${count} projects`.padEnd(14),
      `${each} x the time per project of ${COUNTS[0]} projects;`,
      `generate ${ratio(first, bare)}, --check ${ratio(check, bare)} x bare node; at most ${megabytes.toFixed(0)} MB`,
    ].join(' ');
  });
}

module.exports = { measure };
