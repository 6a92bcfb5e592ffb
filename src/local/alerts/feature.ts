/** Alerts, their scheduler, and the functions that their statements may call. See README.md. */
import { keyOf } from '../catalog/names';
import type { Feature } from '../engine/contract';
import { alertsOf } from './alert';
import { ddlOfAlert } from './alert-ddl';
import { alertFunctions } from './alert-functions';
import { alertHistory } from './alert-history';
import { install } from './alert-scheduler';
import { alterAlert } from './alter-alert';
import { createAlert } from './create-alert';
import { dropAlert } from './drop-alert';
import { executeAlert } from './execute-alert';
import { alertOwners, transferAlerts } from './owners';
import { describeAlert, showAlerts } from './show-alerts';

export const alertsFeature: Feature = {
  name: 'alerts',
  install,
  statements: [createAlert, alterAlert, dropAlert, executeAlert, showAlerts, describeAlert],
  functions: alertFunctions,
  tableFunctions: [alertHistory],
  objects: [
    {
      kind: 'ALERT',
      exists: (name, { account }) => alertsOf(account).get(keyOf(name)) !== undefined,
      ddl: (name, { account }, _signature, qualified) =>
        ddlOfAlert(alertsOf(account).get(keyOf(name))!, qualified),
      owners: alertOwners,
      transfer: transferAlerts,
      all: ({ account }) => [...alertsOf(account).values()].map((alert) => ({ name: alert })),
    },
  ],
};
