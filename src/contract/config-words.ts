/** How a finding says what to write: by the config's own paths. */
import type { AuditTablesState } from '../model/deployment';
import type { ColumnUse } from './column-uses';

type State = Pick<AuditTablesState, 'layout'>;

/** `write state.layout.runs.runId: '"run_id"'`; a layout that ships has to be written out for it. */
export function writeColumn({ layout }: State, { key }: Pick<ColumnUse, 'key'>, value: string): string {
  if (layout === 'custom') return `write state.layout.${key}: ${inConfig(value)}`;
  return `${writtenOut(layout)}, with ${key}: ${inConfig(value)}`;
}

/** What to do about a column that is not there, or not as it is wanted. */
export function leaveOut({ layout }: State, { key }: Pick<ColumnUse, 'key'>): string {
  return layout === 'custom' ? `leave state.layout.${key} out` : `${writtenOut(layout)}, without ${key}`;
}

/** For a column that is not there. */
export function without(state: State, use: Pick<ColumnUse, 'key' | 'column'>): string {
  return state.layout === 'custom'
    ? leaveOut(state, use)
    : `name it in state.absentColumns: ['${use.column}']`;
}

export function writtenOut(layout: string): string {
  return `write the columns of ${layout} out as a layout of your own (docs/contract.md has them)`;
}

/** A name or text as it stands in the config. A name in quotes keeps them: `'"run_id"'`. */
export function inConfig(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A stored name as the config takes it: quoted where it would be folded to upper case. */
export function asWritten(name: string): string {
  return /^[A-Z_][A-Z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/** `A, B and 3 more` */
export function listed(values: readonly string[], most = 4): string {
  const shown = values.slice(0, most).join(', ');
  return values.length > most ? `${shown} and ${values.length - most} more` : shown;
}

export function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
