# make run · make test · make prove · make check · make docs · make lock · make bench · make soak: each makes .venv with the pinned
# versions by itself.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
PIP    := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
RUNS   := $(VENV)/.installed
STAMP  := $(VENV)/.installed-dev

.PHONY: install run test prove check docs lock bench soak format clean
.DEFAULT_GOAL := run

install: $(STAMP)

# What the bot needs to run, and nothing of what builds or tests it.
$(RUNS): pyproject.toml constraints.txt $(wildcard bot/languages/*/LC_MESSAGES/*.po)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This program needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --no-compile --editable '.[metrics]'
	@$(PY) -m pip uninstall --quiet --yes setuptools
	@touch $@

$(STAMP): $(RUNS)
	$(PIP) --editable '.[dev]'
	@touch $@

run: $(RUNS)
	$(PY) -m bot $(ARGS)

test: install
	$(PY) -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder -q $(ARGS)

# What takes minutes: processes killed at hundreds of random moments, whole releases synced, and the laws over generated
# values with all their examples.
prove: install
	$(PY) -m pytest -m "proof or hypothesis" --hypothesis-profile=proof -q $(ARGS)

check: install
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	@test ! -x $(VENV)/bin/hadolint || $(VENV)/bin/hadolint Dockerfile

# The pages in docs/ as a site, in build/docs; a link that leads nowhere ends it.
docs: $(VENV)/.docs-installed
	NO_MKDOCS_2_WARNING=1 $(VENV)/bin/mkdocs build --strict --quiet

$(VENV)/.docs-installed: $(STAMP)
	$(PIP) --editable '.[docs]'
	@touch $@

# What the runtime needs with the hashes of its files, from the pins of constraints.txt.
lock: install
	$(VENV)/bin/uv pip compile pyproject.toml --extra metrics --extra postgresql --constraint constraints.txt --universal \
	    --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet \
	    --output-file requirements.lock

# The libraries that only measuring needs come with the first of these two.
BENCH := $(VENV)/.bench-installed

$(BENCH): $(STAMP)
	$(PIP) --editable '.[bench]'
	@touch $@

bench: $(BENCH)
	$(PY) -m bench $(ARGS)

soak: $(BENCH)
	$(PY) -m bench soak $(MINUTES)

format: install
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
