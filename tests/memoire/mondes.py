"""A deployment of one's own to change: the demonstration, copied with its layers and its records."""

import shutil
from collections.abc import Callable
from pathlib import Path

from carte.config import Configuration, lire
from sites import RACINE

ID = "99/mediatheque-de-valbourg"
FICHE = f"offers/{ID}.yml"
Changement = Callable[[Path], object]


def demonstration(dossier: Path) -> Path:
    """Copy it in `dossier`; returns `dossier`."""
    shutil.copytree(RACINE / "offers", dossier / "offers", ignore=shutil.ignore_patterns("nomenclature"))
    shutil.copytree(RACINE / "geo", dossier / "geo")
    shutil.copy(RACINE / "carte.yml", dossier / "carte.yml")
    return dossier


def configuration(dossier: Path) -> Configuration:
    """As its file says, everything being in `dossier`."""
    return lire(dossier / "carte.yml", dossier)


def remplacer(fichier: str, ancien: str, nouveau: str) -> Changement:
    """Change a text that is there."""

    def changer(dossier: Path) -> None:
        place = dossier / fichier
        texte = place.read_text(encoding="utf-8")
        assert ancien in texte, f"{ancien} n'est pas dans {fichier}"
        place.write_text(texte.replace(ancien, nouveau), encoding="utf-8")

    return changer


def ajouter(dossier: Path) -> None:
    """One place more, that is nobody else's."""
    texte = (dossier / FICHE).read_text(encoding="utf-8").partition("anciens_identifiants:")[0]
    neuve = texte.replace("Médiathèque de Valbourg", "Le Comptoir des écrans").replace("99900001100018", "")
    (dossier / "offers/99/le-comptoir-des-ecrans.yml").write_text(neuve.replace('pivot: ""\n', ""), encoding="utf-8")


def renommer(dossier: Path) -> None:
    """One place under another id; the former one still leads to it."""
    place = dossier / FICHE
    texte = place.read_text(encoding="utf-8").replace("anciens_identifiants:", f'anciens_identifiants:\n  - "{ID}"')
    place.unlink()
    (dossier / "offers/99/mediatheque-du-pont.yml").write_text(texte, encoding="utf-8")


CHANGEMENTS: dict[str, Changement] = {
    "rien": lambda dossier: None,
    "téléphone": remplacer(FICHE, "+33536490101", "+33536490102"),
    "horaires": remplacer(FICHE, "Tu,Th 12:00-18:00", "Tu,Th 12:00-19:30"),
    "date de mise à jour": remplacer(FICHE, "2026-09-18", "2026-09-19"),
    "place": remplacer(FICHE, "46.49813", "46.49913"),
    "conseil": remplacer(FICHE, "date_ouverture: 2009-04-25", "date_ouverture: 2009-04-25 # voir"),
    "fiche ajoutée": ajouter,
    "fiche retirée": lambda dossier: (dossier / "offers/99/caf-du-val-d-exemple.yml").unlink(),
    "fiche renommée": renommer,
    "besoins": remplacer("geo/99/besoins.csv", ";6439;", ";6440;"),
    "équipements": remplacer("geo/99/equipements.csv", "99001;1;0;0;0", "99001;1;0;1;0"),
    "publication précédente": remplacer("geo/99/publication-precedente/lieux.json", "Landerose", "Landerôse"),
    "nom du hub": remplacer("carte.yml", "Hub de démonstration", "Hub d'essai"),
    "seuils": remplacer("carte.yml", "voiture: [15, 20, 30]", "voiture: [10, 20, 30]"),
    "priorité": remplacer("carte.yml", "distance: 1,", "distance: 3,"),
    "date": remplacer("carte.yml", "date_publication: 2026-11-02", "date_publication: 2026-11-09"),
    "options": remplacer("carte.yml", "tuiles: false", "tuiles: true"),
}
"""What a hub does to its files between two builds."""
