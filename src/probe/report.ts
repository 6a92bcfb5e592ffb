/** What was found: one document, to be attached to an issue. It names nothing of the account's. */
import type { Place, Probe } from './probe';

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

/** Names of the account's own objects, as they may stand in its messages. */
function anonymous(text: string, { schema, project, log, views, role, reader, warehouse }: Place): string {
  const names: [string, string][] = [
    ...(project === null
      ? []
      : [[`${project.database}.${project.schema}.${project.name}`, '<project>'] as [string, string]]),
    ...(log === null ? [] : [[log.table, '<log>'] as [string, string]]),
    ...Object.entries(views ?? {}).map(([name, view]): [string, string] => [view, `<${name}>`]),
    [schema, '<schema>'],
    [role, '<role>'],
    [warehouse, '<warehouse>'],
    ...(reader === null ? [] : [[reader, '<reader>'] as [string, string]]),
  ];
  return names.reduce(
    (said, [name, mark]) => (name === '' ? said : said.replaceAll(name, mark)),
    text.replace(/\s+/g, ' '),
  );
}
