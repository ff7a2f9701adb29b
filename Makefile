# `make` alone prints help. Every target does its own set-up.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SPEED ?= 60
PORT ?= 8000
export SELLERDESK_ENV := dev

.DEFAULT_GOAL := help
.PHONY: help setup demo run test test-quick lint types contracts messages openapi docs-check clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements.lock pyproject.toml tools/messages.py
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

setup: $(STAMP) ## the environment in .venv
	@$(BIN)/python tools/messages.py compile >/dev/null

demo: setup ## a living marketplace on http://localhost:8000 (PORT=, SPEED= virtual seconds a second)
	$(BIN)/sellerdesk demo --port $(PORT) --speed $(SPEED)

run: setup ## pages and API on the database of DATABASE_URL
	$(BIN)/sellerdesk migrate && $(BIN)/sellerdesk serve --port $(PORT)

test: setup ## every test, on SQLite and, where one answers, on PostgreSQL
	$(BIN)/python tools/browser.py
	$(BIN)/python tools/run_tests.py

test-quick: setup ## tests without the browser, on SQLite
	$(BIN)/pytest -q -m "not browser" -n auto

lint: setup ## ruff, translations
	$(BIN)/ruff check .
	$(BIN)/python tools/messages.py check

types: setup ## mypy
	$(BIN)/mypy

contracts: setup ## which way imports run
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

messages: setup ## collect new strings into the translation files
	$(BIN)/python tools/messages.py update

openapi: setup ## the description of the Seller API, to standard output
	@$(BIN)/sellerdesk openapi

clean: ## remove the environment and the demo's data
	rm -rf $(VENV) demo-data
