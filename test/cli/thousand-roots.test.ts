/** A thousand roots at one time: told in little, and soon. */
import { spawnSync } from 'node:child_process';
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

it('generate prints less than 100 kB, within sixty times the start of a bare Node', () => {
  const bare = Array.from({ length: 5 }, () =>
    seconds(() => spawnSync(process.execPath, ['-e', '0'])),
  ).sort()[2]!;
  const folder = newFolder(CONFIG);
  // The command is bundled for the tests when it is first asked for.
  runIn(folder, ['--version']);
  let ended = { code: null as number | null, stdout: '', stderr: '' };
  const took = seconds(() => {
    ended = runIn(folder, ['generate']);
  });
  expect(ended.code).toBe(0);
  expect(ended.stdout.length + ended.stderr.length).toBeLessThan(100_000);
  expect(took / bare).toBeLessThan(60);
});

function seconds(run: () => void): number {
  const started = performance.now();
  run();
  return (performance.now() - started) / 1000;
}
