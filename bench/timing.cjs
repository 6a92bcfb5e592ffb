/** Wall time of whole processes, and what to make of many such times. */
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.join(__dirname, '..');
/** The command as it is installed. */
const program = path.join(root, 'dist', 'cli', 'main.js');

/** Milliseconds that `node ...args` takes; throws unless it ends with one of the codes. */
function timeNode(args, { cwd = root, codes = [0] } = {}) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  const end = process.hrtime.bigint();
  if (!codes.includes(status)) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return Number(end - start) / 1e6;
}

/** Megabytes that `node ...args` takes at most. */
function memoryOf(args, { cwd = root } = {}) {
  const preload = ['-r', path.join(__dirname, 'peak-memory.cjs')];
  const { stderr } = spawnSync(process.execPath, [...preload, ...args], { cwd, encoding: 'utf8' });
  return Number(/peak-memory (\d+)/.exec(stderr)[1]) / 1024;
}

function median(times) {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function ratio(a, b) {
  return (a / b).toFixed(2);
}

/** The sources as modules, for what is measured below the command line: npm run modules. */
const modules = path.join(root, '.auto-restart', 'modules');

module.exports = { root, modules, program, timeNode, memoryOf, median, ratio };
