/** OWNERSHIP: a property of each object, shown among its grants and given away by GRANT OWNERSHIP. */
import type { GrantRecord } from '../../catalog/grants';
import { keyOf, showIdentifier } from '../../catalog/names';
import type { Collection } from '../contract';
import type { EngineSession } from '../account';
import { schemaKey } from './containers';

interface Owned {
  owner: string;
  created: number;
}

interface Keeper {
  on(record: Owned): string;
  records: Collection<Owned>;
  name(record: never): string;
}

function keepers(session: EngineSession): Keeper[] {
  const { databases, schemas, tables, sequences, warehouses } = session.account.objects;
  const plain = ({ name }: { name: string }): string => showIdentifier(name);
  return [
    { on: () => 'DATABASE', records: databases as Collection<Owned>, name: plain },
    {
      on: () => 'SCHEMA',
      records: schemas as Collection<Owned>,
      name: ({ database, name }: { database: string; name: string }) => schemaKey(database, name),
    },
    {
      on: (record) => (record as Owned & { kind: string }).kind,
      records: tables as Collection<Owned>,
      name: keyOf,
    },
    { on: () => 'SEQUENCE', records: sequences as Collection<Owned>, name: keyOf },
    { on: () => 'WAREHOUSE', records: warehouses as Collection<Owned>, name: plain },
  ];
}

/** Every OWNERSHIP there is, as a grant. */
export function ownerships(session: EngineSession): GrantRecord[] {
  const own = keepers(session).flatMap(({ on, records, name }) =>
    [...records.values()].map((record) => ownership(on(record), { ...record, name: name(record as never) })),
  );
  const kinds = session.account.features.flatMap((feature) => feature.objects ?? []);
  const ofFeatures = kinds.flatMap(({ kind, owners }) =>
    (owners?.(session) ?? []).map((record) => ownership(kind, record)),
  );
  return [...own, ...ofFeatures];
}

function ownership(on: string, { name, owner, created }: Owned & { name: string }): GrantRecord {
  return {
    ...{ privilege: 'OWNERSHIP', on, name, role: owner },
    ...{ withGrantOption: true, grantedBy: owner, created },
  };
}

/** @returns whether the engine keeps the object */
export async function setOwner(session: EngineSession, { on, name, role }: GrantRecord): Promise<boolean> {
  for (const keeper of keepers(session)) {
    for (const [key, record] of keeper.records.entries()) {
      if (keeper.on(record) !== on || keeper.name(record as never) !== name) continue;
      await keeper.records.set(key, { ...record, owner: role });
      return true;
    }
  }
  return false;
}
