/** Deployment -> everything that is generated: statements in apply order, and files. Pure, given the templates. */
import type { Deployment } from '../model/deployment';
import { assemble } from './assemble';
import { renderProcedure } from './procedure';
import type { RenderedDeployment } from './statement';
import { defaultTemplates, type Templates } from './templates';
import { renderViews } from './views';

/** @param templates default: the package's own */
export function renderDeployment(
  deployment: Deployment,
  templates: Templates = defaultTemplates(),
): RenderedDeployment {
  const views = renderViews(deployment, templates);
  const procedure = renderProcedure(deployment, templates);
  return assemble(deployment, { views, procedure }, templates);
}
