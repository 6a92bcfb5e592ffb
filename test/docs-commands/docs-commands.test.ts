/** Every command that a document names, run once as a process, in the order in which a project needs them. */
import '../local/server/quiet-driver';
import { removeProgram } from '../cli/program';
import { documentedCommands } from './documented';
import { PLACES } from './places';
import { openWorkplace, type Workplace } from './projects';
import { typedIn } from './typed';

let workplace: Workplace;
beforeAll(async () => {
  workplace = await openWorkplace();
});
afterAll(async () => {
  await workplace.close();
  removeProgram();
});

describe('the commands of the documents', () => {
  const documented = documentedCommands();
  const known = PLACES.map(({ line }) => line);

  it('are found in blocks and in sentences', () => {
    expect(documented.length).toBeGreaterThan(35);
    expect(documented.map(({ document }) => document)).toEqual(
      expect.arrayContaining(['README.md', 'docs/plan.md', 'docs/on-call.md', 'docs/environments.md']),
    );
  });

  it('have a place below, each of them', () => {
    const missing = documented.filter(({ line }) => !known.includes(line));
    expect(missing.map(({ line, document }) => `${document}: ${line}`)).toEqual([]);
  });

  it('are all that has a place below', () => {
    const lines = documented.map(({ line }) => line);
    expect(known.filter((line) => !lines.includes(line))).toEqual([]);
  });
});

it.each(PLACES.map((place) => ({ code: 0, says: /\S/, as: [place.line], ...place })))(
  '$project: $line ends with $code',
  async ({ line, project, code, says, as, before = [], ...how }) => {
    for (const sql of before) await workplace.sql(sql);
    for (const typed of as) {
      const where = { folder: workplace.folderOf(project), home: workplace.home };
      const answered = await typedIn(where, typed, how);
      expect({ line, ...answered }).toEqual({ line, code, said: expect.stringMatching(says) });
      expect(answered.said).not.toMatch(/fault of dbt-auto-restart|^\s+at .*:\d+:\d+/m);
    }
  },
);
