# Every verb works as the very first command in a fresh clone; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help install demo test check format types imports fast prove prove-alerts prove-effects bench bench-growth bench-rows docs messages ui lock clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "make %-10s %s\n", $$1, $$2}'

install: $(STAMP) ## build the environment in .venv (locked versions, hashes checked)

# A venv that a cut-off install left half made is made again: the stamp is written last.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "civicgauge needs Python 3.11 to 3.13; found $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@echo "building the environment in $(VENV) (half a minute to a few minutes, once)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

demo: $(STAMP) ## three demo cities through Airflow, no internet: prints their indicators
	@$(BIN)/civicgauge demo

test: $(STAMP) ## all tests, in their small form (make prove runs the full one)
	@$(BIN)/pytest -n 3 --dist worksteal $(PYTEST_ARGS)

check: $(STAMP) format types imports fast ## format, lint, types, imports, fast tests; offline, under a minute

format: $(STAMP)
	@$(BIN)/ruff format --check --quiet . || { echo "run: $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .

types: $(STAMP)
	@$(BIN)/mypy

imports: $(STAMP)
	@cd plugins && PYTHONPATH=. ../$(BIN)/lint-imports --config ../pyproject.toml --no-cache | tail -n 4

fast: $(STAMP)
	@$(BIN)/pytest -q -n 2 --dist worksteal -m "not slow" $(PYTEST_ARGS)

prove: $(STAMP) ## every "shown by" figure at full size, into docs/proof.md; some: ONLY="walk topology"
	@$(BIN)/python -m tests.prove $(ONLY)

prove-alerts: $(STAMP) ## a simulated year of alerts, 200 cities with planted faults, into docs/alerts-year.md
	@$(BIN)/python -m tests.alerts.year --write docs/alerts-year.md

prove-effects: $(STAMP) ## simulated effects of programmes, whose truth is known, into docs/effects.md
	@$(BIN)/python -m benchmarks.effects

bench: $(STAMP) ## the benchmarks, each as ratios within one run
	@for file in $(filter-out benchmarks/growth.py benchmarks/effects.py,$(wildcard benchmarks/[a-z]*.py)); do echo "== $$file"; $(BIN)/python -m benchmarks.$$(basename $$file .py) || exit 1; done

bench-growth: $(STAMP) ## 100 and 1,000 cities by simulation, an hour, into docs/growth.md
	@$(BIN)/python -m benchmarks.growth

bench-rows: $(STAMP) .venv-bench/.installed ## pulling and checking rows against others, into docs/benchmarks.md
	@$(BIN)/python -m benchmarks._page --dlt .venv-bench/bin/python

# What we are held against and do not need ourselves has an environment of its own.
.venv-bench/.installed: benchmarks/requirements.lock
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@VIRTUAL_ENV=$(CURDIR)/.venv-bench $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode benchmarks/requirements.lock \
	  || .venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r benchmarks/requirements.lock
	@touch $@

docs: $(STAMP) ## write docs/tables.md, standards.md and peers.md from the texts in the code
	@$(BIN)/python -c 'from pathlib import Path; from civicgauge.pipeline.dictionary import dictionary; Path("docs/tables.md").write_text(dictionary(Path("expectations")))'
	@$(BIN)/python -m tests.pages

messages: $(STAMP) ## find what alerts say, and update its translations
	@$(BIN)/python -m tests.alerts.messages

ui: $(STAMP) ## Airflow's own pages with the demo cities, on SQLite, at http://127.0.0.1:8080
	@$(BIN)/python -m civicgauge.airflow.ui

lock: ## resolve the dependencies anew: of the development, of the image (the same versions), of the benchmarks
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && $(BIN)/python -m pip install --quiet uv==$(UV_VERSION); }
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra production --group dev pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra production --constraint requirements.lock pyproject.toml -o requirements-image.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group bench -o benchmarks/requirements.lock

clean: ## remove what was built and what the demo left
	@rm -rf $(VENV) .venv-bench .civicgauge .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
