/** What the verbs share: the deployment that is meant, the statement shown first, consent, waiting, the answer. */
import { AutoRestartError } from '../errors';
import type { Deployment } from '../model/deployment';
import type { Session, StatementResult } from '../snowflake/session';
import { askConsent, refuseWithoutTerminal } from './applying';
import type { CommonArgs } from './command';
import { EXIT } from './output/exit-codes';
import { note, print, printJson } from './output/terminal';
import { waiting } from './output/waiting';
import type { Project } from './project';
import { openTargets, type Target } from './targets';

export interface DoingArgs extends CommonArgs {
  yes: boolean;
}

/** What is meant, and where. */
export interface Meant<What> {
  deployment: Deployment;
  what: What;
}

/**
 * The one deployment that has it.
 * @throws AutoRestartError REQUEST where none has, or several have
 */
export async function meantIn<What>(
  args: DoingArgs,
  kind: 'job' | 'task',
  name: string,
  find: (deployment: Deployment) => What | null,
  names: (deployment: Deployment) => string[],
): Promise<{ project: Project; meant: Meant<What> }> {
  const { loadOneEnvironment } = await import('./project');
  refuseWithoutTerminal(args.yes, args.connection);
  const project = await loadOneEnvironment(args);
  const found = project.deployments.flatMap((deployment) => {
    const what = find(deployment);
    return what === null ? [] : [{ deployment, what }];
  });
  const [meant, other] = found;
  if (meant === undefined) {
    const { didYouMean } = await import('../config/nearest');
    throw new AutoRestartError('REQUEST', `there is no ${kind} ${name}`, {
      hint: didYouMean(name, [...new Set(project.deployments.flatMap(names))]),
    });
  }
  if (other !== undefined) {
    throw new AutoRestartError('REQUEST', `several deployments have a ${kind} ${name}`, {
      where: '--deployment',
      hint: found.map(({ deployment }) => `--deployment ${deployment.name}`).join(' or '),
    });
  }
  return { project, meant };
}

/** A session with the account of one deployment; closed afterwards, whatever happens. */
export async function inAccountOf<Result>(
  project: Project,
  deployment: Deployment,
  args: DoingArgs,
  work: (target: Target) => Promise<Result>,
): Promise<Result> {
  const opened = await openTargets(
    { ...project, deployments: [deployment] },
    { connection: args.connection, concurrency: 1 },
  );
  opened.notes.forEach(note);
  try {
    return await work(opened.targets[0]!);
  } finally {
    await opened.close();
  }
}

/** As `--json` has it. */
export interface Done {
  deployment: string;
  verb: string;
  /** The job, task or run. */
  object: string;
  sql: string;
  /** What the statement returned, in words; `null` where nothing was sent. */
  returned: string | null;
  seconds: number;
}

export interface Doing {
  target: Target;
  deployment: Deployment;
  verb: string;
  object: string;
  sql: string;
  /** What people should know before they say yes. */
  beforehand: string[];
  args: DoingArgs;
  /** @returns what happened, in words */
  answer(result: StatementResult): string;
  /** Whether the answer means that what was asked happened. @default it did */
  succeeded?(returned: string): boolean;
}

/** Shows the statement, asks, sends it, waits, prints the answer. @returns the exit code */
export async function doIt({
  target,
  deployment,
  verb,
  object,
  sql,
  beforehand,
  args,
  answer,
  succeeded,
}: Doing): Promise<number> {
  note(`-- ${target.name}\n${sql};`);
  beforehand.forEach(note);
  const asks = args.connection !== 'local' && !args.yes;
  if (asks && !(await askConsent('Send this?'))) {
    note('nothing was sent');
    return EXIT.failed;
  }
  const begun = performance.now();
  const result = await send(target.session, sql);
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  const returned = answer(result);
  const done: Done = { deployment: deployment.name, verb, object, sql, returned, seconds };
  if (args.json) printJson(done);
  else print(returned);
  return succeeded?.(returned) === false ? EXIT.failed : EXIT.ok;
}

async function send(session: Session, sql: string): Promise<StatementResult> {
  const wait = waiting('the account works on it; it goes on there if this is stopped');
  try {
    return await session.run(sql);
  } finally {
    wait.end();
  }
}

/** Nothing had to be sent. @returns the exit code */
export function nothingToDo(
  done: Omit<Done, 'seconds' | 'returned' | 'sql'>,
  why: string,
  json: boolean,
): number {
  if (json) printJson({ ...done, sql: '', returned: null, seconds: 0 } satisfies Done);
  else print(why);
  return EXIT.ok;
}
