/**
 * The Handlebars templates of everything that is generated. They own the look of procedures, tasks and documents and
 * hold no logic beyond each, if and the helpers below; `strict` and `knownHelpersOnly` turn a typing error into one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Handlebars from 'handlebars';
import type { ObjectName } from '../model/deployment';
import {
  constant,
  comment,
  identifier,
  literal,
  optionalLiteral,
  qualified,
  symbol,
  type SymbolName,
} from './sql-text';

export interface Templates {
  /**
   * @param name path below `templates/` without `.hbs`: `task-graph`, `decision/chain`
   * @param data what the template names; a name that is missing is an error
   */
  render(name: string, data: object): string;
}

const HELPERS = {
  identifier: (name: string) => identifier(name),
  qualified: (name: ObjectName) => qualified(name),
  literal: (text: string) => literal(text),
  optionalLiteral: (text: string | null) => optionalLiteral(text),
  constant: (text: string) => constant(text),
  comment: (text: string) => comment(text),
  symbol: (name: SymbolName) => symbol(name),
} satisfies Record<string, (value: never) => string>;

/** `sources` by template name; each can be included by the others: `{{> task}}`. */
export function compileTemplates(sources: Readonly<Record<string, string>>): Templates {
  const handlebars = Handlebars.create();
  const options = {
    noEscape: true,
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(HELPERS).map((name) => [name, true])),
  };
  handlebars.registerHelper(HELPERS);
  handlebars.registerPartial(sources);
  const compiled = new Map<string, (data: object) => string>();
  return {
    render(name, data) {
      const source = sources[name];
      if (source === undefined) throw new Error(`no template is called ${name}`);
      const template = compiled.get(name) ?? handlebars.compile(source, options);
      compiled.set(name, template);
      return template(data);
    },
  };
}

/** Reads all templates: the one effect of this room, and the default of whoever is not handed any. */
export function loadTemplates(directory: string = templatesDirectory(__dirname)): Templates {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.hbs'),
  );
  const named = paths.map((path) => [
    path.slice(0, -'.hbs'.length).replaceAll('\\', '/'),
    read(directory, path),
  ]);
  return compileTemplates(Object.fromEntries(named) as Record<string, string>);
}

let defaults: Templates | undefined;

/** The package's own templates, read once. */
export function defaultTemplates(): Templates {
  defaults ??= loadTemplates();
  return defaults;
}

function read(directory: string, path: string): string {
  return readFileSync(join(directory, path), 'utf8').replaceAll('\r\n', '\n');
}

/** Sources run from src/, a build from dist/, the bundled command from dist/cli: the package is the same one above. */
function templatesDirectory(from: string): string {
  const manifest = join(from, 'package.json');
  if (isThisPackage(manifest)) return join(from, 'templates');
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
