# Every target starts from a fresh clone: see lumajang_crafts/bootstrap.py.
.DEFAULT_GOAL := help
PY := .venv/bin/python

# The first Python that answers starts bootstrap.py, which finds a better one if it must.
define bootstrap
@for name in python3 python3.13 python3.12 python3.11; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then \
		exec $$name lumajang_crafts/bootstrap.py $(1); \
	fi; \
done; \
echo "Python 3.11 or newer is needed and none was found: install Python 3.13." >&2; exit 1
endef

.PHONY: help
help:  ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-14s %s\n' "$$name" "$$text"; done

.PHONY: install
install:
	$(call bootstrap)

.PHONY: install-dev
install-dev:
	$(call bootstrap,--dev)

.PHONY: run
run: install  ## serve the site with demo data on http://127.0.0.1:8000 (or PORT=8001)
	@exec env DEMO=1 PORT="$(PORT)" $(PY) -m lumajang_crafts.serve

.PHONY: test
test: install-dev  ## run every test, browser tests included
	@env -u DATABASE_URL $(PY) manage.py compile_messages
	@CHROMIUM="$$($(PY) -m tests.browser)" || exit 1; export CHROMIUM; \
		exec $(PY) -m pytest -n 2 --dist loadgroup

# The proofs, as long as they must be; `make test` runs them short.
PROOFS = tests/test_races.py tests/test_http_races.py tests/test_shop_machine.py \
	tests/test_crashes.py tests/test_notice_orders.py
.PHONY: prove
prove: install-dev  ## the long proofs: races, crashes, any sequence of acts (about 15 minutes)
	@env -u DATABASE_URL $(PY) manage.py compile_messages
	@env -u DATABASE_URL PROVE=1 $(PY) -m pytest $(PROOFS) -p no:randomly -v

.PHONY: bench
bench: install-dev  ## measure pages beside a floor; ARGS="--quick" is short, "--out FILE" keeps it
	@CHROMIUM="$$($(PY) -m tests.browser)" || exit 1; export CHROMIUM; \
		exec $(PY) -m bench $(ARGS)

# What a server would set; nothing is reached, the settings are only read.
PRODUCTION = env -u DEMO -u DEBUG DATABASE_URL=postgresql://app@db.invalid/lumajang \
	SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	ALLOWED_HOSTS=kriya.invalid SITE_URL=https://kriya.invalid

.PHONY: check
check: install-dev  ## lint, types, import contracts, templates, migrations
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	PYTHONPATH=. .venv/bin/lint-imports
	git ls-files -z '*.html' | xargs -0r .venv/bin/djade --target-version 5.2 --check
	$(PY) -m djlint --lint templates
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --fail-level WARNING
	$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py lintmigrations --no-cache --quiet ok ignore \
		--project-root-path . --include-apps lumajang_crafts accounts artisans catalogue orders
	PYTHONPATH=. $(PY) -m mypy .

.PHONY: messages
messages: install-dev  ## collect the texts to translate into locale/
	$(PY) manage.py update_messages

# Each lock is a subset of dev.txt, so that `make run` and `make test` share one .venv.
UV = $(PY) -m uv pip compile --quiet --no-config --universal --generate-hashes --no-header \
	--python-version 3.11 pyproject.toml
.PHONY: lock
lock: install-dev  ## resolve the dependencies of pyproject.toml anew
	$(UV) --upgrade --all-extras -o requirements/dev.txt
	$(UV) --extra embedded -c requirements/dev.txt -o requirements/local.txt
	$(UV) --extra s3 --extra redis --extra sentry --extra metrics \
		-c requirements/dev.txt -o requirements/production.txt
