/** What has to be looked at in an account to plan deployments, and what else the config claims there. */
import type { Deployment } from '../model/deployment';
import { allTasks } from '../render/grants';
import { qualified } from '../sql-text';
import { ASIDE } from './overloads';
import type { Wanted } from './wanted';

export interface InspectScope {
  of: { app: string | null; env: string | null };
  places: { database: string; schemas: string[]; names: string[] }[];
  roles: string[];
}

export function scopeOf(wanted: readonly Wanted[]): InspectScope {
  const places = new Map<string, { schemas: Set<string>; names: Set<string> }>();
  const roles = new Set<string>();
  for (const { database, schema, statements } of wanted) {
    const place = places.get(database) ?? { schemas: new Set(), names: new Set() };
    places.set(database, place);
    place.schemas.add(schema);
    for (const { kind, object, tasks, grant } of statements) {
      if (grant !== undefined) roles.add(grant.role);
      for (const { name } of tasks ?? []) place.names.add(name.name);
      if (kind === 'view' || kind === 'table' || kind === 'alert') place.names.add(lastPart(object));
      if (kind !== 'procedure') continue;
      const name = lastPart(object.slice(0, object.lastIndexOf('(')));
      place.names.add(name).add(`${name}${ASIDE}`);
    }
  }
  const { app, env } = wanted[0]?.owner ?? { app: null, env: null };
  return {
    of: { app, env },
    places: [...places].map(([database, { schemas, names }]) => ({
      database,
      schemas: [...schemas].sort(),
      names: [...names].sort(),
    })),
    roles: [...roles].sort(),
  };
}

/** Where deployments are. */
export function homesOf(
  deployments: readonly Deployment[],
): { deployment: string; database: string; schema: string }[] {
  return deployments.map(({ name, database, schema }) => ({ deployment: name, database, schema }));
}

/** Qualified names of the tasks of these deployments. */
export function claimedTasks(deployments: readonly Deployment[]): Set<string> {
  return new Set(
    deployments.flatMap((deployment) => allTasks(deployment).map(({ name }) => qualified(name))),
  );
}

/** The last part of a name as it stands in SQL, as Snowflake stores it. */
function lastPart(name: string): string {
  const [, quoted, plain] = /(?:"((?:[^"]|"")*)"|([^".]+))$/.exec(name) ?? [];
  return quoted === undefined ? (plain ?? name) : quoted.replaceAll('""', '"');
}
