"""Checks cases.json and keys.json against the real Snowflake CLI: what it resolves, which keys it can read.

Each case is a process of its own, with a home of its own: the CLI finds its folder when it is imported.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def resolve(connection):
    from snowflake.cli._app.snow_connector import resolve_connection_parameters
    from snowflake.cli.api.cli_global_context import fork_cli_context
    from snowflake.cli.api.config import config_init, get_default_connection_name
    from snowflake.cli.api.exceptions import MissingConfigurationError

    with fork_cli_context():
        config_init(None)
        try:
            return resolve_connection_parameters(connection_name=connection or get_default_connection_name())
        except MissingConfigurationError:
            return None


def read_key(keys):
    from snowflake.cli._app.snow_connector import update_connection_details_with_private_key

    try:
        update_connection_details_with_private_key({"authenticator": "SNOWFLAKE_JWT", **keys})
        return True
    except Exception:  # whatever it is, the CLI stops there
        return False


def in_process(what, argument, home, env):
    variables = {key: value.replace("$HOME", str(home)) for key, value in env.items()}
    command = [sys.executable, "-B", "-W", "ignore", __file__, what, json.dumps(argument)]
    done = subprocess.run(
        command, cwd=home, env={"PATH": os.environ["PATH"], "HOME": str(home), **variables}, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.strip().splitlines()[-1])


def write(home, files):
    for name, text in files.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o600)


def make_keys(home):
    for command in (
        "openssl genrsa 2048 2>/dev/null | openssl pkcs8 -topk8 -nocrypt -out key.p8",
        "openssl pkcs8 -topk8 -v2 aes256 -in key.p8 -passout pass:flour -out encrypted.p8",
        "openssl pkey -in key.p8 -pubout -out public.pem",
        "tr '\\n' ' ' < key.p8 > one-line.p8",
        "tr -d '\\n' < key.p8 > joined.p8",
        "{ echo '-----BEGIN OPENSSH PRIVATE KEY-----'; echo b3BlbnNzaA==; echo '-----END OPENSSH PRIVATE KEY-----'; } > openssh",
    ):
        subprocess.run(command, shell=True, check=True, cwd=home)


def main():
    wrong = []
    for case in json.loads((HERE / "cases.json").read_text()):
        with tempfile.TemporaryDirectory() as folder:
            home = pathlib.Path(folder)
            write(home, case["files"])
            found = in_process("resolve", case["connection"], home, case.get("env", {}))
            if found != case["resolves"]:
                wrong.append(f"{case['name']}\n  the CLI: {found}\n  written: {case['resolves']}")
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        make_keys(home)
        for case in json.loads((HERE / "keys.json").read_text()):
            keys = {"private_key_file": case["file"]}
            if "passphrase" in case:
                keys["private_key_passphrase"] = case["passphrase"]
            env = {"PRIVATE_KEY_PASSPHRASE": case["variable"]} if "variable" in case else {}
            found = in_process("read_key", keys, home, env)
            if found != case["works"]:
                wrong.append(f"{case['name']}: the CLI {'takes' if found else 'refuses'} it")
    print("\n".join(wrong) or "the Snowflake CLI resolves as cases.json and keys.json say")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps({"resolve": resolve, "read_key": read_key}[sys.argv[1]](json.loads(sys.argv[2]))))
    else:
        sys.exit(main())
