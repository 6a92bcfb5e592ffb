/** What a new config is made of: the value between the answers (or what an account has) and the text. */
import type { DbtCommand, LayoutName, Schedule, TaskMode } from '../config/types';

export const PIPELINES = ['github', 'gitlab', 'azure', 'none'] as const;
export type Pipeline = (typeof PIPELINES)[number];

export type StateSetup =
  | { kind: 'execution-history' }
  | { kind: 'audit-tables'; layout: LayoutName; database?: string; schema?: string; environment?: string };

export type RunnerSetup = { object: string } | { procedure: string };

export interface JobSetup {
  name: string;
  project: string;
  dbt: DbtCommand;
  maxAgeHours: number;
}

export interface TaskSetup {
  name: string;
  /** Why it is there, as a comment above it. */
  why: string;
  /** A job, or a plain run of dbt that is not restarted. */
  does: { job: string; mode: TaskMode } | { project: string; dbt: DbtCommand };
  schedule?: Schedule;
  after?: string[];
  finalize?: string;
  /** Where they differ from the deployment's. */
  warehouse?: string;
  timeout?: string;
}

export interface Setup {
  /** Name of the deployment and of its folder. */
  deployment: string;
  connection: { name?: string; account?: string; role?: string } | null;
  database: string;
  schema: string;
  warehouse: string;
  timeout: string;
  state: StateSetup;
  runner: RunnerSetup;
  jobs: JobSetup[];
  tasks: TaskSetup[];
  pipeline: Pipeline;
  /** What could not be taken over, for people. */
  notes: string[];
}
