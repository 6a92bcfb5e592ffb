/** Two states of `generated/` -> the plan that an account in the one would have to become the other. No account is asked. */
import type { Templates } from '../render/templates';
import { qualified } from '../sql-text';
import { deployedFrom, readManifest, wantedIn, type GeneratedFolder, type Manifest } from './offline';
import { makePlan } from './plan';
import type { Plan } from './step';

interface Read {
  generated: GeneratedFolder;
  manifest: Manifest;
}

/** @returns a plan for each environment that one of them has, in their order */
export function diffGenerated(
  base: readonly GeneratedFolder[],
  now: readonly GeneratedFolder[],
  templates: Templates,
): Plan[] {
  const [before, after] = [readAll(base), readAll(now)];
  const environments = [...new Set([...after, ...before].map(({ manifest }) => manifest.environment))];
  return environments.map((env) => {
    const wanted = after.filter(({ manifest }) => manifest.environment === env);
    const had = before.filter(({ manifest }) => manifest.environment === env);
    const [first] = wanted.length > 0 ? wanted : had;
    const known = wanted.map(({ manifest: { deployment, database, schema } }) => ({
      deployment,
      database,
      schema,
    }));
    const statements = wanted.map(({ generated, manifest }) => wantedIn(generated, manifest));
    const claimed = statements.flatMap((one) => one.statements.flatMap(({ tasks }) => tasks ?? []));
    return makePlan(
      {
        app: first?.manifest.app ?? null,
        env,
        wanted: statements,
        deployed: deployedFrom(had),
        options: {
          known,
          claimed: new Set(claimed.map(({ name }) => qualified(name))),
          certain: true,
          removed: true,
          allow: new Set(),
          adopt: true,
          local: false,
        },
      },
      templates,
    );
  });
}

function readAll(folders: readonly GeneratedFolder[]): Read[] {
  return folders.flatMap((generated) => {
    const manifest = readManifest(generated);
    return manifest === null ? [] : [{ generated, manifest }];
  });
}
