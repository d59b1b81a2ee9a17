"""One layout for every record: the model's order, one way to write each value, every comment kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from carte import records
from carte.erreurs import ErreurCarte
from carte.records import Contexte, FicheLue, Fichier
from carte.records.commentaires import lire_commentaires


@dataclass(frozen=True, slots=True)
class MiseEnForme:
    """What becomes of one file: its new text, None when it already is so or cannot be read (`fiche.lieu` is None)."""

    fiche: FicheLue
    texte: str | None

    @property
    def refusee(self) -> bool:
        return self.fiche.lieu is None


def mettre_en_forme(fichiers: Sequence[Fichier], contexte: Contexte) -> list[MiseEnForme]:
    """The canonical text of each record, in order; nothing is written. A record with a blocker stays as it is."""
    return [_mettre_en_forme(records.lire_une(fichier, contexte)) for fichier in fichiers]


def choisir(racine: Path, demandes: Sequence[Path]) -> list[Fichier]:
    """The records' files of the folder `racine`, all of them or those asked for (files or folders).

    Raises ErreurCarte for one that is not a record of this folder.
    """
    if not demandes:
        return records.parcourir(racine)[0]
    choisis: dict[str, Fichier] = {}
    for demande in demandes:
        seule = records.fiche_a(racine, demande)
        trouves = [seule] if seule else _du_dossier(racine, demande)
        if not trouves:
            raise ErreurCarte(f"« {demande} » n'est pas une fiche de {racine}, ni un dossier qui en contient.")
        choisis |= {fichier.identifiant: fichier for fichier in trouves}
    return list(choisis.values())


def _du_dossier(racine: Path, demande: Path) -> list[Fichier]:
    place = demande.resolve()
    return [
        f for f in records.parcourir(racine)[0] if place.is_dir() and Path(f.chemin).resolve().is_relative_to(place)
    ]


def _mettre_en_forme(fiche: FicheLue) -> MiseEnForme:
    if fiche.lieu is None:
        return MiseEnForme(fiche, None)
    commentaires = lire_commentaires(fiche.octets)
    texte = records.mise_en_page(fiche.lieu, a_completer=fiche.a_completer, commentaires=commentaires)
    if texte.encode() == fiche.octets and not _avec_marque(fiche):
        return MiseEnForme(fiche, None)
    return MiseEnForme(fiche, texte)


def _avec_marque(fiche: FicheLue) -> bool:
    """Whether the file starts with the invisible mark that reading takes away."""
    return any(probleme.regle == "encodage" for probleme in fiche.problemes)
