/** Finds and loads `rehearsals/*.ts` beside the config. The one effect of this room besides the local Snowflake. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { z } from 'zod';
import * as library from '../config/define';
import { importTypeScript } from '../config/import-typescript';
import { didYouMean } from '../config/nearest';
import { AutoRestartError } from '../errors';
import { defineRehearsal, type Rehearsal } from './rehearsal';

export const REHEARSALS = 'rehearsals';

export interface LoadedRehearsal {
  /** The file's name without `.ts`. */
  name: string;
  file: string;
  rehearsal: Rehearsal;
}

/**
 * @param root folder of the config
 * @param names which ones; none for all, in order of their names
 * @throws AutoRestartError REQUEST for an unknown name and for a file that holds no rehearsal
 */
export async function loadRehearsals(root: string, names: readonly string[]): Promise<LoadedRehearsal[]> {
  const folder = path.join(root, REHEARSALS);
  const known = fs.existsSync(folder)
    ? fs
        .readdirSync(folder)
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
        .map((file) => file.slice(0, -3))
    : [];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new AutoRestartError('REQUEST', `there is no rehearsal ${unknown}`, {
      where: folder,
      hint: didYouMean(unknown, known),
    });
  }
  const wanted = known.filter((name) => names.length === 0 || names.includes(name)).sort();
  return Promise.all(wanted.map((name) => load(name, path.join(folder, `${name}.ts`))));
}

async function load(name: string, file: string): Promise<LoadedRehearsal> {
  const exports = await importTypeScript(file, { ...library, defineRehearsal });
  const read = SHAPE.safeParse(exports['default']);
  if (read.success) return { name, file, rehearsal: exports['default'] as Rehearsal };
  const problems = read.error.issues.map(
    ({ path: at, message }) => `${at.join('.') || 'default export'}: ${message}`,
  );
  throw new AutoRestartError('REQUEST', `this is no rehearsal: ${problems.join('; ')}`, {
    where: file,
    hint: 'write export default defineRehearsal({ title, deployment, projects, start, end, ... })',
  });
}

const time = z.iso.datetime({ message: 'a time in UTC is written 2026-01-05T06:00:00Z' });
const event = z.looseObject({ at: time });

const SHAPE = z.strictObject({
  title: z.string(),
  deployment: z.string(),
  projects: z.array(
    z.union([
      z.looseObject({ project: z.string(), nodes: z.array(z.unknown()) }),
      z.strictObject({ manifest: z.string() }),
    ]),
  ),
  start: time,
  end: time,
  tasks: z.array(z.string()).optional(),
  hooks: z.enum(['on-run-end', 'post-hook', 'none']).optional(),
  events: z
    .array(
      z.union([
        event.extend({ fail: z.string(), times: z.int().positive().optional() }),
        event.extend({ failRate: z.string(), probability: z.number().min(0).max(1), seed: z.int() }),
        event.extend({ crash: z.string(), times: z.int().positive().optional() }),
        event.extend({ remove: z.string() }),
        event.extend({ suspend: z.string() }),
        event.extend({ resume: z.string() }),
        event.extend({ run: z.string() }),
        event.extend({ apply: z.string() }),
      ]),
    )
    .optional(),
  expect: z.array(z.looseObject({})).optional(),
});
