# `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: demo test check bench lock format clean help

# The first Python on the path that runs, is 3.11 to 3.13 and can make a virtual environment.
FITS := import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	if $$python -c '$(FITS)' >/dev/null 2>&1; then echo $$python; break; fi; done)
PORT ?= 8080
# Processes that share the tests; 0: pytest runs them itself.
JOBS ?= 0

BIN := .venv/bin
STAMP := .venv/.stamp
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

demo: $(STAMP) ## try Doorstep in the browser, on embedded defaults (PORT=8080)
	@PORT=$(PORT) $(BIN)/doorstep demo

test: $(STAMP) ## run the whole suite, end to end included (ARGS= for pytest, JOBS=2 for two processes)
	@$(BIN)/pytest -rs -n $(JOBS) -o addopts=--ignore=tests/bench $(ARGS)

check: $(STAMP) ## check format, lint, types and architecture
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted as agreed: run 'make format'."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports --no-logo

bench: $(STAMP) ## measure (ARGS= for pytest)
	@$(BIN)/pytest -s tests/bench $(ARGS)

format: $(STAMP) ## put the code into its format, and mend what lint can mend
	@$(BIN)/ruff check --fix --quiet --exit-zero .
	@$(BIN)/ruff format .

# Keeps what is pinned; `make lock ARGS=--upgrade` moves everything to its latest release.
lock: ## write requirements.lock anew from pyproject.toml
	@test -n "$(PYTHON)" || { echo "$(NO_PYTHON)" >&2; exit 2; }
	@uv=$$(mktemp -d) && trap 'rm -rf "$$uv"' EXIT && \
	$(PYTHON) -m venv "$$uv" && "$$uv/bin/pip" install -qq --disable-pip-version-check uv && \
	"$$uv/bin/uv" pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes \
		--no-emit-index-url --no-header $(ARGS) --output-file requirements.lock pyproject.toml
	@echo "requirements.lock is written."

clean: ## remove .venv and what tools left behind (var/ stays: it holds data)
	@rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
	@echo "Clean. var/ was left alone."

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

NO_PYTHON := Doorstep needs Python 3.11, 3.12 or 3.13 with venv (on Debian: apt-get install python3 python3-venv). \
	If it is installed elsewhere, say where: make PYTHON=/path/to/python3

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(FITS)' 2>/dev/null || { echo "$(NO_PYTHON)" >&2; exit 2; }
	@test -f .venv/pyvenv.cfg && $(BIN)/python -c 'import pip; $(FITS)' 2>/dev/null || { \
		echo "Building .venv with $$($(PYTHON) --version); this takes a minute, once."; \
		$(PYTHON) -m venv --clear .venv; }
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
	@echo ".venv is ready."
