/** What a deployment wants in the account: its statements, and what the plan has to know of it besides. */
import type { Deployment } from '../model/deployment';
import { deploymentFolder } from '../model/folder';
import { ONLY_BY_HAND } from '../render/assemble';
import { factsOf, type DeploymentFacts } from '../render/facts';
import type { Owner } from '../render/fingerprint';
import type { RenderedDeployment, Statement } from '../render/statement';

export interface Wanted extends DeploymentFacts {
  owner: Owner;
  folder: string;
  database: string;
  schema: string;
  /** Without lock and unlock, in apply order. */
  statements: readonly Statement[];
}

export function wantedOf(deployment: Deployment, rendered: RenderedDeployment): Wanted {
  const { app, env, name, database, schema } = deployment;
  return {
    owner: { app, env, deployment: name },
    folder: deploymentFolder(deployment),
    database,
    schema,
    ...factsOf(deployment),
    statements: rendered.statements.filter(({ kind }) => !ONLY_BY_HAND.includes(kind)),
  };
}
