/** What a probe found, for a terminal; `--json` is what is attached to an issue. */
import type { ProbeReport, ProbeResult } from '../../probe/report';
import { colors, type Colors } from './terminal';

export function probeText({ snowflake, tool, results, leftOut, left }: ProbeReport): string {
  const paint = colors('stdout');
  return [
    paint.dim(`Snowflake ${snowflake}, dbt-auto-restart ${tool}`),
    ...results.flatMap((result) => resultLines(result, paint)),
    ...leftOut.map(({ what, wants }) => paint.dim(`left out: ${what}; it wants ${wants}`)),
    ...(left.length === 0
      ? [paint.dim('everything that was made is gone again')]
      : ['still there:', ...left.map((line) => `  ${line}`)]),
    paint.dim('--json is what to attach to an issue: it names nothing of the account'),
  ].join('\n');
}

function resultLines({ id, question, assumes, found, verdict }: ProbeResult, paint: Colors): string[] {
  const colour = {
    'as assumed': paint.green,
    deviates: paint.red,
    recorded: paint.dim,
    'not answered': paint.yellow,
  };
  return [
    `${colour[verdict](verdict)} ${paint.bold(id)}: ${found}`,
    paint.dim(`    ${question}? assumed: ${assumes}`),
  ];
}
