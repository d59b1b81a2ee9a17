"""Reads the vocabulary files and says, all at once and in French, everything that is wrong with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from carte.ecrits.faute import Chemin
from carte.ecrits.fichier import Ecrit, lire_ecrit
from carte.ecrits.modele import Partie
from carte.ecrits.texte import montrable
from carte.nomenclature.coherence import fautes_entre_vocabulaires
from carte.nomenclature.ecrit import SansEquivalentEcrit, ValeurEcrite, VocabulaireEcrit
from carte.nomenclature.vocabulaire import NomenclatureInvalide, SansEquivalent, Valeur, Vocabulaire

M = TypeVar("M", bound=Partie)
_OBLIGATOIRES = tuple(nom for nom, champ in VocabulaireEcrit.model_fields.items() if champ.is_required())


@dataclass(frozen=True, slots=True)
class _Lu:
    """What could be read of one file; `rangs`: for each list, the rank in the file of each value that was kept."""

    vocabulaire: Vocabulaire
    rangs: dict[str, list[int]]

    def chemin(self, chemin: Chemin) -> Chemin:
        """A path in the vocabulary as a path in its file."""
        if len(chemin) < 2:
            return chemin
        liste, rang, *reste = chemin
        return (liste, self.rangs[str(liste)][int(rang)], *reste)


def du_programme(racine: Path) -> dict[str, Vocabulaire]:
    """The vocabularies, which are the program's own whatever the deployment. `racine`: the program's folder."""
    return lire(racine / "offers" / "nomenclature")


def lire(directory: Path) -> dict[str, Vocabulaire]:
    """Every vocabulary of a folder (`*.yml`), keyed by file stem, in alphabetical order.

    Raises NomenclatureInvalide with all the faults of all the files, `dossier/fichier:ligne:colonne: message`.
    """
    fichiers = sorted(directory.glob("*.yml"))
    if not fichiers:
        raise NomenclatureInvalide(f"Aucun vocabulaire (*.yml) dans le dossier {directory}.")
    ecrits = {fichier.stem: lire_ecrit(fichier, _nom(fichier), _OBLIGATOIRES) for fichier in fichiers}
    lus = {nom: _lire(nom, ecrit) for nom, ecrit in ecrits.items()}
    incomplets = {nom for nom, ecrit in ecrits.items() if ecrit.bloque}
    for nom, faute in fautes_entre_vocabulaires({nom: lu.vocabulaire for nom, lu in lus.items()}, incomplets):
        ecrits[nom].fautes.append(faute._replace(chemin=lus[nom].chemin(faute.chemin)))
    if any(ecrit.bloque for ecrit in ecrits.values()):
        problemes = [probleme for ecrit in ecrits.values() for probleme in ecrit.problemes()]
        raise NomenclatureInvalide("Vocabulaires à corriger :", problemes)
    return {nom: lu.vocabulaire for nom, lu in lus.items()}


def _nom(fichier: Path) -> str:
    """« offers/nomenclature/services.yml »."""
    return montrable("/".join(fichier.parts[-3:]))


def _lire(nom: str, ecrit: Ecrit) -> _Lu:
    donnees = ecrit.donnees or {}
    entete = ecrit.conformer(VocabulaireEcrit, donnees)
    valeurs = dict(_elements(ecrit, donnees, "valeurs", ValeurEcrite))
    sans = dict(_elements(ecrit, donnees, "sans_equivalent", SansEquivalentEcrit))
    vocabulaire = Vocabulaire(
        nom=nom,
        titre=entete.titre if entete else "",
        version=entete.version if entete else "",
        source=entete.source if entete else "",
        valeurs=tuple(_valeur(ecrite) for ecrite in valeurs.values()),
        sans_equivalent=tuple(SansEquivalent(ecrit.valeur, ecrit.raison) for ecrit in sans.values()),
    )
    return _Lu(vocabulaire, {"valeurs": list(valeurs), "sans_equivalent": list(sans)})


def _elements(ecrit: Ecrit, donnees: dict[str, Any], nom: str, modele: type[M]) -> Iterator[tuple[int, M]]:
    """The values of a list that can be read, with their ranks: one at fault hides no other."""
    liste = donnees.get(nom)
    for rang, brut in enumerate(liste if isinstance(liste, list) else ()):
        lu = ecrit.conformer(modele, brut, (nom, rang))
        if lu is not None:
            yield rang, lu


def _valeur(ecrite: ValeurEcrite) -> Valeur:
    return Valeur(**{**ecrite.model_dump(), "famille": ecrite.famille or None})
