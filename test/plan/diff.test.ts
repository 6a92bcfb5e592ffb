/** Two states of `generated/`: what changes, and what it would mean, without an account. */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { cron } from '../../src/config/define';
import type { DeploymentConfig } from '../../src/config/types';
import { generatedInGit, generatedOnDisk } from '../../src/files/generated-states';
import { resolveDeployments } from '../../src/model/resolve';
import { diffGenerated } from '../../src/plan/diff';
import type { GeneratedFolder } from '../../src/plan/offline';
import { renderDeployment } from '../../src/render/render';
import { defaultTemplates } from '../../src/render/templates';
import { bakery } from '../model/bakery';
import { changesOf, hazardsOf, stepsOf } from './account';

function generated(changes: Partial<DeploymentConfig> = {}, names = ['bakery']): GeneratedFolder[] {
  const deployments = Object.fromEntries(
    names.map((name) => [
      name,
      bakery({ schema: name.toUpperCase(), grants: { MILLER: ['read'] }, ...changes }),
    ]),
  );
  return resolveDeployments({ deployments }).map((deployment) => renderDeployment(deployment));
}

/** What a task's name or timeout means for the procedure is not told here. */
const graphsOf = (steps: string[]): string[] => steps.filter((step) => !/^\w+ (procedure|view):/.test(step));
const diff = (base: GeneratedFolder[], now: GeneratedFolder[]) =>
  diffGenerated(base, now, defaultTemplates());
const { BAKE_BREAD, BAKE_ROLLS } = bakery().tasks as Required<DeploymentConfig['tasks']>;

it('of the same state is empty', () => {
  expect(diff(generated(), generated()).flatMap(stepsOf)).toEqual([]);
});

it('tells which property of which task changes, and how', () => {
  const now = generated({
    tasks: {
      BAKE_BREAD: { ...BAKE_BREAD!, schedule: cron('0 5 * * *'), timeout: '1 hour' },
      BAKE_ROLLS: BAKE_ROLLS!,
    },
  });
  const plans = diff(generated(), now);
  expect(graphsOf(plans.flatMap(stepsOf))).toEqual(['alter graph:BAKERY.BAKERY.BAKE_BREAD']);
  expect(plans.flatMap(changesOf).filter((change) => change.startsWith('task'))).toEqual([
    'task BAKE_BREAD SCHEDULE: USING CRON 0 4 * * * UTC -> USING CRON 0 5 * * * UTC (config)',
    'task BAKE_BREAD USER_TASK_TIMEOUT_MS: 7200000 -> 3600000 (config)',
  ]);
});

it('tells a renamed task as one that is new and one that is left over', () => {
  const now = generated({ tasks: { BAKE_BREAD: BAKE_BREAD!, BAKE_BUNS: BAKE_ROLLS! } });
  expect(graphsOf(diff(generated(), now).flatMap(stepsOf))).toEqual([
    'create graph:BAKERY.BAKERY.BAKE_BUNS',
    'suspend graph:BAKERY.BAKERY.BAKE_ROLLS',
    'grant grant:MONITOR ON TASK BAKERY.BAKERY.BAKE_BUNS TO ROLE MILLER',
  ]);
});

it('tells a policy that changed by the lines of the objects that hold it', () => {
  const jobs = {
    ...bakery().jobs,
    rolls: { ...bakery().jobs!['rolls']!, retry: { maxAgeHours: 3, maxAttempts: 7 } },
  };
  const [plan] = diff(generated(), generated({ jobs }));
  const changes = plan!.deployments.flatMap(({ steps }) => steps.flatMap((step) => step.changes));
  expect(changes.length).toBeGreaterThan(0);
  expect(changes.every(({ what, cause }) => what === 'body' && cause === 'config')).toBe(true);
  expect(
    changes.flatMap(({ lines }) => lines ?? []).some((line) => line.startsWith('+') && line.includes('7')),
  ).toBe(true);
});

it('tells a deployment that is gone, and one that is new', () => {
  const plans = diff(generated({}, ['bakery', 'cellar']), generated({}, ['bakery', 'shop']));
  expect(graphsOf(plans.flatMap(stepsOf)).filter((step) => !step.startsWith('grant'))).toEqual([
    'create graph:BAKERY.SHOP.BAKE_BREAD',
    'create graph:BAKERY.SHOP.BAKE_ROLLS',
    'suspend graph:BAKERY.CELLAR.BAKE_BREAD',
    'suspend graph:BAKERY.CELLAR.BAKE_ROLLS',
  ]);
});

it('tells that another log makes every job begin anew', () => {
  const now = generated({ state: { kind: 'audit-tables', layout: 'elementary' } });
  expect(diff(generated(), now).flatMap(hazardsOf)).toContain('LOG_CHANGED');
});

describe('states of generated/', () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'auto-restart-diff-'));
  const folder = path.join(root, 'project', 'generated');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=baker', '-c', 'user.email=baker@bakery', ...args], {
      cwd: root,
      stdio: 'pipe',
    });
  function write(folders: GeneratedFolder[]): void {
    fs.rmSync(folder, { recursive: true, force: true });
    for (const one of folders) {
      fs.mkdirSync(path.join(folder, one.folder), { recursive: true });
      for (const [name, text] of Object.entries(one.files))
        fs.writeFileSync(path.join(folder, one.folder, name), text);
    }
  }

  it('are read from a commit and from disk, below the folder of the project', () => {
    git('init', '--quiet');
    write(generated());
    git('add', '.');
    git('commit', '--quiet', '-m', 'bread');
    write(generated({ tasks: { BAKE_BREAD: BAKE_BREAD! } }));
    const plans = diff(generatedInGit(folder, 'HEAD'), generatedOnDisk(folder));
    expect(graphsOf(plans.flatMap(stepsOf))).toEqual(['suspend graph:BAKERY.BAKERY.BAKE_ROLLS']);
  });

  it('of a commit that is not there are refused', () => {
    expect(() => generatedInGit(folder, 'nowhere')).toThrow(/git cannot tell what nowhere has/);
    expect(() => generatedInGit(folder, '--upload-pack=x')).toThrow(/git cannot tell/);
  });
});
