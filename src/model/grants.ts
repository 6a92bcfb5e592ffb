/** `connection`, `grants` and `notification` of the config. */
import type { ProblemSink } from '../config/problems';
import { showValue } from '../config/problems';
import type { DeploymentConfig, GrantKind, NotificationConfig } from '../config/types';
import type { Deployment, Grant, Notification } from './deployment';
import { readIdentifier } from './read-names';

const ORDER: readonly GrantKind[] = ['call', 'read', 'operate'];

export function resolveConnection(config: DeploymentConfig, problems: ProblemSink): Deployment['connection'] {
  const { name = null, account = null, role = null } = config.connection ?? {};
  if (account !== null && !/^[A-Za-z0-9_]+([.-][A-Za-z0-9_-]+)*$/.test(account)) {
    problems.add(
      ['connection', 'account'],
      `${showValue(account)} is not an account`,
      'write it as ORGANISATION-ACCOUNT',
    );
  }
  return {
    name,
    account,
    role: role === null ? null : readIdentifier(role, problems, ['connection', 'role'], 'name of a role'),
  };
}

export function resolveGrants(config: DeploymentConfig, problems: ProblemSink): Grant[] {
  const seen = new Map<string, string>();
  return Object.entries(config.grants ?? {}).map(([key, kinds]) => {
    const role = readIdentifier(key, problems, ['grants', key], 'name of a role');
    const other = seen.get(role);
    if (other !== undefined) {
      problems.add(
        ['grants', key],
        `the role ${role} stands here twice`,
        `grants.${other} is the same name to Snowflake`,
      );
    }
    seen.set(role, key);
    if (kinds.length === 0) {
      problems.missing(
        ['grants', key],
        'it grants nothing',
        `leave the role out, or use ${ORDER.join(', ')}`,
      );
    }
    return { role, kinds: ORDER.filter((kind) => kinds.includes(kind)) };
  });
}

export function resolveNotification(
  config: NotificationConfig | undefined,
  problems: ProblemSink,
): Notification | null {
  if (config === undefined) return null;
  const kind = config.kind ?? 'webhook';
  const recipients = config.recipients ?? [];
  if (kind === 'email' && recipients.length === 0) {
    problems.missing(['recipients'], 'a message by email needs recipients', 'verified users of the account');
  }
  if (kind !== 'email' && recipients.length > 0) {
    problems.add(['recipients'], `a ${kind} has no recipients`, "leave them out, or use kind: 'email'");
  }
  recipients.forEach((recipient, index) => {
    if (!/^[^\s,'"@]+@[^\s,'"@]+$/.test(recipient)) {
      problems.add(
        ['recipients', index],
        `${showValue(recipient)} is not an email address`,
        'one address per entry',
      );
    }
  });
  return {
    integration: readIdentifier(config.integration, problems, ['integration'], 'name of an integration'),
    kind,
    recipients,
  };
}
