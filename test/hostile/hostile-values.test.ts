/** No value of a config leaves its literal, identifier, comment or body, whatever it is: every field, one by one. */
import type { Config } from '../../src/config/types';
import { CONFIGS, HOSTILE } from './configs';
import {
  firstDifference,
  outcomeOf,
  placesIn,
  refusalOf,
  sqlOf,
  withText,
  type Outcome,
  type Place,
} from './check';

type Rendered = Exclude<Outcome, { refused: unknown }>;

function rendered(outcome: Outcome): Rendered {
  if ('refused' in outcome) throw outcome.refused;
  return outcome;
}

/** Projects are one name in all places: what differs in how many there are is other SQL, rightly. */
function fieldsOf(config: Config): Place[][] {
  const places = placesIn(config);
  const isProject = ({ path }: Place): boolean => path.at(-1) === 'project';
  return [...places.filter((place) => !isProject(place)).map((place) => [place]), places.filter(isProject)];
}

function with_(config: Config, field: readonly Place[], text: string): Config {
  return field.reduce((changed, place) => withText(changed, place, text), config);
}

/** More terms are more SQL, rightly. */
function isMoreTerms({ path }: Place, text: string): boolean {
  return ['select', 'exclude'].includes(String(path.at(-2))) && /\S\s+\S/.test(text);
}

/** Two keys of one name would be one. */
function isTaken(config: Config, { path, isKey }: Place, text: string): boolean {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], config);
  return isKey && Object.hasOwn(parent as object, text);
}

/** The config with the text in every field that takes it, and in how many that is. */
function everywhere(config: Config, text: string): { config: Config; taken: number } {
  let changed = config;
  let taken = 0;
  // Keys last: they change the paths of what is below them.
  const fields = fieldsOf(config).sort(([a], [b]) => Number(a!.isKey) - Number(b!.isKey) || b!.path.length - a!.path.length); // prettier-ignore
  for (const field of fields) {
    if (field.some((place) => isMoreTerms(place, text) || isTaken(changed, place, text))) continue;
    const alone = refusalOf(with_(config, field, text));
    // Every refusal says where, also one of a place that refuses nothing else.
    expect(alone.filter(({ where }) => where === '')).toEqual([]);
    const next = with_(changed, field, text);
    if (alone.length > 0 || refusalOf(next).length > 0) continue;
    changed = next;
    taken += 1;
  }
  return { config: changed, taken };
}

describe.each(CONFIGS.map((config, index) => ({ index, config })))('config $index', ({ index, config }) => {
  const twin = sqlOf(rendered(outcomeOf(config)).rendered);

  // The layouts known by name differ from the first config only in what reads the log.
  const texts = index < 2 ? HOSTILE : HOSTILE.slice(0, 14);

  it.each(texts.map((text) => [text.slice(0, 40), text]))('with %j wherever it is taken', (_, text) => {
    const found = sqlOf(rendered(outcomeOf(everywhere(config, text).config)).rendered);
    expect(found).toHaveLength(twin.length);
    found.forEach((sql, index) => expect(firstDifference(sql, twin[index]!)).toBeNull());
  });
});

it('most hostile texts are taken somewhere, so that the comparison has something to compare', () => {
  const taken = HOSTILE.map((text) => everywhere(CONFIGS[0]!, text).taken);
  expect(taken.filter((count) => count > 0).length).toBeGreaterThan(HOSTILE.length * 0.7);
});

it('the comparison finds a value that is one no more', () => {
  expect(firstDifference("SELECT 'a'; DROP TABLE T", "SELECT 'b'")).not.toBeNull();
  expect(firstDifference("SELECT 'a' FROM T -- x\n, U", "SELECT 'b' FROM T")).not.toBeNull();
  expect(firstDifference('SELECT $$ a $$ b $$', 'SELECT $$ a $$')).not.toBeNull();
  expect(firstDifference('SELECT ORDER FROM T', 'SELECT A FROM T')).not.toBeNull();
  expect(firstDifference("SELECT 'a' || CHR(129360) || 'b', \"x\"", "SELECT 'c', Y")).toBeNull();
});
