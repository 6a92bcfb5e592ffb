/** The commands that the documents name, in blocks of code and in backticks, each once. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands';

const ROOT = join(__dirname, '..', '..');

export interface Documented {
  /** As it stands there, without `npx dbt-auto-restart` and without its comment. */
  line: string;
  /** The first that names it. */
  document: string;
}

export const readDocument = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

/**
 * docs/commands.md is made from the help; docs/pipelines/ is played by test/pipelines, the blocks of the README by
 * test/package: what stands in a sentence of the README is played here.
 */
export function documentedCommands(): Documented[] {
  const documents = readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md') && name !== 'commands.md')
    .map((name) => `docs/${name}`);
  const all = documents.flatMap((document) => {
    const text = readDocument(document);
    return [...inBlocks(text), ...inSentences(text)].map((line) => ({ line, document }));
  });
  const own = inSentences(readDocument('README.md')).map((line) => ({ line, document: 'README.md' }));
  return [...new Map([...all, ...own].reverse().map((each) => [each.line, each])).values()].reverse();
}

const BLOCK = /^```(\w*)\n([^]*?)^```/gm;
const COMMAND = /^(?:\$ )?(?:npx )?dbt-auto-restart ([a-z-].*)$/;

function inBlocks(text: string): string[] {
  const lines = [...text.matchAll(BLOCK)].flatMap(([, , code]) => code!.split('\n'));
  return lines.flatMap((line) => COMMAND.exec(line.trim())?.[1] ?? []).map(withoutComment);
}

function inSentences(text: string): string[] {
  const spans = [...text.replace(BLOCK, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
  return spans.flatMap((code) => commandOf(code.replaceAll('\\|', '|').trim()) ?? []).map(withoutComment);
}

/** `plan --env prod` is a command too; the name alone, `plan`, is a word of the sentence. */
function commandOf(code: string): string | undefined {
  const named = COMMANDS.map(({ command }) => command.split(' ')[0]!);
  return COMMAND.exec(code)?.[1] ?? (named.some((name) => code.startsWith(`${name} `)) ? code : undefined);
}

const withoutComment = (line: string): string => line.replace(/\s+#.*$/, '').trim();
