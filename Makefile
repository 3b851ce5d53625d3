# The project's commands. `make help` lists them; the README explains.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:

# One target folder for all checkouts of a person: a second clone builds in minutes.
CARGO_TARGET_DIR ?= $(HOME)/.cache/trek-tribe/target
export CARGO_TARGET_DIR

# On a build machine the lock file is law.
LOCKED := $(if $(CI),--locked)
XTASK := "$(CARGO_TARGET_DIR)/debug/xtask"
HYDRATE := --lib --target wasm32-unknown-unknown --no-default-features --features hydrate
# What a Playwright run is given: `make e2e ARGS="leads"`.
ARGS ?=

# Runs one stage, and notes how long it took.
STAGES := .tools/stages.txt
define stage
@mkdir -p .tools; echo; echo "── $(1)"; begin=$$(date +%s); $(2); \
	printf '%5d s  %s\n' $$(( $$(date +%s) - begin )) '$(1)' >> $(STAGES)
endef

.PHONY: help
help: ## List the commands.
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 14

.PHONY: run
run: xtask ## Get the tools, build for release, start with demo data; prints the address and the demo logins.
	@$(XTASK) tools run
	cargo build $(LOCKED) --release --bin trek-tribe
	@$(XTASK) site --release
	@exec "$(CARGO_TARGET_DIR)/release/trek-tribe" serve --demo

.PHONY: release
release: xtask ## Build the release server and the site that it serves.
	@$(XTASK) tools build
	cargo build $(LOCKED) --release --bin trek-tribe
	@$(XTASK) site --release

.PHONY: dev
dev: xtask ## Build, start with demo data, and build and start again after each change.
	@$(XTASK) tools run
	@exec $(XTASK) dev

.PHONY: test
test: begin tools format-check lint unit e2e ## Check everything: format, lints, unit and API tests, the browser build, the browser tests.
	@echo; echo "── time per stage"; cat $(STAGES)

.PHONY: begin
begin:
	@rm -f $(STAGES)

# The build tool, which does what is neither cargo's nor npm's work.
.PHONY: xtask
xtask:
	$(call stage,build tool,cargo build $(LOCKED) --package xtask)

.PHONY: tools
tools: xtask ## Get what the tests need: WASM target, mongod, npm packages, Chromium.
	$(call stage,tools,$(XTASK) tools test)

.PHONY: format
format: ## Format the code.
	cargo fmt --all

.PHONY: format-check
format-check:
	$(call stage,format,cargo fmt --all --check)

.PHONY: lint
lint: ## Lint both builds, the build tool and the browser tests; a warning is an error.
	$(call stage,lint of the server,cargo clippy $(LOCKED) --all-targets -- -D warnings)
	$(call stage,lint of the browser build,cargo clippy $(LOCKED) $(HYDRATE) -- -D warnings)
	$(call stage,lint of the build tool,cargo clippy $(LOCKED) --package xtask --all-targets -- -D warnings)
	$(call stage,types of the browser tests,npm --prefix end2end run --silent check)

.PHONY: unit
unit: ## Run the unit and API tests.
	$(call stage,unit and API tests,cargo test $(LOCKED))
	$(call stage,tests of the build tool,cargo test $(LOCKED) --package xtask)

.PHONY: e2e
e2e: xtask ## Run the browser tests against the debug server and the site that ships; ARGS go to Playwright.
	$(call stage,server build,cargo build $(LOCKED) --bin trek-tribe)
	$(call stage,browser build,$(XTASK) site --release)
	$(call stage,browser tests without script,(cd end2end && npx --no-install playwright test --project=no-js $(ARGS)))
	$(call stage,browser tests with script,(cd end2end && npx --no-install playwright test --project=js $(ARGS)))

.PHONY: size
size: release ## List the crates that are there twice; weigh each page kind and its files against the budgets.
	@echo; echo "── crates that are there twice"
	@cargo tree $(LOCKED) --duplicates --edges normal --depth 1
	@$(XTASK) tools run
	@$(XTASK) size

.PHONY: clean-data
clean-data: ## Remove the embedded services' data in ./data.
	@lock=$$(find data -name mongod.lock -size +0 -print -quit 2>/dev/null || true); \
	if [ -n "$$lock" ] && kill -0 "$$(cat "$$lock")" 2>/dev/null; then \
		echo "a database runs on ./data (process $$(cat "$$lock")): stop the server first" >&2; exit 1; \
	fi
	rm -rf data
