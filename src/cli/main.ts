/** The command line: arguments in, one exit code out. */
import { run } from './run';

// Whoever reads the output may stop reading: `dbt-auto-restart history | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void run(process.argv.slice(2)).then((code) => {
  // Not process.exit: what was printed into a pipe may still be on its way.
  process.exitCode = code;
});
