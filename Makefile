# Short names for the things a developer does here. The work itself is in scripts/.
# Needs Python 3.11 or newer and GNU make; everything else is installed inside this folder.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# The order of prerequisites is the order of the work.
.NOTPARALLEL:

PYTHON ?= python3
PORT ?= 8000

# Newer than uv.lock when the environment holds what uv.lock asks for.
INSTALLED := .venv/.installed

.PHONY: help start test lint bench format messages clean free-port

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

start: free-port $(INSTALLED) ## Install, prepare a demo database and serve on PORT (default 8000)
	@scripts/serve.sh "$(PORT)"

test: $(INSTALLED) ## Lint, type-check and run all tests, on SQLite and on PostgreSQL
	@scripts/test.sh

lint: $(INSTALLED) ## Only the checks that read the source: ruff, mypy, djhtml
	@scripts/test.sh lint

bench: $(INSTALLED) ## Measure publishing and reading at five million figures, on PostgreSQL (some ten minutes)
	@scripts/bench.sh

format: $(INSTALLED) ## Put Python and templates in shape, in place
	.venv/bin/python -m ruff check --fix --exit-zero
	.venv/bin/python -m ruff format
	.venv/bin/python -m djhtml templates boras_site comparisons

messages: $(INSTALLED) ## Compile boras_site/locale after a change of its translations
	@for domain in django djangojs; do \
	    .venv/bin/python -m babel.messages.frontend compile --directory boras_site/locale --domain $$domain; \
	done

clean: ## Remove the environment, the tools and the caches (not var/)
	@echo "Removing .venv, .tools, tool caches and __pycache__; the database in var/ stays."
	@rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -not -path './var/*' -prune -exec rm -rf {} +

free-port:
	@scripts/free-port.sh "$(PYTHON)" "$(PORT)"

$(INSTALLED): uv.lock scripts/install.sh
	@scripts/install.sh "$(PYTHON)"
	@touch $@
