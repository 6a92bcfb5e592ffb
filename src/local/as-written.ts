/**
 * The second, small door: types of what a person writes for the local Snowflake, a DAG and the manner of hooks. Apart
 * from the first, so that who needs only these (the declarations that the package ships) does not meet the rest.
 */
export type { ShortDag, ShortNode, ShortTest } from './dbt/short-dag';
export type { HookMode, Manner } from './dbt/hooks/manner';
