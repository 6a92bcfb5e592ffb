/** All commands, in the order of the help. Each is loaded only when it is asked for. */
import type { CommandEntry } from './command';

export const COMMANDS: readonly CommandEntry[] = [
  {
    command: 'init',
    describe: 'write a config to begin with, a rehearsal and a pipeline',
    load: () => import('./commands/init'),
  },
  {
    command: 'generate',
    describe: 'write the SQL of the config to generated/',
    load: () => import('./commands/generate'),
  },
  {
    command: 'explain <name>',
    describe: 'say what a job or task will do; --now: what now, and why',
    load: () => import('./commands/explain'),
  },
  {
    command: 'diff',
    describe: 'say what a change of generated/ would do, without an account',
    load: () => import('./commands/diff'),
  },
  {
    command: 'plan',
    describe: 'say what apply would do to an account, and what it would mean',
    load: () => import('./commands/plan'),
  },
  {
    command: 'apply',
    describe: 'make an account what the config says',
    load: () => import('./commands/apply'),
  },
  {
    command: 'destroy',
    describe: 'suspend and drop everything that carries our mark',
    load: () => import('./commands/destroy'),
  },
  {
    command: 'status',
    describe: 'say how each job stands, in one line, and what to type next',
    load: () => import('./commands/status'),
  },
  {
    command: 'history',
    describe: 'list runs: what was decided, what failed, what was saved',
    load: () => import('./commands/history'),
  },
  {
    command: 'doctor',
    describe: 'look for what is wrong in an account, and say what to do',
    load: () => import('./commands/doctor'),
  },
  {
    command: 'heal <job>',
    describe: 'retry what failed of a job, now; never a full build',
    load: () => import('./commands/heal'),
  },
  {
    command: 'force-full <job>',
    describe: 'build everything of a job, now',
    load: () => import('./commands/force-full'),
  },
  {
    command: 'pause <task>',
    describe: 'suspend a task until it is resumed',
    load: () => import('./commands/pause'),
  },
  {
    command: 'resume <task>',
    describe: 'start a task that was suspended',
    load: () => import('./commands/resume'),
  },
  {
    command: 'abandon <run>',
    describe: 'mark a run failed that is logged as running, but is dead',
    load: () => import('./commands/abandon'),
  },
  {
    command: 'report',
    describe: 'what ran, failed and was saved; --html FILE: as one page',
    load: () => import('./commands/report'),
  },
  {
    command: 'local',
    describe: 'serve the local Snowflake to any client',
    load: () => import('./commands/local'),
  },
  {
    command: 'rehearse [names..]',
    describe: 'play rehearsals/*.ts: days of schedule in seconds',
    load: () => import('./commands/rehearse'),
  },
  {
    command: 'completion [shell]',
    describe: 'print a completion script for bash or zsh',
    load: () => import('./commands/completion'),
  },
  {
    command: 'backtest',
    describe: 'compare policies over your own log',
    load: () => import('./commands/backtest'),
  },
];
