# Everything lives in .venv, node_modules, static/vendor and ticket_templates/fonts: `make clean` undoes it.
PY := .venv/bin/python
export PYTHON
# Tests start a hundred servers: each would compile the whole booth anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-test serve caption-server test check bench pins clean

help:
	@echo "make serve   install what is missing and run the booth"
	@echo "make caption-server   on a machine with a GPU: say what is on the booth's photos"
	@echo "make test    install what is missing, check the code and run all tests"
	@echo "make check   ruff, mypy and the import rules"
	@echo "make bench   the measurements"
	@echo "make setup   only install what the booth needs"
	@echo "make pins    resolve the Python packages anew"
	@echo "make clean   remove what was installed; never touches data/"

setup:
	@setup/install.sh requirements.txt
	@$(PY) setup/vendor.py

setup-test:
	@setup/install.sh requirements.txt requirements-test.txt requirements-caption.txt
	@test -f node_modules/axe-core/axe.min.js || rm -f static/vendor/.stamp
	@$(PY) setup/vendor.py
	@setup/tools.sh

serve: setup
	@$(PY) -m articket serve

caption-server:
	@setup/install.sh requirements.txt requirements-caption.txt
	@$(PY) -m articket caption-server

test: check
	@# One process more than there are cores: many tests wait for a clock, a browser or a slow line.
	@status=0; \
	$(PY) -m pytest --timeout 300 -m alone || status=1; \
	$(PY) -m pytest --timeout 300 -m "not alone" --dist worksteal \
		--numprocesses $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --maxprocesses 5 || status=1; \
	exit $$status

check: setup-test
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	.venv/bin/lint-imports

bench: setup-test
	@for each in bench/*.py; do echo "== $$each"; $(PY) "$$each" || exit 1; done

pins: setup
	$(PY) -m pip install --quiet uv
	$(PY) setup/pins.py

clean:
	rm -rf .venv node_modules static/vendor ticket_templates/fonts .vendor-* .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
