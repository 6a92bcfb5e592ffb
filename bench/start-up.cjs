/** How long the command needs before it is of use, against bare Node in the same run. */
const { program, timeNode, median, ratio } = require('./timing.cjs');

const ROUNDS = 21;

/** The kinds take turns, so that a busy moment of the machine hits all of them. */
const KINDS = {
  'node -e 0': ['-e', '0'],
  '--help': [program, '--help'],
  'generate --check': [program, 'generate', '--check'],
  'generate --check --deployment o2c': [program, 'generate', '--check', '--deployment', 'o2c'],
};

function measure() {
  const times = Object.fromEntries(Object.keys(KINDS).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, args] of Object.entries(KINDS)) times[name].push(timeNode(args));
  }
  const bare = median(times['node -e 0']);
  return Object.entries(times).map(
    ([name, list]) => `${name.padEnd(36)} ${ratio(median(list), bare)} x bare node (median of ${ROUNDS})`,
  );
}

module.exports = { measure };
