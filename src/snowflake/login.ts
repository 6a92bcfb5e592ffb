/** Logs in: again where nobody answered, within a time that a person or a pipeline can wait. */
import { AutoRestartError } from '../errors';
import { loginOf } from './connection/authenticator';
import { addressOf } from './connection/options';
import { proxyFor } from './connection/proxy';
import { openConnection, type Connection, type ConnectionOptions } from './driver';
import { asDriverError, isNetworkError, networkCodeOf, statusOf } from './failure/driver-error';
import { connectionError, loginTimeout, type LoginAttempt } from './failure/login';
import { secretsOf } from './secrets';

export interface LoginOptions {
  /** Somebody sits at a terminal, and may confirm a login in a browser or on a telephone. @default false */
  attended?: boolean;
  /** Called every five seconds with those gone by. */
  onWaiting?: (seconds: number, target: string) => void;
}

const SECONDS = 20;
const SECONDS_FOR_PEOPLE = 120;
const WAITING_EVERY_S = 5;
/** Before the second try and so on. */
const PAUSES_MS = [1000, 2000, 4000];

/** @throws AutoRestartError CONNECTION, in less than the login's time */
export async function login(
  options: ConnectionOptions,
  { attended = false, onWaiting }: LoginOptions = {},
): Promise<Connection> {
  const attempt = attemptOf(options);
  const forPeople = attended && loginOf(options as Record<string, unknown>).interactive === true;
  const seconds = options.loginTimeout ?? (forPeople ? SECONDS_FOR_PEOPLE : SECONDS);
  const started = performance.now();
  const waiting = setInterval(() => {
    onWaiting?.(Math.round((performance.now() - started) / 1000), options.account ?? attempt.address.host);
  }, WAITING_EVERY_S * 1000);
  const tries: Tries = { isOver: false };
  try {
    return await withinSeconds(seconds, tryAgain(attempt, tries), () =>
      loginTimeout(seconds, tries.lastReason, attempt),
    );
  } finally {
    tries.isOver = true;
    clearInterval(waiting);
  }
}

/** @throws AutoRestartError CONNECTION for a connection that says not where to go, or a proxy that is no address */
function attemptOf(options: ConnectionOptions): LoginAttempt {
  const address = addressOf(options as Record<string, unknown>);
  if (address === null) {
    throw new AutoRestartError('CONNECTION', 'the connection names no account', {
      hint: 'add account = "ORG-ACCOUNT" to it',
    });
  }
  const proxy = proxyFor(address, options, process.env);
  return { options, address, proxy, secrets: [...secretsOf(options), ...(proxy?.secrets ?? [])] };
}

interface Tries {
  /** Of the last try, for the case that time runs out before the next is through. */
  lastReason?: unknown;
  isOver: boolean;
}

async function tryAgain(attempt: LoginAttempt, tries: Tries): Promise<Connection> {
  for (const pause of [...PAUSES_MS, null]) {
    try {
      const useEnvProxy = attempt.proxy !== null && attempt.proxy.from !== 'proxy_host';
      return await openConnection(attempt.options, useEnvProxy);
    } catch (error) {
      if (pause === null || tries.isOver || !mayPass(error)) throw connectionError(error, attempt);
      tries.lastReason = error;
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (tries.isOver) throw connectionError(error, attempt);
    }
  }
  throw new Error('unreachable');
}

/** What may be otherwise a moment later. */
function mayPass(thrown: unknown): boolean {
  const error = asDriverError(thrown);
  const status = statusOf(error);
  if (status !== null) return status >= 500 || status === 408 || status === 429;
  return (
    isNetworkError(error) && /^(?:ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH)/.test(networkCodeOf(error))
  );
}

/** The work goes on behind it; what it brings afterwards is closed again. */
async function withinSeconds(
  seconds: number,
  work: Promise<Connection>,
  late: () => AutoRestartError,
): Promise<Connection> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), seconds * 1000);
  });
  try {
    const first = await Promise.race([work, deadline]);
    if (first !== 'late') return first;
    work.then((connection) => connection.destroy(() => {})).catch(() => {});
    throw late();
  } finally {
    clearTimeout(timer);
  }
}
