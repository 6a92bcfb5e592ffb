/** The run logs that are known column by column: the one list that types, schema and columns (`model/layouts`) follow. */
export const LAYOUT_NAMES = ['o2c', 'elementary', 'dbt_artifacts'] as const;
