# GNU make 4.3 or later; everything else is found or installed by the commands themselves.
.DEFAULT_GOAL := help
.PHONY: help run test test-full search-servers rules lint fmt types layers bench e2e lighthouse pictures lock messages dev clean

ARGS ?=
BIN := .venv/bin
# Picks a Python >= 3.11.2 and becomes it, so that Ctrl-C reaches the command itself.
PYTHON_RUN = @python=$$(sh scripts/find_python.sh) && exec "$$python" -m

help: ## Visa denna lista
	@grep -E '^[a-z0-9-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z0-9-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

run: ## Installera det som saknas och starta på http://localhost:8000 (PORT, HOST styr)
	$(PYTHON_RUN) scripts.run

test: ## Kör proven på inbyggd databas och alla tjänster som går att nå (ARGS="-k ord")
	$(PYTHON_RUN) scripts.test $(ARGS)

test-full: ## Som test, men webbläsare, PostgreSQL, Redis, Java och Maven måste finnas
	$(PYTHON_RUN) scripts.test --full $(ARGS)

rules: dev ## Pröva att varje gren i reglernas moduler tas av något prov
	$(BIN)/python -m scripts.check_rules

e2e: ## Kör bara proven i webbläsare
	$(PYTHON_RUN) scripts.test --only e2e $(ARGS)

lighthouse: ## Mät startsidan, tjänstelistan och en tjänst med Lighthouse
	$(PYTHON_RUN) scripts.test --only e2e tests/e2e/test_lighthouse.py -n 1 -rP $(ARGS)

pictures: dev ## Ta bilderna i README av en webbplats som är igång (ARGS="--url http://localhost:8000")
	$(BIN)/python -m scripts.pictures $(ARGS)

lint: dev ## Granska kod, mallar och migreringar
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

fmt: dev ## Rätta formen på kod och mallar
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .


types: dev ## Pröva typerna i de moduler som listas i pyproject.toml
	$(BIN)/mypy

layers: dev ## Pröva att apparna bara beror nedåt
	$(BIN)/lint-imports

search-servers: ## Starta Elasticsearch och OpenSearch för att pröva sökningen (Java och Maven krävs)
	$(PYTHON_RUN) scripts.search_servers

bench: dev ## Mät svarstiderna på de viktigaste sidorna (ARGS="--help" visar val)
	$(BIN)/python -m benchmarks $(ARGS)

messages: dev ## Hämta nya texter till översättningen och kompilera
	$(BIN)/python manage.py extract_messages
	$(BIN)/python manage.py compile_translations

lock: ## Lås om Python-paketen efter en ändring i pyproject.toml
	$(PYTHON_RUN) scripts.lock $(ARGS)

dev:
	$(PYTHON_RUN) scripts.bootstrap dev

clean: ## Ta bort miljö, cache och byggda filer (databasen i var/ får vara kvar)
	rm -rf .venv .venv.lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache htmlcov .coverage
	rm -rf node_modules var/static var/prepared.json var/tools
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
