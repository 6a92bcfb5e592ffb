/** A state of `generated/` as what is wanted, and as what an account would have in which all of it was applied. */
import { parseObjectName } from '../model/names';
import type { ObjectName } from '../model/deployment';
import type { DeploymentFacts } from '../render/facts';
import { markText, type Owner } from '../render/fingerprint';
import type { GrantFacts, Statement, TaskStatement } from '../render/statement';
import { procedureBody } from './bodies';
import { literalValue, wantedComment } from './comments';
import type { Deployed } from './deployed';
import type { Wanted } from './wanted';

/** One deployment's folder: its path below `generated/`, and its files by name. */
export interface GeneratedFolder {
  folder: string;
  files: Readonly<Record<string, string>>;
}

/** What manifest.json holds. */
export interface Manifest extends DeploymentFacts {
  app: string | null;
  environment: string | null;
  deployment: string;
  database: string;
  schema: string;
  files: string[];
  statements: (Pick<Statement, 'id' | 'kind' | 'object' | 'file' | 'fingerprint'> & {
    tasks?: (Omit<TaskStatement, 'name' | 'sql'> & { name: string })[];
    grant?: GrantFacts;
  })[];
}

/** @returns `null` for a folder without a manifest of this version */
export function readManifest({ files }: GeneratedFolder): Manifest | null {
  try {
    const value = JSON.parse(files['manifest.json'] ?? 'null') as Partial<Manifest> | null;
    const isComplete =
      typeof value?.database === 'string' &&
      typeof value.schema === 'string' &&
      Array.isArray(value.statements);
    return isComplete ? (value as Manifest) : null;
  } catch {
    return null;
  }
}

export function wantedIn(generated: GeneratedFolder, manifest: Manifest): Wanted {
  const { database, schema, role, undocumentedRunner, logTables } = manifest;
  return {
    owner: ownerOf(manifest),
    folder: generated.folder,
    database,
    schema,
    role,
    undocumentedRunner,
    logTables,
    statements: manifest.statements.map((statement): Statement => {
      const { tasks, grant, ...rest } = statement;
      return {
        ...rest,
        sql:
          statement.kind === 'grant' ? grantSql(grant!) : statementIn(generated.files[statement.file] ?? ''),
        why: whyIn(generated.files[statement.file] ?? ''),
        ...(tasks === undefined
          ? {}
          : {
              tasks: tasks.map((task) => ({ ...task, name: { database, schema, name: task.name }, sql: '' })),
            }),
        ...(grant === undefined ? {} : { grant }),
      };
    }),
  };
}

/** An account in which exactly these folders were applied, and every task is as it began. */
export function deployedFrom(
  folders: readonly { generated: GeneratedFolder; manifest: Manifest }[],
): Deployed {
  const deployed: Deployed = {
    account: 'generated/',
    role: null,
    user: null,
    now: '',
    views: [],
    procedures: [],
    tables: [],
    alerts: [],
    tasks: [],
    grants: [],
    locks: [],
    running: [],
    unseen: [],
  };
  for (const { generated, manifest } of folders) {
    const home = { database: manifest.database, schema: manifest.schema };
    for (const { kind, object, sql, tasks, properties: ofAlert, grant } of wantedIn(generated, manifest)
      .statements) {
      if (grant !== undefined) deployed.grants.push(grant);
      const comment = literalValue(wantedComment(sql));
      if (kind === 'view')
        deployed.views.push({ name: nameOf(object, home), owner: null, comment, text: sql });
      if (kind === 'table') deployed.tables.push({ name: nameOf(object, home), owner: null, comment });
      if (kind === 'alert') {
        const name = nameOf(object, home);
        deployed.alerts.push({ name, owner: null, comment, state: 'started', properties: ofAlert ?? {} });
      }
      if (kind === 'procedure') {
        const at = object.lastIndexOf('(');
        const types = object
          .slice(at + 1, -1)
          .split(', ')
          .filter((type) => type !== '');
        deployed.procedures.push({
          name: nameOf(object.slice(0, at), home),
          owner: null,
          comment,
          types,
          body: procedureBody(sql),
        });
      }
      for (const task of tasks ?? []) {
        const { COMMENT: text = null, AFTER: after = null, ...properties } = task.properties;
        deployed.tasks.push({
          name: task.name,
          owner: null,
          comment: `${text ?? ''} ${markText({ ...ownerOf(manifest), fingerprint: task.fingerprint })}`,
          state: task.initialState,
          suspendedReason: null,
          after: namesIn(after, home),
          finalizes: namesIn(properties['FINALIZE'] ?? null, home)[0] ?? null,
          properties: { ...properties, COMMENT: text, AFTER: after },
        });
      }
    }
  }
  return deployed;
}

const ownerOf = ({ app, environment, deployment }: Manifest): Owner => ({
  app,
  env: environment,
  deployment,
});

function nameOf(object: string, home: { database: string; schema: string }): ObjectName {
  const parsed = parseObjectName(object, home);
  return parsed.ok ? parsed.value : { ...home, name: object };
}

/** `EDW.A.X, EDW.A."Y, Z"` */
function namesIn(list: string | null, home: { database: string; schema: string }): ObjectName[] {
  return (list?.match(/(?:"(?:[^"]|"")*"|[^",])+/g) ?? []).map((name) => nameOf(name.trim(), home));
}

/** The statement of an object's file, without header and semicolon. */
function statementIn(file: string): string {
  return file
    .replace(/^(?:--[^\n]*\n|\s)+/, '')
    .trimEnd()
    .replace(/;$/, '');
}

/** The first line of the header says why the object is there. */
function whyIn(file: string): string {
  const [, title = ''] = /^-- ([^\n]*)/.exec(file) ?? [];
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

function grantSql({ privilege, on, name, role }: GrantFacts): string {
  const isPlain = /^[A-Z_][A-Z0-9_$]*$/.test(role);
  return `GRANT ${privilege} ON ${on} ${name} TO ROLE ${isPlain ? role : `"${role.replaceAll('"', '""')}"`}`;
}
