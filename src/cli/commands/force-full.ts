/** `force-full JOB`: a full build, now, whatever the log says; a new chain begins. */
import { callCommand } from '../calling';

export const { command, describe, builder, handler } = callCommand(
  'force-full',
  'build everything of a job, now',
);
