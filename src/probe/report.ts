/** What was found: one document, to be attached to an issue. It names nothing of the account's. */
import { qualified } from '../sql-text';
import { storedParts, type Place, type Probe } from './probe';

export interface ProbeResult {
  id: string;
  question: string;
  assumes: string;
  found: string;
  verdict: 'as assumed' | 'deviates' | 'recorded' | 'not answered';
}

export interface ProbeReport {
  format: 1;
  /** Version of this tool, and of Snowflake. */
  tool: string;
  snowflake: string;
  /** ISO 8601 in UTC. */
  now: string;
  results: ProbeResult[];
  leftOut: { what: string; wants: string }[];
  /** Objects that could not be dropped; none when all is as before. */
  left: string[];
}

/** @param found the answer, or `null` with `error` where there was none */
export function judged(probe: Probe, found: string | null, error: string | null, place: Place): ProbeResult {
  const { id, question, assumes, expected } = probe;
  const text = anonymous(found ?? error ?? 'no answer', place);
  const verdict =
    found === null || found.startsWith('error ')
      ? expected === null && found !== null
        ? 'recorded'
        : 'not answered'
      : expected === null
        ? 'recorded'
        : new RegExp(`^(?:${expected})$`, 's').test(found)
          ? 'as assumed'
          : 'deviates';
  return { id, question, assumes, found: text, verdict };
}

/** On one line, and without the names of the account's own objects, whole or in parts, as its messages may have them. */
export function anonymous(
  text: string,
  { schema, project, log, views, role, reader, warehouse }: Place,
): string {
  const objects = {
    project: project === null ? null : qualified(project),
    log: log?.table ?? null,
    history: views?.history ?? null,
    state: views?.state ?? null,
    schema,
  };
  const roles = { role, warehouse, reader };
  const marks = new Map<string, string>();
  const mark = (name: string, as: string): void => void (marks.has(name) || marks.set(name, `<${as}>`));
  for (const [as, name] of Object.entries({ ...objects, ...roles })) if (name !== null) mark(name, as);
  for (const [as, name] of Object.entries(roles)) if (name !== null) mark(storedParts(name)[0] ?? name, as);
  for (const name of Object.values(objects))
    for (const part of name === null ? [] : storedParts(name)) mark(part, 'name');
  return [...marks]
    .sort(([one], [other]) => other.length - one.length)
    .reduce((said, [name, as]) => said.replace(asWord(name), as), text.replace(/\s+/g, ' '));
}

/** Not within another name. */
function asWord(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replace(/[^\w ]/g, '\\$&')}(?![\\w$])`, 'g');
}
