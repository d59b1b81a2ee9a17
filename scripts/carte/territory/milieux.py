"""What the ground does to a trip: density, relief and barriers of communes, from optional files.

CSV files of `geo/<département>/`, UTF-8, separated by `;`, read by the name of their columns. They may list communes of
other départements (the neighbours count). Without a file: the documented fallback, which the report prints.

- `densites.csv` (`code_insee;classe;source;millesime`): the communal density grid of Insee. `classe` is `dense`,
  `intermediaire`, `rural`, `tres_disperse`, or the number of its level on the grid of seven levels: 1 is `dense`, 2 to
  4 `intermediaire`, 5 and 6 `rural`, 7 `tres_disperse`. A file whose numbers never pass 4 is refused: it may be the
  grid of four levels, where the same numbers mean something else.
- `relief.csv` (`code_insee;motif;source;millesime`): communes whose roads wind; `motif` is `montagne`, `littoral` or
  `ile`.
- `barrieres.csv` (`barriere;code_insee;rive;minutes_voiture;minutes_velo;minutes_pied;franchissement;source;
  millesime`): what no straight line crosses. One line per commune; communes of two different `rive` of one `barriere`
  are apart. An island leaves `rive` empty on all its lines: its communes are apart from every other. Minutes are those
  of the crossing (ferry and its wait, way round to the bridge), the same on every line of a barrier; empty: unknown;
  `aucun`: nobody crosses that way.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from carte.territory.erreurs import TerritoireInvalide
from carte.territory.modele import Barriere, NonResolu
from carte.territory.tables import Lue, lire_tables, millesime

CLASSES = ("dense", "intermediaire", "rural", "tres_disperse")
_NIVEAUX = dict(zip("1234567", ("dense", *["intermediaire"] * 3, "rural", "rural", "tres_disperse"), strict=True))
_NIVEAUX_DOUTEUX = set("1234")
MOTIFS = ("montagne", "littoral", "ile")
MODES = ("voiture", "velo", "pied")
_AUCUN = "aucun"
_SOURCE = ("source", "millesime")
COLONNES: Mapping[str, tuple[str, ...]] = {
    "densites": ("code_insee", "classe", *_SOURCE),
    "relief": ("code_insee", "motif", *_SOURCE),
    "barrieres": (
        "barriere",
        "code_insee",
        "rive",
        *(f"minutes_{mode}" for mode in MODES),
        "franchissement",
        *_SOURCE,
    ),
}
Actuel = Callable[[str], str | None]
"""Current code of a commune's code; None when it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Milieux:
    """`densites` and `reliefs` by current commune code, `barrieres`; `non_resolus`: lines that lead to no commune.

    `millesimes`: source and vintage of each file that is there, by its stem.
    """

    densites: Mapping[str, str]
    reliefs: Mapping[str, str]
    barrieres: tuple[Barriere, ...]
    non_resolus: tuple[NonResolu, ...]
    millesimes: Mapping[str, str]


def lire_milieux(dossiers: Sequence[Path], actuel: Actuel) -> Milieux:
    """Read the files of every département. Raises TerritoireInvalide with the first line at fault."""
    lues = {nom: _lignes(nom, dossiers) for nom in COLONNES}
    perdus = [
        NonResolu("commune", code, "", f"Ce code de {nom}.csv n'existe pas dans le code officiel géographique.")
        for nom, lignes in lues.items()
        for code in sorted({x.champs["code_insee"] for x in lignes if actuel(x.champs["code_insee"]) is None})
    ]
    return Milieux(
        densites=_par_commune(lues["densites"], actuel, "classe", _classe),
        reliefs=_par_commune(lues["relief"], actuel, "motif", _motif),
        barrieres=tuple(_barrieres(lues["barrieres"], actuel)),
        non_resolus=tuple(perdus),
        millesimes={nom: millesime(lignes) for nom, lignes in lues.items() if lignes},
    )


def _lignes(nom: str, dossiers: Sequence[Path]) -> list[Lue]:
    fichiers = [dossier / f"{nom}.csv" for dossier in dossiers]
    if nom == "densites":
        return lire_tables(fichiers, COLONNES[nom], _refuser_grille_douteuse)
    return lire_tables(fichiers, COLONNES[nom])


def _refuser_grille_douteuse(fichier: Path, lues: Sequence[Lue]) -> None:
    chiffres = {lue.champs["classe"] for lue in lues} & set(_NIVEAUX)
    if chiffres and chiffres <= _NIVEAUX_DOUTEUX:
        raise TerritoireInvalide(
            f"{fichier} : ces numéros peuvent venir de la grille à quatre niveaux ou de celle à sept niveaux. "
            f"Écrivez les classes en toutes lettres : {', '.join(CLASSES)}."
        )


def _par_commune(lues: Iterable[Lue], actuel: Actuel, champ: str, lire: Callable[[Lue, str], str]) -> dict[str, str]:
    """Value of each current commune. Communes merged since the file, with different values, have none."""
    donnees: dict[str, str] = {}
    valeurs: dict[str, set[str]] = {}
    for lue in lues:
        code, valeur = lue.champs["code_insee"], lire(lue, lue.champs[champ])
        if donnees.setdefault(code, valeur) != valeur:
            raise TerritoireInvalide(f"{lue.ou} : « {code} » a déjà une autre valeur de « {champ} ».")
        nouveau = actuel(code)
        if nouveau is not None:
            valeurs.setdefault(nouveau, set()).add(valeur)
    return {code: next(iter(trouvees)) for code, trouvees in valeurs.items() if len(trouvees) == 1}


def _classe(lue: Lue, valeur: str) -> str:
    classe = _NIVEAUX.get(valeur, valeur)
    if classe not in CLASSES:
        raise TerritoireInvalide(f"{lue.ou} : « classe » attend {', '.join(CLASSES)}, ou un niveau de 1 à 7.")
    return classe


def _motif(lue: Lue, valeur: str) -> str:
    if valeur not in MOTIFS:
        raise TerritoireInvalide(f"{lue.ou} : « motif » attend {', '.join(MOTIFS)}.")
    return valeur


def _barrieres(lues: Sequence[Lue], actuel: Actuel) -> Iterator[Barriere]:
    noms = dict.fromkeys(lue.champs["barriere"] for lue in lues)
    for nom in noms:
        siennes = [lue for lue in lues if lue.champs["barriere"] == nom]
        yield _barriere(nom, siennes, actuel)


def _barriere(nom: str, lues: Sequence[Lue], actuel: Actuel) -> Barriere:
    premiere = lues[0]
    if not nom:
        raise TerritoireInvalide(f"{premiere.ou} : « barriere » attend un nom.")
    rives: dict[str, str] = {}
    for lue in lues:
        code, rive = actuel(lue.champs["code_insee"]), lue.champs["rive"]
        if bool(rive) != bool(premiere.champs["rive"]):
            raise TerritoireInvalide(
                f"{lue.ou} : « rive » est donnée sur toutes les lignes de « {nom} », ou sur aucune (une île)."
            )
        if _minutes(lue) != _minutes(premiere):
            raise TerritoireInvalide(f"{lue.ou} : les minutes de « {nom} » sont les mêmes sur toutes ses lignes.")
        if code is not None and rives.setdefault(code, rive) != rive:
            raise TerritoireInvalide(f"{lue.ou} : la commune « {code} » est déjà sur une autre rive de « {nom} ».")
    ile = not premiere.champs["rive"]
    if not ile and len({lue.champs["rive"] for lue in lues}) < 2:
        raise TerritoireInvalide(f"{premiere.ou} : « {nom} » n'a qu'une rive ; il en faut au moins deux.")
    minutes = {mode: _nombre(premiere, f"minutes_{mode}") for mode in MODES}
    return Barriere(nom, rives, ile, minutes, premiere.champs["franchissement"], premiere.champs["source"])


def _minutes(lue: Lue) -> tuple[str, ...]:
    return tuple(lue.champs[f"minutes_{mode}"] for mode in MODES)


def _nombre(lue: Lue, champ: str) -> float:
    """Minutes of a crossing: NaN when unknown, infinite when nobody crosses."""
    texte = lue.champs[champ]
    if texte in ("", _AUCUN):
        return math.inf if texte else math.nan
    try:
        valeur = float(texte.replace(",", "."))
    except ValueError:
        valeur = math.nan
    if not 0 <= valeur < math.inf:
        raise TerritoireInvalide(f"{lue.ou} : « {champ} » attend un nombre de minutes, « {_AUCUN} », ou rien.")
    return valeur
