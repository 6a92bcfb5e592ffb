"""A local Snowflake on a file of its own, for as long as a `with` lasts."""
import contextlib
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).parents[4]


@contextlib.contextmanager
def local_snowflake():
    """Yields the port."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["node", str(ROOT / "dist/cli/main.js"), "local", "--db", f"{folder}/local.duckdb"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            yield int(server.stdout.readline().strip().rsplit(":", 1)[1])
        finally:
            server.terminate()
            server.wait(timeout=30)
