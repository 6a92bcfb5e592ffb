/**
 * The command line: arguments in, one exit code out. Whatever happens on the way (a promise that is lost, code of the
 * user's that ends the process), the process ends with the code of the result, and with 1 where there is none.
 */
import { EXIT } from './output/exit-codes';
import { printError } from './output/errors';
import { run } from './run';

const argv = process.argv.slice(2);
const leave = process.exit.bind(process);
let result: number | undefined;

process.exitCode = EXIT.failed;
// In a config or a rehearsal: it becomes an error with its file and line.
process.exit = (code): never => {
  throw new Error(`process.exit(${code ?? ''}) is called`);
};

// Whoever reads the output may stop reading: `dbt-auto-restart history | head`. The result stays what it is.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    if (result !== undefined) return;
    printError(error, argv);
    end(EXIT.failed);
  });
}

let asked = false;
process.on('beforeExit', () => {
  if (result !== undefined) return;
  // Whoever else listens has one more turn: a config that waits for nothing becomes an error that says so.
  if (!asked) setImmediate(() => (asked = true));
  else {
    printError(
      new Error('the command ended without a result: it waited for something that never came'),
      argv,
    );
    end(EXIT.failed);
  }
});

/** Not at once: what was printed into a pipe may still be on its way. Nor when the last timer of a config has run. */
function end(code: number): void {
  result = code;
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => leave(code)));
}

void run(argv).then(end);
