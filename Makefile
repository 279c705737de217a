# `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run test check format format-check lint types imports templates migrations tests tests-plain tests-browser test-postgres test-stored bench openapi install lock clean

# What Python compiles is kept, whatever the machine's habit: tests start many processes.
export PYTHONDONTWRITEBYTECODE :=

# Any Python from 3.11 on; the newest first where `python3` is older.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Most of the time the tests wait, for the sandbox and for processes to start.
PLAIN := $(BIN)/pytest -n 6 --dist worksteal
AGAIN := $(BIN)/pytest --last-failed --last-failed-no-failures none
# The tests that no database is behind, and those in a browser.
UNSTORED := $(addprefix --ignore tests/,architecture bitrix24 domain sandbox e2e)
RUN := .venv/installed-$(shell cksum < requirements.txt | cut -d' ' -f1)
DEV := .venv/installed-dev-$(shell cksum < requirements-dev.txt | cut -d' ' -f1)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 14

run: $(RUN) ## the application and the sandbox portal, until Ctrl-C
	@exec $(BIN)/python manage.py local

test: check tests ## everything a reviewer would run

check: format-check lint types imports templates migrations ## all checks without the tests

format: $(DEV) ## rewrite the code in the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

format-check: $(DEV)
	$(BIN)/ruff format --check .

lint: $(DEV)
	$(BIN)/ruff check .

types: $(DEV)
	$(BIN)/mypy

imports: $(DEV)
	$(BIN)/lint-imports

templates: $(DEV)
	$(BIN)/djlint --lint templates

migrations: $(DEV)
	$(BIN)/python manage.py makemigrations --check --dry-run

tests: tests-plain tests-browser ## the tests without the checks

tests-plain: $(DEV) ## the tests that need no browser
	# What fails beside others on a busy machine is run once more, alone.
	$(PLAIN) --ignore tests/e2e || $(AGAIN) --ignore tests/e2e

# Apart: the browser's driver and Django's database do not get on in one process.
tests-browser: $(DEV) ## the tests in a real browser
	chromium="$$(scripts/chromium)" && export CHROMIUM="$$chromium" && \
		{ $(BIN)/pytest -n 2 --dist worksteal tests/e2e || $(AGAIN) tests/e2e; }

test-postgres: $(DEV) ## all tests on PostgreSQL, started where none answers
	url="$$(scripts/postgres)" && DATABASE_URL="$$url" $(MAKE) tests

test-stored: $(DEV) ## of these the ones that use the database, without a browser
	url="$$(scripts/postgres)" && export DATABASE_URL="$$url" && \
		{ $(PLAIN) $(UNSTORED) || $(AGAIN) $(UNSTORED); }

bench: $(DEV) ## measure how processes share the portal's limit; a minute and a half
	$(BIN)/pytest -q -s -m bench

openapi: $(DEV) ## write docs/openapi.yaml anew
	$(BIN)/python manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

install: $(RUN) ## the virtualenv with what the product needs

lock: ## compile requirements*.in with hashes
	for name in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
			--output-file $$name.txt $$name.in; done

clean: ## forget the virtualenv and the local installation's data
	rm -rf .venv var

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Board Admin needs Python 3.11 or newer." >&2; exit 1; }
	$(PYTHON) -m venv .venv

$(RUN): .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(DEV): .venv/bin/pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ $(RUN)
