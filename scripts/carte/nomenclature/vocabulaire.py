"""One vocabulary and its values: membership, labels, and matching of what people really write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from carte.ecrits.fichier import EcritInvalide
from carte.lettres import plier

# A slip of the keyboard; under this likeness it is another word, and another word is a wrong advice.
_SEUIL = 0.8
_LIAISONS = {"des", "les", "aux", "une", "sur", "avec", "par", "pour", "dans"}
# A text of at least this many letters that begins or ends a known value is that value cut short.
_LONGUEUR_EXTRAIT = 5


class NomenclatureInvalide(EcritInvalide):
    """The vocabularies cannot be used; the message lists every fault, one `fichier:ligne:colonne: …` per line."""


@dataclass(frozen=True, slots=True)
class Valeur:
    """One value: `valeur` is written in records, `libelle` is read by people.

    `valeurs_2022` are the old values it replaces, `alias` other spellings. `famille` (vocabulary familles) and
    `poids` (mean passages per week, None when unknown) and `services` (vocabulary services) serve some vocabularies.
    `fin`: the last day of a network that no longer exists.
    """

    valeur: str
    libelle: str
    description: str = ""
    valeurs_2022: tuple[str, ...] = ()
    alias: tuple[str, ...] = ()
    famille: str | None = None
    poids: float | None = None
    services: tuple[str, ...] = ()
    fin: date | None = None

    @property
    def ecritures(self) -> tuple[str, ...]:
        """Every text that means this value, the value itself first."""
        return (self.valeur, *self.alias, *self.valeurs_2022, self.libelle)


@dataclass(frozen=True, slots=True)
class SansEquivalent:
    """An old value that has no home in this vocabulary, and why: kept and listed, never guessed."""

    valeur: str
    raison: str


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """A closed list of values; `nom` is the stem of its file. Built by `load`, which checks its coherence."""

    nom: str
    titre: str
    version: str
    source: str
    valeurs: tuple[Valeur, ...]
    sans_equivalent: tuple[SansEquivalent, ...] = ()
    _par_valeur: dict[str, Valeur] = field(init=False, repr=False, compare=False)
    _par_cle: dict[str, str] = field(init=False, repr=False, compare=False)
    membres: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    """Family → its values, in the order of the vocabulary; a value without family is in none."""
    _proches: dict[str, str | None] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_par_valeur", {v.valeur: v for v in self.valeurs})
        par_cle = {cle(texte): v.valeur for v in self.valeurs for texte in v.ecritures}
        par_cle.pop("", None)  # a text without letter or digit means nothing
        object.__setattr__(self, "_par_cle", par_cle)
        familles = dict.fromkeys(v.famille for v in self.valeurs if v.famille)
        membres = {f: frozenset(v.valeur for v in self.valeurs if v.famille == f) for f in familles}
        object.__setattr__(self, "membres", membres)

    def __contains__(self, valeur: object) -> bool:
        return valeur in self._par_valeur

    def __getitem__(self, valeur: str) -> Valeur:
        return self._par_valeur[valeur]

    def __iter__(self) -> Iterator[Valeur]:
        return iter(self.valeurs)

    def __len__(self) -> int:
        return len(self.valeurs)

    def libelle(self, valeur: str) -> str:
        """Plain French label of a valid value; KeyError on another."""
        return self._par_valeur[valeur].libelle

    def canonique(self, texte: str) -> str | None:
        """The value that `texte` means (value, alias, old value or label), whatever its case, accents and spacing."""
        return texte if texte in self._par_valeur else self._par_cle.get(cle(texte))

    def plus_proche(self, texte: str) -> str | None:
        """The valid value to suggest for `texte`: what it means (former codes and labels too), else the only value that
        has all its words, else a slip of the keyboard; None when nothing is sure."""
        if texte not in self._proches:
            self._proches[texte] = self.canonique(texte) or self._de_memes_mots(texte) or self._ressemblante(cle(texte))
        return self._proches[texte]

    def raison_sans_equivalent(self, texte: str) -> str | None:
        """Why an old value has no home here; None when this vocabulary says nothing about it."""
        cherche = cle(texte)
        return next((s.raison for s in self.sans_equivalent if cle(s.valeur) == cherche), None)

    def _de_memes_mots(self, texte: str) -> str | None:
        """« Aide administrative » has two words that one value has alone; a single word says too little."""
        cherches = _racines(texte)
        trouvees = [valeur.valeur for valeur in self if any(cherches <= _racines(e) for e in valeur.ecritures)]
        return trouvees[0] if len(trouvees) == 1 and len(cherches) > 1 else None

    def _ressemblante(self, cherche: str) -> str | None:
        extraits = {valeur for connue, valeur in self._par_cle.items() if _est_extrait(cherche, connue)}
        if len(extraits) > 1:
            return None
        notes = ((_ressemblance(cherche, connue), valeur) for connue, valeur in self._par_cle.items())
        # On a tie the first of the file wins: the same text always gets the same suggestion.
        note, valeur = max(notes, key=lambda paire: paire[0], default=(0.0, None))
        return valeur if note >= _SEUIL else None


@lru_cache(maxsize=20_000)
def cle(texte: str) -> str:
    """The letters and digits of a text, without case, accents, ligatures, spacing or punctuation."""
    return "".join(lettre for lettre in plier(texte) if lettre.isalnum())


def _racines(texte: str) -> frozenset[str]:
    """The words of a text that say something, singular or plural."""
    return frozenset(mot.rstrip("sx") for mot in re.findall(r"[a-z]{3,}", plier(texte)) if mot not in _LIAISONS)


def _est_extrait(cherche: str, connue: str) -> bool:
    return len(cherche) >= _LONGUEUR_EXTRAIT and (connue.startswith(cherche) or connue.endswith(cherche))


def _ressemblance(cherche: str, connue: str) -> float:
    if _est_extrait(cherche, connue):
        return 0.9 + 0.1 * len(cherche) / len(connue)
    comparaison = SequenceMatcher(None, cherche, connue, autojunk=False)
    if comparaison.real_quick_ratio() < _SEUIL:
        return 0.0
    return comparaison.ratio()
