"""What each column of the indicators means, in French: composed from its definition, its variants, its suffix.

See `carte.indicators.model` for the naming of columns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from carte.indicators import Definition
from carte.publish.dictionnaire.mots import COMPTES, ENTETES, FINS, VARIANTES


@dataclass(frozen=True, slots=True)
class Description:
    """One column: a short title, a sentence, the unit of its values (empty for a text)."""

    titre: str
    description: str
    unite: str = ""


@dataclass(frozen=True)
class Dictionnaire:
    """Describes columns. `libelles_types`: code of a typology → label."""

    definitions: Mapping[str, Definition]
    libelles_types: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def de(cls, definitions: Iterable[Definition], libelles_types: Mapping[str, str] | None = None) -> "Dictionnaire":
        return cls({d.code: d for d in definitions}, libelles_types or {})

    def decrire(self, colonne: str) -> Description:
        """The description of a column; a piece of its name that nothing explains is kept as it is (see `obscurs`)."""
        if colonne in ENTETES:
            return Description(*ENTETES[colonne])
        code, corps, fin = decouper(colonne)
        definition = self.definitions.get(code)
        if definition is None:
            return Description(colonne, f"Colonne technique {colonne}.")
        variantes = [mot for mot in self._mots(definition, corps).values() if mot]
        titre = ", ".join([definition.nom, *variantes, *([FINS[fin][0]] if FINS[fin][0] else [])])
        precision = f" ({', '.join(variantes)})" if variantes else ""
        return Description(
            titre,
            f"{FINS[fin][1]}. {code}, {definition.nom}{precision} : {definition.formule}.",
            _unite(definition, corps, fin),
        )

    def obscurs(self, colonne: str) -> list[str]:
        """What the name of a column says that no word explains; empty when it is wholly described."""
        if colonne in ENTETES:
            return []
        code, corps, _ = decouper(colonne)
        definition = self.definitions.get(code)
        if definition is None:
            return [colonne]
        return [cle for cle in self._mots(definition, corps) if not _expliquee(definition, cle)]

    def titre(self, colonne: str) -> str:
        """Its title, unit included, for a heading."""
        description = self.decrire(colonne)
        return f"{description.titre} ({description.unite})" if description.unite else description.titre

    def _mots(self, definition: Definition, corps: str) -> dict[str, str]:
        """The middle of a name, piece by piece, in words: « en voiture », « 20 minutes », « formation »."""
        if corps.startswith("type_"):
            valeur = corps.removeprefix("type_")
            return {"type": f"type : {self.libelles_types.get(valeur, valeur)}"}
        mots: dict[str, str] = {}
        while corps:
            cle = next((c for c in _candidats(corps) if _expliquee(definition, c)), corps.split("_")[0])
            propre = definition.colonnes.variantes.get(cle) or VARIANTES.get(cle, cle)
            mots[cle] = f"{cle} minutes" if cle.isdigit() else propre
            corps = corps[len(cle) :].removeprefix("_")
        return mots


def decouper(colonne: str) -> tuple[str, str, str]:
    """`A2_voiture_20_num` → (`A2`, `voiture_20`, `num`); the suffix is the longest known one, or empty."""
    code, _, reste = colonne.partition("_")
    fin = max((f for f in FINS if f and (reste == f or reste.endswith(f"_{f}"))), key=len, default="")
    return code, reste[: len(reste) - len(fin)].removesuffix("_") if fin else reste, fin


def _unite(definition: Definition, corps: str, fin: str) -> str:
    """What the values of a column are in; empty for a text."""
    unites = definition.colonnes.unites
    if fin in COMPTES:
        return COMPTES[fin] or _base(definition, corps)
    if fin in ("den", "num"):
        return unites.get(fin, _base(definition, corps))
    if fin in ("statut", "lieu_id", "groupe"):
        return ""
    mesure = next((unites[mot] for mot in corps.split("_") if mot in unites), None)
    return mesure if mesure is not None else unites.get("val") or _base(definition, corps)


def _expliquee(definition: Definition, cle: str) -> bool:
    return cle in definition.colonnes.variantes or cle in VARIANTES or cle.isdigit() or cle == "type"


def _candidats(reste: str) -> list[str]:
    """The beginnings of a name, the longest first."""
    mots = reste.split("_")
    return ["_".join(mots[:n]) for n in range(len(mots), 0, -1)]


def _base(definition: Definition, corps: str) -> str:
    """What a share counts."""
    return definition.colonnes.bases.get(corps, definition.colonnes.base)
