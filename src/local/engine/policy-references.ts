/**
 * TABLE(INFORMATION_SCHEMA.POLICY_REFERENCES(...)) of an object. No policy can be made here, so nothing ever has one; what asks is
 * answered, and told of an object that is not there.
 * https://docs.snowflake.com/en/sql-reference/functions/policy_references
 */
import { doesNotExist, unsupported } from '../errors';
import { splitName } from '../sql/token-reader';
import { readArguments, textArgument } from '../tasks/history-arguments';
import { VARCHAR } from '../values';
import { engineSession } from './account';
import type { TableFunction } from './contract';
import { findTable } from './resolve';

const COLUMNS =
  'POLICY_DB POLICY_SCHEMA POLICY_NAME POLICY_KIND REF_DATABASE_NAME REF_SCHEMA_NAME REF_ENTITY_NAME REF_ENTITY_DOMAIN ' +
  'REF_COLUMN_NAME REF_ARG_COLUMN_NAMES TAG_DATABASE TAG_SCHEMA TAG_NAME POLICY_STATUS';

export const policyReferences: TableFunction = {
  name: 'POLICY_REFERENCES',
  columns: COLUMNS.split(' ').map((name) => ({ name, type: VARCHAR })),
  rows: (given, session) => {
    const names = ['REF_ENTITY_NAME', 'REF_ENTITY_DOMAIN', 'POLICY_NAME', 'POLICY_KIND'];
    const args = readArguments(given, names, 'POLICY_REFERENCES');
    const name = textArgument(args, 'REF_ENTITY_NAME');
    const domain = textArgument(args, 'REF_ENTITY_DOMAIN')?.toUpperCase();
    if (name === undefined || (domain !== 'TABLE' && domain !== 'VIEW'))
      throw unsupported('POLICY_REFERENCES of anything but a table or a view');
    const { kind } = findTable(engineSession(session), splitName(name), 'Object');
    if ((kind === 'VIEW') !== (domain === 'VIEW')) throw doesNotExist('Object', name);
    return [];
  },
};
