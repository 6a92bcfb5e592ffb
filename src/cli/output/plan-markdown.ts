/** A plan for a pull request: GitHub's and GitLab's Markdown. */
import type { Change, DeploymentPlan, Plan, Step } from '../../plan/step';
import { HAZARDS } from '../../plan/hazards';
import { code, escaped, longestTicks } from './markdown-text';
import { summary } from './plan-text';

export function planMarkdown(plan: Plan, target: string): string {
  const parts = plan.deployments.map((deployment) => deploymentMarkdown(deployment, plan));
  return [`### dbt-auto-restart: ${summary(plan)}`, escaped(target), ...parts].filter(Boolean).join('\n\n');
}

function deploymentMarkdown(deployment: DeploymentPlan, { env }: Plan): string {
  const { folder, steps, notes, leftOver, findings, database, schema } = deployment;
  const name =
    folder === ''
      ? `${env === null ? '' : `${env}/`}${deployment.deployment} (no longer in the config)`
      : folder;
  const said = [
    ...findings.map(
      ({ severity, code: found, where, message, hint }) =>
        `- ${severity} **${found}** ${code(where)}: ${escaped(message)}; ${escaped(hint)}`,
    ),
    ...notes.map(({ code, message }) => `- **${code}** ${escaped(message)}`),
    ...leftOver.map((object) => `- left over: ${code(object)}`),
  ];
  return [
    `#### ${escaped(name)} in ${code(`${database}.${schema}`)}`,
    steps.length === 0 ? 'Nothing to do.' : table(steps),
    ...steps.filter(({ do: verb }) => verb !== 'grant').flatMap(differences),
    ...(said.length === 0 ? [] : [said.join('\n')]),
  ].join('\n\n');
}

function table(steps: readonly Step[]): string {
  const grants = steps.filter(({ do: verb }) => verb === 'grant');
  const rows = steps
    .filter(({ do: verb }) => verb !== 'grant')
    .map(({ do: verb, kind, object, why, effects, hazards }) => {
      const meaning = [
        escaped(why),
        ...effects.map(escaped),
        ...hazards.map(
          (found) =>
            `${HAZARDS[found.code].consent === 'tell' ? '' : ':warning: '}**${found.code}** ${escaped(found.message)}`,
        ),
      ];
      return `| ${verb} | ${kind} | ${code(object)} | ${meaning.join('<br>')} |`;
    });
  if (grants.length > 0) {
    const roles = [...new Set(grants.flatMap(({ changes }) => changes.map(({ of }) => of)))];
    rows.push(`| grant | ${grants.length} privileges | ${roles.map(code).join(', ')} | |`);
  }
  return ['| | | object | why, and what it means |', '|---|---|---|---|', ...rows].join('\n');
}

function differences({ changes }: Step): string[] {
  return changes.filter(({ what }) => what !== 'new' && what !== 'left over').flatMap(difference);
}

function difference({ of, what, before, after, lines, cause }: Change): string[] {
  const by = cause === 'account' ? ' (somebody changed the account)' : '';
  if (lines === undefined) {
    if (before === null && after === null) return [];
    return [`${code(of)} ${escaped(what)}${by}: ${code(before ?? 'none')} to ${code(after ?? 'none')}`];
  }
  const fence = '`'.repeat(Math.max(3, longestTicks(lines.join('\n')) + 1));
  const title = `${escaped(of)}: ${escaped(what)}${by}`;
  return [
    `<details><summary>${title}</summary>\n\n${fence}diff\n${lines.join('\n')}\n${fence}\n\n</details>`,
  ];
}
