/** Names as long as Snowflake takes them work in every place; longer ones are refused where they stand. */
import { cron } from '../../src/config/define';
import type { DeploymentConfig } from '../../src/config/types';
import { renderDeployment } from '../../src/render/render';
import { resolveDeployments } from '../../src/model/resolve';
import { bakery, problemsOfAll } from '../model/bakery';

function withNames(length: number): { deployments: Record<string, DeploymentConfig> } {
  const name = 'N'.repeat(length);
  const config = bakery({
    database: name,
    schema: name,
    jobs: { [name]: { project: name } },
    tasks: { [name]: { job: name, mode: 'full-build', schedule: cron('0 4 * * *'), warehouse: name } },
    grants: { [name]: ['read'] },
    names: { procedure: name, view: `V${name.slice(1)}` },
  });
  return { deployments: { [name]: config } };
}

it('of 255 characters work, and their files have names that every disk takes', () => {
  const [deployment] = resolveDeployments(withNames(255));
  const { files, statements } = renderDeployment(deployment!);
  expect(statements.length).toBeGreaterThan(3);
  expect(Object.keys(files).filter((file) => file.length > 130)).toEqual([]);
});

it('of 256 characters are refused, each where it stands', () => {
  const places = problemsOfAll(withNames(256)).map((text) => text.replace(/N{9,}/g, 'N').replace(/: .*/, ''));
  expect(new Set(places)).toEqual(
    new Set([
      'deployments.N',
      ...['database', 'schema', 'jobs.N', 'jobs.N.project', 'tasks.N', 'tasks.N.warehouse', 'grants.N'].map(
        (place) => `deployments.N.${place}`,
      ),
      ...['names.procedure', 'names.view'].map((place) => `deployments.N.${place}`),
    ]),
  );
});
