/** What a reviewer sees of a change: which objects, which lines. */
import config from '../../examples/every-log/auto-restart.config';
import type { DeploymentConfig } from '../../src/config/types';
import { resolveDeployments } from '../../src/model/resolve';
import { renderDeployment } from '../../src/render/render';

type Files = Readonly<Record<string, string>>;

const deployments = config.deployments as Record<string, DeploymentConfig>;

/** The files of a deployment of the example, all of them under one name and in one schema. */
function filesOf(
  name: string,
  change: (deployment: DeploymentConfig) => DeploymentConfig = (same) => same,
): Files {
  const { schema, ...rest } = change(deployments[name]!);
  const [deployment] = resolveDeployments({ deployments: { same: { ...rest, schema } } });
  const { files } = renderDeployment(deployment!);
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, text.replaceAll(`BAKERY.${schema}`, 'BAKERY.LOG')]),
  );
}

const objects = (files: Files): string[] => Object.keys(files).filter((path) => /^\d\d_/.test(path));

const withoutFingerprints = (text: string): string => text.replace(/ [0-9a-f]{12}\]/g, ' ]');

/** The lines of each that the other has not, fingerprints aside. */
function changed(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, fresh] = [before, after].map((text) => withoutFingerprints(text).split('\n')) as [
    string[],
    string[],
  ];
  const missing = (lines: string[], others: string[]): string[] =>
    lines.filter((line) => !others.includes(line)).map((line) => line.trim());
  return { gone: missing(old, fresh), come: missing(fresh, old) };
}

function changedObjects(before: Files, after: Files): string[] {
  return objects(before)
    .filter((path) => withoutFingerprints(before[path]!) !== withoutFingerprints(after[path]!))
    .map((path) => path.replace(/^\d\d_\w+?_|\.sql$/g, ''));
}

const o2c = filesOf('o2c');

/** What stands between the marks is the deployment's own. */
const outsideOfMarks = (text: string): string =>
  withoutFingerprints(text).replace(/^ *-- >>>[\s\S]*?^ *-- <<<.*\n/gm, '');

describe('maxAttempts from 3 to 5', () => {
  const after = filesOf('o2c', (deployment) => ({
    ...deployment,
    jobs: { daily: { ...deployment.jobs!['daily']!, retry: { maxAttempts: 5 } } },
  }));

  it('changes one line of the jobs view and no other object', () => {
    expect(changedObjects(o2c, after)).toEqual(['v_auto_restart_jobs']);
    const [path] = objects(o2c);
    expect(changed(o2c[path!]!, after[path!]!)).toEqual({
      gone: ['3 AS max_attempts,'],
      come: ['5 AS max_attempts,'],
    });
  });
});

describe.each(['elementary', 'dbt_artifacts'])('o2c to %s', (layout) => {
  const after = filesOf(layout);

  it('changes the two thin views, the defaults that depend on the log, and what records a failure', () => {
    expect(changedObjects(o2c, after)).toEqual([
      'v_auto_restart_jobs',
      'v_auto_restart_runs',
      'v_auto_restart_nodes',
      'run_dbt_auto_restart',
    ]);
    const [jobs] = objects(o2c);
    expect(changed(o2c[jobs!]!, after[jobs!]!)).toEqual({
      gone: ['TRUE AS records_failure,', '500 AS max_selector_length,'],
      come: ['FALSE AS records_failure,', '32000 AS max_selector_length,'],
    });
    const procedure = objects(o2c).find((path) => path.includes('procedure'))!;
    const { gone, come } = changed(o2c[procedure]!, after[procedure]!);
    expect(come).toEqual([]);
    expect(gone[0]).toMatch(/^-- >>> Hooks may call a failed run a success/);
    expect(gone.join('\n')).toContain('INSERT INTO BAKERY.LOG.DBT_RUN_LOG');
  });
});

const WITH_SELECTIONS = ['elementary', 'dbt_artifacts', 'own_columns', 'command_lines', 'snowflake_history'];

it.each(WITH_SELECTIONS)('history and state are the same text over %s as over o2c', (layout) => {
  const after = filesOf(layout);
  for (const name of ['history', 'state']) {
    const path = objects(o2c).find((each) => each.includes(name))!;
    expect(withoutFingerprints(after[path]!)).toBe(withoutFingerprints(o2c[path]!));
  }
});

const procedureOf = (files: Files): string =>
  files[objects(files).find((path) => path.includes('procedure'))!]!;

it.each([
  ...[...WITH_SELECTIONS, 'without_selection'].map((name) => [name, filesOf(name)] as const),
  ['o2c with a message', filesOf('o2c', (same) => ({ ...same, notification: { integration: 'BELL' } }))],
] as const)('the procedure over %s differs from that over o2c only between its marks', (_, after) => {
  expect(outsideOfMarks(procedureOf(after))).toBe(outsideOfMarks(procedureOf(o2c)));
});
