/** This package's own package.json: its version, and the versions of the packages it was tried with. */
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface PackageManifest {
  version: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
}

/** The sources and the bundle lie at different depths below it. */
export function packageManifest(from: string = __dirname): PackageManifest {
  const file = path.join(from, 'package.json');
  const found = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as PackageManifest & { name: string })
    : undefined;
  if (found?.name === 'dbt-auto-restart') return found;
  const parent = path.dirname(from);
  if (parent === from) throw new Error('the package.json of dbt-auto-restart is not above its program');
  return packageManifest(parent);
}
