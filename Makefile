# make site · make serve · make test · make clean
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
NODE   := tests/node_modules/.package-lock.json

.PHONY: site serve check test lint types contracts tests tools docs clean

site: $(VENV)/.site
	@$(BIN)/aigaq build

serve: $(VENV)/.site
	@$(BIN)/aigaq serve --open

check: $(VENV)/.site
	@$(BIN)/aigaq check

test: lint types contracts tests

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

contracts: $(VENV)/.test
	$(BIN)/lint-imports

tests: $(VENV)/.test tools
	$(BIN)/pytest -q -n auto

# Chromium, Java and npm are the system's packages; axe and the HTML validator come from npm.
# Without one of them the tests that need it say so and are skipped; where CI is set, they fail.
tools:
	@lack() { command -v $$1 >/dev/null 2>&1 || echo $$2; }; \
	missing="$$(echo $$(lack chromium chromium; lack java default-jre-headless; lack npm npm))"; \
	test -z "$$missing" || { \
	  test "$$(id -u)" = 0 && command -v apt-get >/dev/null 2>&1 && echo "installing for the tests: $$missing" && \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
	  echo "not here, and cannot be installed: $$missing"
	@$(MAKE) -s $(NODE) || echo "axe and vnu are not here, and npm did not bring them"

$(NODE): tests/package-lock.json
	@cd tests && npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

# Where the system's Python has no ensurepip, the system's pip fills the environment.
$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
	  $(PYTHON) -m venv --clear --without-pip $(VENV) && \
	  $(PYTHON) -m pip --disable-pip-version-check -q --python $(BIN)/python install pip; }

$(VENV)/.site: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(BIN)/python pyproject.toml constraints.txt
	@$(PIP) install -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.site

# What is made from the code: docs/editors/fields.md, docs/editors/diagnostics.md, part of docs/theme.md, the catalogues.
docs: $(VENV)/.test
	$(BIN)/python -m aigaq.desk.reference
	$(BIN)/python -m aigaq.desk.catalogues

clean:
	rm -rf $(VENV) .cache public tests/node_modules
