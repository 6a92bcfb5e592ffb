/** Plays rehearsals one after the other, with the SQL that is rendered from the config and the projects they name. */
import * as path from 'node:path';
import { asProblems, problemSink, type ConfigProblem, type FoundProblem } from '../config/problems';
import type { Deployment } from '../model/deployment';
import { renderDeployment } from '../render/render';
import { type Checked, checkRehearsal, type World } from './check/check';
import type { LoadedRehearsal } from './load';
import { RehearsalProblems } from './problems';
import { ownManifest, readManifest } from './own-manifest';
import type { Rehearsed } from './rehearsal';
import { type Applied, rehearse } from './run';

export interface RehearseAllOptions {
  /** Path of the user's own manifest.json, in place of the project of its name. */
  manifest?: string;
  /** Told which rehearsal is played and how far its simulated time has come, between 0 and 1. */
  onProgress?: (name: string, share: number) => void;
}

/**
 * @param project.deployments every deployment of the config
 * @throws RehearsalProblems before anything is played; AutoRestartError REQUEST for a manifest that cannot be read
 */
export async function* rehearseAll(
  wanted: readonly LoadedRehearsal[],
  project: { root: string; deployments: readonly Deployment[] },
  { manifest, onProgress }: RehearseAllOptions = {},
): AsyncGenerator<Rehearsed> {
  const world: World = {
    deployments: new Map(project.deployments.map((deployment) => [deployment.name, deployment])),
    readManifest: (file) => readManifest(path.resolve(project.root, file)),
    ...(manifest === undefined ? {} : { manifest: ownManifest(path.resolve(manifest)) }),
  };
  const checked = checkAll(wanted, world);
  const deployments = new Map<string, Applied>(
    project.deployments.map((deployment) => [
      deployment.name,
      { deployment, statements: renderDeployment(deployment).statements },
    ]),
  );
  for (const { name, rehearsal, dags } of checked) {
    yield await rehearse(name, rehearsal, {
      deployments,
      dagOf: (wantedProject) => dags.byProject.get(wantedProject.toLowerCase()),
      ...(onProgress ? { onProgress: (share: number) => onProgress(name, share) } : {}),
    });
  }
}

/** Every mistake in every file, in the order in which it stands there. */
function checkAll(wanted: readonly LoadedRehearsal[], world: World): (Checked & { name: string })[] {
  const problems: ConfigProblem[] = [];
  const checked = wanted.map(({ name, rehearsal }) => {
    const found: FoundProblem[] = [];
    const read = checkRehearsal(rehearsal, world, problemSink(found));
    for (const { where, ...problem } of asProblems(found, rehearsal))
      problems.push({ where: where === '' ? name : `${name}: ${where}`, ...problem });
    return { name, ...read };
  });
  if (problems.length > 0) throw new RehearsalProblems(problems);
  return checked;
}
