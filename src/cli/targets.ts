/** Where deployments are: sessions with the accounts that they belong to, each checked before anything is sent. */
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { sessionsOf, type Sessions } from '../apply/sessions';
import { AutoRestartError } from '../errors';
import type { Embedded } from '../local/index';
import type { Deployment } from '../model/deployment';
import type { ConnectionOptions } from '../snowflake/driver';
import type { AccountFacts } from '../snowflake/inspect';
import type { Session } from '../snowflake/session';
import { isAttended, note } from './output/terminal';
import type { Project } from './project';

/** The deployments of one connection. */
export interface Target {
  /** For people: `ORG-ACCOUNT as DBT_DEPLOY`, `the local Snowflake`. */
  name: string;
  isLocal: boolean;
  deployments: Deployment[];
  facts: AccountFacts;
  session: Session;
  sessions: Sessions;
}

export interface Targets {
  targets: Target[];
  /** What people should know of how the connections were found, and what was prepared locally. */
  notes: string[];
  close(): Promise<void>;
}

export interface TargetOptions {
  /** A named connection, `local`, or `undefined` for what each deployment says. */
  connection: string | undefined;
  /** Sessions with one account at once. */
  concurrency: number;
}

/**
 * Every session is open, and is who the config says, before anything is sent to one.
 * @throws AutoRestartError CONNECTION, and REFUSED for a deployment that belongs elsewhere
 */
export async function openTargets(project: Project, options: TargetOptions): Promise<Targets> {
  refuseOtherConnection(project.deployments, options.connection);
  const embedded = options.connection === 'local' ? await embed(project) : null;
  const opened: Targets = { targets: [], notes: [], close };
  try {
    for (const deployments of byConnection(project.deployments, embedded !== null)) {
      const found = embedded
        ? await prepareLocally(embedded, deployments, project.root)
        : await find(deployments[0]!, options.connection);
      opened.notes.push(...found.notes);
      opened.targets.push(await openTarget(deployments, found, embedded !== null, options.concurrency));
    }
    return opened;
  } catch (error) {
    await close();
    throw error;
  }

  async function close(): Promise<void> {
    for (const { sessions } of opened.targets) await sessions.close();
    await embedded?.close();
  }
}

/** `--connection` says how to reach an account, never which one a deployment belongs to. */
function refuseOtherConnection(deployments: readonly Deployment[], asked: string | undefined): void {
  if (asked === undefined || asked === 'local') return;
  const other = deployments.find(({ connection }) => connection.name !== null && connection.name !== asked);
  if (other === undefined) return;
  throw new AutoRestartError(
    'REFUSED',
    `deployment ${other.name} belongs to connection ${other.connection.name}, not to ${asked}: nothing is sent to ${asked}`,
    {
      where: `deployments.${other.name}.connection.name`,
      hint: 'leave --connection out, narrow with --env or --deployment, or correct the config',
    },
  );
}

/** The local account is each one's own; which account a session says it is, and its role, are what the config says. */
function byConnection(deployments: readonly Deployment[], isLocal: boolean): Deployment[][] {
  const groups = new Map<string, Deployment[]>();
  for (const deployment of deployments) {
    const { name, account, role } = deployment.connection;
    const key = JSON.stringify(isLocal ? [account, role] : [name]);
    groups.set(key, [...(groups.get(key) ?? []), deployment]);
  }
  return [...groups.values()];
}

interface Found {
  options: ConnectionOptions;
  notes: string[];
}

async function find(deployment: Deployment, connection: string | undefined): Promise<Found> {
  const { readConnection } = await import('../snowflake/read-connection');
  return readConnection({ name: connection ?? deployment.connection.name });
}

async function openTarget(
  deployments: Deployment[],
  { options, notes }: Found,
  isLocal: boolean,
  concurrency: number,
): Promise<Target> {
  const { connect } = await import('../snowflake/connect');
  const { inspectAccount, nameOf, refuseOtherAccount } = await import('../snowflake/inspect');
  const open = (): Promise<Session> =>
    connect(options, {
      notes,
      attended: isAttended(),
      onWaiting: (seconds, who) => note(`waiting for ${who} to answer the login (${seconds} s)`),
    });
  const session = await open();
  try {
    const facts = await inspectAccount(session);
    for (const deployment of deployments) refuseOtherAccount(facts, deployment);
    const name = isLocal ? 'the local Snowflake' : `${nameOf(facts)} as ${facts.role ?? '(no role)'}`;
    const sessions = sessionsOf(session, open, concurrency);
    return { name, isLocal, deployments, facts, session, sessions };
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Who applies, for whoever finds the lock. */
export function whoApplies({ facts }: Target): string {
  return `${facts.user ?? 'nobody'} (${userInfo().username} on ${hostname()})`;
}

// ------------------------------------------------------------------------------------------------ local

async function embed(project: Project): Promise<Embedded> {
  const { DEFAULT_FILE, startEmbedded } = await import('../local/index');
  return startEmbedded({ file: join(project.root, DEFAULT_FILE) });
}

/** The local account is whichever one the deployments belong to, and is made to look like it. */
async function prepareLocally(
  embedded: Embedded,
  deployments: readonly Deployment[],
  root: string,
): Promise<Found> {
  const { prepareAccount } = await import('../rehearse/account');
  const { findDag } = await import('./find-dag');
  const notes: string[] = [];
  for (const deployment of deployments) {
    const created = await prepareAccount(embedded.account, deployment, {
      dagOf: (name) => findDag(root, name),
    });
    notes.push(...created.map((line) => `local: created ${line}`));
  }
  const { account, role } = deployments[0]!.connection;
  const options = {
    accessUrl: embedded.url,
    account: account ?? 'LOCAL-SNOWFLAKE',
    username: 'LOCAL',
    password: 'none is needed',
    ...(role === null ? {} : { role }),
  } as ConnectionOptions;
  return { options, notes };
}
