# What people and CI do with this project. Needs only Python 3.11 or newer with venv, and make (GNU 3.81 or newer).
#
#   make run     set up whatever is missing and serve on http://127.0.0.1:8080
#   make demo    the same with a demo workspace and simulated customers
#   make test    set up, then unit and storage tests (SQLite and PostgreSQL) beside lint, types and import contracts
#   make e2e     the product with real mail servers and a real browser

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --no-compile --no-deps --require-hashes
SCREENS := $(if $(wildcard web/package.json web/widget/package.json),hub/static/.built)
SCREEN_SOURCES := $(if $(SCREENS),$(shell find web -name node_modules -prune -o -type f -print))
BENCHES := bench-ack bench-ingest bench-mail bench-inbox bench-live bench-start bench-recordings bench-reports bench-rebuild bench-calls bench-reviews bench-ari bench-rules bench-bots
JOBS := auto

# Bytecode is made when a module is first used, not while installing; without it every start would be slow.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run demo test lint lint-python lint-web e2e $(BENCHES) lock env-example channels-page web clean
.DELETE_ON_ERROR:
ifeq ($(MAKELEVEL),0)
.NOTPARALLEL:
endif

run: $(VENV)/.runtime $(VENV)/.hub $(SCREENS)
	@exec $(BIN)/hub serve $(ARGS)

demo: $(VENV)/.runtime $(VENV)/.hub $(SCREENS)
	@HUB_DEMO=true exec $(BIN)/hub serve $(ARGS)

test: $(VENV)/.dev $(VENV)/.hub $(SCREENS)
	@$(MAKE) --no-print-directory lint >.lint.log 2>&1 & lint=$$!; trap "kill $$lint" INT TERM; \
	$(BIN)/pytest -q -n $(JOBS) --maxprocesses 8 --dist worksteal -m "not e2e" $(ARGS); tests=$$?; \
	wait $$lint || { cat .lint.log; echo "Lint, types or contracts have complaints: see above, or run make lint."; exit 1; }; \
	exit $$tests

lint: $(VENV)/.dev $(VENV)/.hub $(SCREENS)
	@$(MAKE) --no-print-directory -k -j2 lint-python lint-web

lint-python: $(VENV)/.dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@told=$$($(BIN)/lint-imports --no-logo 2>&1) || { echo "$$told"; exit 1; }
	@$(BIN)/deptry --no-ansi .
	@$(BIN)/mypy

lint-web: $(SCREENS)
ifneq ($(wildcard web/package.json),)
	@$(BIN)/python hatch_build.py web --silent run lint
	@$(BIN)/python hatch_build.py web --silent run typecheck
	@$(BIN)/python hatch_build.py web --silent test
endif
ifneq ($(wildcard web/widget/package.json),)
	@$(BIN)/python hatch_build.py web/widget --silent run check
	@$(BIN)/python hatch_build.py web/widget --silent test
endif

e2e: $(VENV)/.dev $(VENV)/.hub $(SCREENS)
	@missing=; for program in chromium dovecot postfix prosody; do \
	  PATH="$$PATH:/usr/sbin:/usr/local/sbin" command -v $$program >/dev/null || missing="$$missing $$program"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "make e2e shows the hub with real peers, and these are missing here:$$missing."; \
	  echo "On Debian: apt-get install chromium dovecot-imapd dovecot-lmtpd postfix prosody fonts-noto-cjk (as root, .ci/run does it)."; \
	  exit 1; \
	fi
	@$(BIN)/pytest -q -m e2e $(ARGS)

$(BENCHES): bench-%: $(VENV)/.dev $(VENV)/.hub $(SCREENS)
	@$(BIN)/python -m bench.$* $(if $(SECONDS),--seconds $(SECONDS)) $(ARGS)

web: $(SCREENS)

# The locked dependencies: UPGRADE=--upgrade takes newer ones, else only what pyproject.toml asks for changes.
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
      --no-emit-index-url --no-emit-find-links --no-annotate --no-header $(UPGRADE)
RUNTIME := pyproject.toml --extra postgres --extra nats

lock: $(VENV)/pyvenv.cfg
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet uv==0.13.9
	@$(UV) $(RUNTIME) --output-file requirements/runtime.txt
	@$(UV) --group build --constraint requirements/runtime.txt --output-file requirements/build.txt
	@$(UV) $(RUNTIME) --group dev --constraint requirements/runtime.txt --constraint requirements/build.txt \
	  --output-file requirements/dev.txt

env-example: $(VENV)/.runtime $(VENV)/.hub
	@$(BIN)/python -c 'import connectors; from hub.environment import env_example; \
	  from hub.runtime.registry import discover; print(env_example(discover(connectors)), end="")' > .env.example

channels-page: $(VENV)/.runtime $(VENV)/.hub
	@$(BIN)/python -m hub.commands.capabilities docs/channels.md

clean:
	rm -rf $(VENV) hub/static web/node_modules web/widget/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .lint.log

# --- what is set up once, and again only when its input changed

$(VENV)/pyvenv.cfg:
	@for python in python3.11 python3.12 python3.13 python3.14 python3; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$python …"; exec $$python -m venv $(VENV); \
	  fi; \
	done; \
	echo "The hub needs Python 3.11 or newer with venv. On Debian: apt-get install python3 python3-venv"; exit 1

$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt | $(VENV)/pyvenv.cfg
	@echo "Installing what the hub needs …"
	@$(PIP) -r requirements/runtime.txt -r requirements/build.txt
	@touch $@

# Holds all of .runtime, too.
$(VENV)/.dev: requirements/dev.txt | $(VENV)/pyvenv.cfg
	@echo "Installing what the hub and its tests need …"
	@$(PIP) -r requirements/dev.txt
	@touch $@ $(VENV)/.runtime

$(VENV)/.hub: pyproject.toml hatch_build.py $(VENV)/.runtime
	@$(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

hub/static/.built: $(SCREEN_SOURCES) hatch_build.py | $(VENV)/.runtime
	@echo "Building the screens …"
	@$(BIN)/python hatch_build.py
	@touch $@
