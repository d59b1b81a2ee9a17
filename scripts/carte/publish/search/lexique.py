"""The words of the box that are no place: needs, equipment, networks, types, moments; what each leads to."""

from collections.abc import Collection, Iterable, Iterator

from carte.publish.libelles import Libelles
from carte.publish.search.mots import ancre, normaliser

FICHIER = "lexique.json"
VOCABULAIRE = "recherche"
# A shorter code of the typologies is rather a word: « AI », « ES ».
_CODE_MIN = 3
# Their words are said of too many things: « commune », « département », « association », « pension »…
_SANS_MOT = frozenset("Autre ASSO CC CD DEPT EPCI ETABL_PRI ETABL_PUB ETAT FABRIQUE MUNI PENSION REG".split())


def composer(libelles: Libelles, types: Collection[str]) -> list[dict[str, object]]:
    """What some words lead to, in order of preference: the vocabulary `recherche`, the networks and labels, the types.

    `cible`: a choice as the address writes it (« avec=wifi »); `libelle`: its words; `sinon`: the need to show when no
    place here is of that type, else empty; `mots`: normalised. One word may lead to several choices.
    `types`: those that some place of the deployment has.
    """
    return [
        {
            "cible": cible,
            "libelle": libelle,
            "sinon": "" if cible.removeprefix("type=") in types else libelles.replis.get(cible, ""),
            "mots": list(dict.fromkeys(filter(None, map(normaliser, ecritures)))),
        }
        for cible, libelle, ecritures in _choix(libelles)
    ]


def _choix(libelles: Libelles) -> Iterator[tuple[str, str, Iterable[str]]]:
    for cible, libelle in libelles.mots.get(VOCABULAIRE, {}).items():
        yield cible, libelle, libelles.ecritures[VOCABULAIRE][cible][1:]
    for nom in ("dispositifs", "labels"):
        for valeur, libelle in libelles.mots[nom].items():
            yield f"reseau={ancre(libelle)}", libelle, libelles.ecritures[nom][valeur]
    for code, libelle in libelles.mots["typologies"].items():
        if code not in _SANS_MOT:
            yield f"type={code}", libelle, _ecritures_du_type(code, libelles.ecritures["typologies"][code])


def _ecritures_du_type(code: str, ecritures: Iterable[str]) -> Iterator[str]:
    """« Centre communal d'action sociale (CCAS) » is also typed without its code."""
    for texte in ecritures:
        if texte != code:
            yield texte.partition(" (")[0]
        elif len(code) >= _CODE_MIN and "_" not in code:
            yield code
