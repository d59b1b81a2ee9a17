"""Refait les neuf gestes d'un hub dans un double de la démonstration, à la main puis avec l'outil, et écrit le tableau.

Chaque geste est fait pour de bon : le formulaire dans un navigateur, les commandes dans ce double, que `carte valider`
accepte. Les minutes sont une estimation (modèle KLM : gestes_personne.py), pas un temps chronométré. Il
faut un navigateur Chromium et le site construit. Le résultat est docs/neuf-gestes.md.

Code de sortie : 0 si les neuf gestes réussissent, 1 sinon.
"""

import argparse
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import yaml
from playwright.sync_api import Page, ViewportSize, sync_playwright

import verifier_outils
from carte.commandes import MARQUE_HUB
from carte.serveur import serveur
from gestes_faits import GESTES, LIGNES_DU_TABLEUR, Geste
from gestes_personne import MENTAL, MOT_LU, POINTAGE, TOUCHE, Compte, GesteManque, Personne

RACINE = Path(__file__).resolve().parents[1]
DOCUMENT = RACINE / "docs" / "neuf-gestes.md"
TELEPHONE: ViewportSize = {"width": 360, "height": 640}
_TITRES = "geste|à la main : étapes|minutes|avec l'outil : étapes|minutes|processeur (s)"


def copier(dossier: Path) -> None:
    """The demonstration as a hub's repository: records, layers, configuration, one commit."""
    for nom in ("offers", "geo"):
        shutil.copytree(RACINE / nom, dossier / nom)
    shutil.copy(RACINE / "carte.yml", dossier / "carte.yml")
    (dossier / MARQUE_HUB).touch()
    git = ["git", "-c", "user.name=Hub", "-c", "user.email=hub@hub.example"]
    for suite in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Début"]):
        subprocess.run([*git, *suite], cwd=dossier, check=True)  # noqa: S603


def chronometrer(un: Callable[[Personne], None], page: Page, adresse: str) -> Compte:
    """Do it in a new copy. Raises GesteManque when it does not end as it should."""
    with tempfile.TemporaryDirectory() as place:
        atelier = Path(place)
        copier(atelier)
        personne = Personne(atelier, page, adresse)
        un(personne)
        return personne.compte


def tableau(comptes: list[tuple[Geste, Compte | None, Compte]]) -> str:
    """The Markdown table."""
    lignes = [f"| {_TITRES.replace('|', ' | ')} |", f"|{'---|' * (_TITRES.count('|') + 1)}"]
    for geste, avant, apres in comptes:
        sans = (str(avant.etapes), _minutes(avant)) if avant else ("—", "—")
        cellules = (geste.nom, *sans, str(apres.etapes), _minutes(apres), f"{apres.machine:.1f}".replace(".", ","))
        lignes.append(f"| {' | '.join(cellules)} |")
    return "\n".join(lignes)


def _minutes(compte: Compte) -> str:
    return f"{compte.secondes / 60:.1f}".replace(".", ",")


def document(table: str) -> str:
    """The page of the docs."""
    return f"""# Les neuf gestes d'un hub

Écrit par `python scripts/neuf_gestes.py`, qui refait chaque geste sur une copie de la démonstration : dans le
formulaire, sur un écran de 360 pixels, ou par les commandes. `carte valider` accepte chaque fichier qui en sort.

{table}

Une étape est un appui, un texte écrit ou une commande. Les minutes sont une **estimation**, pas la mesure d'une
personne : {_virgule(TOUCHE)} s par touche, {_virgule(POINTAGE)} s par appui, {_virgule(MENTAL)} s par décision (modèle
KLM de Card, Moran et Newell) et {_virgule(MOT_LU)} s par mot à lire. Ni l'appel au lieu, ni l'attente de la machine n'y
sont. « À la main » veut dire : en écrivant soi-même le fichier de la fiche, avec `carte valider` pour le relire ;
quelqu'un qui n'a jamais ouvert un tel fichier n'y arrive pas seul, ce que le modèle ne compte pas. Par le formulaire,
le dépôt du fichier dans le dossier et sa vérification sont comptés.

- Corriger ou confirmer une fiche ne prend pas moins de minutes par le formulaire à qui sait écrire le fichier : presque
  tout y est la frappe des commandes qui rangent le fichier reçu. Ce qui change est qui peut le faire.
- Voir l'effet d'un changement ne se fait pas à la main : il faudrait construire deux sites et comparer leurs rapports.
- Trancher un doublon à la main supprime une fiche et son adresse ; avec `doublon_de`, les deux adresses mènent à la
  même fiche.
- Importer à la main, c'est écrire les {LIGNES_DU_TABLEUR} fiches une à une.
"""


def _virgule(nombre: float) -> str:
    return f"{nombre:.2f}".replace(".", ",")


def mesurer(site: Path) -> list[tuple[Geste, Compte | None, Compte]]:
    """Each gesture, by hand and with the tool. Raises GesteManque, or Playwright's timeout."""
    jour = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))["date_publication"]
    http = serveur(site, 0)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as p:
            navigateur = p.chromium.launch(executable_path=verifier_outils.chromium())
            page = navigateur.new_page(viewport=TELEPHONE, has_touch=True, service_workers="block")
            page.set_default_timeout(15_000)
            page.clock.set_fixed_time(f"{jour}T10:00:00+01:00")
            adresse = f"http://127.0.0.1:{http.server_port}/"
            return [
                (g, chronometrer(g.avant, page, adresse) if g.avant else None, chronometrer(g.apres, page, adresse))
                for g in GESTES
            ]
    finally:
        http.shutdown()


def main() -> int:
    """Measure and write; says what failed."""
    lecteur = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    lecteur.add_argument("--site", type=Path, default=RACINE / "build" / "site", help="le site construit")
    choix = lecteur.parse_args()
    if not (choix.site / "index.html").is_file():
        print("Le site n'est pas encore construit. Lancez d'abord : make site")
        return 1
    try:
        comptes = mesurer(choix.site)
    except GesteManque as manque:
        print(f"Un geste n'a pas abouti : {manque}")
        return 1
    DOCUMENT.write_text(document(tableau(comptes)), encoding="utf-8")
    print(f"Écrit : {DOCUMENT.relative_to(RACINE)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
