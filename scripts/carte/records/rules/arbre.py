"""Rules across records: a former id that two records claim."""

from collections.abc import Iterator, Sequence

from carte.ecrits.faute import Faute
from carte.records.modele import Enregistrement


def redirections(
    enregistrements: Sequence[Enregistrement], identifiants: dict[str, str]
) -> Iterator[tuple[int, Faute]]:
    """A former id leads to one record, and never hides a living one (`identifiants`: id to file, read or not)."""
    revendique: dict[str, int] = {}
    for rang, enregistrement in enumerate(enregistrements):
        for numero, ancien in enumerate(enregistrement.lieu.anciens_identifiants or ()):
            place = ("anciens_identifiants", numero)
            premier = revendique.setdefault(ancien, rang)
            if ancien in identifiants and ancien != enregistrement.identifiant:
                message = (
                    f"« {ancien} » est une fiche qui existe ({identifiants[ancien]}) : elle ne peut pas rediriger ici."
                )
                yield rang, Faute(place, message, "identifiant", valeur=ancien)
            elif premier != rang:
                message = f"« {ancien} » redirige déjà vers {enregistrements[premier].identifiant} : il faut choisir."
                yield rang, Faute(place, message, "identifiant", valeur=ancien)
