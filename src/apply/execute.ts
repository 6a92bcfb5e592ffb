/** Steps -> what became of each. */
import type { DeploymentPlan, Plan, Step } from '../plan/step';
import type { Session } from '../snowflake/session';
import type { ApplyRequest } from './apply';
import { faultOf } from './fault';
import type { Place } from './lock';
import type { StepOutcome } from './report';
import { NotSent, send } from './send';

/** Called before a step is sent. `index` counts all steps of the plan. */
export type OnStep = (step: Step, deployment: string, index: number, total: number) => void;

/** By deployment and schema, in the order of the plan. */
export type Outcomes = ReadonlyMap<DeploymentPlan, StepOutcome[]>;

export async function executeSteps(
  plan: Plan,
  places: readonly Place[],
  request: ApplyRequest,
): Promise<Outcomes> {
  const outcomes = new Map<DeploymentPlan, StepOutcome[]>(
    plan.deployments.map((deployment) => [deployment, []]),
  );
  const total = plan.deployments.reduce((count, { steps }) => count + steps.length, 0);
  let sent = 0;
  const progress = (step: Step, deployment: string): void =>
    request.onStep?.(step, deployment, (sent += 1), total);
  await Promise.all(
    places.map((place) =>
      request.sessions.use(async (session) => {
        const here = plan.deployments.filter(
          ({ database, schema }) => database === place.database && schema === place.schema,
        );
        let ok = true;
        for (const deployment of here) {
          for (const step of deployment.steps) {
            const goes: boolean = ok && request.stopped?.() !== true;
            if (goes) progress(step, deployment.deployment);
            const outcome: StepOutcome = goes
              ? await execute(session, step, request)
              : { status: 'not-run', ...about(step) };
            outcomes.get(deployment)!.push(outcome);
            ok &&= outcome.status === 'done';
          }
        }
      }),
    ),
  );
  return outcomes;
}

async function execute(
  session: Session,
  step: Step,
  { patience, clock = () => performance.now() }: ApplyRequest,
): Promise<StepOutcome> {
  const started = clock();
  const durationMs = (): number => Math.round(clock() - started);
  try {
    const { result, attempts } = await send(session, step.sql, patience);
    return { status: 'done', ...about(step), queryId: result.queryId, durationMs: durationMs(), attempts };
  } catch (error) {
    const attempts = error instanceof NotSent ? error.attempts : 1;
    const cause = error instanceof NotSent ? error.cause : error;
    return { status: 'failed', ...about(step), durationMs: durationMs(), attempts, ...faultOf(cause) };
  }
}

const about = ({ id, do: verb, kind, object, file, why }: Step) => ({
  id,
  do: verb,
  kind,
  object,
  file,
  why,
});
