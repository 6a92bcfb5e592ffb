"""
The real dbt with its Snowflake adapter, in the local Snowflake: it builds a project twice and with --full-refresh, fails,
fails fast (which cancels what its other connections run), retries what failed, and is interrupted by Ctrl-C.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

from served import local_snowflake

PROJECT = str(pathlib.Path(__file__).parent / "shop")
DBT = str(pathlib.Path(sys.executable).parent / "dbt")


def main():
    with local_snowflake() as port, tempfile.TemporaryDirectory() as folder:
        os.environ.update(SHOP_PORT=str(port), DBT_SEND_ANONYMOUS_USAGE_STATS="false", PYTHONUNBUFFERED="1")
        shop = Shop(folder)
        shop.expect(0, "run-operation", "make_bakery")
        for command in (["build"], ["build"], ["build", "--full-refresh"]):
            shop.expect(0, *command)
        shop.breaks_and_recovers("build")
        shop.breaks_and_recovers("build", "--fail-fast")
        shop.is_interrupted()
        shop.expect(0, "build")


class Shop:
    def __init__(self, folder):
        self.folder = folder

    def expect(self, code, *arguments, **environment):
        """Runs dbt. It ends with 1 for what it handles (a failed node) and with 2 for what it does not."""
        process = self.start(*arguments, **environment)
        output, _ = process.communicate(timeout=300)
        print(output)
        if process.returncode != code:
            sys.exit(f"dbt {' '.join(arguments)} ended with {process.returncode}, not {code}")
        return output

    def start(self, *arguments, **environment):
        places = ["--project-dir", PROJECT, "--profiles-dir", PROJECT]
        files = ["--target-path", self.folder, "--log-path", self.folder]
        return subprocess.Popen(
            [DBT, *arguments, *places, *files],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def breaks_and_recovers(self, *arguments):
        """What failed and what was skipped is what `dbt retry` runs, and then all is well."""
        self.expect(1, *arguments, SHOP_BREAKS="stock")
        unfinished = {name for name, status in self.results().items() if status in ("error", "fail", "skipped")}
        if "model.shop.stock" not in unfinished or "model.shop.sold" not in unfinished:
            sys.exit(f"stock was to fail and sold to be skipped, not {unfinished}")
        self.expect(0, "retry")
        retried = set(self.results())
        if retried != unfinished:
            sys.exit(f"dbt retry ran {retried} and not {unfinished}")

    def results(self):
        with open(os.path.join(self.folder, "run_results.json")) as file:
            return {result["unique_id"]: result["status"] for result in json.load(file)["results"]}

    def is_interrupted(self):
        """dbt cancels what runs, and says so; the session lives, and the next run finds nothing in its way."""
        process = self.start("build", SHOP_DAWDLES="stock")
        output = ""
        for line in process.stdout:
            output += line
            if "START sql table model OVEN.stock" in line:
                process.send_signal(signal.SIGINT)
        process.wait(timeout=300)
        print(output)
        if process.returncode not in (1, 2) or "keyboard interrupt" not in output.lower():
            sys.exit(f"dbt was to be interrupted, and ended with {process.returncode}")
        if "unknown function" in output.lower() or "internal" in output.lower():
            sys.exit("cancelling what runs was to be possible")


if __name__ == "__main__":
    main()
