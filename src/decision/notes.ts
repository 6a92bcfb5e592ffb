/** What stands at the end of a message or return value when something beside the decision is worth knowing. */
export const NOTES = {
  RUN_NOT_IDENTIFIED: 'dbt failed, and several rows of the log could be its run: none was changed',
  FAILURE_NOT_RECORDED:
    'dbt failed, and writing that into the log failed too: the attempt does not count, only the age ends the chain',
  HISTORY_BLIND:
    'the role does not see the run it has just made in the history: grant MONITOR on the dbt project',
  NOT_NOTIFIED: 'the message could not be sent',
  TESTS_UNNAMED: 'tests failed that the log only counts: they are not rerun',
  TIES: 'runs of different outcome have the same time: nobody can tell which came last',
  CLOCK: 'a run says that it starts in the future: it is left out',
} as const;

export type NoteCode = keyof typeof NOTES;
