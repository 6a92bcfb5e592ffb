import { tokenize } from '../../src/local/sql/lexer';
import type { AuditTablesState } from '../../src/model/deployment';
import { renderMonitoring, renderTeardown, renderVerify } from '../../src/render/docs';
import { renderQuickReference } from '../../src/render/quick-reference';
import { defaultTemplates } from '../../src/render/templates';
import { CASES } from './golden/cases';
import { deployment as bread } from './golden/bread/deployment';
import { deployment as croissant } from './golden/croissant/deployment';

const templates = defaultTemplates();

describe('monitoring.sql', () => {
  it('counts runs that failed or died, by the words of the view and not of a log', () => {
    for (const deployment of CASES)
      expect(renderMonitoring(deployment, templates)).toContain(
        "COUNT(IFF(outcome IN ('FAILED', 'CRASHED'), 1, NULL)) AS failures",
      );
  });

  it('asks by run_kind, never by a symbol or by how many models ran', () => {
    const text = renderMonitoring(bread, templates);
    expect(text).toContain("run_kind = 'SELECTIVE_RETRY'");
    expect(text).not.toMatch(/run_type|CHR\(|models_run/);
  });

  it('asks nothing about tasks when there are none', () => {
    expect(renderMonitoring({ ...bread, graphs: [] }, templates)).not.toMatch(/TASK/);
  });
});

describe('verify.sql', () => {
  it('plans every job and changes nothing', () => {
    const text = renderVerify(croissant, templates);
    const verbs = text
      .replace(/(?<=[(,])\n {4}(?=[A-Z_]+ =>)/g, ' ')
      .split('\n')
      .filter((line) => /^[A-Z]+ /.test(line) && !/^(FROM|WHERE|ORDER|LIMIT) /.test(line));
    expect(verbs).toEqual([
      "CALL BAKERY.PASTRY.RUN_DBT_AUTO_RESTART( PROJECT_NAME => 'dbt_croissant', JOB_NAME => 'daily', RUN_MODE => 'PLAN');",
      "CALL BAKERY.PASTRY.RUN_DBT_AUTO_RESTART( PROJECT_NAME => 'dbt_croissant', JOB_NAME => 'hourly', RUN_MODE => 'PLAN');",
      'SELECT *',
      'SELECT *',
      'SHOW TASKS IN SCHEMA BAKERY.PASTRY;',
      'SELECT "name", "state", "schedule", "predecessors", "definition", "comment"',
    ]);
  });
});

describe('teardown.sql', () => {
  it('suspends every root, then drops children before their root, the procedure and the views', () => {
    const [graph] = croissant.graphs;
    const text = renderTeardown({ ...croissant, graphs: [graph!] }, templates);
    expect(text.split('\n').filter((line) => /^[A-Z]/.test(line))).toEqual([
      'ALTER TASK IF EXISTS BAKERY.PASTRY.CROISSANT_DAILY_BUILD SUSPEND;',
      'DROP TASK IF EXISTS BAKERY.PASTRY.CROISSANT_SHOP_WINDOW;',
      'DROP TASK IF EXISTS BAKERY.PASTRY.CROISSANT_GLAZE;',
      'DROP TASK IF EXISTS BAKERY.PASTRY.CROISSANT_TESTS;',
      'DROP TASK IF EXISTS BAKERY.PASTRY.CROISSANT_DAILY_BUILD;',
      'DROP PROCEDURE IF EXISTS BAKERY.PASTRY.RUN_DBT_AUTO_RESTART(VARCHAR, NUMBER, VARCHAR, VARCHAR);',
      'DROP VIEW IF EXISTS BAKERY.PASTRY.V_AUTO_RESTART_STATE;',
      'DROP VIEW IF EXISTS BAKERY.PASTRY.V_AUTO_RESTART_HISTORY;',
      'DROP VIEW IF EXISTS BAKERY.PASTRY.V_AUTO_RESTART_NODES;',
      'DROP VIEW IF EXISTS BAKERY.PASTRY.V_AUTO_RESTART_RUNS;',
      'DROP VIEW IF EXISTS BAKERY.PASTRY.V_AUTO_RESTART_JOBS;',
    ]);
  });
});

describe('QUICK_REFERENCE.md', () => {
  const blocksOf = (text: string) => [...text.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql = '']) => sql);

  it.each(CASES)('of $name holds complete statements in its blocks', (deployment) => {
    const blocks = blocksOf(renderQuickReference(deployment, templates));
    expect(blocks.length).toBeGreaterThan(4);
    for (const sql of blocks) expect(tokenize(sql).at(-1)?.text).toBe(';');
  });

  it.each(CASES)('of $name has tables whose rows have as many cells as their head', (deployment) => {
    const text = renderQuickReference(deployment, templates);
    const tables = text
      .trimEnd()
      .split('\n\n')
      .filter((part) => part.startsWith('| '));
    for (const table of tables) {
      const widths = table.split('\n').map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it("says the seed's call where the project alone names the job", () => {
    expect(renderQuickReference(bread, templates)).toContain(
      "CALL BAKERY.OVEN.RUN_DBT_AUTO_RESTART('dbt_bakery');",
    );
  });

  it('names the job where the project alone does not', () => {
    const jobs = bread.jobs.filter(({ select }) => select.length > 0);
    expect(blocksOf(renderQuickReference({ ...bread, jobs }, templates))[0]).toContain(
      "JOB_NAME => 'BREAD_HOURLY'",
    );
  });

  it('needs no write on a log that it only reads', () => {
    const state = { ...(bread.state as AuditTablesState), recordable: false };
    const text = renderQuickReference({ ...bread, state }, templates);
    expect(text).toContain('| SELECT | `BAKERY.OVEN.DBT_RUN_LOG` | to read the runs |');
    expect(text).not.toMatch(/RUN_NOT_IDENTIFIED|INSERT, UPDATE/);
  });
});
