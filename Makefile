# Everything runs in a virtual environment of the project's own (.venv); nothing is installed outside it.
# Needs Python 3.11 or later, with venv, and make:  make demo   or   make demo PYTHON=python3.12

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

PORTABLE = $(shell grep -rl --include='test_*.py' 'mark\.portable' tests)

.PHONY: help demo test test-slow test-portable check format docs bundle bench bench-corpus clean

help:
	@echo "make demo    check the faulty sample reports and show what is found"
	@echo "make test    run the tests, but for the slow ones"
	@echo "make test-slow  run the slow ones: old formats, hostile files, pre-commit, dask"
	@echo "make test-portable  run the few that .ci/run tries on every Python of the machine"
	@echo "make check   lint, types, layers, and whether the generated pages are current"
	@echo "make format  put the code into its format"
	@echo "make docs    write the generated pages anew"
	@echo "make bundle  build a folder and an archive that run without Python"
	@echo "make bench   measure all that is promised of speed, each figure beside its bar (ten minutes);"
	@echo "             ROWS=\"page --version\" those rows whose names hold one of these words"
	@echo "make bench-corpus  check 10,000 and 100,000 reports (half an hour)"
	@echo "make clean   remove the virtual environment and caches"

demo: $(VENV)/.installed
	$(BIN)/gouji sample_reports/faulty/digits_swapped_2022/report.html sample_reports/faulty/district_2023/report.html --fail-on never

test: $(VENV)/.installed-for-work
	$(BIN)/python -m pytest -n 2 -m "not slow"

test-slow: $(VENV)/.installed-for-slow
	$(BIN)/python -m pytest -n 2 -m slow

# What may differ from one Python to another; needs none of the packages that other tests do.
test-portable: $(VENV)/.installed-for-pythons
	$(BIN)/python -m pytest -q -m "portable and not slow" $(PORTABLE)

check: $(VENV)/.installed-for-work
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

format: $(VENV)/.installed-for-work
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.installed-for-work
	$(BIN)/python docs/generate.py

# A folder that runs without Python, and its archive, for the system that it is built on.
bundle: $(VENV)/.installed-for-bundle
	$(BIN)/python bundle/build.py

bench: $(VENV)/.installed-for-bench
	$(BIN)/python bench/table.py $(ROWS)

# The stamps are older than pyproject.toml after a change of the dependencies: then pip runs again.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=…")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) makes no environments; on Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q validator
	touch $@

# Groups of dependencies are known to pip since 25.1. The demonstration needs none of the optional readers; tests do.
$(VENV)/.installed-for-work: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[all,data]" --group test --group check
	touch $@

# What reads scans is 250 MB; only slow tests need it.
$(VENV)/.installed-for-slow: $(VENV)/.installed-for-work
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[scan]" --group slow
	touch $@

$(VENV)/.installed-for-pythons: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[all,data]" "pytest>=8.2"
	touch $@

$(VENV)/.installed-for-bundle: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[all]" --group bundle
	touch $@

$(VENV)/.installed-for-bench: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[all,data]" --group bench
	touch $@

bench-corpus: $(VENV)/.installed-for-work
	$(BIN)/python bench/corpus.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
