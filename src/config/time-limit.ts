/** Code of the user's with an end: it may loop for ever, or wait for what never comes. */
import * as vm from 'node:vm';
import { AutoRestartError } from '../errors';

/** How long a config (or a rehearsal's file) may take to load, unless AUTO_RESTART_LOAD_SECONDS says otherwise. */
const DEFAULT_SECONDS = 30;

export interface Limit {
  /** Absolute path of the file whose code it is. */
  file: string;
  /** @default AUTO_RESTART_LOAD_SECONDS, else 30 */
  seconds?: number;
}

/** @throws AutoRestartError REQUEST after that time; whatever else `start` throws */
export function callWithin<T>(start: () => T, limit: Limit): T {
  try {
    // V8 interrupts all code that runs below this call, also of other realms.
    return vm.runInNewContext('start()', { start }, { timeout: 1000 * secondsOf(limit) }) as T;
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw tooLong(limit);
  }
}

/**
 * The same for code that goes on later.
 * @param options.waits whether it may go on after an `await`: then a second thread watches for loops
 */
export async function runWithin<T>(
  start: () => Promise<T>,
  limit: Limit,
  { waits }: { waits: boolean },
): Promise<T> {
  if (!waits) return callWithin(start, limit);
  const begun = performance.now();
  // Before the code starts: a loop may come with its first turn.
  const stopWatching = await interruptLoops(limit);
  try {
    return await settledWithin(callWithin(start, limit), limit, begun);
  } finally {
    stopWatching();
  }
}

/** @param begun when, before the second thread began to count: a loop that it ended has had the whole time */
async function settledWithin<T>(started: Promise<T>, limit: Limit, begun: number): Promise<T> {
  const hasPassed = (): boolean => performance.now() - begun > 990 * secondsOf(limit);
  let timer: NodeJS.Timeout | undefined;
  let nothingLeft: (() => void) | undefined;
  const ends = new Promise<never>((_, reject) => {
    // Not counted among what the process waits for: where nothing else is left, it need not wait for this either.
    timer = setTimeout(() => reject(tooLong(limit)), 1000 * secondsOf(limit)).unref();
    nothingLeft = () => reject(hasPassed() ? tooLong(limit) : neverComes(limit));
    process.once('beforeExit', nothingLeft);
  });
  try {
    return await Promise.race([started, ends]);
  } finally {
    clearTimeout(timer);
    if (nothingLeft) process.removeListener('beforeExit', nothingLeft);
  }
}

/** A loop after an `await` runs in no call of ours: a second thread asks V8 to end it. */
async function interruptLoops(limit: Limit): Promise<() => void> {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(
    `const { Session } = require('node:inspector');
     setTimeout(() => {
       const session = new Session();
       session.connectToMainThread();
       session.post('Runtime.terminateExecution');
     }, ${1000 * secondsOf(limit)});`,
    { eval: true },
  );
  worker.unref();
  return () => void worker.terminate();
}

function secondsOf({ seconds }: Limit): number {
  const asked = seconds ?? Number(process.env['AUTO_RESTART_LOAD_SECONDS'] ?? DEFAULT_SECONDS);
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, 3600) : DEFAULT_SECONDS;
}

function tooLong(limit: Limit): AutoRestartError {
  const seconds = secondsOf(limit);
  return request(
    `loading the config took longer than ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`,
    limit.file,
    'does it loop, or wait for a network? AUTO_RESTART_LOAD_SECONDS=120 gives it more time',
  );
}

function neverComes({ file }: Limit): AutoRestartError {
  return request(
    'the config waits for something that never comes',
    file,
    'look for a promise that nobody settles',
  );
}

function request(message: string, where: string, hint?: string): AutoRestartError {
  return new AutoRestartError('REQUEST', message, { where, ...(hint === undefined ? {} : { hint }) });
}
