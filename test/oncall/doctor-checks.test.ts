/** Checks of the doctor over facts that the local Snowflake does not bring about. */
import { checkPrivileges } from '../../src/doctor/check-privileges';
import { checkProject } from '../../src/doctor/check-project';
import { checkTasks } from '../../src/doctor/check-tasks';
import { diagnose } from '../../src/doctor/doctor';
import type { DeploymentFacts, Privilege } from '../../src/doctor/facts';
import { needsOf } from '../../src/doctor/needs';
import type { StateConfig } from '../../src/config/types';
import type { Deployment } from '../../src/model/deployment';
import { resolveDeployments } from '../../src/model/resolve';
import type { TaskState } from '../../src/readings/task-state';

const deploymentOf = (state: StateConfig): Deployment =>
  resolveDeployments({
    deployments: {
      bakery: {
        database: 'EDW',
        schema: 'OVEN',
        defaults: { warehouse: 'FLOUR_WH' },
        state,
        runner: { kind: 'execute-dbt-project', object: 'EDW.OVEN.BAKERY' },
        jobs: { daily: { project: 'bakery', dbt: { command: 'build' } } },
        tasks: {
          BAKE: { job: 'daily', schedule: { kind: 'cron', expression: '0 4 * * *', timeZone: 'UTC' } },
        },
      },
    },
  })[0]!;
const artifacts = deploymentOf({ kind: 'audit-tables', layout: 'dbt_artifacts', schema: 'LOGS' });
const native = deploymentOf({ kind: 'execution-history' });

/** All that a run needs. */
const everything = (deployment: Deployment): Privilege[] =>
  needsOf(deployment).map(({ privilege, on, name }) => ({ privilege, on: on[0]!, name }));

const facts = (deployment: Deployment, more: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  deployment,
  now: Date.UTC(2026, 2, 10, 6),
  statuses: [],
  unreadable: null,
  tasks: [],
  neverEnded: [],
  grants: { role: 'BAKER', privileges: everything(deployment), unseen: [] },
  futureGrants: [],
  logOwners: {},
  project: { defaultVersion: 'LIVE' },
  limits: {},
  kinds: [],
  unanswered: [],
  ...more,
});
const codes = (found: readonly { code: string }[]): string[] => found.map(({ code }) => code);

describe('the dbt project', () => {
  it('that is versioned takes no imports: an error only where a retry needs them', () => {
    const versioned = { project: { defaultVersion: 'VERSION$4' } };
    const [first] = checkProject(facts(native, versioned));
    expect(first).toMatchObject({ severity: 'error', code: 'NOT_LIVE_VERSION' });
    expect(first?.message).toContain('VERSION$4');
    expect(first?.hint).toContain("SYSTEM$MIGRATE_DBT_PROJECT('EDW.OVEN.BAKERY')");
    expect(codes(checkProject(facts(artifacts, versioned)))).toEqual(['DBT_ROLE_NOT_SEEN']);
  });

  it('that is live is as it should be', () => {
    expect(codes(checkProject(facts(native)))).toEqual(['DBT_ROLE_NOT_SEEN']);
  });
});

describe('the log tables of a package, which a full refresh makes anew', () => {
  const logOwners = Object.fromEntries(
    ['INVOCATIONS', 'MODEL_EXECUTIONS', 'SEED_EXECUTIONS', 'SNAPSHOT_EXECUTIONS', 'TEST_EXECUTIONS'].map(
      (name) => [`EDW.LOGS.${name}`, 'DBT_ROLE'],
    ),
  );

  it('want a future grant where they belong to another role', () => {
    expect(checkPrivileges(facts(artifacts, { logOwners }))).toMatchObject([
      {
        severity: 'warning',
        code: 'FUTURE_GRANT_MISSING',
        where: 'EDW.LOGS',
        hint: expect.stringMatching(/^GRANT SELECT ON FUTURE TABLES IN SCHEMA EDW\.LOGS TO ROLE BAKER/),
      },
    ]);
  });

  it.each([
    ['in the schema', { name: 'EDW.LOGS.<TABLE>' }],
    ['in the database', { name: 'EDW.<TABLE>' }],
    ['as their owner', { name: 'EDW.LOGS', privilege: 'OWNERSHIP' }],
  ])('have one %s', (_, grant) => {
    const futureGrants = [{ privilege: 'SELECT', on: 'TABLE', role: 'BAKER', ...grant }];
    expect(checkPrivileges(facts(artifacts, { logOwners, futureGrants }))).toEqual([]);
  });

  it('one of another role, or of another schema, is none', () => {
    const futureGrants = [
      { privilege: 'SELECT', on: 'TABLE', role: 'OTHER', name: 'EDW.LOGS.<TABLE>' },
      { privilege: 'SELECT', on: 'TABLE', role: 'BAKER', name: 'EDW.LOGSX.<TABLE>' },
    ];
    expect(codes(checkPrivileges(facts(artifacts, { logOwners, futureGrants })))).toEqual([
      'FUTURE_GRANT_MISSING',
    ]);
  });

  it('are asked for nothing where they belong to the role, or future grants cannot be seen', () => {
    const own = Object.fromEntries(Object.keys(logOwners).map((name) => [name, 'BAKER']));
    expect(checkPrivileges(facts(artifacts, { logOwners: own }))).toEqual([]);
    expect(checkPrivileges(facts(artifacts, { logOwners, futureGrants: null }))).toEqual([]);
  });
});

describe('privileges', () => {
  it('MONITOR on the dbt project is asked for where its history is the state', () => {
    const privileges = everything(native).filter(({ privilege }) => privilege !== 'MONITOR');
    const grants = { role: 'BAKER', privileges, unseen: [] };
    expect(checkPrivileges(facts(native, { grants }))).toMatchObject([
      { code: 'PRIVILEGE_MISSING', hint: 'GRANT MONITOR ON DBT PROJECT EDW.OVEN.BAKERY TO ROLE BAKER' },
    ]);
  });

  it.each(['DYNAMIC TABLE', 'ICEBERG TABLE', 'MATERIALIZED VIEW'])('a log may be a %s', (on) => {
    const privileges = everything(artifacts).map((grant) =>
      grant.on === 'TABLE' ? { ...grant, on } : grant,
    );
    const grants = { role: 'BAKER', privileges, unseen: [] };
    expect(checkPrivileges(facts(artifacts, { grants }))).toEqual([]);
  });

  it('ownership is enough', () => {
    const privileges = everything(native).map((grant) =>
      grant.on === 'DBT PROJECT' ? { ...grant, privilege: 'OWNERSHIP' } : grant,
    );
    expect(checkPrivileges(facts(native, { grants: { role: 'BAKER', privileges, unseen: [] } }))).toEqual([]);
  });
});

it('a task that Snowflake suspended for its owner is an error with its reason', () => {
  const name = { database: 'EDW', schema: 'OVEN', name: 'BAKE' };
  const state: TaskState = {
    name,
    started: false,
    schedule: null,
    suspendedReason: 'GRANT_OWNERSHIP',
    suspendedAt: '2026-03-10T05:00:00.000Z',
    createdAt: null,
    committedAt: null,
    owner: 'BAKER',
    comment: '',
  };
  expect(checkTasks(facts(native, { tasks: [state] }))).toMatchObject([
    {
      severity: 'error',
      code: 'TASK_SUSPENDED_BY_SNOWFLAKE',
      message: expect.stringContaining('GRANT_OWNERSHIP'),
    },
  ]);
});

it('what the account did not answer is said, and errors stand first', () => {
  const found = diagnose(
    facts(native, { project: null, unanswered: [{ what: 'SHOW FUTURE GRANTS', message: 'no' }] }),
    [{ severity: 'warning', code: 'LOG_EMPTY', where: 'LOG', message: 'm', hint: 'h' }],
  );
  expect(codes(found).slice(-2)).toEqual(['LOG_EMPTY', 'NOT_CHECKED']);
  expect(found[0]?.severity).toBe('error');
});
