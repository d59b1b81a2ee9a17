"""The layers of many départements at once: all checked before any is written, or compared with what is there."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from carte.couches import departement as couches
from carte.couches.brut import CouchesIndisponibles
from carte.couches.cache import ouvrir_cache
from carte.couches.client import Client, Reglages, origine, sure
from carte.couches.departement import Lot
from carte.couches.sources import Dossier, Miroir, Reseau, SourceCouches, serveurs
from carte.ecriture import FichiersChanges
from carte.erreurs import ErreurCarte
from carte.territory import Cog

Rassembler = Callable[[str, SourceCouches], Lot]


@contextmanager
def ouvrir_source(
    depuis: Path | str | None, cache: Path | None, reglages: Reglages | None = None
) -> Iterator[SourceCouches]:
    """The national services (None), a folder, or a mirror (an address). `cache`: None keeps nothing after the run.

    Raises CouchesIndisponibles when the address of the mirror may not be asked.
    """
    if depuis is not None and not est_adresse(depuis):
        yield Dossier(Path(depuis), date.today())
        return
    miroir = None if depuis is None else verifier_miroir(str(depuis))
    permis = serveurs() if miroir is None else frozenset({origine(miroir)})
    with ouvrir_cache(cache) as garde:
        client = Client(permis, garde, reglages)
        yield Reseau(client.lire) if miroir is None else Miroir(miroir, client.lire)


def est_adresse(depuis: Path | str) -> bool:
    """Whether `--depuis` names a mirror, and not a folder."""
    return "://" in str(depuis)


def verifier_miroir(adresse: str) -> str:
    """The address of a mirror, without its last slash. Raises CouchesIndisponibles."""
    parties = urlsplit(adresse)
    if "@" in parties.netloc:
        raise CouchesIndisponibles("L'adresse d'un miroir ne contient ni nom ni mot de passe : elle est publiée.")
    if not sure(adresse):
        raise CouchesIndisponibles(f"{adresse} : un miroir est demandé par https (https://…).")
    if parties.query or parties.fragment:
        raise CouchesIndisponibles(f"{adresse} : donnez l'adresse du dossier, sans « ? » ni « # ».")
    return adresse.rstrip("/")


def rassembler_tous(
    departements: Iterable[str], source: SourceCouches, geo: Path, cog: Cog, *, mettre_de_cote: bool
) -> list[Lot]:
    """The layers of every département, checked in memory: one that fails and nothing of any is written.

    Raises FichiersChanges, or CouchesIndisponibles, which says the département.
    """
    try:
        return [_un_lot(code, source, geo, cog, mettre_de_cote=mettre_de_cote) for code in departements]
    finally:
        couches.oublier_contours()


def _un_lot(code: str, source: SourceCouches, geo: Path, cog: Cog, *, mettre_de_cote: bool) -> Lot:
    try:
        return couches.rassembler(code, source, geo, cog, mettre_de_cote=mettre_de_cote)
    except FichiersChanges:
        raise
    except ErreurCarte as erreur:
        texte = erreur.format_message()
        raise CouchesIndisponibles(f"Département {code} : {texte} Rien n'a été écrit.") from erreur
