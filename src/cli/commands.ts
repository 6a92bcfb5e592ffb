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
];
