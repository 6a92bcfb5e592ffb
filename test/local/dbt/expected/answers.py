"""Asks the real dbt what selections hold. usage: answers.py PROJECT_DIR OUT.json"""
import json, os, random, sys, shlex
from dbt.cli.main import dbtRunner
project, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
os.chdir(project)
os.environ['DBT_PROFILES_DIR'] = project
os.environ['DBT_SEND_ANONYMOUS_USAGE_STATS'] = 'false'
runner = dbtRunner()
manifest = runner.invoke(['parse', '-q']).result
random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 20261124)
R = random
members = [*manifest.nodes.values(), *manifest.sources.values(), *manifest.exposures.values(), *manifest.metrics.values(), *manifest.unit_tests.values(), *manifest.semantic_models.values(), *manifest.saved_queries.values()]
named = [m for m in members if m.resource_type != 'operation']
tags = ['staging','hourly','daily','iot','nightly','reference','raw','board','unit','pantry','finance','nothing']
def wild(name):
    k = R.random()
    if k < .3 and len(name) > 3: i = R.randrange(1, len(name)); return name[:i] + '*'
    if k < .5: return '*' + name[-4:]
    if k < .6: i = R.randrange(len(name)); return name[:i] + '?' + name[i+1:]
    if k < .7: i = R.randrange(len(name)); return name[:i] + '[' + name[i] + 'z]' + name[i+1:]
    if k < .75: i = R.randrange(len(name)); return name[:i] + '[!' + name[i] + ']' + name[i+1:]
    return '*'
def fqn():
    m = R.choice(named); f = list(m.fqn)
    k = R.random()
    if k < .35: return m.name
    if k < .55: return '.'.join(f)
    if k < .7: return '.'.join(f[1:])
    if k < .8: return '.'.join(f[:R.randrange(1, len(f)+1)])
    if k < .9: i = R.randrange(len(f)); return '.'.join(f[:i] + [wild(f[i])])
    i = R.randrange(len(f)); f[i] = wild(f[i]); return '.'.join(f)
def path():
    p = R.choice(named).original_file_path
    parts = p.split('/')
    k = R.random()
    if k < .3: return p
    if k < .6: return '/'.join(parts[:R.randrange(1, len(parts)+1)])
    if k < .7: return '/'.join(parts[:-1]) + '/'
    if k < .8: i = R.randrange(len(parts)); parts[i] = wild(parts[i]); return '/'.join(parts)
    if k < .85: return './' + p
    if k < .95: return '**/' + parts[-1]
    return '/'.join(parts[:1]) + '/**'
METHODS = [
 (12, lambda: fqn()), (3, lambda: 'fqn:' + fqn()), (6, lambda: 'tag:' + (R.choice(tags) if R.random() < .8 else wild(R.choice(tags)))),
 (5, lambda: 'path:' + path()), (3, path), (2, lambda: os.path.basename(R.choice(named).original_file_path)),
 (3, lambda: 'file:' + R.choice([lambda b: b, lambda b: b.rsplit('.',1)[0], wild])(os.path.basename(R.choice(named).original_file_path))),
 (2, lambda: 'package:' + R.choice(['bakery','pantry_pkg','this','pantry*','dbt'])),
 (5, lambda: 'resource_type:' + R.choice(['model','seed','snapshot','test','source','exposure','metric','unit_test','semantic_model','saved_query','analysis','operation','macro','bread'])),
 (4, lambda: 'source:' + R.choice(['till','till.orders','bakery.till.orders','till.order-lines','ovens','*','t*.c*','pantry_pkg.*.*','a.b.c.d','*.readings'])),
 (4, lambda: 'config.materialized:' + R.choice(['table','view','incremental','ephemeral','seed','snapshot','test','tables'])),
 (2, lambda: 'config.severity:' + R.choice(['warn','ERROR','error','Warn'])), (2, lambda: 'config.tags:' + R.choice(tags)),
 (3, lambda: R.choice(['config.meta.owner:anna','config.meta.tier:1','config.enabled:true','config.enabled:false','config.schema:reporting','config.unique_key:id','config.incremental_strategy:merge','config.full_refresh:true','config.group:finance','config.strategy:check','config.quoting:{}','config.store_failures:false','config.on_configuration_change:apply','config:x','config.access:public','config.nothing.at.all:x','config.contract.enforced:false'])),
 (3, lambda: 'test_type:' + R.choice(['generic','singular','data','unit','schema','taste'])),
 (3, lambda: 'test_name:' + R.choice(['unique','not_null','relationships','accepted_values','*n*','loyalty_counts','sales_are_unique'])),
 (2, lambda: 'group:' + R.choice(['finance','fin*','none'])), (2, lambda: 'access:' + R.choice(['public','protected','private','secret'])),
 (3, lambda: 'version:' + R.choice(['latest','prerelease','old','none','2'])),
 (2, lambda: 'exposure:' + R.choice(['sales_board','till_app','*','bakery.sales_board','pantry_pkg.*','a.b.c'])),
 (2, lambda: 'metric:' + R.choice(['total_revenue','*','bakery.double_*'])), (1, lambda: 'semantic_model:' + R.choice(['sales','*'])),
 (1, lambda: 'saved_query:' + R.choice(['revenue_query','*'])), (2, lambda: 'unit_test:' + R.choice(['loyalty_counts','*','taste*','bakery.taste_of_customers'])),
 (1, lambda: R.choice(['dim_customers','dim_customers.v1','dim_customers_v1','dim_customers.v2','dim_cust*','bakery.marts.dim_customers','dim_customers.v*','v1','v*','dim_customers_v3','bakery.marts.dim_customers_v1','marts.dim_customers.v2'])),
 (1, lambda: R.choice(['bread:x', 'tag:', ':', 'fqn:', 'a:b:c', '', '*', '*.*', 'bakery', 'bakery.*', '**', 'marts', 'Fct_Sales', 'FCT_SALES.SQL','state:new','result:error'])),
]
weights = [w for w, _ in METHODS]
def base(): return R.choices([m for _, m in METHODS], weights)[0]()
def term():
    t = base(); k = R.random()
    if k < .45: return t
    if k < .58: return '+' + t
    if k < .72: return t + '+'
    if k < .78: return '+' + t + '+'
    if k < .84: return f'{R.randrange(0,4)}+' + t
    if k < .90: return t + f'+{R.randrange(0,4)}'
    if k < .93: return f'{R.randrange(1,3)}+{t}+{R.randrange(1,3)}'
    if k < .985: return '@' + t
    return '@' + t + '+'
def spec():
    k = R.random()
    if k < .6: return term()
    if k < .8: return term() + ',' + term()
    return ' '.join(term() for _ in range(R.randrange(2,4)))
TYPES = ['model','test','seed','snapshot','source','exposure','metric','unit_test','semantic_model','saved_query','analysis','all','default']
def line():
    parts = ['list']
    if R.random() < .93: parts.append('--select ' + spec_q(spec()))
    if R.random() < .25: parts.append('--exclude ' + spec_q(spec()))
    k = R.random()
    if k < .15: parts.append('--resource-type ' + ' '.join(R.sample(TYPES, R.randrange(1,3))))
    elif k < .22: parts.append('--exclude-resource-type ' + ' '.join(R.sample(TYPES[:11], R.randrange(1,3))))
    if R.random() < .3: parts.append('--indirect-selection ' + R.choice(['eager','cautious','buildable','empty']))
    if R.random() < .06: parts.append('--output ' + R.choice(['name','path','selector']))
    return ' '.join(parts)
def spec_q(s): return ' '.join(shlex.quote(w) for w in s.split(' ')) if R.random() < .7 else shlex.quote(s)
lines = ['list', 'list --resource-type all', 'ls --models fct_sales', 'list -m +fct_sales+ --exclude tag:daily', 'list -s stg_orders --select fct_sales', 'list --select=stg_orders', 'list --select=stg_orders fct_sales', 'list --resource-type model --output path', 'list --select "stg_orders fct_sales" stg_customers',
 'list --select "  stg_orders   fct_sales "', 'list --models fct_sales --resource-type test', 'list --models fct_sales --select stg_orders', 'list --resource-type bread', 'list --resource-type Model', 'list --indirect-selection none', 'list --select', 'list --select --exclude fct_sales','list --exclude fct_sales','list extra','list --no-such']
while len(lines) < (int(sys.argv[4]) if len(sys.argv) > 4 else 420):
    l = line()
    if l not in lines: lines.append(l)
texts, answers = [], {}
for i, l in enumerate(lines):
    got = runner.__class__(manifest=manifest).invoke([*shlex.split(l), '-q'])
    if got.exception is not None: answers[l] = str(got.exception).strip(); continue
    rows = list(got.result or [])
    for row in rows:
        if row not in texts: texts.append(row)
    answers[l] = [texts.index(row) for row in rows]
    assert got.success, l
json.dump({'lines': texts, 'answers': answers}, open(out, 'w'))
print(len(texts), len(answers), sum(isinstance(a, str) for a in answers.values()), sum(a == [] for a in answers.values()))
