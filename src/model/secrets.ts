/** Secrets in a config are refused, wherever their values would reach generated SQL; with a way to say "this is none". */
import { formatPath, showValue, type Path, type ProblemSink } from '../config/problems';
import { isSecretName, secretIn } from '../config/secret-shapes';
import type { DbtCommand, DeploymentConfig } from '../config/types';

interface Suspect {
  path: Path;
  /** What looks like a secret: a name, or what a value holds. */
  what: string;
  /** By what `notSecret` can name it. */
  name: string;
}

/** The value is in no message: it would stand in the log of a pipeline. */
export function checkSecrets(config: DeploymentConfig, problems: ProblemSink): void {
  const suspects = [...byName(config), ...byShape(config, [])];
  const innocent = config.notSecret ?? [];
  const isInnocent = ({ name, path }: Suspect): boolean =>
    innocent.includes(name) || innocent.includes(formatPath(path));
  const reported = new Set<string>();
  for (const suspect of suspects.filter((each) => !isInnocent(each))) {
    const place = formatPath(suspect.path);
    if (reported.has(place)) continue;
    reported.add(place);
    problems.add(
      suspect.path,
      `${suspect.what} looks like a secret, and the values stand in the generated SQL`,
      `give dbt the secret in Snowflake, not in this config; if it is none: notSecret: [${showValue(suspect.name)}]`,
    );
  }
  innocent.forEach((entry, index) => {
    if (suspects.some(({ name, path }) => entry === name || entry === formatPath(path))) return;
    problems.add(
      ['notSecret', index],
      `${showValue(entry)} names nothing that looks like a secret`,
      'leave it out',
    );
  });
}

// ------------------------------------------------------------------------------------------------ names

function byName(config: DeploymentConfig): Suspect[] {
  const commands: { path: Path; dbt: DbtCommand | undefined }[] = [
    ...Object.entries(config.jobs ?? {}).map(([key, { dbt }]) => ({ path: ['jobs', key, 'dbt'], dbt })),
    ...Object.entries(config.tasks).flatMap(([key, task]) => [
      { path: ['tasks', key, 'dbt'], dbt: task.dbt },
      { path: ['tasks', key, 'run', 'dbt'], dbt: task.run?.dbt },
    ]),
  ];
  const variables = config.runner.kind === 'execute-dbt-project' ? config.runner.envVars : undefined;
  return [
    ...commands.flatMap(({ path, dbt }) => [
      ...inVars(dbt?.vars ?? {}, [...path, 'vars'], null),
      ...(dbt?.flags ?? []).flatMap((flag, index) => inFlag(flag, [...path, 'flags', index])),
    ]),
    ...Object.keys(variables ?? {})
      .filter((name) => isSecretName(name) || /(^|_)KEY(_|$)/.test(name))
      .map((name) => ({ path: ['runner', 'envVars', name], what: showValue(name), name })),
  ];
}

/** @param secret the name above, when it is one of a secret: then all texts below it are */
function inVars(value: unknown, path: Path, secret: string | null): Suspect[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const place = [...path, Array.isArray(value) ? Number(key) : key];
      const own = !Array.isArray(value) && isSecretName(key, typeof inner === 'number' ? 'number' : 'text');
      return inVars(inner, place, own ? key : secret);
    });
  }
  const isValue = (typeof value === 'string' && value !== '') || typeof value === 'number';
  return secret !== null && isValue ? [{ path, what: showValue(secret), name: secret }] : [];
}

/** `--api-key=...`, and `--api-key` with its value in the next entry. */
function inFlag(flag: string, path: Path): Suspect[] {
  const [name = ''] = flag.split('=');
  return name.startsWith('-') && isSecretName(name) ? [{ path, what: showValue(name), name }] : [];
}

// ----------------------------------------------------------------------------------------------- shapes

/** In every text of the deployment, and in every key. */
function byShape(value: unknown, path: Path): Suspect[] {
  if (typeof value === 'string') return shapeAt(value, path);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    return Array.isArray(value) ? byShape(inner, place) : [...shapeAt(key, path), ...byShape(inner, place)];
  });
}

function shapeAt(text: string, path: Path): Suspect[] {
  const what = secretIn(text);
  return what === null ? [] : [{ path, what: `what it holds, ${what},`, name: formatPath(path) }];
}
