# Shanmen's commands. Each makes its own set-up first; on a machine with Python 3.11, git and make, `make demo`
# or `make test` is all there is to type.

SHELL := /bin/bash
PYTHON := .venv/bin/python
export LANG := C.UTF-8

# Parallel test processes: twice as many as there are cores, for many tests wait for a device, unless JOBS says otherwise.
JOBS ?= $(shell echo $$((2 * $$(nproc))))
# A crash test mostly waits.
CRASH_JOBS ?= 4
# Seconds for each decoder.
EACH ?= 20

heading = @printf '\n== %s\n' "$(1)"

.PHONY: help setup demo test crashtest fuzz lint format lock texts licences

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 16

setup: ## system packages, .venv, locked dependencies
	@installer/linux/setup.sh

demo: setup ## central, device emulators and a kiosk that sells; HEADLESS=1 plays it without a display into out/demo
	@.venv/bin/shanmen demo

lint: setup ## every check but the tests
	$(call heading,ruff)
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	$(call heading,mypy --strict)
	@.venv/bin/mypy
	$(call heading,import directions)
	@.venv/bin/lint-imports --no-logo
	$(call heading,texts in every language)
	@$(PYTHON) -m i18n.check
	$(call heading,licences of dependencies)
	@$(PYTHON) -m installer.licences check

test: lint ## every check, then the tests with coverage
	$(call heading,tests)
	@mkdir -p out
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n $(JOBS) --cov --cov-report=term --cov-report=json:out/coverage.json
	@$(PYTHON) -m tests.house.full_coverage out/coverage.json

crashtest: setup ## every point at which a sale can be stopped, power cuts, long random histories (`make test` samples them)
	@SHANMEN_CRASH=all QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest -n $(CRASH_JOBS) --dist worksteal \
		tests/crash tests/machine tests/cash

fuzz: setup ## every decoder, guided by coverage; EACH=60 for so many seconds each (`make test` plays their corpus)
	@$(PYTHON) -m tests.fuzz $(EACH)

format: setup ## put the code into the house's form
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: setup ## renew requirements.lock from pyproject.toml, keeping the versions that still fit
	@.venv/bin/uv pip compile -q --generate-hashes --no-emit-index-url --python-version 3.11 --extra dev --extra ocr --extra member-card pyproject.toml -o requirements.lock

texts: setup ## bring the message catalogues up to date with the code
	@$(PYTHON) -m i18n.check --update

licences: setup ## renew docs/third-party-licences.md
	@$(PYTHON) -m installer.licences write
