/** The selections of the real dbt, of which expected/README.md says how they were made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openLocalSnowflake } from '../../../src/local/engine/open';
import { features } from '../../../src/local/features';
import type { LocalSnowflake, Session } from '../../../src/local/engine/contract';

describe.each(['.', 'tearoom'])('the project in expected/%s', (folder) => {
  const file = (name: string): string => join(__dirname, 'expected', folder, name);
  const { lines, answers } = JSON.parse(readFileSync(file('answers.json'), 'utf8')) as {
    lines: string[];
    /** Numbers of lines, or what dbt says (`error` where it was not kept). */
    answers: Record<string, number[] | string>;
  };

  let account: LocalSnowflake;
  let session: Session;
  beforeAll(async () => {
    account = await openLocalSnowflake({ features });
    session = account.openSession({});
    await session.execute('CREATE DATABASE SHOP');
    await session.execute(
      `CREATE DBT PROJECT SHOP.PUBLIC.PROJECT FROM '${pathToFileURL(file('manifest.json')).href}' DBT_VERSION = '1.11.11'`,
    );
  });
  afterAll(async () => account.close());

  /** What `dbt list` prints, without the line that names the version and without warnings. */
  async function listed(args: string): Promise<string[] | 'error'> {
    const literal = args.replaceAll('\\', '\\\\').replaceAll("'", "''");
    try {
      const { rows } = await session.execute(`EXECUTE DBT PROJECT SHOP.PUBLIC.PROJECT ARGS = '${literal}'`);
      const [, ...printed] = String(rows[0]![2]).trimEnd().split('\n');
      return printed.filter((line) => !line.startsWith('[WARNING]'));
    } catch (error) {
      if (!String(error).includes('dbt list of SHOP.PUBLIC.PROJECT failed')) throw error;
      return 'error';
    }
  }

  it.each(Object.entries(answers))('%s', async (args, answer) => {
    const expected = typeof answer === 'string' ? 'error' : answer.map((line) => lines[line]);
    expect(await listed(args)).toEqual(expected);
  });
});
