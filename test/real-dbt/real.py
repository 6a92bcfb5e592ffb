"""The real dbt on a project: parsed once, then run again and again."""
import contextlib
import io
import json
import os

from dbt.cli.main import dbtRunner

KINDS = ("model", "seed", "snapshot", "test", "unit_test")


class Real:
    def __init__(self, folder):
        self.folder = folder
        self.places = ["--project-dir", folder, "--profiles-dir", folder, "--target-path", f"{folder}/target", "--log-path", f"{folder}/logs"]
        parsed = self.invoke("parse")
        if not parsed.success:
            raise SystemExit(f"the project does not parse: {parsed.exception}")
        self.manifest = parsed.result

    def invoke(self, *arguments):
        # A run changes the manifest that it is given, so each reads the parsed one again.
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            result = dbtRunner().invoke(["--quiet", *arguments, *self.places])
        if result.exception is not None:
            raise SystemExit(f"dbt {' '.join(arguments)}: {result.exception}\n{printed.getvalue()[-2000:]}")
        return result

    def run(self, *arguments):
        """Status by unique id, of what the run left in run_results.json."""
        path = f"{self.folder}/target/run_results.json"
        if arguments[0] != "retry":
            with contextlib.suppress(FileNotFoundError):
                os.remove(path)
        self.invoke(*arguments)
        with open(path) as file:
            results = json.load(file)["results"]
        self.messages = {each["unique_id"]: each["message"] for each in results}
        found = {each["unique_id"]: each["status"] for each in results}
        return {node: status for node, status in found.items() if node.split(".")[0] in KINDS}

    def selected(self, select):
        """Unique ids of what a build with that --select holds."""
        listed = self.invoke("ls", "--select", *select, "--output", "json", "--output-keys", "unique_id")
        ids = {json.loads(line)["unique_id"] for line in listed.result or []}
        return {node for node in ids if node.split(".")[0] in KINDS and node not in self.ephemeral()}

    def ephemeral(self):
        return {key for key, node in self.manifest.nodes.items() if node.config.materialized == "ephemeral"}

    def nodes(self):
        """Unique ids of all that can fail, in a fixed order."""
        manifest = self.manifest
        warning = {key for key, node in manifest.nodes.items() if str(getattr(node.config, "severity", "")).lower() == "warn"}
        told = [key for key in manifest.nodes if key.split(".")[0] in KINDS and "not_null" not in key and key not in warning]
        return sorted([*told, *manifest.unit_tests])
