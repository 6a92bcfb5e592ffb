// When something starts.

export type Schedule = CronSchedule | IntervalSchedule;

/** https://docs.snowflake.com/en/sql-reference/sql/create-task: `USING CRON <expression> <time zone>`. */
export interface CronSchedule {
  kind: 'cron';
  expression: string;
  timeZone: string;
}

/** `SCHEDULE = '15 MINUTES'`. */
export interface IntervalSchedule {
  kind: 'interval';
  every: number;
  unit: 'SECONDS' | 'MINUTES' | 'HOURS';
}
