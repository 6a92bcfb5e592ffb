/** What is applied is what was reviewed: the config is rendered again, and must give the files that are there. */
import { AutoRestartError } from '../errors';
import { compareFiles, contentsOf, type FileState } from '../files/generated';
import { renderDeployment } from '../render/render';
import type { RenderedDeployment } from '../render/statement';
import { generatedFolder, type Project } from './project';

/** @throws AutoRestartError REFUSED when a file is stale, missing or orphaned */
export async function renderUpToDate(project: Project): Promise<RenderedDeployment[]> {
  const rendered = project.deployments.map((deployment) => renderDeployment(deployment));
  const wanted = rendered.map((each) => ({ folder: each.folder, files: () => contentsOf(each) }));
  const { states } = compareFiles(generatedFolder(project), wanted, project.covers);
  const different = states.filter(({ state }) => state !== 'same');
  if (different.length === 0) return rendered;
  const [first] = different;
  const more = different.length > 1 ? ` and ${different.length - 1} more` : '';
  throw new AutoRestartError(
    'REFUSED',
    `generated/ is not what the config says: ${first?.path} is ${stateText(first)}${more}`,
    { hint: 'run generate, have the difference reviewed, then apply' },
  );
}

function stateText(state: FileState | undefined): string {
  if (state?.state === 'foreign') return 'not written by generate';
  if (state?.state !== 'stale' || state.checkout === null) return state?.state ?? 'stale';
  return `stale (${state.checkout === 'CRLF' ? 'its lines end with CRLF' : 'it begins with a byte order mark'})`;
}
