# Needs Python 3.11 or newer with pip; everything else is installed into .venv.
PYTHON ?= python3
BIN = .venv/bin
export ARMSWATCH_DATA_DIR ?= $(CURDIR)/data
LOCK = -q --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate
PIP = $(PYTHON) -m pip --python .venv --disable-pip-version-check -q install

.PHONY: demo run test lint lock clean

demo: .venv/installed  ## the main job on the sample newsroom, with a summary
	$(BIN)/armswatch demo

run: .venv/installed  ## real sources, schedule and web pages until stopped
	$(BIN)/armswatch run

test: .venv/installed-test  ## every test
	env -u ARMSWATCH_DATA_DIR $(BIN)/python -m pytest

lint: .venv/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: .venv/python  ## make the lock files anew
	$(PIP) uv
	$(BIN)/uv pip compile $(LOCK) -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --extra test -c requirements.lock -o requirements-test.lock pyproject.toml

.venv/python:
	$(PYTHON) -m venv --without-pip .venv
	touch $@

.venv/installed: .venv/python requirements.lock pyproject.toml
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps -e .
	touch $@

.venv/installed-test: .venv/python requirements-test.lock pyproject.toml
	$(PIP) --require-hashes -r requirements-test.lock
	$(PIP) --no-deps -e .
	touch $@ .venv/installed

clean:
	rm -rf .venv data
