/** The value between `render` and everything after it: SQL that is complete, in apply order, and never split again. */

export interface Statement {
  /** Stable name of what it makes: `procedure:EDW.O2C_AUDIT.RUN_DBT_AUTO_RESTART`, `graph:EDW.O2C_AUDIT.O2C_DAILY_BUILD`. */
  id: string;
  kind: 'procedure' | 'view' | 'graph' | 'grant';
  /** Qualified name of the object, as it stands in SQL. */
  object: string;
  /** Generated file that holds it, relative to the deployment's folder. */
  file: string;
  /** One statement, without the closing semicolon. */
  sql: string;
  /** One line for people: what it does and why. */
  why: string;
  /** Short hash that ends the object's COMMENT; `null` where there is no comment (grants). */
  fingerprint: string | null;
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
