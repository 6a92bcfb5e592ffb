/** The o2c deployment of this repository's config. */
const path = require('node:path');
const { root } = require('./timing.cjs');

async function shippedDeployment() {
  const { loadConfig } = require(path.join(root, 'dist/config/load.js'));
  const { resolveDeployments } = require(path.join(root, 'dist/model/resolve.js'));
  const { configs } = await loadConfig({ cwd: root });
  return resolveDeployments(configs[0].config).find(({ name }) => name === 'o2c');
}

module.exports = { shippedDeployment };
