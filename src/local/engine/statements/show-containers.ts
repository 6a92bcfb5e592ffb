/**
 * What SHOW DATABASES and SHOW SCHEMAS list, with the columns of an account.
 * https://docs.snowflake.com/en/sql-reference/sql/show-databases, https://docs.snowflake.com/en/sql-reference/sql/show-schemas
 */
import type { SchemaRecord } from '../../catalog/objects';
import { OBJECT } from '../../values';
import type { EngineSession } from '../account';
import { informationSchema } from '../information-schema';
import { DATED, type Kind, micros, yesNo } from './show-table';

export const CONTAINERS: Record<'DATABASES' | 'SCHEMAS', Kind> = {
  DATABASES: {
    columns:
      'created_on name is_default is_current origin owner comment options retention_time kind owner_role_type object_visibility ' +
      'data_quality_monitoring_settings resharing_settings',
    types: {
      ...DATED,
      ...{ object_visibility: OBJECT, data_quality_monitoring_settings: OBJECT, resharing_settings: OBJECT },
    },
    terse: 'created_on name kind database_name schema_name',
    // Neither applies to a database, nor does its kind: all three are NULL.
    terseRow: ({ created_on, name }) => ({ created_on: created_on!, name: name! }),
    rows: (session) =>
      [...session.account.objects.databases.values()].map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: yesNo(each.name === session.database),
        origin: '',
        owner: each.owner,
        comment: each.comment,
        options: each.transient ? 'TRANSIENT' : '',
        retention_time: '1',
        kind: 'STANDARD',
        owner_role_type: 'ROLE',
      })),
  },
  SCHEMAS: {
    columns:
      'created_on name is_default is_current database_name owner comment options retention_time owner_role_type ' +
      'classification_profile_database classification_profile_schema classification_profile object_visibility is_nested',
    types: { ...DATED, object_visibility: OBJECT },
    terse: 'created_on name kind database_name schema_name',
    rows: (session) =>
      allSchemas(session).map((each) => ({
        created_on: micros(each.created),
        name: each.name,
        is_default: 'N',
        is_current: yesNo(each.database === session.database && each.name === session.schema),
        database_name: each.database,
        owner: each.owner,
        comment: each.comment,
        options: each.transient ? 'TRANSIENT' : '',
        retention_time: '1',
        // Nobody owns INFORMATION_SCHEMA.
        owner_role_type: each.owner === '' ? '' : 'ROLE',
        is_nested: 'false',
      })),
  },
};

/** Every database has an INFORMATION_SCHEMA, which nobody made. */
function allSchemas(session: EngineSession): SchemaRecord[] {
  const { databases, schemas } = session.account.objects;
  const virtual = [...databases.values()].map((each) => informationSchema(each.name, each.created));
  return [...schemas.values(), ...virtual];
}
