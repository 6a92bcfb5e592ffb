/**
 * Pages that are made from the sources: docs/config-reference.md from the comments of src/config/types.ts and its
 * parts, docs/commands.md from what the command says of itself.
 *
 * node build/pages.cjs           writes them (`make generate` does)
 * node build/pages.cjs --check   ends with 3 where one is not what the sources say (`make check` does)
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const prettier = require('prettier');
const ts = require('typescript');

const root = path.join(__dirname, '..');
const MADE = 'Made from the sources by `make generate`; not to be edited.';

// ------------------------------------------------------------------------------------- config-reference

function configReference() {
  const sources = configTypes(path.join(root, 'src/config/types.ts'));
  const sections = sources.flatMap((source) =>
    source.statements.filter(ts.isInterfaceDeclaration).map((node) => interfaceSection(node, source)),
  );
  const others = sources.flatMap((source) =>
    source.statements
      .filter((node) => ts.isTypeAliasDeclaration(node) && docOf(node) !== '')
      .map(
        (node) => `### \`${node.name.text}\`\n\n${docOf(node)}\n\n\`${oneLine(node.type.getText(source))}\``,
      ),
  );
  return `# The config, option by option

${MADE} What the options cannot say for themselves: [config.md](config.md). A \`?\` marks what may be left out.

${sections.filter(Boolean).join('\n\n')}

## Words

${others.join('\n\n')}
`;
}

/** The file, then those that it exports anew, in that order. */
function configTypes(file) {
  const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const parts = source.statements.filter(ts.isExportDeclaration).flatMap(({ moduleSpecifier }) => {
    return configTypes(path.join(path.dirname(file), `${moduleSpecifier.text}.ts`));
  });
  return [source, ...parts];
}

function interfaceSection(node, source) {
  const rows = node.members.filter(ts.isPropertySignature).flatMap((member) => rowsOf(member, source, ''));
  if (rows.length === 0) return '';
  return `## \`${node.name.text}\`\n\n${docOf(node)}\n\n| option | type | meaning |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

/** Objects inside an option have rows of their own: \`runs.table\`. */
function rowsOf(member, source, before) {
  const name = `${before}${member.name.getText(source)}`;
  const shown = `${name}${member.questionToken ? '?' : ''}`;
  if (member.type !== undefined && ts.isTypeLiteralNode(member.type) && member.type.members.length > 2) {
    const inner = member.type.members.filter(ts.isPropertySignature);
    return [
      `| \`${shown}\` | object | ${cell(docOf(member))} |`,
      ...inner.flatMap((each) => rowsOf(each, source, `${name}.`)),
    ];
  }
  return [
    `| \`${shown}\` | \`${oneLine(member.type?.getText(source) ?? '').replaceAll('|', '\\|')}\` | ${cell(docOf(member))} |`,
  ];
}

function docOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node);
  if (doc === undefined) return '';
  const tags = (doc.tags ?? []).flatMap((tag) =>
    tag.tagName.text === 'default' ? [`Default: ${ts.getTextOfJSDocComment(tag.comment) ?? ''}.`] : [],
  );
  return oneLine([ts.getTextOfJSDocComment(doc.comment) ?? '', ...tags].join(' '));
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function cell(text) {
  return text
    .replaceAll('|', '\\|')
    .replace(/</g, '&lt;')
    .replace(/`[^`]*`/g, (code) => code.replaceAll('&lt;', '<'));
}

// -------------------------------------------------------------------------------------------- commands

function help(args) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [path.join(root, 'dist/cli/main.js'), ...args, '--help'],
    {
      encoding: 'utf8',
      env: { ...process.env, COLUMNS: '100', NO_COLOR: '1' },
    },
  );
  if (status !== 0) throw new Error(`${args.join(' ')} --help ended with ${status}: ${stderr}`);
  return stdout.trimEnd();
}

function commandsPage() {
  const all = help([]);
  const names = [...all.matchAll(/^ {2}dbt-auto-restart (\S+)/gm)].map(([, name]) => name);
  const common = all.slice(all.indexOf('Options:'));
  const lines = new Set(common.split('\n').map((line) => line.trim().split(/\s{2,}/)[0]));
  const sections = names.map(
    (name) => `## \`${name}\`\n\n\`\`\`text\n${withoutCommon(help([name]), lines)}\n\`\`\``,
  );
  return `# Commands

${MADE} What each prints with \`--json\`: [json.md](json.md). Which to type when something is red: [on-call.md](on-call.md).

| exit code | means                                                                                              |
| --------- | -------------------------------------------------------------------------------------------------- |
| 0         | what was asked happened                                                                            |
| 1         | it did not: a statement failed, a rehearsal missed its expectation, something was refused          |
| 2         | the request was wrong: arguments or config                                                         |
| 3         | differences or stale files, only with \`--check\`; \`--exit-code\` is its alias on \`plan\` and \`diff\` |
| 4         | no connection, or not authorised                                                                   |

Results go to stdout, everything else to stderr. Nothing is asked where there is no terminal. \`NO_COLOR\`, \`COLUMNS\` and a stream that is no terminal
are respected.

Every command has these options:

\`\`\`text
${common}
\`\`\`

${sections.join('\n\n')}
`;
}

/** Of the options only those of the command itself. */
function withoutCommon(text, common) {
  const [head, options = ''] = text.split('\nOptions:\n');
  const own = [];
  let keeps = false;
  for (const line of options.split('\n')) {
    const first = line.trim().split(/\s{2,}/)[0];
    if (first.startsWith('-')) keeps = !common.has(first);
    if (keeps) own.push(line);
  }
  return own.length === 0 ? head.trimEnd() : `${head.trimEnd()}\n\nOptions:\n${own.join('\n')}`;
}

// ----------------------------------------------------------------------------------------------- both

async function main() {
  const pages = { 'docs/config-reference.md': configReference(), 'docs/commands.md': commandsPage() };
  for (const [name, text] of Object.entries(pages)) {
    const file = path.join(root, name);
    const wanted = await prettier.format(text, {
      ...(await prettier.resolveConfig(file)),
      parser: 'markdown',
    });
    if (!process.argv.includes('--check')) fs.writeFileSync(file, wanted);
    else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== wanted) {
      console.error(`${name} is not what the sources say: make generate, and look at the difference`);
      process.exitCode = 3;
    }
  }
}

void main();
