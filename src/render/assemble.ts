/** Rendered objects -> statements in apply order, and the files that hold them. */
import { VIEW_ORDER } from '../model/object-names';
import type { Deployment, ObjectName, Views } from '../model/deployment';
import { factsOf } from './facts';
import { deploymentFolder } from '../model/folder';
import {
  renderGrantsFile,
  renderMonitoring,
  renderObjectFile,
  renderSetup,
  renderTeardown,
  renderVerify,
} from './docs';
import { stamp } from './fingerprint';
import { PROCEDURE_TYPES, renderGrants } from './grants';
import { renderQuickReference } from './quick-reference';
import { assertSendable } from './sendable';
import { qualified } from '../sql-text';
import { renderAlerts, startOf } from './alerts';
import { setupLock } from './lock';
import type { RenderedDeployment, Statement, TaskStatement } from './statement';
import { renderTaskGraph } from './task-graph';
import type { Templates } from './templates';

/** The CREATE statements, with the fingerprint's place in their COMMENT. */
export interface RenderedObjects {
  views: Record<keyof Views, string>;
  procedure: string;
}

/** What `apply` does in a way of its own. */
export const ONLY_BY_HAND: readonly Statement['kind'][] = ['lock', 'unlock', 'start'];

const withStart = (one: Statement): Statement[] => [one, ...startOf(one)];

/** What each view is for, as set-up and reviewers read it. */
const VIEW_REASONS: Record<keyof Views, string> = {
  jobs: 'the policy: what each job runs, and when a failure of it is retried',
  runs: 'the run log in canonical words',
  nodes: 'the node results of the log in canonical words',
  history: 'what happened: every run, whose it is, which attempt',
  state: 'what is broken now, and what the next call does',
};

export function assemble(
  deployment: Deployment,
  objects: RenderedObjects,
  templates: Templates,
): RenderedDeployment {
  const { procedure, views, graphs } = deployment;
  const made = [
    ...VIEW_ORDER.map(
      (view) => (prefix: string) =>
        object('view', views[view], objects.views[view], `${prefix}_view`, VIEW_REASONS[view]),
    ),
    (prefix: string) =>
      object(
        'procedure',
        procedure,
        objects.procedure,
        `${prefix}_procedure`,
        'the procedure that decides and starts dbt',
      ),
    ...graphs.map(
      (graph) => (prefix: string) =>
        renderTaskGraph(graph, deployment, templates, fileName(`${prefix}_task`, graph.root.name)),
    ),
  ];
  const before = made.map((make, at) => make(twoDigits(at + 1)));
  const alerts = renderAlerts(deployment, (at) => twoDigits(before.length + at + 1), templates);
  const single = [...before, ...alerts];
  const grantsFile = `${twoDigits(single.length + 1)}_grants.sql`;
  const grants = renderGrants(deployment, grantsFile);
  const { lock, unlock } = setupLock(deployment, templates);
  const statements = [lock, ...single.flatMap(withStart), ...grants, unlock];

  /** A graph's block wants the lock, also when its file is run alone. */
  const withLock = (one: Statement): Statement[] =>
    one.kind === 'graph' ? [lock, one, unlock] : withStart(one);
  const files: Record<string, string> = {
    ...Object.fromEntries(
      single.map((one) => [one.file, renderObjectFile(deployment, withLock(one), templates)]),
    ),
    ...(grants.length === 0 ? {} : { [grantsFile]: renderGrantsFile(deployment, grants, templates) }),
    'setup.sql': renderSetup(deployment, statements, templates),
    'monitoring.sql': renderMonitoring(deployment, templates),
    'verify.sql': renderVerify(deployment, templates),
    'teardown.sql': renderTeardown(deployment, templates),
    'QUICK_REFERENCE.md': renderQuickReference(deployment, templates),
  };
  files['manifest.json'] = manifest(deployment, statements, Object.keys(files));
  for (const [path, text] of Object.entries(files)) files[path] = `${text.trimEnd()}\n`;
  // Every statement stands in a file.
  for (const [path, text] of Object.entries(files)) if (path.endsWith('.sql')) assertSendable(text, path);
  return {
    deployment: deployment.name,
    folder: deploymentFolder(deployment),
    statements,
    files: inPathOrder(files),
  };
}

function object(
  kind: 'procedure' | 'view',
  name: ObjectName,
  text: string,
  prefix: string,
  why: string,
): Statement {
  const { sql, fingerprint } = stamp(text.trim());
  const types = kind === 'procedure' ? PROCEDURE_TYPES : '';
  return {
    id: `${kind}:${qualified(name)}`,
    kind,
    object: `${qualified(name)}${types}`,
    file: fileName(prefix, name),
    sql,
    why,
    fingerprint,
  };
}

/** Snowflake takes names of 255 characters, and so do disks, for the whole name of a file. */
const LONGEST_NAME = 100;

/** What every disk takes: lower case, letters, digits and underscores. The number in front keeps names apart. */
function fileName(prefix: string, { name }: ObjectName): string {
  return `${prefix}_${name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .slice(0, LONGEST_NAME)}.sql`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** For programs: which file holds which statement, and its fingerprint. Neither time nor machine. */
function manifest(
  deployment: Deployment,
  statements: readonly Statement[],
  paths: readonly string[],
): string {
  const made = statements.filter(({ kind }) => !ONLY_BY_HAND.includes(kind));
  const entries = made.map(({ id, kind, object, file, fingerprint, tasks, properties, grant }) => ({
    id,
    kind,
    object,
    file,
    fingerprint,
    ...(tasks === undefined ? {} : { tasks: tasks.map(manifestTask) }),
    ...(properties === undefined ? {} : { properties }),
    ...(grant === undefined ? {} : { grant }),
  }));
  const value = {
    app: deployment.app,
    environment: deployment.env,
    deployment: deployment.name,
    database: deployment.database,
    schema: deployment.schema,
    ...factsOf(deployment),
    files: [...paths, 'manifest.json'].sort(byCode),
    statements: entries,
  };
  return JSON.stringify(value, null, 2);
}

/** What `diff` compares two states of `generated/` by. */
function manifestTask({ name, root, fingerprint, initialState, properties }: TaskStatement): object {
  return { name: name.name, root, fingerprint, initialState, properties };
}

function inPathOrder(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => byCode(a, b)));
}

/** Not by locale: the order is the same on every machine. */
function byCode(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
