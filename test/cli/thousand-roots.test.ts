/** A thousand roots at one time: told in little. That it is soon too is test/model/warnings.test.ts's. */
import { BAKERY, newFolder, removeProgram, runIn } from './program';

afterAll(removeProgram);

const tasks = Array.from(
  { length: 1000 },
  (_, at) => `BAKE_${at}: { job: 'bread', mode: 'full-build', schedule: cron('0 4 * * *') },`,
);
const CONFIG = BAKERY.replace(
  /tasks: \{[^]*?\n {6}\},/,
  `jobs: { bread: { project: 'bakery' } },\n tasks: { ${tasks.join('\n')} },`,
);

it('generate prints less than 100 kB', () => {
  const { code, stdout, stderr } = runIn(newFolder(CONFIG), ['generate']);
  expect(code).toBe(0);
  expect(stdout.length + stderr.length).toBeLessThan(100_000);
});
