"""The real dbt beside the simulated one and the generated procedure. usage: compare.py [SIZE:SEEDS:ROUNDS ...]"""
import collections
import pathlib
import random
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "local/server/python"))
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import os

import project
from names import of_the_same_names
from real import Real
from served import local_snowflake
from simulated import Simulated

# Nodes of the graph, projects drawn, failures drawn for each.
ROUNDS = ["30:4:6", "80:2:6", "200:1:5", "500:1:3"]


def main(rounds):
    total = collections.Counter()
    for each in rounds:
        size, seeds, failures = map(int, each.split(":"))
        for seed in range(seeds):
            counted = compare(size, seed, failures)
            print(f"{size} nodes, seed {seed}: {told(counted)}", flush=True)
            total += counted
    print(f"in all: {told(total)}")
    wrong = total["status differences"] + total["retry differences"] + total["missed"] + total["full builds"]
    sys.exit(1 if wrong else 0)


def told(counted):
    return ", ".join(f"{counted[key]} {key}" for key in COUNTS)


COUNTS = [
    "failures drawn",
    "nodes built",
    "not ok",
    "status differences",
    "retry differences",
    "retried by dbt",
    "rerun by the procedure",
    "missed",
    "full builds",
    "seconds",
]


def compare(size, seed, failures):
    counted, started = collections.Counter(), time.time()
    with tempfile.TemporaryDirectory() as folder, local_snowflake() as port:
        os.environ.update(SHOP_PORT=str(port), DBT_SEND_ANONYMOUS_USAGE_STATS="false")
        project.write(folder, size, seed)
        real = Real(folder)
        simulated = Simulated(port, folder)
        simulated.deploy(f"{folder}/target/manifest.json")
        draw = random.Random(f"failures {size} {seed}")
        nodes = real.nodes()
        real.run("build")  # what unit tests look at has to be there once
        for _ in range(failures):
            drawn = draw.sample(nodes, min(len(nodes), draw.choice([1, 1, 2, 3, 6])))
            counted += one_failure(real, simulated, of_the_same_names(drawn, nodes))
    counted["seconds"] = round(time.time() - started)
    return counted


def one_failure(real, simulated, failing):
    simulated.forget_runs()
    simulated.tell_to_fail(failing)
    built = real.run("build")
    said, select = simulated.planned()
    rerun = real.selected(select) if select else set()
    simulated.tell_to_fail([])
    not_ok = {node for node, status in built.items() if status in ("error", "fail", "skipped")}
    retried = real.run("retry") if not_ok else {}

    differs = differences(built, simulated.run("build", failing))
    retry_differs = differences(retried, simulated.run("retry")) if not_ok else []
    missed = set(retried) - rerun
    for what, found in (("status", differs), ("retry", retry_differs), ("missed", sorted(missed))):
        if found:
            print(f"  {what}, failing {failing}: {found[:5]}")
    for node, *_ in retry_differs[:1]:
        print(f"  the real dbt says of {node} in its retry: {real.messages.get(node)}")
    if not_ok and not select:
        print(f"  full build, failing {failing}: {said}")
    return collections.Counter(
        {
            "failures drawn": 1,
            "nodes built": len(built),
            "not ok": len(not_ok),
            "status differences": len(differs),
            "retry differences": len(retry_differs),
            "retried by dbt": len(retried),
            "rerun by the procedure": len(rerun),
            "missed": len(missed),
            "full builds": int(bool(not_ok) and not select),
        }
    )


def differences(real, simulated):
    both = sorted({*real, *simulated})
    return [(node, real.get(node), simulated.get(node)) for node in both if real.get(node) != simulated.get(node)]


if __name__ == "__main__":
    main(sys.argv[1:] or ROUNDS)
