/** What SHOW lists, kind by kind. https://docs.snowflake.com/en/sql-reference/sql/show */
import { SESSION_PARAMETERS } from '../../reference/parameters';
import { CONTAINERS } from './show-containers';
import { PRINCIPALS } from './show-principals';
import type { Kind } from './show-table';
import { IN_SCHEMAS } from './show-tables';

export const KINDS: Record<string, Kind> = {
  ...CONTAINERS,
  ...IN_SCHEMAS,
  ...PRINCIPALS,
  PARAMETERS: {
    columns: 'key value default level description type',
    terse: null,
    rows: (session) =>
      [...SESSION_PARAMETERS].map(([name, standard]) => ({
        name,
        key: name,
        value: session.parameters.get(name) ?? standard,
        default: standard,
        level: session.parameters.has(name) ? 'SESSION' : '',
        description: '',
        type: /^(true|false)$/.test(standard) ? 'BOOLEAN' : /^\d+$/.test(standard) ? 'NUMBER' : 'STRING',
      })),
  },
  VARIABLES: {
    columns: 'session_id created_on updated_on name value type comment',
    terse: null,
    rows: (session) =>
      [...session.variables].map(([name, { type, value }]) => ({
        session_id: session.id,
        created_on: null,
        updated_on: null,
        name,
        value: value === null ? null : String(value),
        type: type.kind === 'NUMBER' ? 'fixed' : type.kind === 'VARCHAR' ? 'text' : type.kind.toLowerCase(),
        comment: '',
      })),
  },
};
