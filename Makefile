# Two commands set everything up on a machine with Python 3.10+ and git: `make check` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: check test lint browser clean

# The main job on the founding case. Findings are the point here, so they don't fail the command.
check: $(VENV)/.core
	$(BIN)/verify check --case corpora/kato-card --fail-on never

test: $(VENV)/.dev browser
	$(BIN)/ruff check verify tests tools benchmarks
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check --fix verify tests tools benchmarks

# Chromium for the tests of the review page, where apt can bring it; elsewhere they are skipped.
browser:
	sh tools/install_chromium.sh

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# A stamp a set of requirements: reinstalled when pyproject.toml changes.
$(VENV)/.core: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

# torch first and by exact version: only the tests of the hub engine need it, never the tool itself.
$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,hub,office,web,audit,ray,review]"
	touch $@ $(VENV)/.core

clean:
	rm -rf $(VENV) build *.egg-info
