/**
 * An esbuild plugin that puts compiled templates in the place of src/render/load-templates.ts: the command line then
 * neither reads nor parses a template when it starts, and carries only Handlebars' runtime.
 * https://handlebarsjs.com/installation/precompilation.html
 */
const fs = require('node:fs');
const path = require('node:path');
const Handlebars = require('handlebars');

const root = path.join(__dirname, '..');
const templates = path.join(root, 'templates');

/** The same as COMPILE_OPTIONS of the module that is replaced. */
function compileOptions() {
  const source = fs.readFileSync(path.join(root, 'src', 'render', 'template-helpers.ts'), 'utf8');
  const names = [...source.matchAll(/^ {2}(\w+): \(/gm)].map(([, name]) => [name, true]);
  return { noEscape: true, strict: true, knownHelpersOnly: true, knownHelpers: Object.fromEntries(names) };
}

function compiledModule() {
  const options = compileOptions();
  const paths = fs
    .readdirSync(templates, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hbs'));
  const specs = paths.sort().map((file) => {
    const name = file.slice(0, -'.hbs'.length).replaceAll('\\', '/');
    const source = fs.readFileSync(path.join(templates, file), 'utf8').replaceAll('\r\n', '\n');
    return `${JSON.stringify(name)}: ${Handlebars.precompile(source, options)}`;
  });
  return `
    import Handlebars from 'handlebars/runtime';
    import { HELPERS } from './template-helpers';
    const SPECS = {\n${specs.join(',\n')}\n};
    export function loadTemplates() {
      const handlebars = Handlebars.create();
      handlebars.registerHelper(HELPERS);
      for (const [name, spec] of Object.entries(SPECS)) handlebars.registerPartial(name, handlebars.template(spec));
      return {
        render(name, data) {
          if (!Object.hasOwn(SPECS, name)) throw new Error('no template is called ' + name);
          return handlebars.partials[name](data);
        },
      };
    }`;
}

module.exports = {
  name: 'precompiled-templates',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]render[\\/]load-templates\.ts$/ }, () => ({
      contents: compiledModule(),
      loader: 'ts',
      resolveDir: path.join(root, 'src', 'render'),
    }));
  },
};
