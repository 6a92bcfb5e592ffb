import type { AuditTablesState, Job } from '../../src/model/deployment';
import { quickTest } from '../../src/render/quick-test';
import { deployment as bread } from './golden/bread/deployment';
import { deployment as pretzel } from './golden/pretzel/deployment';

const o2c = bread.state as AuditTablesState;
const own = pretzel.state as AuditTablesState;
const custom: AuditTablesState = { ...own, runs: { ...own.runs, selection: null, args: 'ARGS' } };
const [daily, hourly] = bread.jobs as [Job, Job];

/** Column -> value of an INSERT ... SELECT whose values hold no comma outside parentheses and quotes. */
function rowOf(insert: string): Record<string, string> {
  const [, columns = '', values = ''] = /\(([^)]*)\)\nSELECT\s+([\s\S]*)$/.exec(insert) ?? [];
  const parts = values.match(/(?:'(?:[^']|'')*'|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|[^,'(])+/g) ?? [];
  return Object.fromEntries(columns.split(/,\s+/).map((column, at) => [column.trim(), parts[at]!.trim()]));
}

describe('the quick test', () => {
  it('writes a failed full run of the o2c log, each time in the zone of its column', () => {
    const [run] = quickTest(o2c, daily).simulate as [string];
    expect(run).toMatch(/^INSERT INTO BAKERY\.OVEN\.DBT_RUN_LOG /);
    expect(rowOf(run)).toEqual({
      RUN_ID: "'auto-restart-quick-test'",
      PROJECT_NAME: "'dbt_bakery'",
      ENVIRONMENT: "'prod'",
      RUN_STARTED_AT: "DATEADD('second', -2, SYSDATE())",
      RUN_ENDED_AT: "CONVERT_TIMEZONE('UTC', 'America/Los_Angeles', DATEADD('second', -1, SYSDATE()))",
      RUN_STATUS: "'FAILED'",
      RUN_COMMAND: "'build'",
      SELECTOR_USED: "'all'",
    });
  });

  it("names the seed's model as failed in the o2c log", () => {
    const [, node] = quickTest(o2c, daily).simulate as [string, string];
    expect(rowOf(node)).toMatchObject({ MODEL_NAME: "'dm_o2c_reconciliation'", STATUS: "'FAIL'" });
  });

  it("writes the job's own selection", () => {
    const [run] = quickTest(o2c, hourly).simulate as [string];
    expect(rowOf(run)).toMatchObject({ RUN_COMMAND: "'run'", SELECTOR_USED: "'tag:merge,tag:append_only'" });
  });

  it('leaves out the columns that a log lacks, and writes JSON where the selection is inside of it', () => {
    const [job] = pretzel.jobs as [Job];
    const [run, node] = quickTest(custom, job).simulate as [string, string];
    expect(Object.keys(rowOf(run))).toEqual(['"id"', 'PROJECT', 'TARGET', '"START"', 'ARGS']);
    expect(run).toContain(`PARSE_JSON('{"select":["tag:salt,path:models/a|b","+fct_pretzel"]}')`);
    expect(rowOf(node)).toMatchObject({ STATUS: "'BROKE''N'", '"id"': "'auto-restart-quick-test'" });
  });

  it('cleans up both tables, and only its own run', () => {
    expect(quickTest(o2c, daily).cleanUp).toEqual([
      "DELETE FROM BAKERY.OVEN.DBT_MODEL_LOG WHERE RUN_ID = 'auto-restart-quick-test'",
      "DELETE FROM BAKERY.OVEN.DBT_RUN_LOG WHERE RUN_ID = 'auto-restart-quick-test'",
    ]);
  });

  it("names a node by dbt's unique id where the log does", () => {
    const [, node] = quickTest({ ...o2c, layout: 'dbt_artifacts' }, daily).simulate as [string, string];
    expect(node).toContain("'model.dbt_bakery.my_model'");
  });
});
