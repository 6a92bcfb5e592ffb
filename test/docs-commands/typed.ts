/** A line as a person types it, in a terminal, who says yes to what is asked; or as a pipeline does, without one. */
import { spawn } from 'node:child_process';
import { program } from '../cli/program';

export interface Typed {
  /** By a person: each prompt is answered with `y`, a question that has a default with nothing. */
  inTerminal?: boolean;
  /** Ctrl-C, or what a supervisor sends, once this is said. */
  endedOnceItSays?: string;
}

export interface Answered {
  code: number | null;
  /** stdout and stderr, as they came. */
  said: string;
}

const ASKED = /\[([^\]\n]*)\]:? $/;

/** @param line without `npx dbt-auto-restart`; redirections are the shell's */
export async function typedIn(
  { folder, home }: { folder: string; home: string },
  line: string,
  { inTerminal = false, endedOnceItSays }: Typed = {},
): Promise<Answered> {
  const script = `exec '${process.execPath}' '${program()}' ${line}`;
  // https://man7.org/linux/man-pages/man1/script.1.html gives a terminal to whatever it runs.
  const [command, args] = inTerminal ? ['script', ['-qefc', script, '/dev/null']] : ['sh', ['-c', script]];
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, TERM: 'xterm' };
  const child = spawn(command as string, args as string[], {
    cwd: folder,
    env,
    stdio: 'pipe',
    timeout: 300_000,
  });
  if (!inTerminal) child.stdin.end();
  let said = '';
  let answeredTo = 0;
  let ended = false;
  const hear = (text: string): void => {
    said += text;
    const asked = inTerminal ? ASKED.exec(plain(said.slice(answeredTo))) : null;
    if (asked !== null) {
      answeredTo = said.length;
      child.stdin.write(asked[1] === 'y/N' ? 'y\n' : '\n');
    }
    if (!ended && endedOnceItSays !== undefined && said.includes(endedOnceItSays)) {
      ended = true; // a second signal would cut it off
      child.kill('SIGTERM');
    }
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said };
}

/** Without what a terminal makes of it: colours, and where the cursor goes. */
const plain = (text: string): string => text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
