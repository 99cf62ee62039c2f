# Two commands: `make run` opens Klantenapp, `make test` checks everything. Each sets up what it needs.
.DEFAULT_GOAL := help
.PHONY: help run test test-full demo bench screenshots format catalogues lock floor clean

BIN := .venv/bin
READY := .venv/.ready
COMPILED := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/klantenapp.po))

help:
	@echo "make run          open Klantenapp (without a display: the demo)"
	@echo "make test         every check: format, lint, types, contracts, catalogues, tests"
	@echo "make test-full    the same and the long runs"
	@echo "make demo         an example administration in build/demo"
	@echo "make bench        the speed of the program against its limits"
	@echo "make screenshots  a picture of every screen in build/screenshots"
	@echo "make format       put the code in its format"
	@echo "make catalogues   bring the translations up to date with the source"
	@echo "make lock         write requirements.lock anew from pyproject.toml"
	@echo "make floor        raise coverage.floor to what the last test run measured"

$(READY): requirements.lock pyproject.toml scripts/setup.py
	@python=$$(sh scripts/find_python.sh) && "$$python" scripts/setup.py environment

.venv/.system-%: packaging/system-libraries.txt $(READY)
	@$(BIN)/python scripts/setup.py system $*

%.mo: %.po scripts/catalogues.py $(READY)
	@$(BIN)/python scripts/catalogues.py compile

run: $(READY) .venv/.system-run $(COMPILED)
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here, so the demo runs instead of the window."; \
		$(MAKE) --no-print-directory demo; \
	else \
		$(BIN)/klantenapp; \
	fi

demo: $(READY) .venv/.system-run $(COMPILED)
	@QT_QPA_PLATFORM=offscreen $(BIN)/klantenapp demo build/demo

test: $(READY) .venv/.system-test $(COMPILED)
	@$(BIN)/python scripts/checks.py

test-full: $(READY) .venv/.system-full $(COMPILED)
	@$(BIN)/python scripts/checks.py --full

bench: $(READY) .venv/.system-test $(COMPILED)
	@$(BIN)/python benchmarks/run.py

screenshots: $(READY) .venv/.system-test $(COMPILED)
	@$(BIN)/python scripts/screenshots.py

format: $(READY)
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

catalogues: $(READY)
	@$(BIN)/python scripts/catalogues.py update && $(BIN)/python scripts/catalogues.py missing

lock:
	@sh scripts/lock.sh

floor: $(READY)
	@$(BIN)/python scripts/coverage_gate.py --raise

clean:
	rm -rf .venv build dist
