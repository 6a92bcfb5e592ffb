import { openAccount, type Account } from './harness/account';
import { deploymentOf } from './harness/deployments';
import { commandsRun, createFakeDbt, resetFakeDbt, teach, type Invocation } from './harness/fake-dbt';
import { callProcedure, commandLine, install, readView } from './harness/installed';
import type { LogLayout } from './harness/layouts/layout';
import { o2cLog } from './harness/layouts/o2c';
import { bakeryLog } from './harness/layouts/own';
import { createLog, writeLog } from './harness/log-tables';
import { NOW } from './logs';
import { HOUR } from './reference/history';
import type { LoggedRun } from './reference/history';
import { SCRIPTS, type DbtBehaviour, type ScriptedCase } from './scripts';

let account: Account;
beforeAll(async () => {
  account = await openAccount();
  await createFakeDbt(account.inside);
});
afterAll(async () => account.close());

const LAYOUTS = [o2cLog(), o2cLog('America/Los_Angeles'), bakeryLog];
const cases = LAYOUTS.flatMap((layout, index) =>
  SCRIPTS.map(
    (script) => [script.number, script.title, `${layout.name} ${index + 1}`, layout, script] as const,
  ),
);

describe('what the generated procedure does when dbt fails, dies or selects nothing', () => {
  it.each(cases)('%i: %s (%s)', async (_, __, ___, layout, script) => {
    await createLog(account.inside, layout);
    await writeLog(account.inside, layout, script.log);
    await install(account.client, deploymentOf(layout.state, script.jobs));
    await resetFakeDbt(account.inside);
    const commands: string[] = [];
    for (const [index, step] of script.steps.entries()) {
      const now = NOW + index * HOUR;
      account.setClock(now);
      const invocations = step.dbt.map((dbt, part) =>
        invocation(dbt, script, step.expect.selected[part] ?? null, now, `this-call-${index}-${part}`),
      );
      await teach(account.inside, layout, commands.length + 1, invocations);
      const plan = await callProcedure(account.client, script.job, 'PLAN');
      const call = callProcedure(account.client, script.job, 'AUTO');
      if (step.expect.raises) {
        await expect(call).rejects.toThrow('the cake is burnt');
        expect(plan).toContain(`PLAN: ${step.expect.message} | `);
      } else expect(await call).toBe(step.expect.message);
      commands.push(
        ...step.expect.selected.map((selector) => commandLine(script.job, selector, 'procedure')),
      );
      expect(await commandsRun(account.inside)).toEqual(commands);
    }
    await expectLogAfter(script, layout);
  });
});

async function expectLogAfter(script: ScriptedCase, layout: LogLayout): Promise<void> {
  const shown = await readView(account.client);
  expect(shown.size).toBe(script.runsAfter);
  const known = new Set(script.log.map(({ id }) => id));
  const words: Record<string, string> = {
    SUCCESS: 'SUCCEEDED',
    golden: 'SUCCEEDED',
    FAILED: 'FAILED',
    burnt: 'FAILED',
  };
  for (const [id, { status }] of shown) {
    if (known.has(id)) continue;
    const expected = script.after?.[id] ?? script.after?.['this-call'];
    expect([layout.name, id, words[status ?? '']]).toEqual([layout.name, id, expected]);
  }
}

function invocation(
  dbt: DbtBehaviour,
  { job, log }: ScriptedCase,
  selector: string | null,
  now: number,
  id: string,
): Invocation {
  const row = (status: string, nodes: Record<string, string | string[]>): LoggedRun => ({
    id,
    project: job.project,
    environment: log[0]?.environment ?? 'prod',
    startedAt: now,
    endedAt: now,
    status,
    command: selector === null ? job.command : job.policy.retryCommand,
    selection: selector === null ? 'all' : selector.replaceAll(' ', ','),
    nodes: Object.entries(nodes).map(([name, word]) => ({ name, status: String(word), endedAt: now })),
  });
  switch (dbt.does) {
    case 'selects nothing':
      return { writes: [], raises: false };
    case 'succeeds':
      return { writes: [row('SUCCESS', dbt.nodes)], raises: false };
    case 'fails': {
      const own = dbt.logged === null ? [] : [row(dbt.logged.status, dbt.logged.nodes)];
      const other = dbt.meanwhile ? [{ ...dbt.meanwhile, startedAt: now, endedAt: now }] : [];
      return { writes: [...own, ...other], raises: true };
    }
  }
}
