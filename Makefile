# Two commands are enough for a newcomer: `make demo` and `make test`. Needs Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DOSSIER := demo.dossier

.DEFAULT_GOAL := test
.PHONY: demo test format lint types tests gate train clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(VENV)/installed      ## set up and run the main job on the reports of examples/
	rm -f $(DOSSIER) $(DOSSIER)-wal $(DOSSIER)-shm
	$(BIN)/ascribe read examples --dossier $(DOSSIER)
	$(BIN)/ascribe explain examples/islands-offer.txt
	$(BIN)/ascribe ask --dossier $(DOSSIER) --about senkaku

test: lint types tests       ## set up and run formatting, lint, strict types and all tests

format: $(VENV)/installed    ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/installed
	$(BIN)/mypy

tests: $(VENV)/installed
	$(BIN)/pytest -n 2

clean:
	rm -rf $(VENV) $(DOSSIER)* .mypy_cache .pytest_cache .ruff_cache
