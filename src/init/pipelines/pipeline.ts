/** The pipeline of a new repository: one environment, one connection, no stored secret. */
import type { Pipeline, Setup } from '../setup';
import { AZURE } from './azure';
import { GITHUB } from './github';
import { GITLAB } from './gitlab';

const FILES: Readonly<Record<Exclude<Pipeline, 'none'>, { path: string; text: string }>> = {
  github: { path: '.github/workflows/dbt-auto-restart.yml', text: GITHUB },
  gitlab: { path: '.gitlab-ci.yml', text: GITLAB },
  azure: { path: 'azure-pipelines.yml', text: AZURE },
};

export function pipelineOf({ pipeline, connection }: Setup): { path: string; text: string } | null {
  if (pipeline === 'none') return null;
  const name = connection?.name;
  const { path, text } = FILES[pipeline];
  const words: Readonly<Record<string, string>> = {
    CONNECTION: (name ?? 'prod').toUpperCase(),
    ACCOUNT: connection?.account ?? 'ORGANIZATION-ACCOUNT',
    ROLE: connection?.role ?? 'DBT_DEPLOY',
    // A deployment that names its connection needs no flag.
    FLAG: name === undefined ? ' --connection prod' : '',
  };
  return { path, text: text.replace(/\{\{([A-Z]+)\}\}/g, (_, word: string) => words[word] ?? '') };
}
