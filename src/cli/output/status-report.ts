/** How jobs stand: for a terminal, for Markdown, as JSON. */
import type { JobStatus } from '../../oncall/status';
import type { StatusKind } from '../../oncall/verdict';
import type { TargetStatus } from '../commands/status';
import { shownNow } from '../reading';
import { typedCommand, type Typing } from '../typed-command';
import { visible } from '../../config/characters';
import { code, escaped } from './markdown-text';
import { tableText } from './table';
import { colors, terminalWidth, type Colors } from './terminal';

type TypingOf = (deployment: string) => Typing;

export function statusText(found: readonly TargetStatus[], typing: TypingOf): string {
  const paint = colors('stdout');
  return found
    .map(({ target, now, jobs }) => {
      const deployments = [...new Set(jobs.map(({ deployment }) => deployment))];
      const tables = deployments.map((deployment) => {
        const rows = jobs
          .filter((job) => job.deployment === deployment)
          .map((job) => row(job, typing, paint));
        const head = deployments.length > 1 ? `${paint.bold(deployment)}\n` : '';
        return `${head}${tableText(rows, [], terminalWidth('stdout'))}`;
      });
      return [`${paint.dim(`${shownNow(now)}, ${target}`)}`, ...tables].join('\n');
    })
    .join('\n\n');
}

function row(job: JobStatus, typing: TypingOf, paint: Colors): string[] {
  return [
    `  ${job.job}`,
    coloured(job, paint),
    visible([job.text, ...job.notes.map(({ code, meaning }) => `${code}: ${meaning}`)].join('; ')),
    job.next.length === 0 ? '' : visible(typedCommand(job.next[0]!, typing(job.deployment))),
  ];
}

const GOOD: readonly StatusKind[] = ['healthy'];

function coloured({ kind, needsPerson }: JobStatus, paint: Colors): string {
  if (needsPerson) return paint.red(kind);
  return GOOD.includes(kind) ? paint.green(kind) : paint.yellow(kind);
}

export function statusMarkdown(found: readonly TargetStatus[], typing: TypingOf): string {
  return found
    .map(({ target, now, jobs }) => {
      const rows = jobs.map((job) => {
        const said = [job.text, ...job.notes.map(({ code, meaning }) => `${code}: ${meaning}`)].join('; ');
        const next = job.next.map((command) => code(visible(typedCommand(command, typing(job.deployment)))));
        const kind = job.needsPerson ? `**${job.kind}**` : job.kind;
        return `| ${code(job.deployment)} | ${code(job.job)} | ${kind} | ${escaped(visible(said))} | ${next.join('<br>')} |`;
      });
      return [
        `${escaped(target)}, ${shownNow(now)}`,
        '',
        '| deployment | job | state | what | type next |',
        '|---|---|---|---|---|',
        ...rows,
      ].join('\n');
    })
    .join('\n\n');
}

export function statusJson(found: readonly TargetStatus[], typing: TypingOf): object {
  return found.map(({ jobs, ...account }) => ({
    ...account,
    jobs: jobs.map(({ kind, next, ...job }) => ({
      ...job,
      status: kind.replaceAll(' ', '-'),
      next: next.map((command) => typedCommand(command, typing(job.deployment))),
    })),
  }));
}
