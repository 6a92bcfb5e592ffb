/** Notifications in the local Snowflake. What is modelled, and from which page: ./README.md. */
import type { Feature } from '../engine/contract';
import { notificationHistory } from './history';
import { integrationsOf } from './integrations';
import { messageFunctions } from './messages';
import { localNotifications, sendEmail, sendSnowflakeNotification } from './send';
import {
  alterIntegration,
  createIntegration,
  describeIntegration,
  dropIntegration,
  showIntegrations,
} from './statements';

export const notificationsFeature: Feature = {
  name: 'notifications',
  statements: [createIntegration, alterIntegration, dropIntegration, showIntegrations, describeIntegration],
  functions: [...messageFunctions, localNotifications],
  tableFunctions: [notificationHistory],
  procedures: [sendSnowflakeNotification, sendEmail],
  objects: [
    {
      kind: 'INTEGRATION',
      ofAccount: true,
      exists: ({ name }, { account }) => integrationsOf(account.catalog).get(name) !== undefined,
    },
  ],
};
