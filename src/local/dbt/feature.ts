/** Dbt projects in the local Snowflake. What is modelled, and from which page: ./README.md. */
import { keyOf } from '../catalog/names';
import type { Feature } from '../engine/contract';
import { ddlOf } from './ddl';
import { artifactFunctions } from './functions/artifacts';
import { controlFunctions } from './functions/controls';
import { dbtRun, dbtRunEnable } from './functions/dbt-run';
import { executionHistory } from './functions/history';
import { projectsOf } from './projects';
import { alterStatement, createStatement, dropStatement } from './statements/create';
import { executeStatement } from './statements/execute';
import { listStatement } from './statements/list';
import { describeStatement, showStatement } from './statements/show';

export const dbtFeature: Feature = {
  name: 'dbt',
  statements: [
    createStatement,
    alterStatement,
    dropStatement,
    showStatement,
    describeStatement,
    executeStatement,
    listStatement,
  ],
  functions: [...artifactFunctions, ...controlFunctions, dbtRunEnable],
  tableFunctions: [executionHistory],
  procedures: [dbtRun],
  objects: [
    {
      kind: 'DBT PROJECT',
      exists: (name, session) => projectsOf(session.account.catalog).get(keyOf(name)) !== undefined,
      ddl: (name, session, _signature, qualified) =>
        ddlOf(projectsOf(session.account.catalog).get(keyOf(name))!, qualified),
      all: ({ account }) => [...projectsOf(account.catalog).values()].map((project) => ({ name: project })),
    },
  ],
};
