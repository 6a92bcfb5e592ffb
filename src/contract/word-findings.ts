/** Whether the words of the status columns are known: an unknown one of a run counts as failed, of a node as skipped. */
import type { AuditTablesState } from '../model/deployment';
import { placeOf } from './column-findings';
import { count, inConfig, listed, writtenOut } from './config-words';
import type { LogFacts, Word } from './facts';
import { finding, type Finding } from './finding';

/** https://docs.getdbt.com/reference/artifacts/run-results-json, and FALSE of a column that is a boolean */
const BESIDES = ['', 'FALSE'];

export function wordFindings(state: AuditTablesState, { runWords, nodeWords }: LogFacts): Finding[] {
  const { runs, nodes } = state;
  return [
    ...(runs.status === null
      ? []
      : unknownWords(state, placeOf(runs.table, runs.status), runWords, [], 'counts as failed')),
    ...unknownWords(
      state,
      placeOf(nodes.tables[0]!.table, nodes.status),
      nodeWords,
      state.statuses.skipped,
      'counts as skipped',
    ),
  ];
}

function unknownWords(
  state: AuditTablesState,
  where: string,
  words: readonly Word[],
  besides: readonly string[],
  means: string,
): Finding[] {
  const { succeeded, failed, running } = state.statuses;
  const known = [...succeeded, ...failed, ...running, ...besides, ...BESIDES];
  const unknown = words.filter(({ word }) => !known.includes(word ?? ''));
  if (unknown.length === 0) return [];
  const isWhole = words.every(({ word }) => (word ?? '') === '' || !known.includes(word!));
  const shown = listed(
    unknown.map(({ word, count: number }) => `${inConfig(word ?? '')} (${count(number, 'row', 'rows')})`),
  );
  const [first] = unknown;
  const others = means === 'counts as skipped' ? 'failed, running or skipped' : 'failed or running';
  const example = `statuses: { succeeded: [..., ${inConfig(first?.word ?? '')}] }`;
  const hint =
    state.layout === 'custom'
      ? `write what each means: state.layout.${example}, or in ${others}`
      : `${writtenOut(state.layout)}, with ${example}, or in ${others}`;
  return [
    finding(
      isWhole ? 'NO_KNOWN_STATUS' : 'UNKNOWN_STATUS',
      where,
      `${isWhole ? 'none of its words is known' : 'not all of its words are known'}: ${shown}; each ${means}`,
      hint,
    ),
  ];
}
