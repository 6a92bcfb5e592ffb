/** `doctor`: what is wrong with an account, each finding with what to do. */
import type { Argv } from 'yargs';
import type { Finding } from '../../doctor/finding';
import { EXIT } from '../output/exit-codes';
import { print, printJson } from '../output/terminal';
import { openReading, readingOptions, type Reading, type ReadingArgs } from '../reading';

export const command = 'doctor';
export const describe = 'look for what is wrong in an account, and say what to do';

interface Args extends ReadingArgs {
  probe: boolean;
  schema?: string;
  reader?: string;
  script: boolean;
  yes: boolean;
}

export function builder(parser: Argv): Argv {
  return readingOptions(parser)
    .option('probe', {
      type: 'boolean',
      default: false,
      describe: 'try on the account what the generated SQL leans on; needs --schema',
    })
    .option('schema', {
      type: 'string',
      requiresArg: true,
      describe: 'with --probe: DATABASE.SCHEMA to try it in; what is made there is dropped again',
    })
    .option('reader', {
      type: 'string',
      requiresArg: true,
      describe: 'with --probe: a role that owns nothing, to see what it sees',
    })
    .option('script', {
      type: 'boolean',
      default: false,
      describe: 'with --probe: print the statements for a worksheet instead of sending them',
    })
    .option('yes', { type: 'boolean', default: false, describe: 'with --probe: do not ask' });
}

/** What was found for one deployment. */
export interface Diagnosis {
  target: string;
  /** The session's own: user, role. */
  session: { account: string; user: string | null; role: string | null; now: string };
  deployment: string;
  findings: Finding[];
}

export async function handler(args: Args): Promise<number> {
  if (args.probe) return (await import('../probing')).probe(args);
  const { AutoRestartError } = await import('../../errors');
  const [stray] = (['schema', 'reader', 'script'] as const).filter((name) => args[name]);
  if (stray !== undefined) {
    throw new AutoRestartError('REQUEST', `--${stray} is for --probe`, {
      where: `--${stray}`,
      hint: 'doctor --probe --schema DATABASE.SCHEMA',
    });
  }
  const reading = await openReading(args);
  const found: Diagnosis[] = [];
  try {
    for (const target of reading.targets) found.push(...(await diagnosesOf(target)));
  } finally {
    await reading.close();
  }
  const { doctorText } = await import('../output/doctor-report');
  if (args.json) printJson(found);
  else print(doctorText(found));
  return found.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
    ? EXIT.failed
    : EXIT.ok;
}

async function diagnosesOf({
  name,
  facts,
  deployments,
  reader,
}: Reading['targets'][number]): Promise<Diagnosis[]> {
  const { nameOf } = await import('../../snowflake/inspect');
  const { readDoctorFacts } = await import('../doctor-facts');
  const { diagnose } = await import('../../doctor/doctor');
  const session = { account: nameOf(facts), user: facts.user, role: facts.role, now: facts.now };
  const { checkLogs } = await import('../../contract/check');
  const logs = await checkLogs(
    {
      run: async (sql, binds) => {
        reader.onSend?.(sql);
        return reader.session.run(sql, binds);
      },
    },
    deployments,
  );
  const found: Diagnosis[] = [];
  for (const deployment of deployments) {
    const read = await readDoctorFacts(reader, deployment, facts.role, facts.now);
    found.push({
      target: name,
      session,
      deployment: deployment.name,
      findings: diagnose(read, logs.get(deployment.name) ?? []),
    });
  }
  return found;
}
