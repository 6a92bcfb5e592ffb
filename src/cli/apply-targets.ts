/** Where `apply` sends each deployment: a checked session with an account, or with the embedded one. */
import { join } from 'node:path';
import type { Embedded } from '../local/server/embedded';
import type { Deployment } from '../model/deployment';
import type { ConnectionOptions } from '../snowflake/driver';
import type { Session } from '../snowflake/session';
import type { Project } from './project';

export interface Target {
  deployment: Deployment;
  session: Session;
  /** For people: `ORG-ACCOUNT as DBT_DEPLOY`, `the local Snowflake`. */
  name: string;
}

export interface Targets {
  targets: Target[];
  /** What people should know of how the connections were found, and what was prepared locally. */
  notes: string[];
  close(): Promise<void>;
}

/**
 * Every session is open, and is who the config says, before anything is sent to one.
 * @param connection a named connection for all deployments, `local`, or `undefined` for what each deployment says
 * @throws AutoRestartError CONNECTION, REFUSED
 */
export async function openTargets(project: Project, connection: string | undefined): Promise<Targets> {
  const embedded = connection === 'local' ? await embed(project) : null;
  const opened: Targets = { targets: [], notes: [], close };
  try {
    for (const deployment of project.deployments) {
      const found = embedded
        ? await prepareLocally(embedded, deployment, project.root)
        : await find(deployment, connection);
      opened.notes.push(...found.notes);
      opened.targets.push(await openTarget(deployment, found.options, embedded !== null));
    }
    return opened;
  } catch (error) {
    await close();
    throw error;
  }

  async function close(): Promise<void> {
    for (const { session } of opened.targets) await session.close();
    await embedded?.close();
  }
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
  deployment: Deployment,
  options: ConnectionOptions,
  isLocal: boolean,
): Promise<Target> {
  const { connect } = await import('../snowflake/connect');
  const { inspectAccount, nameOf, refuseOtherAccount } = await import('../snowflake/inspect');
  const session = await connect(options);
  try {
    const facts = await inspectAccount(session);
    refuseOtherAccount(facts, deployment);
    const name = isLocal ? 'the local Snowflake' : `${nameOf(facts)} as ${facts.role ?? '(no role)'}`;
    return { deployment, session, name };
  } catch (error) {
    await session.close();
    throw error;
  }
}

// ------------------------------------------------------------------------------------------------ local

async function embed(project: Project): Promise<Embedded> {
  const { DEFAULT_FILE, startEmbedded } = await import('../local/server/embedded');
  return startEmbedded({ file: join(project.root, DEFAULT_FILE) });
}

/** The local account is whichever one the deployment belongs to, and is made to look like it. */
async function prepareLocally(embedded: Embedded, deployment: Deployment, root: string): Promise<Found> {
  const { prepareAccount } = await import('../local/prepare');
  const { findDag } = await import('./find-dag');
  const created = await prepareAccount(embedded.account, deployment, {
    dagOf: (name) => findDag(root, name),
  });
  const { account, role } = deployment.connection;
  const options = {
    accessUrl: embedded.url,
    account: account ?? 'LOCAL-SNOWFLAKE',
    username: 'LOCAL',
    password: 'none is needed',
    ...(role === null ? {} : { role }),
  } as ConnectionOptions;
  return { options, notes: created.map((line) => `local: created ${line}`) };
}
