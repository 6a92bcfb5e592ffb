/** The events of a rehearsal in the order of time: what ends (`until`) is something that happens too. */
import type { Happened, RehearsalEvent } from './rehearsal';
import { kindOf } from './check/events';

export interface Happening {
  /** Milliseconds. */
  at: number;
  event: RehearsalEvent;
  /** It is the end of an event with `until`. */
  ends: boolean;
}

export function happenings(events: readonly RehearsalEvent[], start: string): Happening[] {
  const all = events.flatMap((event): Happening[] => [
    { at: Date.parse(event.at ?? start), event, ends: false },
    ...('until' in event && event.until !== undefined
      ? [{ at: Date.parse(event.until), event, ends: true }]
      : []),
  ]);
  return all.sort((a, b) => a.at - b.at);
}

/** As people read it. */
export function happened({ at, event, ends }: Happening): Happened {
  const kind = kindOf(event);
  const task =
    'suspend' in event
      ? event.suspend
      : 'resume' in event
        ? event.resume
        : 'task' in event
          ? event.task
          : null;
  return {
    at: `${new Date(at).toISOString().slice(0, 19)}Z`,
    kind,
    task: task ?? null,
    text: ends ? `no longer: ${sentence(event)}` : sentence(event),
  };
}

function sentence(event: RehearsalEvent): string {
  if ('fail' in event)
    return `${event.fail} fails ${extent(event)}${event.error === undefined ? '' : `: ${event.error}`}`;
  if ('crash' in event) {
    const place = event.crash === '' ? 'before its first hook' : `while ${event.crash} runs`;
    return `dbt dies ${place} ${extent(event)}`;
  }
  if ('failRate' in event) {
    const node = event.failRate === '*' ? 'any node' : event.failRate;
    return `${node} fails with probability ${event.probability}`;
  }
  if ('remove' in event) return `${event.remove} is deployed away`;
  if ('suspend' in event) return `${event.suspend} is suspended`;
  if ('resume' in event) return `${event.resume} is resumed`;
  if ('apply' in event) return `${event.apply} is applied`;
  return event.role === undefined ? event.run : `${event.run} as ${event.role}`;
}

function extent(event: RehearsalEvent & ({ fail: string } | { crash: string })): string {
  if ('inRun' in event) return `in run ${[event.inRun].flat().join(', ')} of ${event.task}`;
  if ('until' in event && event.until !== undefined) return `until ${event.until}`;
  const times = 'times' in event ? (event.times ?? 1) : 1;
  return times === 1 ? 'in its next run' : `in its next ${times} runs`;
}
