/**
 * Reads and compiles the templates: the one effect of this room. In the bundled command
 * `build/precompiled-templates.cjs` puts the compiled templates in the place of this file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Handlebars from 'handlebars';
import { HELPERS } from './template-helpers';
import type { Templates } from './templates';

/** `strict` and `knownHelpersOnly` turn a typing error into an error. */
export const COMPILE_OPTIONS = {
  noEscape: true,
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true])),
};

/** `sources` by template name; each can be included by the others: `{{> task}}`. */
export function compileTemplates(sources: Readonly<Record<string, string>>): Templates {
  const handlebars = Handlebars.create();
  handlebars.registerHelper(HELPERS);
  handlebars.registerPartial(sources);
  const compiled = new Map<string, (data: object) => string>();
  return {
    render(name, data) {
      const source = sources[name];
      if (source === undefined) throw new Error(`no template is called ${name}`);
      const template = compiled.get(name) ?? handlebars.compile(source, COMPILE_OPTIONS);
      compiled.set(name, template);
      return template(data);
    },
  };
}

/** @param directory default: `templates/` of the package */
export function loadTemplates(directory: string = templatesDirectory(__dirname)): Templates {
  return compileTemplates(readSources(directory));
}

/** The text of every template by its path without `.hbs`. */
export function readSources(directory: string): Record<string, string> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const templates = paths.filter((path) => path.endsWith('.hbs')).sort();
  return Object.fromEntries(
    templates.map((path) => [
      path.slice(0, -'.hbs'.length).replaceAll('\\', '/'),
      readFileSync(join(directory, path), 'utf8').replaceAll('\r\n', '\n'),
    ]),
  );
}

/** Sources run from src/, a build from dist/: the package is the same one above. */
function templatesDirectory(from: string): string {
  if (isThisPackage(join(from, 'package.json'))) return join(from, 'templates');
  const parent = dirname(from);
  if (parent === from) throw new Error('the templates of dbt-auto-restart are not beside its program');
  return templatesDirectory(parent);
}

function isThisPackage(manifest: string): boolean {
  try {
    return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name === 'dbt-auto-restart';
  } catch {
    return false;
  }
}
