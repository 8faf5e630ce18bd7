# Two Hats. A fresh machine needs Python 3.11 or newer, git and make; the targets see to the rest.
# `make play ARGS="demo --seed 7"` passes arguments on; `PYTHON=/path/to/python3` chooses a Python.

ARGS ?=
JOBS ?= auto
PYTHON ?=

BIN := .venv/bin
TORTURES = $(shell grep -rlE 'import times$$' tests)
export PYTHONPATH :=

.PHONY: help play test torture golden lint types contracts check bench docs lock setup-play setup-dev

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

play: setup-play ## play the game
	@$(BIN)/twohats $(ARGS)

test: setup-dev ## run all the tests
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal $(ARGS)

torture: setup-dev ## run the long checks to their end: kills, faults, other Pythons (half an hour)
	@TORTURE=1 $(BIN)/python -m pytest -v -rsP -n $(JOBS) --dist worksteal $(or $(ARGS),$(TORTURES))

golden: setup-dev ## print what the game makes of its golden runs; ARGS="--renew NAME" plays one anew
	@$(BIN)/python -m tests.golden $(ARGS)

lint: setup-dev ## look for slips in the code (ruff)
	@$(BIN)/ruff check .

types: setup-dev ## check the types (mypy)
	@$(BIN)/mypy

contracts: setup-dev ## check which package imports which (import-linter)
	@$(BIN)/lint-imports --no-logo

check: ## all four of these
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory types
	@$(MAKE) --no-print-directory contracts

bench: setup-dev ## measure the game's speed
	@$(BIN)/python -m benchmarks $(ARGS)

docs: setup-dev ## write the generated parts of docs/ again
	@$(BIN)/python docs/generate.py

lock: setup-dev ## renew requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/python -m uv --quiet pip compile --universal --python-version 3.11 --extra dev --upgrade \
		--annotation-style line --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml

# The virtual environment. `play` has what the game needs, `dev` the tools as well. A stamp remembers
# what was installed, so that nothing happens until pyproject.toml or requirements.lock change.
setup-play setup-dev: export SETUP = $(value SETUP_SCRIPT)
setup-play: ; @sh -c "$$SETUP" setup play "$(PYTHON)"
setup-dev: ; @sh -c "$$SETUP" setup dev "$(PYTHON)"

define SETUP_SCRIPT
set -eu
wanted=$1
preferred=$2
log=.venv/setup.log

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_venvs() {
    "$1" -c 'import ensurepip, venv; ensurepip.version()' >/dev/null 2>&1
}

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])'
}

# Prints the first Python that can do it all; else the first that is new enough; else nothing.
find_python() {
    second=
    for name in ${preferred:+"$preferred"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        is_new_enough "$name" || continue
        if can_make_venvs "$name"; then echo "$name"; return; fi
        second=${second:-$name}
    done
    echo "$second"
}

make_venv() {
    python=$(find_python)
    if [ -z "$python" ]; then
        stop "Two Hats needs Python 3.11 or newer, and found none (python3: $(python3 --version 2>&1 || true))." \
            "Install one: apt install python3 python3-venv (Debian, Ubuntu), dnf install python3 (Fedora)," \
            "brew install python (macOS), or https://www.python.org/downloads/." \
            "If it is there by another name: make PYTHON=/path/to/it ..."
    fi
    if ! can_make_venvs "$python"; then
        if command -v apt-get >/dev/null; then
            remedy="apt install python$(version_of "$python")-venv"
        else
            remedy="install the package of your system that has ensurepip, or Python from https://www.python.org/downloads/"
        fi
        stop "$python is new enough, but cannot make virtual environments: its ensurepip is missing." \
            "This helps: $remedy"
    fi
    echo "Setting up Two Hats in .venv with Python $(version_of "$python"), this once ..."
    if ! said=$("$python" -m venv --clear .venv 2>&1); then
        stop "Could not make the virtual environment .venv. $python said:" "$said"
    fi
    pwd >.venv/made-in
}

install() {
    PIP_USER=0 .venv/bin/python -m pip --disable-pip-version-check --no-input install \
        --constraint requirements.lock "$@" >>"$log" 2>&1 && return
    if grep -Eq 'NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError' "$log"; then
        stop "Could not fetch the libraries that Two Hats is built on: pip could not reach its package index." \
            "Is there a network? Then run the same again. The whole story is in $log; it ends:" "$(tail -n 3 "$log")"
    fi
    stop "pip could not install the libraries that Two Hats is built on. The whole story is in $log; it ends:" \
        "$(tail -n 15 "$log")"
}

fingerprint=$(cat pyproject.toml requirements.lock | cksum)
is_installed() {
    [ "$(cat ".venv/installed-$1" 2>/dev/null)" = "$fingerprint" ]
}

# A venv that was moved here, or whose Python has gone or was replaced, is made anew.
if [ "$(cat .venv/made-in 2>/dev/null)" != "$(pwd)" ] || ! is_new_enough .venv/bin/python ||
    ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    make_venv
elif is_installed dev || is_installed "$wanted"; then
    exit 0
else
    echo "Bringing .venv up to date ..."
fi

if [ "$wanted" = dev ]; then project='.[dev]'; else project=.; fi
: >"$log"
install hatchling
install --no-build-isolation --editable "$project"
echo "$fingerprint" >".venv/installed-$wanted"
echo "Ready."
endef
