"""Reads the vocabulary files and says, all at once and in French, everything that is wrong with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from carte.nomenclature.coherence import fautes_entre_vocabulaires
from carte.nomenclature.vocabulaire import NomenclatureInvalide, SansEquivalent, Valeur, Vocabulaire

_CLES_FICHIER = ("titre", "version", "source", "valeurs", "sans_equivalent")
_CLES_VALEUR = ("valeur", "libelle", "description", "valeurs_2022", "alias", "famille", "poids", "services")
_CLES_SANS_EQUIVALENT = ("valeur", "raison")


class _Bloc(dict[str, Any]):
    """A YAML mapping that knows the line where it starts."""

    ligne: int = 1


class _CleDouble(yaml.MarkedYAMLError):
    """A key written twice in one mapping: stock YAML would keep the last and say nothing."""


class _Chargeur(yaml.CBaseLoader):
    """Reads every scalar as text (`no`, `012` and `1.0` stay what was written) and refuses a repeated key."""


def _construire_bloc(chargeur: _Chargeur, noeud: yaml.MappingNode) -> _Bloc:
    bloc = _Bloc()
    bloc.ligne = noeud.start_mark.line + 1
    for noeud_cle, noeud_valeur in noeud.value:
        nom = str(chargeur.construct_object(noeud_cle, deep=True))
        if nom in bloc:
            raise _CleDouble(problem=nom, problem_mark=noeud_cle.start_mark)
        bloc[nom] = chargeur.construct_object(noeud_valeur, deep=True)
    return bloc


_Chargeur.add_constructor("tag:yaml.org,2002:map", _construire_bloc)


@dataclass(slots=True)
class _Fautes:
    """Collects the faults of one file; each names its line."""

    fichier: str
    messages: list[str] = field(default_factory=list)

    def ajouter(self, ligne: int, message: str) -> None:
        self.messages.append(f"{self.fichier}:{ligne}: {message}")


def lire(directory: Path) -> dict[str, Vocabulaire]:
    """Every vocabulary of a folder (`*.yml`), keyed by file stem, in alphabetical order.

    Raises NomenclatureInvalide with all the faults of all the files.
    """
    fichiers = sorted(directory.glob("*.yml"))
    if not fichiers:
        raise NomenclatureInvalide(f"Aucun vocabulaire (*.yml) dans le dossier {directory}.")
    messages: list[str] = []
    vocabulaires: dict[str, Vocabulaire] = {}
    for fichier in fichiers:
        fautes = _Fautes(fichier.name)
        vocabulaires[fichier.stem] = _vocabulaire(fichier, fautes)
        messages += fautes.messages
    messages += fautes_entre_vocabulaires(vocabulaires)
    if messages:
        raise NomenclatureInvalide("Vocabulaires à corriger :\n" + "\n".join(messages))
    return vocabulaires


def _vocabulaire(fichier: Path, fautes: _Fautes) -> Vocabulaire:
    bloc = _lire(fichier, fautes)
    _cles_inconnues(bloc, _CLES_FICHIER, fautes)
    valeurs = [_valeur(brut, fautes) for brut in _blocs(bloc, "valeurs", fautes)]
    if not valeurs and bloc:
        fautes.ajouter(bloc.ligne, "il manque la liste « valeurs ».")
    sans_equivalent = [_sans_equivalent(brut, fautes) for brut in _blocs(bloc, "sans_equivalent", fautes)]
    return Vocabulaire(
        nom=fichier.stem,
        titre=_texte(bloc, "titre", fautes),
        version=_texte(bloc, "version", fautes),
        source=_texte(bloc, "source", fautes),
        valeurs=tuple(valeurs),
        sans_equivalent=tuple(sans_equivalent),
    )


def _lire(fichier: Path, fautes: _Fautes) -> _Bloc:
    try:
        # Nothing but text, lists and mappings can come out of this loader.
        brut = yaml.load(fichier.read_text(encoding="utf-8-sig"), Loader=_Chargeur)  # noqa: S506
    except _CleDouble as erreur:
        fautes.ajouter(_ligne_de(erreur), f"la clé « {erreur.problem} » est écrite deux fois.")
        return _Bloc()
    except yaml.YAMLError as erreur:
        # The parser's own words are English jargon; the line is what helps.
        fautes.ajouter(_ligne_de(erreur), "YAML illisible : vérifiez les guillemets, les deux-points et les retraits.")
        return _Bloc()
    except UnicodeDecodeError:
        fautes.ajouter(1, "le fichier n'est pas en UTF-8 : enregistrez-le de nouveau avec cet encodage.")
        return _Bloc()
    if isinstance(brut, _Bloc):
        return brut
    fautes.ajouter(1, "le fichier doit contenir des lignes « clé: valeur » (titre, version, source, valeurs).")
    return _Bloc()


def _ligne_de(erreur: yaml.YAMLError) -> int:
    marque = getattr(erreur, "problem_mark", None)
    return marque.line + 1 if marque is not None else 1


def _valeur(bloc: _Bloc, fautes: _Fautes) -> Valeur:
    _cles_inconnues(bloc, _CLES_VALEUR, fautes)
    return Valeur(
        valeur=_texte(bloc, "valeur", fautes),
        libelle=_texte(bloc, "libelle", fautes),
        description=_texte(bloc, "description", fautes, obligatoire=False),
        valeurs_2022=_textes(bloc, "valeurs_2022", fautes),
        alias=_textes(bloc, "alias", fautes),
        famille=_texte(bloc, "famille", fautes, obligatoire=False) or None,
        poids=_poids(bloc, fautes),
        services=_textes(bloc, "services", fautes),
    )


def _sans_equivalent(bloc: _Bloc, fautes: _Fautes) -> SansEquivalent:
    _cles_inconnues(bloc, _CLES_SANS_EQUIVALENT, fautes)
    return SansEquivalent(_texte(bloc, "valeur", fautes), _texte(bloc, "raison", fautes))


def _cles_inconnues(bloc: _Bloc, permises: Iterable[str], fautes: _Fautes) -> None:
    for nom in bloc:
        if nom not in permises:
            fautes.ajouter(bloc.ligne, f"clé inconnue « {nom} ». Clés possibles : {', '.join(permises)}.")


def _texte(bloc: _Bloc, nom: str, fautes: _Fautes, *, obligatoire: bool = True) -> str:
    brut = bloc.get(nom, "")
    if not isinstance(brut, str):
        fautes.ajouter(bloc.ligne, f"« {nom} » attend un texte.")
        return ""
    # An unreadable or empty file has already been reported: no second message for each missing key.
    if obligatoire and bloc and not brut.strip():
        fautes.ajouter(bloc.ligne, f"il manque « {nom} »{_de_quoi(bloc)}.")
    return brut.strip()


def _de_quoi(bloc: _Bloc) -> str:
    valeur = bloc.get("valeur")
    return f" à la valeur « {valeur} »" if isinstance(valeur, str) and valeur else ""


def _textes(bloc: _Bloc, nom: str, fautes: _Fautes) -> tuple[str, ...]:
    return tuple(_liste(bloc, nom, fautes, lambda element: isinstance(element, str), "de textes"))


def _blocs(bloc: _Bloc, nom: str, fautes: _Fautes) -> list[_Bloc]:
    return _liste(bloc, nom, fautes, lambda element: isinstance(element, _Bloc), "de blocs « clé: valeur »")


def _liste(bloc: _Bloc, nom: str, fautes: _Fautes, convient: Callable[[object], bool], de_quoi: str) -> list[Any]:
    brut = bloc.get(nom, [])
    if isinstance(brut, list) and all(convient(element) for element in brut):
        return brut
    fautes.ajouter(bloc.ligne, f"« {nom} » attend une liste {de_quoi}{_de_quoi(bloc)}.")
    return []


def _poids(bloc: _Bloc, fautes: _Fautes) -> float | None:
    """Mean passages per week, written `1`, `0.5` or `12/52`; None when absent, which means unknown."""
    if "poids" not in bloc:
        return None
    try:
        poids = float(Fraction(bloc["poids"]))
    except (ValueError, TypeError, ZeroDivisionError):
        poids = 0.0
    if poids <= 0:
        fautes.ajouter(bloc.ligne, f"« poids » attend un nombre positif comme 1, 0.5 ou 12/52{_de_quoi(bloc)}.")
    return poids
