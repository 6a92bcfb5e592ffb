/** The licences of the packages whose code is inside the bundles: they have to travel with it. */
const fs = require('node:fs');
const path = require('node:path');

const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * @param root folder of node_modules
 * @param inputs paths of the bundled files, relative to it
 * @returns the text of THIRD_PARTY_LICENSES.txt, the same for the same packages
 */
function thirdPartyLicenses(root, inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.slice(1, 2) ?? []),
  );
  const packages = [...folders].map((folder) => noticeOf(path.join(root, folder)));
  return [...new Set(packages)].sort().join('\n');
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = fs
    .readdirSync(folder)
    .filter((file) => LICENSE_FILE.test(file))
    .sort()
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return `${'='.repeat(80)}\n${name} ${version} (${license ?? 'see below'})\n\n${texts.join('\n\n')}\n`;
}

module.exports = { thirdPartyLicenses };
