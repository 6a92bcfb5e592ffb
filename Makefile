.DEFAULT_GOAL := help
.PHONY: help install build browser check test demo generate bench lint format clean python-clients real-dbt

CLI := node dist/cli/main.js
EVERY_LOG := examples/every-log/auto-restart.config.ts

help: ## list the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

install: node_modules/.package-lock.json ## install the pinned packages

build: install ## bundle what is shipped into dist/
	npm run --silent build

lint: install ## eslint (with types too) and prettier
	npx eslint .
	npx eslint --config eslint.typed.config.mjs src
	npx prettier --check --log-level warn .

check: build lint ## everything CI runs but the tests: types, lint, format, generated files up to date
	npm run --silent typecheck
	$(CLI) generate --check
	$(CLI) generate --check --config $(EVERY_LOG)
	npm run --silent api -- --check
	npm run --silent pages -- --check

BROWSERS := $(CHROME_BIN) chromium chromium-browser google-chrome
browser: ## Chromium, which the tests of the report's page look at it with (needs apt-get where there is none)
	@for each in $(BROWSERS); do command -v $$each >/dev/null && exit 0; done; \
	apt-get update -qq && apt-get install -y -qq chromium >/dev/null

test: check browser ## check, then every test
	npx jest

generate: build ## render generated/ from auto-restart.config.ts, types/ and two pages of docs/ from the sources
	$(CLI) generate
	$(CLI) generate --config $(EVERY_LOG)
	npm run --silent api
	npm run --silent pages

demo: build ## generate, apply to the local Snowflake, rehearse: no account needed
	$(CLI) generate
	$(CLI) apply --connection local --yes
	$(CLI) rehearse

bench: build ## print the benchmark figures as ratios (bench/README.md)
	npm run --silent modules
	node bench/run.cjs

PYTHON := .auto-restart/python
$(PYTHON)-dbt/ready: test/local/server/python/requirements-dbt.txt
	test -d $(PYTHON)-dbt || python3 -m venv $(PYTHON)-dbt
	$(PYTHON)-dbt/bin/pip install -q -r $<
	@touch $@

$(PYTHON)-cli/ready: test/snowflake/cli/requirements.txt
	test -d $(PYTHON)-cli || python3 -m venv $(PYTHON)-cli
	$(PYTHON)-cli/bin/pip install -q -r $<
	@touch $@

python-clients: build $(PYTHON)-dbt/ready $(PYTHON)-cli/ready ## try Python's connector, SQLAlchemy, dbt-snowflake and the Snowflake CLI (needs PyPI)
	test -d $(PYTHON) || python3 -m venv $(PYTHON)
	$(PYTHON)/bin/pip install -q -r test/local/server/python/requirements.txt
	$(PYTHON)/bin/python -B -W ignore test/local/server/python/clients.py
	$(PYTHON)-dbt/bin/python -B test/local/server/python/dbt_snowflake.py
	$(PYTHON)-cli/bin/python -B -W ignore test/snowflake/cli/compare.py

ROUNDS :=
real-dbt: build $(PYTHON)-dbt/ready ## compare failures and retries of the real dbt with the simulated one (needs PyPI, takes half an hour)
	$(PYTHON)-dbt/bin/python -B test/real-dbt/compare.py $(ROUNDS)

format: install ## rewrite sources with prettier
	npx prettier --write --log-level warn .

clean: ## remove what can be made again
	rm -rf dist coverage .auto-restart
