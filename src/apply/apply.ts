/**
 * Executes a plan: holds the locks, looks whether the account is still the one that was planned for, sends the steps, verifies. It decides
 * nothing. Schemas are independent of each other and go side by side; within one, steps go one after the other and stop at the first that fails.
 */
import { AutoRestartError } from '../errors';
import type { Deployed } from '../plan/deployed';
import { essence } from '../plan/plan';
import type { Plan } from '../plan/step';
import type { Templates } from '../render/templates';
import { executeSteps, type OnStep } from './execute';
import { heldLock, releaseLock, takeLock, type Place } from './lock';
import { notVerified, verified } from './verify';
import type { ApplyReport, DeploymentReport } from './report';
import type { Patience } from './send';
import type { Sessions } from './sessions';

export interface Planned {
  plan: Plan;
  deployed: Deployed;
}

export interface ApplyRequest {
  planned: Planned;
  sessions: Sessions;
  /** Looks at the account again, and plans as before. */
  again(): Promise<Planned>;
  /** Of this apply: what another needs to take over from it. */
  id: string;
  /** Who applies, for people. */
  who: string;
  takeOver: string | null;
  templates: Templates;
  onStep?: OnStep;
  /** Asked before each step: whether no more is to be sent. */
  stopped?: () => boolean;
  patience?: Patience;
  /** @default performance.now */
  clock?: () => number;
}

/** @throws AutoRestartError REFUSED before anything was changed: a lock is held, or the account has moved since the plan */
export async function apply(request: ApplyRequest): Promise<ApplyReport> {
  const { planned, clock = () => performance.now() } = request;
  const started = clock();
  const places = placesOf(planned, request.takeOver);
  if (places.length === 0) return { ok: true, deployments: notVerified(planned), durationMs: 0 };
  await takeLocks(request, places);
  let fresh: Planned;
  try {
    fresh = await request.again();
    if (essence(fresh.plan) !== essence(planned.plan)) throw movedSince();
  } catch (error) {
    await Promise.all(places.map((place) => release(request, place).catch(() => undefined)));
    throw error;
  }
  const outcomes = await executeSteps(fresh.plan, places, request);
  const deployments = await verify(request, fresh, outcomes);
  await releaseAll(request, places, deployments);
  const ok = deployments.every(
    ({ steps, remaining, problems }) =>
      steps.every(({ status }) => status === 'done') && remaining?.length === 0 && problems.length === 0,
  );
  return { ok, deployments, durationMs: Math.round(clock() - started) };
}

/**
 * Schemas in which something has to be done, or a dead apply has left its lock.
 * @throws AutoRestartError REFUSED where nobody with that id holds a lock
 */
function placesOf({ plan, deployed }: Planned, takeOver: string | null): Place[] {
  const left = deployed.locks.filter(({ note }) => takeOver !== null && note?.id === takeOver);
  if (takeOver !== null && left.length === 0) {
    throw new AutoRestartError('REFUSED', `no apply with the id ${takeOver} holds a lock`, {
      where: '--take-over',
      hint: 'plan says who holds one, and its id; without one there is nothing to take over',
    });
  }
  const all = [...plan.deployments.filter(({ steps }) => steps.length > 0), ...left.map(({ name }) => name)];
  const places = new Map(
    all.map(({ database, schema }) => [JSON.stringify([database, schema]), { database, schema }]),
  );
  return [...places.values()];
}

/** All or none: with one lock missing nothing is done anywhere. */
async function takeLocks(request: ApplyRequest, places: readonly Place[]): Promise<void> {
  const { planned, sessions, id, who, takeOver, templates, patience } = request;
  const { app, env, deployments, now } = planned.plan;
  const taken = await Promise.allSettled(
    places.map(async (place) => {
      const here = deployments.filter(
        ({ database, schema }) => database === place.database && schema === place.schema,
      );
      const applying = here.map(({ deployment }) => `${app ?? '-'}/${env ?? '-'}/${deployment}`).join(', ');
      const note = {
        applying,
        who,
        since: now,
        id,
        to_resume: [...new Set(here.flatMap(({ resume }) => resume))],
      };
      await sessions.use((session) => takeLock(session, { place, note, takeOver }, templates, patience));
    }),
  );
  const refused = taken.find((one) => one.status === 'rejected');
  if (refused === undefined) return;
  await Promise.all(
    places
      .filter((_, at) => taken[at]?.status === 'fulfilled')
      .map((place) => release(request, place).catch(() => undefined)),
  );
  throw refused.reason;
}

function movedSince(): AutoRestartError {
  return new AutoRestartError(
    'REFUSED',
    'the account has changed since the plan was made: nothing was applied',
    {
      hint: 'plan again, and look at the difference',
    },
  );
}

async function verify(
  request: ApplyRequest,
  before: Planned,
  outcomes: Awaited<ReturnType<typeof executeSteps>>,
): Promise<DeploymentReport[]> {
  try {
    return verified(before, await request.again(), outcomes);
  } catch (error) {
    const problem = `it could not be verified: ${(error as Error).message}`;
    return notVerified(before, outcomes).map((report) => ({ ...report, problems: [problem] }));
  }
}

function release({ sessions, id, patience }: ApplyRequest, place: Place): Promise<boolean> {
  return sessions.use((session) => releaseLock(session, place, id, patience));
}

/** A lock stays where tasks that were started are not: the next apply starts them. */
async function releaseAll(
  request: ApplyRequest,
  places: readonly Place[],
  deployments: readonly DeploymentReport[],
): Promise<void> {
  await Promise.all(
    places.map(async (place) => {
      const here = deployments.filter(
        ({ database, schema }) => database === place.database && schema === place.schema,
      );
      try {
        const problem = await releaseOrSay(request, place, here);
        if (problem !== null) here[0]?.problems.push(problem);
      } catch (error) {
        here[0]?.problems.push(
          `the lock could not be released: ${(error as Error).message}; --take-over ${request.id} goes on`,
        );
      }
    }),
  );
}

async function releaseOrSay(
  request: ApplyRequest,
  place: Place,
  here: readonly DeploymentReport[],
): Promise<string | null> {
  const failed = here.some(
    ({ steps, remaining }) => remaining === null || steps.some(({ status }) => status === 'failed'),
  );
  if (failed) {
    const note = await request.sessions.use((session) => heldLock(session, place, request.id));
    const suspended = here.flatMap(({ tasks }) => tasks).filter(({ after }) => after === 'suspended');
    const waiting = (note?.to_resume ?? []).filter((name) =>
      suspended.some(({ task }) => task.endsWith(`.${name}`) || task.endsWith(`."${name}"`)),
    );
    if (waiting.length > 0) {
      return `the lock stays, since these tasks have to be started: ${waiting.join(', ')}; apply --take-over ${request.id} starts them`;
    }
  }
  return (await release(request, place)) ? null : 'the lock was taken over by another apply meanwhile';
}
