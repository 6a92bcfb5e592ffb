/** Alerts on a schedule and alerts on new data. https://docs.snowflake.com/en/user-guide/alerts */
import { keyOf } from '../catalog/names';
import { unsupported } from '../errors';
import { invalidTask } from '../tasks/task-errors';
import type { Alert, AlertProperties } from './alert';

/** @throws SnowflakeError when one kind would become the other */
export function requireSameKind(before: Alert, { schedule }: AlertProperties): void {
  if ((before.properties.schedule === undefined) === (schedule === undefined)) return;
  const [from, to] = schedule === undefined ? ['a schedule', 'new data'] : ['new data', 'a schedule'];
  throw invalidTask(`Cannot change alert ${keyOf(before)} from an alert on ${from} to an alert on ${to}.`);
}

/** Alerts on new data are kept and shown; what evaluates them, change tracking, is not modelled. */
export function requireSchedule({ properties: { schedule } }: Alert, statement: string): void {
  if (schedule === undefined) throw unsupported(`${statement} of an alert on new data`);
}
