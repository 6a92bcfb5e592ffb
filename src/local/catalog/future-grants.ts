/** GRANT ... ON FUTURE <kind>S IN SCHEMA | DATABASE: what a new object is given. https://docs.snowflake.com/en/sql-reference/sql/grant-privilege */
import type { QualifiedName, Session } from '../engine/contract';
import { grantKey, grantsOf, type GrantRecord } from './grants';
import { keyOf, showIdentifier } from './names';

/** The schema's future grants on the kind, or the database's where the schema has none. */
export async function grantFuture(session: Session, on: string, name: QualifiedName): Promise<void> {
  const { catalog, clock } = session.account;
  const grants = grantsOf(catalog);
  const future = (container: string): GrantRecord[] =>
    [...grants.values()].filter((grant) => grant.future && grant.on === on && grant.name === container);
  const inSchema = future(`${showIdentifier(name.database)}.${showIdentifier(name.schema)}`);
  const wanted = inSchema.length > 0 ? inSchema : future(showIdentifier(name.database));
  for (const { privilege, role, withGrantOption, grantedBy } of wanted) {
    const created = clock.nowDate().getTime();
    const record: GrantRecord = {
      privilege,
      on,
      name: keyOf(name),
      role,
      withGrantOption,
      grantedBy,
      created,
    };
    await grants.set(grantKey(record), record);
  }
}
