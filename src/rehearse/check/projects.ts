/** The dbt projects that a rehearsal brings, against those that its deployments run. */
import { AutoRestartError } from '../../errors';
import { didYouMean } from '../../config/nearest';
import type { ProblemSink } from '../../config/problems';
import { type Dag, type DagNode, readDag } from '../../local/index';
import type { Deployment } from '../../model/deployment';
import type { World } from './check';

export interface Dags {
  /** Text of a DAG by the lower-case name of its project. */
  byProject: ReadonlyMap<string, string>;
  /** Of each project. */
  nodes: readonly (readonly DagNode[])[];
}

interface Brought {
  text: string;
  dag: Dag;
}

/** @returns `undefined` when a mistake leaves open which nodes there are */
export function checkProjects(
  projects: readonly unknown[] | undefined,
  deployments: readonly Deployment[] | undefined,
  world: World,
  sink: ProblemSink,
): Dags | undefined {
  const brought = (projects ?? []).map((project, index) => bring(project, world, sink.at(index)));
  if (!deployments || !projects || brought.includes(undefined)) return undefined;
  const wanted = [...new Set(deployments.flatMap(projectsOf))];
  const byProject = new Map<string, Brought>();
  (brought as Brought[]).forEach((found, index) => {
    const name = found.dag.project.toLowerCase();
    if (wanted.some((one) => one.toLowerCase() === name)) byProject.set(name, found);
    else
      sink.add(
        [index],
        `no task runs the project ${found.dag.project}`,
        didYouMean(found.dag.project, wanted),
      );
  });
  takeOwn(byProject, wanted, world, sink);
  const missing = wanted.filter((name) => !byProject.has(name.toLowerCase()));
  if (sink.reported()) return undefined;
  for (const name of missing)
    sink.add(
      [],
      `the project ${name} is missing`,
      "add { project, nodes } or { manifest: 'target/manifest.json' }",
    );
  if (missing.length > 0) return undefined;
  return {
    byProject: new Map([...byProject].map(([name, { text }]) => [name, text])),
    nodes: [...byProject.values()].map(({ dag }) => dag.nodes),
  };
}

function bring(project: unknown, world: World, sink: ProblemSink): Brought | undefined {
  try {
    const { manifest } = (project ?? {}) as { manifest?: unknown };
    const text = typeof manifest === 'string' ? world.readManifest(manifest) : JSON.stringify(project);
    return { text, dag: readDag(text) };
  } catch (error) {
    const hint = error instanceof AutoRestartError ? error.hint : undefined;
    sink.add([], error instanceof Error ? error.message.replace(/^dbt project: /, '') : String(error), hint);
    return undefined;
  }
}

/** `--manifest` takes the place of the project of its name: under another one its runs would not be found in the log. */
function takeOwn(
  byProject: Map<string, Brought>,
  wanted: readonly string[],
  { manifest }: World,
  sink: ProblemSink,
): void {
  if (!manifest) return;
  const { text } = manifest;
  const dag = readDag(text);
  const place = dag.project.toLowerCase();
  if (wanted.some((name) => name.toLowerCase() === place)) byProject.set(place, { text, dag });
  else
    sink.add(
      [],
      `no task runs the project of the manifest, ${dag.project}`,
      `the config has ${wanted.join(', ')}: a project is called as in dbt_project.yml`,
    );
}

function projectsOf({ jobs, graphs }: Deployment): string[] {
  const tasks = graphs.flatMap(({ root, children }) => [root, ...children]);
  return [...jobs, ...tasks.map(({ action }) => action)].map(({ project }) => project);
}
