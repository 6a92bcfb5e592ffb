"""Writes a dbt project of so many nodes, drawn by seed, whose nodes fail when they are told to."""
import pathlib
import random
import textwrap

FAILING = "EDW.CONTROL.FAILING"
NAME = "shop"

PROJECT = f"""
name: {NAME}
version: '1.0'
profile: {NAME}
flags: {{send_anonymous_usage_stats: false}}
on-run-start: ["{{{{ log_start() }}}}"]
on-run-end: ["{{{{ log_results(results) }}}}"]
models: {{+pre-hook: "{{{{ fail_if_told(model) }}}}"}}
seeds: {{+pre-hook: "{{{{ fail_if_told(model) }}}}"}}
snapshots: {{+pre-hook: "{{{{ fail_if_told(model) }}}}"}}
"""

PROFILE = f"""
{NAME}:
  target: prod
  outputs:
    prod:
      type: snowflake
      account: bakery
      user: baker
      password: any
      host: 127.0.0.1
      port: "{{{{ env_var('SHOP_PORT') | int }}}}"
      protocol: http
      database: EDW
      schema: SHOP
      warehouse: WH
      role: BAKER
      threads: 4
"""

# The o2c kind: a row of the run at its start, changed at its end, and a row of each result.
MACROS = """
{% macro fail_if_told(model) %}
  select 1 / iff(count(*) > 0, 0, 1) as fine from @FAILING@ where id = '{{ model.unique_id }}'
{% endmacro %}

{% macro break_if_told(id) %}
  {% if execute and run_query("select count(*) from @FAILING@ where id = '" ~ id ~ "'").columns[0].values()[0] > 0 %}
    {{ exceptions.raise_compiler_error(id ~ ' is told to break') }}
  {% endif %}
{% endmacro %}

{% test told_to_fail(model, column_name, id) %}
  select {{ column_name }} from {{ model }} where false
  union all select 1 from @FAILING@ where id = '{{ id }}'
{% endtest %}

{% macro log_start() %}
  insert into EDW.AUDIT.DBT_RUN_LOG
    (run_id, project_name, environment, run_started_at, run_status, run_command, selector_used)
  values ('{{ invocation_id }}', '{{ project_name }}', '{{ target.name }}',
    '{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S.%f") }}', 'RUNNING', '{{ flags.WHICH }}',
    '{{ (invocation_args_dict.select or []) | join(",") or "all" }}')
{% endmacro %}

{% macro log_results(results) %}
  {% if execute %}
    {% set words = {'success': 'SUCCESS', 'pass': 'SUCCESS', 'warn': 'SUCCESS', 'skipped': 'SKIPPED'} %}
    {% set rows = [] %}
    {% set bad = [] %}
    {% for result in results if result.node.resource_type != 'operation' %}
      {% set name = result.node.name ~ ('.v' ~ result.node.version if result.node.resource_type == 'model' and result.node.version else '') %}
      {% set word = words.get(result.status | string, 'FAIL') %}
      {% if word != 'SUCCESS' %}{% do bad.append(name) %}{% endif %}
      {% do rows.append("('" ~ invocation_id ~ '_' ~ loop.index ~ "','" ~ invocation_id ~ "','" ~ project_name ~ "','" ~ name ~ "','" ~ word ~ "')") %}
    {% endfor %}
    {% if rows %}
      {% do run_query('insert into EDW.AUDIT.DBT_MODEL_LOG (log_id, run_id, project_name, model_name, status) values ' ~ rows | join(',')) %}
    {% endif %}
    update EDW.AUDIT.DBT_RUN_LOG set run_status = '{{ "FAILED" if bad else "SUCCESS" }}', run_ended_at = current_timestamp()
    where run_id = '{{ invocation_id }}'
  {% endif %}
{% endmacro %}
"""


class Node:
    def __init__(self, kind, name, parents=(), versions=0):
        self.kind, self.name, self.parents, self.versions = kind, name, list(parents), versions

    def ref(self, draw):
        if not self.versions:
            return f"ref('{self.name}')"
        return f"ref('{self.name}', v={draw.randint(1, self.versions)})"


def write(folder, size, seed):
    """About `size` nodes: half of them models, the others seeds and tests of all kinds."""
    draw = random.Random(f"{size} {seed}")
    folder = pathlib.Path(folder)
    write_file = lambda path, text: (
        (folder / path).parent.mkdir(parents=True, exist_ok=True),
        (folder / path).write_text(textwrap.dedent(text).strip() + "\n"),
    )
    write_file("dbt_project.yml", PROJECT)
    write_file("profiles.yml", PROFILE)
    write_file("macros/shop.sql", MACROS.replace("@FAILING@", FAILING))
    nodes = graph(draw, size)
    for node in nodes:
        write_node(write_file, node, draw)
    write_file("models/tests.yml", tests(draw, nodes, size * 9 // 20, write_file))


def graph(draw, size):
    nodes = [Node("seed", f"raw_{number}") for number in range(max(2, size // 15))]
    for number in range(size * 11 // 20):
        kind = draw.choices(["table", "view", "incremental", "ephemeral", "snapshot"], [6, 3, 2, 2, 1])[0]
        parents = draw.sample(nodes[-25:], min(len(nodes), draw.choices([1, 2, 3], [6, 3, 1])[0]))
        versions = 2 if kind in ("table", "view") and draw.random() < 0.1 else 0
        nodes.append(Node(kind, f"{kind[:3]}_{number}", parents, versions))
    return nodes


def write_node(write_file, node, draw):
    if node.kind == "seed":
        return write_file(f"seeds/{node.name}.csv", "id\n1\n2")
    counted = f"(select count(*) from {FAILING} where id = 'unit_test.{NAME}.{node.name}.ut_{node.name}')"
    sources = [f"{{{{ {parent.ref(draw)} }}}}" for parent in node.parents]
    joins = "".join(f" left join {ref} p{at} on p{at}.id = p.id" for at, ref in enumerate(sources[1:]))
    query = f"select p.id, {counted} as told from {sources[0]} p{joins}"
    if node.kind == "snapshot":
        config = "{{ config(unique_key='id', strategy='check', check_cols=['id']) }}"
        return write_file(f"snapshots/{node.name}.sql", f"{{% snapshot {node.name} %}}{config} {query} {{% endsnapshot %}}")
    key = ", unique_key='id'" if node.kind == "incremental" else ""
    config = f"{{{{ config(materialized='{node.kind}'{key}) }}}}"
    told = f"{{{{ break_if_told('model.{NAME}.{node.name}') }}}}" if node.kind == "ephemeral" else ""
    for suffix in [f"_v{number + 1}" for number in range(node.versions)] or [""]:
        write_file(f"models/{node.name}{suffix}.sql", f"{config} {told} {query}")


def tests(draw, nodes, count, write_file):
    """A test of one model (generic), of two (relationships, singular), one that only warns, a unit test."""
    models, unit_tests = {}, []
    for node in nodes:
        if node.versions:
            models[node.name] = [f"    latest_version: {node.versions}", f"    versions: {[{'v': n + 1} for n in range(node.versions)]}"]
    of_one, unit_tested = {}, set()
    testable = [node for node in nodes if node.kind in ("table", "view", "incremental")]
    for number in range(count):
        kind = draw.choices(["told", "warn", "not_null", "two", "singular", "unit"], [4, 1, 2, 2, 2, 3])[0]
        node = draw.choice(testable)
        if kind in ("two", "singular"):
            other = draw.choice(testable)
            refs = [f"{{{{ {each.ref(draw)} }}}}" for each in (node, other)]
            name = f"agree_{number}"
            rows = f"select 1 from {FAILING} where id = 'test.{NAME}.{name}'"
            write_file(f"tests/{name}.sql", f"{rows} union all select 1 from {refs[0]} a join {refs[1]} b on a.id = b.id where false")
        elif kind == "unit":
            plain = all(parent.kind != "ephemeral" and not parent.versions for parent in node.parents)
            if node.kind == "incremental" or node.versions or not plain or node.name in unit_tested:
                continue
            unit_tested.add(node.name)
            given = [f"{{input: \"ref('{parent.name}')\", rows: [{{id: 1}}]}}" for parent in dict.fromkeys(node.parents)]
            unit_tests.append(
                f"  - {{name: ut_{node.name}, model: {node.name}, given: [{', '.join(given)}], expect: {{rows: [{{id: 1, told: 0}}]}}}}"
            )
        elif kind == "not_null":
            of_one.setdefault(node.name, {})["not_null"] = "not_null"
        else:
            severity = "warn" if kind == "warn" else "error"
            name = f"{kind}_{number}"
            of_one.setdefault(node.name, {})[name] = (
                f"told_to_fail: {{name: {name}, arguments: {{id: test.{NAME}.{name}}}, config: {{severity: {severity}}}}}"
            )
    lines = ["version: 2", "models:"]
    for name in sorted({*models, *of_one}):
        lines += [f"  - name: {name}", *models.get(name, [])]
        if name in of_one:
            lines += ["    columns:", "      - name: id", "        data_tests:"]
            lines += [f"          - {test}" for test in of_one[name].values()]
    return "\n".join([*lines, *(["unit_tests:", *unit_tests] if unit_tests else [])])
