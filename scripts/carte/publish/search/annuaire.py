"""The gazetteer: communes of the perimeter and of its border, their former names, their postal codes."""

from collections import defaultdict
from typing import Any

from carte.publication import Chantier
from carte.publish.atlas import Atlas, Commune, Partie
from carte.publish.search import repertoire, tetes
from carte.publish.search.ecriture import ecrire_colonnes
from carte.publish.search.mots import normaliser
from carte.publish.search.repertoire import Repertoire
from carte.publish.search.trajets import Trajets

CHAMPS = ("nom", "code", "codesPostaux", "lat", "lon", "actuel", "partie", "route", "approche")
# What one chooses from; the commune that is chosen is read whole, by its code.
CHAMPS_A_CHOISIR = ("nom", "code", "codesPostaux", "actuel", "partie")
TAILLE_SEAU = 160
# Names looked into when the first letters are wrong: those that most people look for.
CONNUES = 500


def ecrire(atlas: Atlas, trajets: Trajets, site: Chantier, maximum: int = repertoire.UN_SEUL_FICHIER) -> dict[str, Any]:
    """Write the gazetteer; return what the index says of it.

    Rows: name, current code, postal codes (separated by spaces), WGS84 position in 1/10,000 of a degree, and for a
    former name the commune's present one, for a part of a commune its own code, the sort of its
    roads (see `trajets`) and whether its point is only the middle of its outline; the perimeter's own first, then the
    most populated. A large gazetteer has one
    file per département for codes and positions, the buckets being without positions, pages of beginnings (see
    `tetes`), and a file of the largest communes.
    """
    communes = sorted(atlas.communes.values(), key=lambda c: (-atlas.populations.get(c.code, 0.0), c.code))
    noms = [(commune, _ligne(commune, commune.nom, trajets)) for commune in communes]
    noms += [(atlas.communes[code], _ligne(atlas.communes[code], nom, trajets)) for nom, code in _anciens(atlas)]
    noms += [(partie.commune, _ligne_de_partie(partie, trajets)) for partie in _parties(atlas)]
    propres = [ligne for commune, ligne in noms if commune.propre]
    lignes = propres + [ligne for commune, ligne in noms if not commune.propre]
    if len(lignes) <= maximum:
        return repertoire.ecrire(_repertoire(CHAMPS, lignes), site, maximum)
    a_choisir = [[ligne[CHAMPS.index(champ)] for champ in CHAMPS_A_CHOISIR] for ligne in lignes]
    ecrire_colonnes(site, "communes/connues.json", CHAMPS_A_CHOISIR, a_choisir[:CONNUES])
    return {
        **repertoire.ecrire(_repertoire(CHAMPS_A_CHOISIR, a_choisir), site, maximum),
        "tetes": tetes.ecrire(a_choisir, CHAMPS_A_CHOISIR, site, propres=len(propres)),
        "connues": "communes/connues.json",
        "codes": "communes/d-",
        "postaux": _par_departement(communes, _parties(atlas), trajets, site),
    }


def _repertoire(champs: tuple[str, ...], lignes: list[list[Any]]) -> Repertoire:
    return Repertoire("communes", champs, lignes, [ligne[0] for ligne in lignes], TAILLE_SEAU)


def _parties(atlas: Atlas) -> list[Partie]:
    """Parts of communes that have a name of their own, in order of name."""
    nommees = (p for p in atlas.parties if normaliser(p.nom) != normaliser(p.commune.nom))
    return sorted(nommees, key=lambda p: (p.nom, p.code))


def _anciens(atlas: Atlas) -> list[tuple[str, str]]:
    """Former and partial communes whose name is not the present one, and that are no part with a code of its own."""
    parties = {(p.nom.casefold(), p.commune.code) for p in atlas.parties}
    return sorted(
        {
            (nom, code)
            for nom, code in atlas.noms_anciens
            if (nom.casefold(), code) not in parties
            and code in atlas.communes
            and normaliser(nom) != normaliser(atlas.communes[code].nom)
        }
    )


def _par_departement(
    communes: list[Commune], parties: list[Partie], trajets: Trajets, site: Chantier
) -> dict[str, list[str]]:
    """Write one file per département; return the beginnings of postal codes that are not its code."""
    membres: dict[str, list[Commune]] = defaultdict(list)
    postaux: dict[str, set[str]] = defaultdict(set)
    for commune in communes:
        membres[commune.departement].append(commune)
        for code in commune.codes_postaux:
            postaux[code[:2]].add(commune.departement)
    for code, lot in membres.items():
        siennes = [_ligne_de_partie(partie, trajets) for partie in parties if partie.commune.departement == code]
        lignes = [*(_ligne(c, c.nom, trajets) for c in lot), *siennes]
        ecrire_colonnes(site, f"communes/d-{code}.json", CHAMPS, lignes)
    return {debut: sorted(codes) for debut, codes in sorted(postaux.items()) if codes != {debut}}


def _ligne(commune: Commune, nom: str, trajets: Trajets) -> list[Any]:
    return [
        nom, commune.code, " ".join(commune.codes_postaux),
        _degres(commune.lat), _degres(commune.lon), "" if nom == commune.nom else commune.nom, "",
        trajets.rang(commune.code), int(not commune.point),
    ]  # fmt: skip


def _ligne_de_partie(partie: Partie, trajets: Trajets) -> list[Any]:
    return [
        partie.nom, partie.commune.code, " ".join(partie.codes_postaux),
        _degres(partie.lat), _degres(partie.lon), partie.commune.nom if partie.ancienne else "", partie.code,
        trajets.rang(partie.commune.code), int(not partie.commune.point),
    ]  # fmt: skip


def _degres(valeur: float | None) -> int | None:
    return None if valeur is None else round(valeur * 10_000)
