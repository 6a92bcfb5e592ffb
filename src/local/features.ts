/** What the embedded Snowflake is made of, in the order in which statements are offered to the parts. */
import { alertsFeature } from './alerts/feature';
import { dbtFeature } from './dbt/feature';
import type { Feature } from './engine/contract';
import { notificationsFeature } from './notifications/feature';
import { scriptingFeature } from './scripting/feature';
import { sessionsFeature } from './sessions/feature';
import { tasksFeature } from './tasks/feature';

export const features: readonly Feature[] = [
  scriptingFeature,
  dbtFeature,
  tasksFeature,
  alertsFeature,
  notificationsFeature,
  sessionsFeature,
];
