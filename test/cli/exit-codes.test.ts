/** The exit code is that of the result: a config that never ends, or ends the process, makes no pipeline green. */
import { spawnSync } from 'node:child_process';
import { BAKERY, newFolder, program, removeProgram, runIn } from './program';

afterAll(removeProgram);

const QUICK = { AUTO_RESTART_LOAD_SECONDS: '1' };

describe('a config that does not end', () => {
  it.each([
    ['waits for ever at its top', 'await new Promise(() => {});\nexport default {};', 'waits for something that never comes'],
    ['waits for ever, and keeps the process busy', 'setInterval(() => {}, 50);\nawait new Promise(() => {});\nexport default {};', 'took longer than 1 second'],
    ['loops', 'while (true) {}\nexport default {};', 'took longer than 1 second'],
    ['loops after it has waited', 'await Promise.resolve();\nwhile (true) {}\nexport default {};', 'took longer than 1 second'],
    ['loops in its deployments', "export default { environments: ['a'], deployments: () => { while (true) {} } };", 'took longer than 1 second'],
    ['has deployments that are a promise', "export default { environments: ['a'], deployments: () => new Promise(() => {}) };", 'the function returns a promise'],
    ['is a promise', 'export default new Promise(() => {});', 'a Promise is not a JSON value'],
    ['is a function that waits', 'export default () => new Promise(() => {});', 'the default export is a function'],
    ['ends the process', 'process.exit(0);', 'process.exit(0) is called'],
    ['ends the process in its deployments', "export default { environments: ['a'], deployments: () => process.exit() };", 'process.exit() is called'],
  ])('ends the command with a sentence and 2 when it %s', (_, config, sentence) => {
    // A second is short for who shares a machine: only what is to take longer has no more.
    const env = sentence.startsWith('took longer') ? QUICK : {};
    const { code, stdout, stderr } = runIn(newFolder(config), ['generate'], env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n {4}at /);
  }); // prettier-ignore

  it.each([
    ['a timer that throws', "setTimeout(() => { throw new Error('the oven is cold'); }, 0);\nawait new Promise((done) => setTimeout(done, 500));", 'the oven is cold'],
    ['a promise that nobody catches', "void Promise.reject(new Error('the oven is cold'));\nawait new Promise((done) => setTimeout(done, 500));", 'the oven is cold'],
    ['the end of the process later', 'setTimeout(() => process.exit(0), 0);\nawait new Promise((done) => setTimeout(done, 500));', 'process.exit(0) is called'],
  ])('ends with 1 for %s', (_, config, sentence) => {
    const { code, stderr } = runIn(newFolder(`${config}\n${BAKERY}`), ['generate']);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/\n {4}at /);
  }); // prettier-ignore

  it('does not keep the process alive after its result', () => {
    // Its code would be null had it been ended from outside.
    const { code } = runIn(newFolder(`setInterval(() => {}, 1000);\n${BAKERY}`), ['generate']);
    expect(code).toBe(0);
  });
});

describe('a reader that stops reading', () => {
  it('does not change the result', () => {
    const folder = newFolder(BAKERY);
    const command = `"${process.execPath}" "${program()}" generate --check; echo "code $?" >&2`;
    const { stderr } = spawnSync('sh', ['-c', `{ ${command}; } | true`], { cwd: folder, encoding: 'utf8' });
    expect(stderr).toContain('code 3');
  });
});

describe('errors with --json', () => {
  it.each([
    ['an unknown option', ['generate', '--chek', '--json'], 2, { code: 'REQUEST', message: 'there is no option --chek', where: null, hint: 'did you mean --check?', problems: [] }],
    ['an unknown command', ['--json', 'genrate'], 2, { code: 'REQUEST', message: 'there is no command genrate', where: null, hint: 'did you mean generate?', problems: [] }],
    ['a refusal', ['apply', '--connection', 'local', '--json'], 1, { code: 'REFUSED', where: null }],
    ['a wrong value', ['local', '--port', 'abc', '--json'], 2, { code: 'REQUEST', message: '"abc" is no port', where: '--port' }],
  ])('are one document on stdout: %s', (_, args, exit, error) => {
    const { code, stdout, stderr } = runIn(newFolder(BAKERY), args);
    expect({ code, stderr }).toEqual({ code: exit, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ error });
  }); // prettier-ignore

  it('list the problems of a config', () => {
    const folder = newFolder(BAKERY.replace("layout: 'o2c'", "layout: 'o3c'"));
    const { code, stdout } = runIn(folder, ['generate', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'REQUEST',
        message: 'the config has 1 problem',
        where: null,
        hint: null,
        problems: [
          {
            where: 'deployments.bakery.state.layout',
            message: '"o3c" is not one of o2c, elementary, dbt_artifacts',
            hint: 'did you mean o2c?',
          },
        ],
      },
    });
  });

  it('are told for what nobody foresaw, too', () => {
    const { code, stdout } = runIn(
      newFolder(`setTimeout(() => { throw new Error('cold'); }, 0);\nawait new Promise(() => {});\n`),
      ['generate', '--json'],
    );
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'INTERNAL', message: 'cold' } });
  });
});
