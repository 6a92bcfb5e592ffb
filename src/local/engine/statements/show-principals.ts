/**
 * What SHOW WAREHOUSES, SHOW ROLES and SHOW USERS list, with the columns of an account.
 * https://docs.snowflake.com/en/sql-reference/sql/show-warehouses, https://docs.snowflake.com/en/sql-reference/sql/show-roles,
 * https://docs.snowflake.com/en/sql-reference/sql/show-users
 */
import { FLOAT, INTEGER, TIMESTAMP_LTZ } from '../../values';
import { type EngineSession } from '../account';
import type { PrincipalRecord, WarehouseRecord } from '../../catalog/objects';
import { inheritedBy, roleGrants, SYSTEM_ROLES } from '../roles';
import { DATED, type Kind, micros, type Row, yesNo } from './show-table';

export const PRINCIPALS: Record<'WAREHOUSES' | 'ROLES' | 'USERS', Kind> = {
  WAREHOUSES: {
    columns:
      'name state type size min_cluster_count max_cluster_count started_clusters running queued is_default is_current auto_suspend ' +
      'auto_resume available provisioning quiescing other created_on resumed_on updated_on owner comment ' +
      'enable_query_acceleration query_acceleration_max_scale_factor resource_monitor actives pendings failed suspended uuid ' +
      'scaling_policy owner_role_type resource_constraint generation query_throughput_multiplier max_query_performance_level ' +
      'disabled_reasons tables',
    types: {
      ...{ ...DATED, resumed_on: TIMESTAMP_LTZ, updated_on: TIMESTAMP_LTZ },
      ...{ min_cluster_count: INTEGER, max_cluster_count: INTEGER, started_clusters: INTEGER },
      ...{ running: INTEGER, queued: INTEGER, auto_suspend: INTEGER },
      query_acceleration_max_scale_factor: INTEGER,
      query_throughput_multiplier: FLOAT,
    },
    // TERSE changes nothing.
    rows: (session) =>
      [...session.account.objects.warehouses.values()].map((each) => warehouse(each, session)),
  },
  ROLES: {
    columns:
      'created_on name is_default is_current is_inherited assigned_to_users granted_to_roles granted_roles owner comment ' +
      'is_from_organization_user_group',
    types: { ...DATED, assigned_to_users: INTEGER, granted_to_roles: INTEGER, granted_roles: INTEGER },
    terse: null,
    rows: roles,
  },
  USERS: {
    columns:
      'name created_on login_name display_name first_name last_name email mins_to_unlock days_to_expiry comment disabled ' +
      'must_change_password snowflake_lock default_warehouse default_namespace default_role default_secondary_roles ' +
      'ext_authn_duo ext_authn_uid mins_to_bypass_mfa owner last_success_login expires_at_time locked_until_time has_password ' +
      'has_rsa_public_key type has_mfa has_pat has_workload_identity is_from_organization_user',
    types: {
      ...{ ...DATED, last_success_login: TIMESTAMP_LTZ },
      ...{ expires_at_time: TIMESTAMP_LTZ, locked_until_time: TIMESTAMP_LTZ },
    },
    terse: null,
    rows: (session) => [...session.account.objects.users.values()].map(user),
  },
};

/** One cluster, which waits for nobody; what measures its load is '' as on an idle one. */
function warehouse(each: WarehouseRecord, session: EngineSession): Row {
  const clusters = each.suspended ? 0 : 1;
  return {
    name: each.name,
    state: each.suspended ? 'SUSPENDED' : 'STARTED',
    type: each.type,
    size: each.size,
    ...{ min_cluster_count: 1, max_cluster_count: 1, started_clusters: clusters, running: 0, queued: 0 },
    is_default: 'N',
    is_current: yesNo(each.name === session.warehouse),
    auto_suspend: each.autoSuspend,
    auto_resume: String(each.autoResume),
    ...{ available: '', provisioning: '', quiescing: '', other: '' },
    created_on: micros(each.created),
    resumed_on: micros(each.resumed ?? each.created),
    updated_on: micros(each.updated ?? each.created),
    owner: each.owner,
    comment: each.comment,
    ...{ enable_query_acceleration: 'false', query_acceleration_max_scale_factor: 8 },
    resource_monitor: 'null',
    ...{ actives: String(clusters), pendings: '0', failed: '0', suspended: String(1 - clusters) },
    scaling_policy: 'STANDARD',
    owner_role_type: 'ROLE',
  };
}

/** What the system says of its own roles. */
const COMMENTS: Readonly<Record<string, string>> = {
  ACCOUNTADMIN: 'Account administrator can manage all aspects of the account.',
  ORGADMIN: 'Organization administrator can manage organizations and accounts in organizations',
  PUBLIC: 'Public role is automatically available to every user in the account.',
  SECURITYADMIN: 'Security administrator can manage security aspects of the account.',
  SYSADMIN: 'System administrator can create and manage databases and warehouses.',
  USERADMIN: 'User administrator can create and manage users and roles',
};

function roles(session: EngineSession): Row[] {
  const { objects, catalog } = session.account;
  const system = SYSTEM_ROLES.map((name) => ({ name, created: 0, owner: '', comment: COMMENTS[name] ?? '' }));
  const grants = roleGrants(catalog);
  const inherited = inheritedBy(session.role, catalog);
  const preset = objects.users.get(session.user)?.properties['DEFAULT_ROLE'];
  return [...system, ...objects.roles.values()].map((each) => ({
    created_on: micros(each.created),
    name: each.name,
    is_default: yesNo(each.name === preset),
    is_current: yesNo(each.name === session.role),
    is_inherited: yesNo(inherited.has(each.name)),
    assigned_to_users: grants.filter(({ role, toUser }) => toUser && role === each.name).length,
    granted_to_roles: grants.filter(({ role, toUser }) => !toUser && role === each.name).length,
    granted_roles: grants.filter(({ to, toUser }) => !toUser && to === each.name).length,
    owner: each.owner,
    comment: each.comment,
    is_from_organization_user_group: 'N',
  }));
}

/** What is absent is '', and a flag is a word; what has no time is NULL. */
function user({ properties, ...each }: PrincipalRecord): Row {
  const property = (name: string): string => properties[name] ?? '';
  const isTrue = (name: string): string => String(property(name).toUpperCase() === 'TRUE');
  const secondary = properties['DEFAULT_SECONDARY_ROLES'];
  return {
    name: each.name,
    created_on: micros(each.created),
    login_name: (properties['LOGIN_NAME'] ?? each.name).toUpperCase(),
    display_name: properties['DISPLAY_NAME'] ?? each.name,
    first_name: property('FIRST_NAME'),
    last_name: property('LAST_NAME'),
    email: property('EMAIL'),
    ...{ mins_to_unlock: '', days_to_expiry: '' },
    comment: each.comment,
    disabled: 'false',
    must_change_password: isTrue('MUST_CHANGE_PASSWORD'),
    snowflake_lock: 'false',
    default_warehouse: property('DEFAULT_WAREHOUSE'),
    default_namespace: property('DEFAULT_NAMESPACE'),
    default_role: property('DEFAULT_ROLE'),
    default_secondary_roles:
      secondary === undefined ? '["ALL"]' : JSON.stringify(secondary === '' ? [] : secondary.split(',')),
    ...{ ext_authn_duo: 'false', ext_authn_uid: '', mins_to_bypass_mfa: '' },
    owner: each.owner,
    has_password: String(property('PASSWORD') !== ''),
    has_rsa_public_key: String(property('RSA_PUBLIC_KEY') + property('RSA_PUBLIC_KEY_2') !== ''),
    type: property('TYPE').toUpperCase() || 'PERSON',
    ...{
      has_mfa: 'false',
      has_pat: 'false',
      has_workload_identity: 'false',
      is_from_organization_user: 'false',
    },
  };
}
