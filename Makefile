# make site · make serve · make test · make clean
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
NODE   := tests/node_modules/.package-lock.json

.PHONY: site program serve check test test-nightly lint types contracts tests tools docs pictures lock audit clean

site: $(VENV)/.site
	@$(BIN)/aigaq build

# The command alone, at .venv/bin/aigaq.
program: $(VENV)/.site

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

# The figures of docs/safety-figures.md: hours, one process after the other.
test-nightly: $(VENV)/.test tools
	$(BIN)/pytest -q --nightly

# Chromium, Java, npm, bubblewrap, git-filter-repo, ssh-keygen, rsync, aria2, zim-tools, kiwix-tools and three servers are the
# system's packages; axe and the HTML validator come from npm. A server may start when it is installed: only where
# CI is set.
# Without one of them the tests that need it say so and are skipped; where CI is set, they fail.
tools:
	@lack() { command -v $$1 >/dev/null 2>&1 || echo $$2; }; \
	PATH="$$PATH:/usr/sbin"; missing="$$(echo $$(lack chromium chromium; lack java default-jre-headless; \
	  lack npm npm; lack bwrap bubblewrap; lack git-filter-repo git-filter-repo; lack ssh-keygen openssh-client; \
	  lack rsync rsync; lack aria2c aria2; lack msgfmt gettext; lack jq jq; lack curl curl; lack zimwriterfs zim-tools; lack kiwix-search kiwix-tools; \
	  test -z "$$CI" || { lack nginx nginx; lack apache2 apache2-bin; lack tor tor; }))"; \
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

# Every package by version and digest; the program itself is installed from here, with nothing else.
PINNED := install --require-hashes -r requirements.txt
$(VENV)/.site: $(BIN)/python pyproject.toml requirements.txt
	@$(PIP) $(PINNED)
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements-test.txt
	@$(PIP) $(PINNED) --no-build-isolation -r requirements-test.txt
	@touch $@

# After a change of pyproject.toml; with UPGRADE="nh3 pillow" these as new as it lets them be.
lock: $(VENV)/.site
	$(BIN)/python tools/lock.py $(UPGRADE)

# What the registries say today of what is pinned; status 3 where they do not answer.
audit: $(VENV)/.site
	$(BIN)/python tools/audit.py

# What is made from the code: docs/editors/fields.md, docs/editors/diagnostics.md, part of docs/theme.md, the catalogues,
# and what editors' programs read: schema/, .vscode/, frontmatter.json.
docs: $(VENV)/.test
	$(BIN)/python -m aigaq.desk.reference
	$(BIN)/python -m aigaq.desk.catalogues
	$(BIN)/python -m aigaq.desk.tongues
	$(BIN)/python -m aigaq.desk.editor_files

# The pictures of docs/editors, after a change of what they show. Look at each before you commit it.
pictures: $(VENV)/.test
	$(BIN)/pytest -q tests/browser/test_pictures.py --pictures

clean:
	rm -rf $(VENV) .cache public tests/node_modules
