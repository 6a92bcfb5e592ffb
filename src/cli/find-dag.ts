/** Finds what a dbt project is made of, for the local Snowflake: `rehearsals/dags/*.json` and `*.ts`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importTypeScript } from '../config/import-typescript';
import * as library from '../config/define';

interface NamedDag {
  project: string;
}

/**
 * @param root folder of the config
 * @returns a manifest.json or a DAG in the short form, as text; `undefined` when no file has the project
 */
export async function findDag(root: string, project: string): Promise<string | undefined> {
  const folder = join(root, 'rehearsals', 'dags');
  if (!existsSync(folder)) return undefined;
  for (const file of readdirSync(folder).sort()) {
    const text = file.endsWith('.json')
      ? readFileSync(join(folder, file), 'utf8')
      : file.endsWith('.ts')
        ? await dagIn(join(folder, file))
        : undefined;
    if (text !== undefined && projectOf(text) === project.toLowerCase()) return text;
  }
  return undefined;
}

/** The first export that is a DAG. */
async function dagIn(file: string): Promise<string | undefined> {
  const exports = Object.values(await importTypeScript(file, library));
  const dag = exports.find((value) => typeof value === 'object' && value !== null && 'nodes' in value);
  return dag === undefined ? undefined : JSON.stringify(dag);
}

/** Lower case. A manifest.json names its project in its metadata. */
function projectOf(text: string): string | undefined {
  const json = JSON.parse(text) as Partial<NamedDag> & { metadata?: { project_name?: string } };
  return (json.project ?? json.metadata?.project_name)?.toLowerCase();
}
