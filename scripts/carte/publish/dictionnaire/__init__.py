"""What each column of the indicators means, in French: composed from its definition, its variants, its suffix.

See `carte.indicators.model` for the naming of columns.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from carte.indicators import Definition
from carte.publish.dictionnaire.mots import BASES, COMPTES, ENTETES, FINS, UNITES, VARIANTES


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
        variantes = [mot for mot in self._mots(corps).values() if mot]
        titre = ", ".join([definition.nom, *variantes, *([FINS[fin][0]] if FINS[fin][0] else [])])
        precision = f" ({', '.join(variantes)})" if variantes else ""
        return Description(
            titre,
            f"{FINS[fin][1]}. {code}, {definition.nom}{precision} : {definition.formule}.",
            self._unite(code, corps, fin),
        )

    def obscurs(self, colonne: str) -> list[str]:
        """What the name of a column says that no word explains; empty when it is wholly described."""
        if colonne in ENTETES:
            return []
        code, corps, _ = decouper(colonne)
        if code not in self.definitions:
            return [colonne]
        return [cle for cle in self._mots(corps) if not _expliquee(cle)]

    def titre(self, colonne: str) -> str:
        """Its title, unit included, for a heading."""
        description = self.decrire(colonne)
        return f"{description.titre} ({description.unite})" if description.unite else description.titre

    def _mots(self, corps: str) -> dict[str, str]:
        """The middle of a name, piece by piece, in words: « en voiture », « 20 minutes », « formation »."""
        if corps.startswith("type_"):
            valeur = corps.removeprefix("type_")
            return {"type": f"type : {self.libelles_types.get(valeur, valeur)}"}
        mots: dict[str, str] = {}
        while corps:
            cle = next((c for c in _candidats(corps) if _expliquee(c)), corps.split("_")[0])
            mots[cle] = f"{cle} minutes" if cle.isdigit() else VARIANTES.get(cle, cle)
            corps = corps[len(cle) :].removeprefix("_")
        return mots

    def _unite(self, code: str, corps: str, fin: str) -> str:
        if fin in COMPTES:
            return COMPTES[fin] or _base(code, corps)
        if fin == "den":
            return UNITES.get((code, "den"), _base(code, corps))
        if fin == "num":
            return UNITES.get((code, "num"), _base(code, corps))
        if fin in ("statut", "lieu_id", "groupe"):
            return ""
        mesure = next((UNITES[(code, mot)] for mot in corps.split("_") if (code, mot) in UNITES), None)
        if mesure is not None:
            return mesure
        return UNITES.get((code, "val")) or _base(code, corps)


def decouper(colonne: str) -> tuple[str, str, str]:
    """`A2_voiture_20_num` → (`A2`, `voiture_20`, `num`); the suffix is the longest known one, or empty."""
    code, _, reste = colonne.partition("_")
    fin = max((f for f in FINS if f and (reste == f or reste.endswith(f"_{f}"))), key=len, default="")
    return code, reste[: len(reste) - len(fin)].removesuffix("_") if fin else reste, fin


def _expliquee(cle: str) -> bool:
    return cle in VARIANTES or cle.isdigit() or cle == "type"


def _candidats(reste: str) -> list[str]:
    """The beginnings of a name, the longest first."""
    mots = reste.split("_")
    return ["_".join(mots[:n]) for n in range(len(mots), 0, -1)]


def _base(code: str, corps: str) -> str:
    """What a share counts."""
    return next((BASES[cle] for cle in (f"{code}_{corps}", code) if cle in BASES), "habitants")
