/** `pause TASK`: it does not start by itself any more, until it is resumed. */
import { taskCommand } from '../tasking';

export const { command, describe, builder, handler } = taskCommand(
  'pause',
  'suspend a task until it is resumed',
);
