/** `resume TASK`: it starts by itself again. */
import { taskCommand } from '../tasking';

export const { command, describe, builder, handler } = taskCommand(
  'resume',
  'start a task that was suspended',
);
