# Two commands for a newcomer: `make demo` and `make test`. Everything else is for those who work here.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORKERS ?= 2
SERVE ?= 1
PORT ?= 8000
KEYWORDS := -k _ -k lazy_gettext -k ngettext:1,2 -k lazy_ngettext:1,2

.PHONY: demo test check strings migration faults bench packages clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $(READY)

demo: $(READY)
	$(BIN)/synaq demo --instance instance --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,--serve)

packages:
	@sh bin/need-system-packages

test: $(READY) packages
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder tests

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_architecture.py tests/test_strings.py tests/exam/storage/test_schema.py

strings: $(READY)
	mkdir -p build
	cd exam && ../$(BIN)/pybabel -q extract -F translations/babel.cfg $(KEYWORDS) --no-wrap --no-location \
		--sort-output --project=Synaq --version=1 -o ../build/messages.pot .
	$(BIN)/pybabel -q update -i build/messages.pot -d exam/translations --no-fuzzy-matching --ignore-obsolete -w 110
	$(BIN)/pybabel -q compile -d exam/translations

migration: $(READY)
	$(BIN)/python -m exam.storage.migrations.revise "$(MESSAGE)"

faults: $(READY)
	SYNAQ_KILLS=20 $(BIN)/python -m pytest tests/faults

bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,bench]'
	$(BIN)/python bench/delivery.py
	$(BIN)/python bench/psychometrics.py
	$(BIN)/python bench/assembly.py

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
