/** What the config says should stand in `generated/`, rendered one deployment at a time. */
import { contentsOf, type WantedFolder } from '../files/generated';
import { deploymentFolder } from '../model/folder';
import { renderDeployment } from '../render/render';
import type { Project } from './project';

export function wantedFolders({ deployments }: Project): WantedFolder[] {
  return deployments.map((deployment) => ({
    folder: deploymentFolder(deployment),
    files: () => contentsOf(renderDeployment(deployment)),
  }));
}
