"""Écrit « Votre première semaine » avec des images prises dans le site construit (la démonstration, sauf --site).

Le guide est dans docs/premiere-semaine.md ; chaque « <!-- image: nom --> » y attend une image de CAPTURES. Le résultat
est une page seule, build/guide/premiere-semaine.html, et ses images à côté : elles ne sont pas gardées dans le dépôt.
Rien n'est envoyé ailleurs que sur cette machine. Il faut un navigateur Chromium, comme pour les tests.

Code de sortie : 0 si le guide est écrit, 1 sinon.
"""

import argparse
import html
import re
import threading
from pathlib import Path

import markdown
from playwright.sync_api import Page, ViewportSize, sync_playwright

import verifier_outils
from carte.serveur import serveur

RACINE = Path(__file__).resolve().parents[1]
GUIDE = RACINE / "docs" / "premiere-semaine.md"
MARQUE = re.compile(r"<!-- image: ([a-z-]+) -->")
TELEPHONE: ViewportSize = {"width": 360, "height": 640}
# Name → what it shows, its page, and what must be there before the picture is taken.
CAPTURES = {
    "recherche": ("La recherche autour de Valbourg, sur un téléphone", "?commune=99058", "[data-resultats] li"),
    "fiche": ("Une fiche", "lieux/99/mediatheque-de-valbourg/", "h1"),
    "a-relire": ("Les fiches à relire", "rapports/a-relire/99/", "ol.a-relire"),
    "rapport": ("Le début du rapport", "rapports/99/", "h1"),
}
_STYLE = (
    "body{max-width:42em;margin:auto;padding:1em;font:1.05em/1.5 sans-serif}img{max-width:100%;border:1px solid #888}"
)


def images(site: Path, dossier: Path) -> None:
    """Take each picture of CAPTURES in a built site. Raises a timeout when a page does not show what is expected."""
    http = serveur(site, 0)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as p:
            navigateur = p.chromium.launch(executable_path=verifier_outils.chromium())
            page = navigateur.new_page(viewport=TELEPHONE)
            for nom, (_, chemin, attendu) in CAPTURES.items():
                _prendre(page, f"http://127.0.0.1:{http.server_port}/{chemin}", attendu, dossier / f"{nom}.png")
            navigateur.close()
    finally:
        http.shutdown()


def _prendre(page: Page, adresse: str, attendu: str, fichier: Path) -> None:
    page.goto(adresse)
    page.locator(attendu).first.wait_for()
    page.screenshot(path=fichier)


def illustrer(texte: str) -> str:
    """The guide as one HTML page. Raises KeyError for a picture that nobody takes."""

    def image(trouvee: re.Match[str]) -> str:
        return f'<p><img src="{trouvee[1]}.png" alt="{html.escape(CAPTURES[trouvee[1]][0])}"></p>'

    corps = markdown.markdown(MARQUE.sub(image, texte), extensions=["tables"])
    titre = "<title>Votre première semaine</title>"
    entete = f'<!doctype html><html lang="fr"><meta charset="utf-8">{titre}<style>{_STYLE}</style>'
    return f"{entete}{corps}</html>\n"


def main() -> int:
    """Take the pictures, write the page."""
    lecteur = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lecteur.add_argument("--site", type=Path, default=RACINE / "build" / "site", help="le site construit")
    choix = lecteur.parse_args()
    if not (choix.site / "index.html").is_file():
        print("Le site n'est pas encore construit. Lancez d'abord : make site")
        return 1
    dossier = RACINE / "build" / "guide"
    dossier.mkdir(parents=True, exist_ok=True)
    images(choix.site, dossier)
    (dossier / "premiere-semaine.html").write_text(illustrer(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
    print("Guide écrit : build/guide/premiere-semaine.html")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
