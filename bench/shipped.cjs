/** A deployment of this repository's config. */
const path = require('node:path');
const { root, modules } = require('./timing.cjs');

async function shippedDeployment(wanted = 'o2c') {
  const { loadConfig } = require(path.join(modules, 'config/load.js'));
  const { resolveDeployments } = require(path.join(modules, 'model/resolve.js'));
  const { configs } = await loadConfig({ cwd: root });
  return resolveDeployments(configs[0].config).find(({ name }) => name === wanted);
}

module.exports = { shippedDeployment };
