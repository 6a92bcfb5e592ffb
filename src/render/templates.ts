/**
 * The Handlebars templates of everything that is generated, by name. They own the look of procedures, tasks and
 * documents and hold no logic beyond each, if and the helpers of `template-helpers`.
 */
import { loadTemplates } from './load-templates';

export interface Templates {
  /**
   * @param name path below `templates/` without `.hbs`: `task-graph`, `decision/chain`
   * @param data what the template names; a name that is missing is an error
   */
  render(name: string, data: object): string;
}

let defaults: Templates | undefined;

/** The package's own templates, read once. */
export function defaultTemplates(): Templates {
  defaults ??= loadTemplates();
  return defaults;
}
