/** All files of a new repository, by path: what `init` writes, and lines for files that may be there already. */
import { configText } from './config-text';
import { pipelineOf } from './pipelines/pipeline';
import { fileName, rehearsalOf } from './rehearsal-text';
import type { Setup } from './setup';

export interface InitFiles {
  /** Written whole, and only where nothing is. */
  files: { path: string; text: string }[];
  /** Added to what is there, those that are missing. */
  lines: { path: string; lines: string[] }[];
}

export const CONFIG_FILE = 'auto-restart.config.ts';

export function initFiles(setup: Setup): InitFiles {
  const rehearsal = rehearsalOf(setup);
  const pipeline = pipelineOf(setup);
  return {
    files: [
      { path: CONFIG_FILE, text: configText(setup) },
      ...(rehearsal === null
        ? []
        : [
            { path: 'rehearsals/1-failure-and-retry.ts', text: rehearsal.rehearsal },
            { path: `rehearsals/dags/${fileName(rehearsal.project)}.ts`, text: rehearsal.dag },
          ]),
      ...(pipeline === null ? [] : [pipeline]),
    ],
    lines: [
      {
        path: '.gitattributes',
        lines: [
          '# Reviewed like source, the same bytes on every machine; setup.sql repeats the other files.',
          'generated/** text eol=lf linguist-generated=false',
          'generated/**/setup.sql -diff linguist-generated=true',
        ],
      },
      { path: '.gitignore', lines: ['node_modules/', '.auto-restart/'] },
    ],
  };
}
