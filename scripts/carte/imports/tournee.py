"""Stops of a monthly tour written in a sentence → `Arret` records; what is not understood comes back as text.

Understood: "1er lundi Commune, 2e lundi Commune…" with the commune found by its name in the département, and the
hours that the list gives for that day of the week. Nothing else is a stop.
"""

import re
from collections.abc import Mapping

from carte.hours import phrase
from carte.hours.phrase import JOURS, OSM, Plages
from carte.imports.localiser import chercher
from carte.imports.textes import sans_accents
from carte.records.context import Geographie
from carte.records.modele import Arret

_MENSUEL = re.compile(r"^chaque mois\s*:\s*")
_PASSAGE = re.compile(rf"^(?P<rang>[1-5])\s*(?:er|e|eme|nd)\s+(?P<jour>{'|'.join(JOURS)})\s+(?P<commune>\S.*)$")


def lire(
    texte: str, semaine: Mapping[int, Plages], departement: str, geographie: Geographie
) -> tuple[list[Arret], list[str]]:
    """Stops of the sentence, and the pieces that are not surely one. No stop when the rhythm is not stated.

    `semaine`: hours by rank of day (0 Monday), as minutes.
    """
    entete = _MENSUEL.match(sans_accents(texte))
    if entete is None:
        return [], [texte]
    arrets, restes = [], []
    for morceau in re.split(r"\s*[,;]\s*|\s+[–—-]\s+", texte[entete.end() :].strip()):
        arret = _arret(morceau, semaine, departement, geographie)
        if arret is None:
            restes.append(morceau)
        else:
            arrets.append(arret)
    return arrets, restes


def _arret(morceau: str, semaine: Mapping[int, Plages], departement: str, geographie: Geographie) -> Arret | None:
    trouve = _PASSAGE.match(sans_accents(morceau))
    if trouve is None:
        return None
    jour = JOURS.index(trouve["jour"])
    # Same length with and without accents: the commune is cut from the text as written.
    codes = chercher(morceau[trouve.start("commune") :], [departement], geographie)
    plages = semaine.get(jour)
    if len(codes) != 1 or not plages:
        return None
    heures = phrase.ecrire({jour: plages}).removeprefix(OSM[jour])
    return Arret(
        commune=geographie.nom(codes[0]) or trouve["commune"],
        code_insee=codes[0],
        horaires=f"{OSM[jour]}[{trouve['rang']}]{heures}",
        frequence="mensuelle",
    )
