"""Audite un site construit avec axe-core et écrit site_src/audit-accessibilite.json, d'où vient la page Accessibilité.

Chaque type de page est ouvert en clair et en sombre, sur un téléphone (360 px) et un grand écran (1280 px) ; puis à
320 px, avec un texte deux fois plus grand, et avec un texte espacé. Rien n'est envoyé ailleurs que sur cette machine.
Une telle vérification ne peut pas dire qu'un site est conforme : le fichier dit aussi ce qu'elle ne regarde pas.

Code de sortie : 0 sans défaut, 1 s'il y en a (le fichier est écrit dans les deux cas).
"""

import argparse
import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

import verifier_outils
from carte.publish.cadre.accessibilite import AUDIT, CRITERES_RGAA, types_de_pages
from carte.serveur import serveur

RACINE = Path(__file__).resolve().parents[1]
AXE = RACINE / "node_modules" / "axe-core"
SCHEMAS = {"clair": "light", "sombre": "dark"}
LARGEURS = (360, 1280)
# Values of WCAG 1.4.12; the site's own text size is 125 %.
_ESPACE = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
_ESPACE += " p { margin-bottom: 2em !important }"
CONTROLES = {
    "Lecture à 320 pixels de large, sans défilement horizontal": (320, ""),
    "Texte deux fois plus grand, sans défilement horizontal": (1280, "html { font-size: 250% !important }"),
    "Espacement du texte modifié, sans défilement horizontal": (360, _ESPACE),
}
NON_AUDITE = [
    "La lecture complète avec un lecteur d’écran (NVDA, JAWS, VoiceOver, TalkBack).",
    "La pertinence des textes : titres, liens, libellés, alternatives des dessins et des cartes.",
    "La compréhension des textes par des personnes qui lisent difficilement.",
    "Les fichiers à télécharger : rapports en PDF, tableurs, agendas.",
    "L’usage réel avec une loupe, une commande vocale ou un contacteur.",
]
ETAT = "non conforme"

_LANCER = """
async () => {
  const resultat = await axe.run({ rules: { "target-size": { enabled: true } } });
  const resumer = (regles) => regles.map((r) => ({
    regle: r.id, message: r.help, gravite: r.impact, criteres: r.tags.filter((t) => t.startsWith("RGAA-")),
    elements: r.nodes.length, exemple: r.nodes[0]?.html.slice(0, 160) ?? "",
  }));
  return { violations: resumer(resultat.violations), incomplete: resumer(resultat.incomplete),
    passes: resumer(resultat.passes), moteur: resultat.testEngine.version };
}
"""
_AJOUTER_STYLE = """(css) => {
  const feuille = new CSSStyleSheet();
  feuille.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, feuille];
}"""


def main() -> int:
    arguments = _arguments()
    site = arguments.site.resolve()
    if not (site / "index.html").is_file():
        raise SystemExit(f"{site} n'est pas un site construit. Lancez d'abord : carte construire")
    ecoute = serveur(site, 0)
    threading.Thread(target=ecoute.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        audit = auditer(chrome, f"http://127.0.0.1:{ecoute.server_address[1]}/", site, arguments.date)
        chrome.close()
    ecoute.shutdown()
    arguments.sortie.write_text(json.dumps(audit, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(audit['pages'])} types de pages, {audit['violations']} défaut(s) : {arguments.sortie}")
    return 1 if audit["violations"] else 0


def auditer(chrome: Browser, base: str, site: Path, jour: date) -> dict[str, Any]:
    """The whole audit as data, the same for the same site."""
    touches: set[str] = set()
    pages = []
    moteur = ""
    for nom, chemin in types_de_pages(site).items():
        essais = [_axe(chrome, base + chemin, schema, largeur) for schema in SCHEMAS.values() for largeur in LARGEURS]
        moteur = essais[0]["moteur"]
        touches |= {_critere(c) for e in essais for r in e["passes"] + e["violations"] for c in r["criteres"]}
        violations = _fusionner([r for e in essais for r in e["violations"]])
        violations += _controler(chrome, base + chemin)
        a_verifier = _fusionner([r for e in essais for r in e["incomplete"]])
        pages.append({"type": nom, "chemin": chemin, "violations": violations, "a_verifier": a_verifier})
        print(f"{nom} : {len(violations)} défaut(s)")
    return {
        "date": jour.isoformat(),
        "outil": f"axe-core {moteur}",
        "navigateur": f"Chromium {chrome.version.split('.')[0]}",
        "referentiel": "RGAA 4.1",
        "etat": ETAT,
        "schemas": list(SCHEMAS),
        "largeurs": list(LARGEURS),
        "controles": list(CONTROLES),
        "violations": sum(len(page["violations"]) for page in pages),
        "pages": pages,
        "criteres_touches": [c for c in CRITERES_RGAA if c in touches],
        "criteres_non_verifies": [c for c in CRITERES_RGAA if c not in touches],
        "non_audite": NON_AUDITE,
    }


def _axe(chrome: Browser, adresse: str, schema: str, largeur: int) -> dict[str, Any]:
    page = _ouvrir(chrome, adresse, largeur, color_scheme=schema, reduced_motion="reduce")
    # Through the debugger, so that the page's own Content-Security-Policy stays in force.
    page.evaluate((AXE / "axe.min.js").read_text(encoding="utf-8"))
    page.evaluate("(locale) => axe.configure({ locale })", json.loads((AXE / "locales" / "fr.json").read_text("utf-8")))
    resultat: dict[str, Any] = page.evaluate(_LANCER)
    page.context.close()
    return resultat


def _controler(chrome: Browser, adresse: str) -> list[dict[str, Any]]:
    """Checks of our own that axe does not make: nothing scrolls sideways."""
    fautes = []
    for nom, (largeur, css) in CONTROLES.items():
        page = _ouvrir(chrome, adresse, largeur)
        if css:
            page.evaluate(_AJOUTER_STYLE, css)
        debord = page.evaluate("document.documentElement.scrollWidth") - largeur
        if debord > 0:
            fautes.append({"regle": "debordement", "message": nom, "gravite": "serious", "elements": 1})
        page.context.close()
    return fautes


def _ouvrir(chrome: Browser, adresse: str, largeur: int, **options: Any) -> Page:
    contexte = chrome.new_context(
        locale="fr-FR", viewport={"width": largeur, "height": 800}, service_workers="block", **options
    )
    page = contexte.new_page()
    page.goto(adresse, wait_until="networkidle")
    return page


def _fusionner(regles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line per rule: the same fault in light and dark, narrow and wide, is one."""
    uniques: dict[str, dict[str, Any]] = {}
    for regle in regles:
        connue = uniques.setdefault(regle["regle"], regle)
        if regle["elements"] > connue["elements"]:
            uniques[regle["regle"]] = regle
    return [uniques[nom] for nom in sorted(uniques)]


def _critere(etiquette: str) -> str:
    """`RGAA-11.9.1` (a test) → `11.9` (its criterion)."""
    return etiquette.removeprefix("RGAA-").rpartition(".")[0]


def _chromium() -> str:
    chemin = verifier_outils.chromium()
    if not chemin:
        raise SystemExit("Chromium est absent : installez-le, ou donnez son chemin dans CARTE_CHROMIUM.")
    return chemin


def _arguments() -> argparse.Namespace:
    parseur = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parseur.add_argument("site", type=Path, nargs="?", default=RACINE / "build" / "site", help="dossier du site")
    parseur.add_argument("--date", type=date.fromisoformat, required=True, help="jour de l'audit, année-mois-jour")
    parseur.add_argument("--sortie", type=Path, default=RACINE / AUDIT, help="fichier à écrire")
    return parseur.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
