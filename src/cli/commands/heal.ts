/** `heal JOB`: retries what failed, now; never a full build. */
import { callCommand } from '../calling';

export const { command, describe, builder, handler } = callCommand(
  'heal',
  'retry what failed of a job, now; never a full build',
);
