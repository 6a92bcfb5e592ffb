"""The local Snowflake: what it holds for both, its own dbt on the same manifest, and the generated procedure."""
import datetime
import json
import pathlib
import re
import subprocess

import snowflake.connector

from names import without_hash
from project import FAILING, NAME

ROOT = pathlib.Path(__file__).parents[2]

# A log whose column of selections is as wide as any; else the layout is o2c's.
CONFIG = f"""
export default {{
  deployments: {{
    shop: {{
      connection: {{ account: 'BAKERY' }},
      database: 'EDW',
      schema: 'AUDIT',
      defaults: {{ warehouse: 'WH' }},
      state: {{
        kind: 'audit-tables', layout: 'o2c', where: {{ environment: 'prod' }}, selectionWidth: 32000,
        zones: {{ startedAt: 'UTC', endedAt: 'America/Los_Angeles' }},
      }},
      runner: {{ kind: 'execute-dbt-project', object: 'EDW.AUDIT.SHOP' }},
      jobs: {{ daily: {{ project: '{NAME}', dbt: {{ command: 'build' }} }} }},
      tasks: {{ DAILY: {{ job: 'daily', schedule: {{ kind: 'cron', expression: '0 6 * * *', timeZone: 'UTC' }} }} }},
    }},
  }},
}};
"""

LOG_TABLES = [
    """CREATE OR REPLACE TABLE EDW.AUDIT.DBT_RUN_LOG (run_id VARCHAR(50) NOT NULL, project_name VARCHAR, project_version VARCHAR,
    environment VARCHAR, run_started_at TIMESTAMP_NTZ, run_ended_at TIMESTAMP_NTZ, run_duration_seconds NUMBER(10,2),
    run_status VARCHAR(20), run_command VARCHAR(50), models_selected INTEGER, models_run INTEGER, models_success INTEGER,
    models_failed INTEGER, models_skipped INTEGER, tests_run INTEGER, tests_passed INTEGER, tests_failed INTEGER,
    warehouse_name VARCHAR, user_name VARCHAR, role_name VARCHAR, selector_used VARCHAR, created_at TIMESTAMP_NTZ)""",
    """CREATE OR REPLACE TABLE EDW.AUDIT.DBT_MODEL_LOG (log_id VARCHAR, run_id VARCHAR(50), project_name VARCHAR, model_name VARCHAR,
    model_alias VARCHAR, schema_name VARCHAR, database_name VARCHAR, materialization VARCHAR, batch_id VARCHAR,
    parent_batch_id VARCHAR, status VARCHAR(20), error_message VARCHAR, started_at TIMESTAMP_NTZ, ended_at TIMESTAMP_NTZ,
    execution_seconds NUMBER(10,2), rows_affected INTEGER, bytes_processed INTEGER, is_incremental BOOLEAN,
    incremental_strategy VARCHAR, query_id VARCHAR, created_at TIMESTAMP_NTZ)""",
]


class Simulated:
    def __init__(self, port, folder):
        connected = dict(account="bakery", user="baker", password="any", host="127.0.0.1", port=port, protocol="http")
        self.cursor = snowflake.connector.connect(**connected, database="EDW", warehouse="WH").cursor()
        for statement in ("CREATE DATABASE IF NOT EXISTS EDW", "CREATE WAREHOUSE IF NOT EXISTS WH"):
            self.rows(statement)
        for schema in ("AUDIT", "CONTROL", "SIMULATED", "SHOP"):
            self.rows(f"CREATE OR REPLACE SCHEMA EDW.{schema}")
        self.rows(f"CREATE TABLE {FAILING} (id VARCHAR)")
        self.failing = ()
        self.rows("USE SCHEMA EDW.AUDIT")
        self.forget_runs()
        for statement in generated(pathlib.Path(folder)):
            self.rows(statement)

    def rows(self, statement):
        return self.cursor.execute(statement).fetchall()

    def forget_runs(self):
        for statement in LOG_TABLES:
            self.rows(statement)

    def tell_to_fail(self, nodes):
        """For the real dbt: what its nodes look for. A generic test's unique id ends with a hash, which it cannot know."""
        self.rows(f"DELETE FROM {FAILING}")
        ids = sorted({without_hash(node) for node in nodes})
        if ids:
            self.rows(f"INSERT INTO {FAILING} VALUES " + ", ".join(f"('{each}')" for each in ids))

    def deploy(self, manifest):
        self.rows(f"CREATE OR REPLACE DBT PROJECT EDW.SIMULATED.SHOP FROM 'file://{manifest}' DEFAULT_TARGET = 'prod'")

    def run(self, arguments, failing=()):
        """Status by unique id, as the simulated dbt's own hooks log them."""
        for statement in ELEMENTARY:
            self.rows(statement)
        self.rows("SELECT SYSTEM$LOCAL_DBT_HOOKS('EDW.SIMULATED.SHOP', 'on-run-end', 'elementary')")
        for node, times in [*((node, 0) for node in self.failing), *((node, 1) for node in failing)]:
            self.rows(f"SELECT SYSTEM$LOCAL_DBT_FAIL('EDW.SIMULATED.SHOP', '{node}', {times})")
        self.failing = failing
        try:
            self.rows(f"EXECUTE DBT PROJECT EDW.SIMULATED.SHOP ARGS = '{arguments}'")
        except snowflake.connector.errors.ProgrammingError as error:
            if "failed:" not in str(error):
                raise
        return dict(self.rows("SELECT UNIQUE_ID, STATUS FROM EDW.SIMULATED.DBT_RUN_RESULTS"))

    def planned(self):
        """What the procedure would do now, and the --select of its command, None for a full build."""
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=1)
        self.rows(f"SELECT SYSTEM$LOCAL_SET_CLOCK('{now:%Y-%m-%dT%H:%M:%SZ}')")
        said = self.rows(f"CALL EDW.AUDIT.RUN_DBT_AUTO_RESTART('{NAME}', NULL, 'daily', 'PLAN')")[0][0]
        found = re.search(r"--select (.*?)(?: --|$)", said)
        return said, found.group(1).split() if found else None


ELEMENTARY = [
    """CREATE OR REPLACE TABLE EDW.SIMULATED.DBT_RUN_RESULTS (model_execution_id VARCHAR, unique_id VARCHAR, invocation_id VARCHAR,
    generated_at VARCHAR, created_at TIMESTAMP_NTZ, name VARCHAR, message VARCHAR, status VARCHAR, resource_type VARCHAR,
    execution_time FLOAT, execute_started_at VARCHAR, execute_completed_at VARCHAR, compile_started_at VARCHAR,
    compile_completed_at VARCHAR, rows_affected NUMBER, full_refresh BOOLEAN, compiled_code VARCHAR, failures NUMBER,
    query_id VARCHAR, thread_id VARCHAR, materialization VARCHAR, adapter_response VARCHAR, group_name VARCHAR)""",
    """CREATE OR REPLACE TABLE EDW.SIMULATED.DBT_INVOCATIONS (invocation_id VARCHAR, job_id VARCHAR, job_name VARCHAR,
    job_run_id VARCHAR, run_started_at VARCHAR, run_completed_at VARCHAR, generated_at VARCHAR, created_at TIMESTAMP_NTZ,
    command VARCHAR, dbt_version VARCHAR, elementary_version VARCHAR, full_refresh BOOLEAN, invocation_vars VARCHAR,
    vars VARCHAR, target_name VARCHAR, target_database VARCHAR, target_schema VARCHAR, target_profile_name VARCHAR,
    threads NUMBER, selected VARCHAR, yaml_selector VARCHAR, project_id VARCHAR, project_name VARCHAR, env VARCHAR,
    env_id VARCHAR, cause_category VARCHAR, cause VARCHAR, pull_request_id VARCHAR, git_sha VARCHAR, orchestrator VARCHAR,
    dbt_user VARCHAR, job_url VARCHAR, job_run_url VARCHAR, account_id VARCHAR, target_adapter_specific_fields VARCHAR)""",
]


def generated(folder):
    """The statements of views and procedure that `generate` writes, without the tasks that would call them."""
    (folder / "auto-restart.config.ts").write_text(CONFIG)
    command = ["node", str(ROOT / "dist/cli/main.js"), "generate", "--config", str(folder / "auto-restart.config.ts")]
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if made.returncode != 0:
        raise SystemExit(made.stderr)
    manifest = json.loads((folder / "generated/shop/manifest.json").read_text())
    for statement in manifest["statements"]:
        if statement["kind"] in ("view", "procedure"):
            text = (folder / "generated/shop" / statement["file"]).read_text()
            yield re.sub(r"\A(?:--.*\n|\s*\n)+", "", text).strip().rstrip(";")
