/** `node bench/run.cjs [SECTION...]`: prints the figures of bench/README.md as ratios, which travel between machines. */
const SECTIONS = {
  'start-up': () => require('./start-up.cjs'),
  projects: () => require('./projects.cjs'),
  decision: () => require('./decision.cjs'),
  rehearsal: () => require('./rehearsal.cjs'),
  hostile: () => require('./hostile.cjs'),
  statements: () => require('./statements.cjs'),
};

async function main() {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !Object.hasOwn(SECTIONS, name));
  if (unknown.length > 0) {
    console.error(`there is no section ${unknown.join(', ')}: ${Object.keys(SECTIONS).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  for (const [name, load] of Object.entries(SECTIONS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    console.log(`\n${name}`);
    for (const line of await load().measure()) console.log(`  ${line}`);
  }
}

void main();
