"""The gazetteer: communes of the perimeter and of its border, their former names, their postal codes."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from carte.publish.atlas import Atlas, Commune
from carte.publish.search import repertoire
from carte.publish.search.ecriture import ecrire_colonnes
from carte.publish.search.mots import normaliser
from carte.publish.search.repertoire import Repertoire

CHAMPS = ("nom", "code", "codesPostaux", "lat", "lon", "actuel")


def ecrire(atlas: Atlas, cible: Path, maximum: int = repertoire.UN_SEUL_FICHIER) -> dict[str, Any]:
    """Write the gazetteer in `cible`; return what the index says of it.

    Rows: name, current code, postal codes (separated by spaces), WGS84 position in 1/10,000 of a degree, and for a
    former name the commune's present one. A large gazetteer also has one file per département, for codes.
    """
    communes = sorted(atlas.communes.values(), key=lambda c: (-atlas.populations.get(c.code, 0.0), c.code))
    lignes = [_ligne(commune, commune.nom) for commune in communes]
    lignes += [_ligne(atlas.communes[code], nom) for nom, code in _anciens(atlas)]
    decrit = repertoire.ecrire(Repertoire("communes", CHAMPS, lignes, [ligne[0] for ligne in lignes]), cible, maximum)
    if "fichier" in decrit:
        return decrit
    return {**decrit, "codes": "communes/d-", "postaux": _par_departement(communes, cible)}


def _anciens(atlas: Atlas) -> list[tuple[str, str]]:
    """Former and partial communes whose name is not the present one."""
    return sorted(
        {
            (nom, code)
            for nom, code in atlas.noms_anciens
            if code in atlas.communes and normaliser(nom) != normaliser(atlas.communes[code].nom)
        }
    )


def _par_departement(communes: list[Commune], cible: Path) -> dict[str, list[str]]:
    """Write one file per département; return the beginnings of postal codes that are not its code."""
    membres: dict[str, list[Commune]] = defaultdict(list)
    postaux: dict[str, set[str]] = defaultdict(set)
    for commune in communes:
        membres[commune.departement].append(commune)
        for code in commune.codes_postaux:
            postaux[code[:2]].add(commune.departement)
    for code, lot in membres.items():
        ecrire_colonnes(cible / "communes" / f"d-{code}.json", CHAMPS, [_ligne(c, c.nom) for c in lot])
    return {debut: sorted(codes) for debut, codes in sorted(postaux.items()) if codes != {debut}}


def _ligne(commune: Commune, nom: str) -> list[Any]:
    return [
        nom, commune.code, " ".join(commune.codes_postaux),
        _degres(commune.lat), _degres(commune.lon), "" if nom == commune.nom else commune.nom,
    ]  # fmt: skip


def _degres(valeur: float | None) -> int | None:
    return None if valeur is None else round(valeur * 10_000)
