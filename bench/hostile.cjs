/** Twenty thousand random hostile configs: no value leaves its place, no internal error, every refusal has a path. */
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');

const COUNT = Number(process.env.HOSTILE_CONFIGS ?? 20_000);
const root = path.join(__dirname, '..');

function measure() {
  fs.mkdirSync(path.join(root, '.auto-restart'), { recursive: true });
  const folder = fs.mkdtempSync(path.join(root, '.auto-restart', 'hostile-'));
  try {
    const outfile = path.join(folder, 'hostile', 'random.cjs');
    esbuild.buildSync({
      absWorkingDir: root,
      entryPoints: ['test/hostile/random.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'error',
    });
    return tried(require(outfile));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function tried({ bases, tryOne }) {
  const from = bases();
  const counts = { refused: 0, taken: 0 };
  const faults = [];
  for (let seed = 0; seed < COUNT; seed += 1) {
    const { kind, fault } = tryOne(seed, from);
    counts[kind] += 1;
    if (fault !== null) faults.push(`seed ${seed}: ${fault}`);
  }
  if (faults.length > 0) process.exitCode = 1;
  return [
    `${COUNT} configs: ${counts.refused} refused with their paths, ${counts.taken} taken, ${faults.length} faults`,
    ...faults.slice(0, 20),
  ];
}

module.exports = { measure };
