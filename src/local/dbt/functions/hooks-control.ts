/** SYSTEM$LOCAL_DBT_HOOKS: what the hooks of a project log, in which layout, where. */
import { z } from 'zod';
import { LAYOUT_NAMES } from '../../../config/layout-names';
import type { Session } from '../../engine/contract';
import { splitName } from '../../sql/token-reader';
import type { TypedValue } from '../../values';
import { setControls } from '../controls';
import type { HookSettings, MappingJson } from '../hooks/layout';
import type { HookMode } from '../hooks/manner';
import { obstaclesTo } from '../hooks/mapped-tables';
import { type Mapping, readMapping } from '../hooks/mapping';
import type { DbtProject } from '../projects';
import { invalidArgument, optionalText, requiredText } from './arguments';

const MODES: readonly HookMode[] = ['on-run-end', 'post-hook', 'none'];

/** `('<project>', '<mode>' [, '<layout>' or a mapping as JSON [, '<db.schema>']])` */
export async function setHooks(
  project: DbtProject,
  args: readonly TypedValue[],
  session: Session,
): Promise<string> {
  const mode = oneOf(requiredText(args, 1, 'the mode'), MODES);
  const [schema = project.schema, database = project.database] = splitName(
    optionalText(args, 3) ?? '',
  ).reverse();
  const text = optionalText(args, 2) ?? 'o2c';
  const own = text.trimStart().startsWith('{');
  const layout = own ? ownLayout(text, { database, schema }, mode, session) : oneOf(text, LAYOUT_NAMES);
  const hooks: HookSettings = { mode, layout, database, schema };
  await setControls(session.account.catalog, project, { hooks });
  if (mode === 'none') return 'no hooks';
  return `${mode} hooks log to ${database}.${schema} as ${own ? 'mapped' : text.toLowerCase()}${own ? '' : ' does'}`;
}

/** @throws SnowflakeError for no mapping, and for one that the hooks could not write, which is said before any run */
function ownLayout(
  text: string,
  home: { database: string; schema: string },
  mode: HookMode,
  session: Session,
): MappingJson {
  const { json, mapping } = parsed(text, home);
  const obstacles = mode === 'none' ? [] : obstaclesTo(mapping, session);
  if (obstacles.length > 0)
    throw invalidArgument(`the local dbt cannot write this log: ${obstacles.join('; ')}`);
  return json;
}

function parsed(
  text: string,
  home: { database: string; schema: string },
): { json: MappingJson; mapping: Mapping } {
  try {
    const json = JSON.parse(text) as MappingJson;
    return { json, mapping: readMapping(json, home) };
  } catch (error) {
    if (error instanceof z.ZodError) {
      const problems = error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw invalidArgument(`not a mapping: ${problems.join('; ')}`);
    }
    throw invalidArgument(`not a mapping: ${(error as Error).message}`);
  }
}

function oneOf<Name extends string>(text: string, names: readonly Name[]): Name {
  const name = names.find((candidate) => candidate === text.toLowerCase());
  if (name === undefined) throw invalidArgument(`'${text}' is none of ${names.join(', ')}`);
  return name;
}
