"""The real dbt with its Snowflake adapter builds a project in the local Snowflake, twice, and with --full-refresh."""
import os
import pathlib
import sys
import tempfile

from dbt.cli.main import dbtRunner
from served import local_snowflake

PROJECT = str(pathlib.Path(__file__).parent / "shop")


def main():
    with local_snowflake() as port, tempfile.TemporaryDirectory() as folder:
        os.environ["SHOP_PORT"] = str(port)
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT, "--target-path", folder, "--log-path", folder]
        for command in (["run-operation", "make_bakery"], ["build"], ["build"], ["build", "--full-refresh"]):
            if not dbtRunner().invoke([*command, *places]).success:
                sys.exit(f"dbt {' '.join(command)} failed")


if __name__ == "__main__":
    main()
