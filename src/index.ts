/** The library: what a config is written with, and the stages that the commands are made of. */
export {
  auditTables,
  cron,
  dbt,
  defineConfig,
  every,
  executeDbtProject,
  executionHistory,
  procedureRunner,
} from './config/define';
export { defineRehearsal, type Rehearsal, type RehearsalEvent, type Rehearsed } from './rehearse/rehearsal';
export type { Expectations, Expected } from './rehearse/expectations';
export type { Step } from './rehearse/step';
export type { Manner, ShortDag } from './local/as-written';
export type * from './config/types';
export { ConfigProblems, type ConfigProblem } from './config/problems';
export { resolveDeployments } from './model/resolve';
export type * from './model/deployment';
export { AutoRestartError, type ErrorCode } from './errors';
export { renderDeployment } from './render/render';
export type { RenderedDeployment, Statement } from './render/statement';
