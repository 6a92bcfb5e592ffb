/**
 * The schema and the manual are one. The compiler proves it where the schema ends (`schemaEqualsTypes`); here it is
 * shown that the proof can fail: each line below a `@ts-expect-error` must not compile, or `npm run typecheck` says so.
 */
import { configSchema, type Equal, type ParsedConfig, schemaEqualsTypes } from '../../src/config/schema';
import { LAYOUT_NAMES } from '../../src/config/layout-names';
import type { Config, DeploymentConfig } from '../../src/config/types';
import { LAYOUTS } from '../../src/model/layouts';

interface WithAnotherKey extends Config {
  anything?: string;
}

interface WithoutJobs {
  deployments: Record<string, Omit<DeploymentConfig, 'jobs'>>;
}

interface WithOptionalTasks {
  deployments: Record<string, Omit<DeploymentConfig, 'tasks'> & Partial<Pick<DeploymentConfig, 'tasks'>>>;
}

it('the schema has every option of the types, and no other', () => {
  expect(schemaEqualsTypes).toBe(true);
  expect(configSchema).toBeDefined();
});

it('a key that only one of the two has, or another word for a value, does not compile', () => {
  // @ts-expect-error a key more
  const more: Equal<WithAnotherKey, ParsedConfig> = true;
  // @ts-expect-error a key less
  const less: Equal<WithoutJobs, ParsedConfig> = true;
  // @ts-expect-error optional on one side
  const optional: Equal<WithOptionalTasks, ParsedConfig> = true;
  // @ts-expect-error a word that only one of the two knows
  const word: Equal<'o2c' | 'elementary', (typeof LAYOUT_NAMES)[number]> = true;
  expect([more, less, optional, word]).toEqual([true, true, true, true]);
});

it('the layouts that the config may name are those that the model knows column by column', () => {
  expect(Object.keys(LAYOUTS).sort()).toEqual([...LAYOUT_NAMES].sort());
});
