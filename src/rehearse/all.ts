/** Plays rehearsals one after the other, with the SQL that is rendered from the config and the projects they name. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { AutoRestartError } from '../errors';
import type { Deployment } from '../model/deployment';
import { renderDeployment } from '../render/render';
import type { LoadedRehearsal } from './load';
import type { Rehearsed } from './rehearsal';
import { type Applied, rehearse } from './run';

/**
 * @param project.deployments every deployment of the config
 * @param manifest path of the user's own manifest.json, in place of each rehearsal's project
 */
export async function* rehearseAll(
  wanted: readonly LoadedRehearsal[],
  project: { root: string; deployments: readonly Deployment[] },
  manifest?: string,
): AsyncGenerator<Rehearsed> {
  const deployments = new Map<string, Applied>(
    project.deployments.map((deployment) => [
      deployment.name,
      { deployment, statements: renderDeployment(deployment).statements },
    ]),
  );
  for (const { name, rehearsal } of wanted) {
    const dags = rehearsal.projects.map((dag) =>
      'manifest' in dag ? readManifest(path.resolve(project.root, dag.manifest)) : JSON.stringify(dag),
    );
    const named = new Map(dags.map((dag) => [projectOf(dag), dag]));
    const own = manifest === undefined ? undefined : readManifest(path.resolve(manifest));
    // With another project's nodes the expectations of the rehearsal no longer fit.
    const { expect, ...unexpected } = rehearsal;
    const played = own === undefined && expect !== undefined ? { ...unexpected, expect } : unexpected;
    yield await rehearse(name, played, {
      deployments,
      dagOf: (wantedProject) => own ?? named.get(wantedProject) ?? dags[0],
    });
  }
}

function readManifest(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new AutoRestartError('REQUEST', `the manifest ${file} cannot be read`, {
      cause: error,
      hint: 'dbt parse writes target/manifest.json',
    });
  }
}

function projectOf(dag: string): string {
  const { project, metadata } = JSON.parse(dag) as { project?: string; metadata?: { project_name?: string } };
  return project ?? metadata?.project_name ?? '';
}
