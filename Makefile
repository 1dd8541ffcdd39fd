# `make` alone explains the targets. Each line with ## is one of them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
PYTHON ?= python3
PY := .venv/bin/python
PIP_INSTALL := .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: help setup demo run worker test test-next check bench messages lock debian-packages

help: ## print this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || ./requirements/debian.sh venv
	$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt .venv/bin/python
	$(PIP_INSTALL) -r requirements/run.txt
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/run.stamp
	$(PIP_INSTALL) -r requirements/test.txt
	@touch $@

.venv/catalogs.stamp: $(wildcard locale/*/LC_MESSAGES/django.po) .venv/run.stamp
	$(PY) manage.py compile_catalogs
	@touch $@

setup: .venv/run.stamp .venv/catalogs.stamp ## virtual environment with everything to run
	@./requirements/debian.sh run || true

demo run: export SITE_URL ?= http://127.0.0.1:$(PORT)

demo: setup ## the demo town on http://127.0.0.1:8000 (PORT=… for another)
	$(PY) manage.py migrate --no-input --verbosity 0
	$(PY) manage.py start_site
	$(PY) manage.py load_demo --keep
	$(PY) manage.py run_demo --port $(PORT)

run: setup ## web server that reloads on change, with error pages
	DEBUG=1 $(PY) manage.py runserver $(PORT)

worker: setup ## delivery and reminders on their schedule
	$(PY) manage.py run_worker

test: .venv/test.stamp .venv/catalogs.stamp ## everything, on SQLite and, where it answers, on PostgreSQL
	@./requirements/debian.sh run test
	$(MAKE) --no-print-directory check
	$(PY) -m tests.run

test-next: .venv/catalogs.stamp ## the suite on the next Wagtail (8.x), in .venv-next
	@test -x .venv-next/bin/python || $(PYTHON) -m venv .venv-next
	.venv-next/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/next.txt
	.venv-next/bin/python -m tests.run

check: .venv/test.stamp .venv/catalogs.stamp ## style, types, imports, system checks
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) manage.py check
	$(PY) manage.py makemigrations --check --dry-run

bench: .venv/test.stamp .venv/catalogs.stamp ## ratios against the naive way, side by side
	@./requirements/debian.sh run test bench
	$(PY) -m tests.bench

messages: .venv/test.stamp ## collect strings into locale/ and compile them
	@./requirements/debian.sh test
	$(PY) manage.py makemessages --all --no-obsolete --no-location --ignore '.venv*' --ignore tests --ignore var
	$(PY) manage.py compile_catalogs

lock: ## pin requirements/*.txt anew from pyproject.toml
	./requirements/lock.sh
