/** Whether a config with one strange text gives the SQL of its harmless twin, the text itself apart. */
import { ConfigProblems, type ConfigProblem } from '../../src/config/problems';
import type { Config } from '../../src/config/types';
import { tokenize, type Token } from '../../src/local/sql/lexer';
import type { Deployment } from '../../src/model/deployment';
import { RESERVED_WORDS } from '../../src/model/names';
import { resolveDeployments } from '../../src/model/resolve';
import { renderDeployment } from '../../src/render/render';
import type { RenderedDeployment } from '../../src/render/statement';

export type Path = readonly (string | number)[];

/** Where a text stands: a value, or (with `isKey`) the last key of the path. */
export interface Place {
  path: Path;
  isKey: boolean;
}

/** Every text of a config, and every key that its user chose. */
export function placesIn(value: unknown, path: Path = []): Place[] {
  if (typeof value === 'string') return path.at(-1) === 'kind' ? [] : [{ path, isKey: false }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    const own = isChosen(path) ? [{ path: place, isKey: true }] : [];
    return [...own, ...placesIn(inner, place)];
  });
}

function isChosen(path: Path): boolean {
  const last = path.at(-1);
  if (path.length === 1) return last === 'deployments';
  return ['jobs', 'tasks', 'grants', 'vars', 'envVars'].includes(String(last));
}

export function withText(config: Config, { path, isKey }: Place, text: string): Config {
  return replaced(config, path, text, isKey) as Config;
}

function replaced(value: unknown, [key, ...rest]: Path, text: string, isKey: boolean): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((inner, at) => (at === key ? replaced(inner, rest, text, isKey) : inner));
  const entries = Object.entries(value as object).map(([name, inner]): [string, unknown] => {
    if (name !== key) return [name, inner];
    return rest.length === 0 && isKey ? [text, inner] : [name, replaced(inner, rest, text, isKey)];
  });
  return Object.fromEntries(entries);
}

export type Outcome = { refused: ConfigProblems } | { deployment: Deployment; rendered: RenderedDeployment };

/** @throws whatever is no refusal: a fault */
export function outcomeOf(config: unknown): Outcome {
  let deployments: Deployment[];
  try {
    deployments = resolveDeployments(config);
  } catch (error) {
    if (error instanceof ConfigProblems) return { refused: error };
    throw error;
  }
  const [deployment] = deployments;
  if (deployment === undefined) throw new Error('no deployment');
  return { deployment, rendered: renderDeployment(deployment) };
}

export function refusalOf(config: unknown): readonly ConfigProblem[] {
  try {
    resolveDeployments(config);
    return [];
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
}

// ---------------------------------------------------------------------------------------------- tokens

/** Statements and files of SQL by their position, so that a name in a file's name does not matter. */
export function sqlOf({ statements, files }: RenderedDeployment): string[] {
  const texts = Object.entries(files).flatMap(([name, text]) => (name.endsWith('.sql') ? [text] : []));
  return [...statements.map(({ sql }) => sql), ...texts];
}

/** Every token, those of `$$` bodies too; a text that is joined of several literals is one. */
export function tokensOf(sql: string): Token[] {
  const flat = tokenize(sql).flatMap((token) =>
    token.kind === 'dollar' ? [mark(token), ...tokensOf(token.value), mark(token)] : [token],
  );
  return joined(flat);
}

function mark(token: Token): Token {
  return { ...token, kind: 'symbol', text: '$$' };
}

function joined(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    const character = isCharacter(tokens, at);
    const isText = token.kind === 'string' || character;
    const joins = out.at(-1)?.text === '||' && out.at(-2)?.kind === 'string' && isText;
    if (joins) out.pop();
    else out.push(character ? { ...token, kind: 'string', text: "''" } : token);
    if (character) at += 3;
  }
  return out;
}

/** `CHR(129360)`. */
function isCharacter(tokens: readonly Token[], at: number): boolean {
  const [word, open, number, close] = tokens.slice(at, at + 4);
  return word?.value === 'CHR' && open?.text === '(' && number?.kind === 'number' && close?.text === ')';
}

/** @returns the first token that is no value and differs, or a difference in number; `null` for none */
export function firstDifference(actual: string, twin: string): string | null {
  const [tokens, others] = [tokensOf(actual), tokensOf(twin)];
  const at = others.findIndex((other, index) => !isAlike(tokens[index], other));
  if (at >= 0) return `${tokens.slice(at, at + 8).map(({ text }) => text).join(' ')} instead of ${others.slice(at, at + 8).map(({ text }) => text).join(' ')}`; // prettier-ignore
  return tokens.length === others.length ? null : `${tokens.length} tokens instead of ${others.length}`;
}

function isAlike(token: Token | undefined, other: Token): boolean {
  if (token === undefined) return false;
  if (token.kind === other.kind && token.text === other.text) return true;
  if (other.kind === 'string') return token.kind === 'string';
  return isName(token) && isName(other);
}

/** What can be nothing but a name. */
function isName({ kind, value }: Token): boolean {
  return kind === 'quoted' || (kind === 'word' && !RESERVED_WORDS.has(value));
}
