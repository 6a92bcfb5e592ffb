/**
 * SHOW ALERTS and DESCRIBE ALERT.
 * https://docs.snowflake.com/en/sql-reference/sql/show-alerts, https://docs.snowflake.com/en/sql-reference/sql/desc-alert
 */
import { keyOf } from '../catalog/names';
import { listed, readFilter } from '../catalog/show-filters';
import type { StatementHandler } from '../engine/contract';
import { visible } from '../engine/privileges';
import { TokenReader } from '../sql/token-reader';
import { TIMESTAMP_LTZ, VARCHAR, type ResultColumn, type SqlValue } from '../values';
import { alertsOf, type Alert } from './alert';
import { namedAlert } from './named-alert';

type Shown = Record<string, (alert: Alert) => SqlValue>;

/** The columns, in the order in which accounts give them. */
const SHOWN: Shown = {
  created_on: (alert) => BigInt(alert.createdOn),
  name: (alert) => alert.name,
  database_name: (alert) => alert.database,
  schema_name: (alert) => alert.schema,
  owner: (alert) => alert.owner,
  comment: (alert) => alert.properties.comment ?? '',
  warehouse: (alert) => alert.properties.warehouse ?? null,
  schedule: (alert) => alert.properties.schedule ?? null,
  state: (alert) => (alert.started ? 'started' : 'suspended'),
  condition: (alert) => alert.condition,
  action: (alert) => alert.action,
  owner_role_type: () => 'ROLE',
  runbook: (alert) => alert.properties.runbook ?? null,
  config: (alert) => alert.properties.config ?? null,
  was_auto_suspended: (alert) => (alert.wasAutoSuspended === null ? null : String(alert.wasAutoSuspended)),
};

const TERSE: Shown = {
  ...{ created_on: SHOWN.created_on!, name: SHOWN.name!, kind: () => null },
  ...{ database_name: SHOWN.database_name!, schema_name: SHOWN.schema_name! },
  ...{ schedule: SHOWN.schedule!, state: SHOWN.state! },
};

export const showAlerts: StatementHandler = {
  name: 'SHOW ALERTS',
  matches: (tokens) => {
    const words = tokens.slice(0, 3).map(({ value }) => value);
    return words[0] === 'SHOW' && words[words[1] === 'TERSE' ? 2 : 1] === 'ALERTS';
  },
  run: ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.expect('SHOW');
    const shown = reader.accept('TERSE') ? TERSE : SHOWN;
    reader.expect('ALERTS');
    const filter = readFilter(reader, session, 'ALERTS');
    const isVisible = visible(session, 'ALERT');
    const all = [...alertsOf(session.account).values()].filter((alert) => isVisible(keyOf(alert)));
    return Promise.resolve(table(shown, listed(all, filter, reader)));
  },
};

export const describeAlert: StatementHandler = {
  name: 'DESCRIBE ALERT',
  matches: ([first, second]) =>
    (first?.value === 'DESCRIBE' || first?.value === 'DESC') && second?.value === 'ALERT',
  run: ({ text, tokens }, session) => {
    const reader = new TokenReader(text, tokens);
    reader.at = 2;
    const alert = namedAlert(reader, session);
    reader.end();
    return Promise.resolve(table(SHOWN, [alert]));
  },
};

function table(shown: Shown, alerts: readonly Alert[]): { columns: ResultColumn[]; rows: SqlValue[][] } {
  return {
    columns: Object.keys(shown).map((name) => ({
      name,
      type: name === 'created_on' ? TIMESTAMP_LTZ : VARCHAR,
    })),
    rows: alerts.map((alert) => Object.values(shown).map((value) => value(alert))),
  };
}
