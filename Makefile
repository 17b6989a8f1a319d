# make run: the site.  make test: everything that must be true.  The other targets stand below.

PORT ?= 8000
GARE_INSTANCE ?= instance
PYTHON ?= python3
export PORT GARE_INSTANCE
# Where this is set, each start compiles the whole program anew: half as long again, and a fifth more memory.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/messages.po))
# pytest-xdist: as many processes as processors; tests of one group in one of them
PYTEST := $(BIN)/python -m pytest -n auto --dist loadgroup

.PHONY: run server test test-fast bench pictures lint format translations chromium clean

run: .venv/installed $(CATALOGUES)
	@test -d "$(GARE_INSTANCE)/content.git" || $(BIN)/gare init --demo
	@exec $(BIN)/gare serve

# What a service runs that may write nothing here: installed, translated, compiled. See deploy/README.md.
server: .venv/installed $(CATALOGUES)
	@$(BIN)/python -m compileall -q app plugins

test: .venv/tools $(CATALOGUES) chromium lint
	$(PYTEST)

test-fast: .venv/tools $(CATALOGUES) lint
	$(PYTEST) -m "not slow and not browser" --ignore tests/browser

bench: .venv/tools $(CATALOGUES)
	$(BIN)/python -m tests.bench

# The pictures of the help and of README.md, taken from the demo; look at each before you keep it.
pictures: .venv/tools $(CATALOGUES) chromium
	$(BIN)/python -m tests.pictures

lint: .venv/tools
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet . || (echo "Some files are not formatted. Run: make format" && false)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: .venv/tools
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

# Collects the sentences of the code, brings the catalogues up to date and compiles them.
translations: .venv/tools
	$(BIN)/pybabel -q extract -F .babel.cfg -k N_ -k ngettext:1,2 --no-location --sort-output -o messages.pot .
	for lang in fr en; do \
	  if test -f app/translations/$$lang/LC_MESSAGES/messages.po; then \
	    $(BIN)/pybabel -q update -i messages.pot -d app/translations -l $$lang --no-fuzzy-matching --ignore-obsolete; \
	  else $(BIN)/pybabel -q init -i messages.pot -d app/translations -l $$lang; fi; done
	rm -f messages.pot
	$(BIN)/pybabel -q compile -d app/translations

%.mo: %.po | .venv/installed
	@$(BIN)/pybabel -q compile -i $< -o $@

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  (echo "Python 3.11 or newer is needed. Name it: make PYTHON=python3.12" && false)
	@$(PYTHON) -m venv .venv || (echo "venv is missing. On Debian: apt-get install python3-venv" && rm -rf .venv && false)
	@touch $@

.venv/installed: .venv/made setup.cfg pyproject.toml
	@echo "Installing …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tools: .venv/installed
	@echo "Installing the tools for tests …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

# The tests in tests/browser skip themselves where there is no Chromium.
chromium:
	@command -v chromium >/dev/null && exit 0; command -v google-chrome >/dev/null && exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium …"; apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium >/dev/null; \
	else echo "Chromium is missing: the tests in tests/browser are left out."; fi

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* htmlcov *.egg-info
	find app plugins tests -name __pycache__ -type d -prune -exec rm -rf {} + -o -name '*.mo' -exec rm {} +
