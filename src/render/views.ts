/**
 * The views, from the policy and the log up to what is broken now. Each is one template; what differs between
 * deployments stands in the first three.
 * https://docs.snowflake.com/en/sql-reference/sql/create-view
 */
import { CHAIN_REASONS, REASONS } from '../decision/reasons';
import { POLICY_FIELDS } from '../decision/policy-fields';
import { nodeTables } from '../log/nodes';
import { runColumns, runFacts } from '../log/runs';
import { SELECT_OPTIONS, normalisedSelection, optionOfLine } from '../log/selection';
import type { AuditTablesState, Deployment, Views } from '../model/deployment';
import { tellsSelection } from '../model/log-abilities';
import { identifier, qualified } from '../sql-text';
import { unfilledMark } from './fingerprint';
import { historyFunction, projectObject } from './project-object';
import type { Templates } from './templates';

/** Whatever the zone of a log's clock, a row lies no further from its time in UTC than this. */
const MARGIN_DAYS = 2;

const COMMENTS: Record<keyof Views, string> = {
  jobs: 'The policy: one row a job',
  runs: 'The run log in canonical words: one row a run; times are UTC',
  nodes: 'The node results of the log in canonical words',
  history: 'What happened, run by run; times are UTC',
  state: 'What is broken now, and what the next call does; times are UTC',
};

/** @returns the CREATE statement of each view, with the mark's place in its COMMENT and without the closing semicolon */
export function renderViews(deployment: Deployment, templates: Templates): Record<keyof Views, string> {
  const { state } = deployment;
  const render = (view: keyof Views, template: string, data: object): string =>
    templates
      .render(template, {
        views: deployment.views,
        comment: `${COMMENTS[view]} ${unfilledMark(deployment)}`,
        ...data,
      })
      .trim();
  return {
    jobs: render('jobs', 'jobs', jobsData(deployment)),
    ...(state.kind === 'execution-history'
      ? {
          runs: render('runs', 'runs-of-history', historyData(deployment)),
          nodes: render('nodes', 'nodes-of-history', {}),
        }
      : {
          runs: render('runs', 'runs', runsData(state, deployment)),
          nodes: render('nodes', 'nodes', {
            tables: nodeTables(state),
            boundDays: deployment.lookBackDays + MARGIN_DAYS,
            hasMessage: state.nodes.message !== null,
          }),
        }),
    history: render('history', 'history', {
      selection: state.kind === 'execution-history' || tellsSelection(state.runs),
    }),
    state: render('state', 'state', {
      texts: CHAIN_REASONS.map((code) => ({ code, text: REASONS[code].text })),
    }),
  };
}

function jobsData(deployment: Deployment): object {
  return {
    fields: POLICY_FIELDS,
    jobs: deployment.jobs.map((job) => ({
      values: POLICY_FIELDS.map(({ name, value }) => named(value(job, deployment), name)),
    })),
  };
}

/** `3 AS max_attempts`; the name on a line of its own where both do not fit one. */
function named(value: string, name: string): string {
  const line = `${value} AS ${name}`;
  return line.length <= 120 - 5 ? line : `${value}\n        AS ${name}`;
}

function runsData(state: AuditTablesState, deployment: Deployment): object {
  const facts = runFacts(state);
  return {
    ...facts,
    tellsExclude: sqlBoolean(facts.tellsExclude),
    hasEnd: sqlBoolean(facts.hasEnd),
    columns: runColumns(deployment),
    table: qualified(state.runs.table),
    prunedBy: state.runs.prunedBy === null ? null : identifier(state.runs.prunedBy),
    // A run without a start is none; a row without the time of its writing may be one.
    prunedByOther: state.runs.prunedBy !== state.runs.startedAt,
    lookBackDays: deployment.lookBackDays,
    boundDays: deployment.lookBackDays + MARGIN_DAYS,
  };
}

function historyData(deployment: Deployment): object {
  return {
    project: (deployment.jobs[0]?.project ?? '').toLowerCase(),
    object: projectObject(deployment),
    historyFunction: historyFunction(deployment),
    selection: normalisedSelection(optionOfLine('line', SELECT_OPTIONS), 4),
  };
}

function sqlBoolean(value: boolean): string {
  return value ? 'TRUE' : 'FALSE';
}
