/** All commands, in the order of the help. Each is loaded only when it is asked for. */
import type { CommandEntry } from './command';

export const COMMANDS: readonly CommandEntry[] = [
  {
    command: 'generate',
    describe: 'write the SQL of the config to generated/',
    load: () => import('./commands/generate'),
  },
  {
    command: 'explain <name>',
    describe: 'say in words what a job or task will do',
    load: () => import('./commands/explain'),
  },
  {
    command: 'apply',
    describe: 'send what is generated to an account',
    load: () => import('./commands/apply'),
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
];
