/** The value between `render` and everything after it: SQL that is complete, in apply order, and never split again. */
import type { ObjectName } from '../model/deployment';

/** Why an object is there is in `why`; `lock`, `unlock` and `start` are only for whoever runs them all by hand. */
export interface Statement {
  /** Stable name of what it makes: `procedure:EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART`, `graph:EDW.O2C_AUDIT.O2C_DAILY_BUILD`. */
  id: string;
  kind: 'lock' | 'procedure' | 'view' | 'graph' | 'table' | 'alert' | 'start' | 'grant' | 'unlock';
  /** Qualified name of the object, as it stands in SQL; a procedure with its types. */
  object: string;
  /** Generated file that holds it, relative to the deployment's folder. */
  file: string;
  /** One statement, without the closing semicolon. */
  sql: string;
  /** One line for people: what it does and why. */
  why: string;
  /** Short hash that ends the object's COMMENT; `null` where there is no comment. */
  fingerprint: string | null;
  /** Of a graph only: its tasks, the root first. */
  tasks?: TaskStatement[];
  /** Of an alert only, as those of a task; `IF` and `THEN` are its condition and action. */
  properties?: Record<string, string | null>;
  /** Of a grant only. */
  grant?: GrantFacts;
}

/** One task of a graph's block: what the plan compares with the account. */
export interface TaskStatement {
  name: ObjectName;
  /** Name of the root of its graph; its own for a root. */
  root: string;
  /** Its CREATE OR ALTER TASK. */
  sql: string;
  fingerprint: string;
  initialState: 'started' | 'suspended';
  /** By Snowflake's names of the properties, as it shows them; `null` for one that is not set. COMMENT is without the mark. */
  properties: Record<string, string | null>;
}

export interface GrantFacts {
  privilege: string;
  /** `DATABASE`, `SCHEMA`, `VIEW`, `PROCEDURE`, `TASK`, `DBT PROJECT`. */
  on: string;
  /** Qualified, as it stands in SQL; a procedure with its types. */
  name: string;
  /** As Snowflake stores it. */
  role: string;
}

export interface RenderedDeployment {
  deployment: string;
  /** The deployment's folder below `generated/`: `o2c`, `prod/o2c`. */
  folder: string;
  /** In apply order. */
  statements: Statement[];
  /** Every generated file, path relative to `generated/<folder>/`, in path order. */
  files: Record<string, string>;
}
