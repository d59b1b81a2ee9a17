"""Rules on free texts: one that says nothing is better left out, and a line ends with a line break."""

import re
from collections.abc import Iterator

from carte.ecrits.faute import Faute, conseil
from carte.ecrits.silences import ne_dit_rien
from carte.ecrits.texte import citer
from carte.records.context import Contexte
from carte.records.modele import Enregistrement
from carte.records.rules.chemins import textes_libres, valeurs

EN_LETTRES = re.compile(r"(?:\\r)?\\n")
# A folder of a computer is no text with line breaks.
_CHEMIN = re.compile(r"\b[A-Za-z]:\\|\\\\\w")
# What a source wrote is kept as it wrote it.
_CITES = ("provenance",)
_OBLIGATOIRES = {("nom",), ("commune",), ("source",), ("permanences", "*", "operateur"), ("tournee", "*", "commune")}


FACULTATIF = "« {texte} » veut dire que l'on ne sait pas : n'écrivez rien, retirez cette ligne."
OBLIGATOIRE = "« {texte} » ne dit rien, et ce champ est obligatoire : écrivez ce qu'il en est."
SAUT = (
    "« \\n » est montré tel quel : pour aller à la ligne, écrivez « | » après les deux-points, puis le texte sur les "
    "lignes d'après, en retrait."
)


def textes_parlants(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """A silence is written by writing nothing; « \\n » written in letters is shown as it is."""
    champs = enregistrement.lieu.__dict__
    for chemin in textes_libres():
        if champs[chemin[0]] is None or chemin[0] in _CITES:
            continue
        for place, texte in valeurs(enregistrement.lieu, chemin):
            if ne_dit_rien(texte):
                phrase = OBLIGATOIRE if chemin in _OBLIGATOIRES else FACULTATIF
                yield conseil(place, phrase.format(texte=citer(texte)), "silence", citer(texte))
            elif "\\" in texte and saut_en_lettres(texte):
                yield conseil(place, SAUT, "saut-de-ligne", citer(texte))


def saut_en_lettres(texte: str) -> re.Match[str] | None:
    """The first « \\n » that surely stands for a line break, not for a part of a folder's path."""
    return None if _CHEMIN.search(texte) else EN_LETTRES.search(texte)
