"""Works done by the machines of a Dask scheduler (`distributed`), which is loaded only for them.

Nothing but values travels: a lot goes out as bytes, its results come back as bytes, and no disk is shared. A machine
that stops costs time: its lots are done again by another. One that has not the same program is refused.
"""

import logging
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from carte.erreurs import ErreurCarte
from carte.execution.enfant import EnfantPerdu, confier
from carte.execution.modele import D, Effort, OuvrierPerdu, R, emballer, ouvrir, par_lots
from carte.execution.releve import ecart, releve
from carte.journal import journal

ECHEANCE = 20
"""Seconds for the scheduler to answer, then for a first machine to be there."""
ATTENTE = 30
"""Seconds of silence after which machines are counted again."""
RETOUR = 600
"""Seconds for a machine to come back when none is left."""
_OU_TLS = "docs/grands-territoires.md dit quels réglages donnent l'autorité, le certificat et la clé."
_LIEN_PERDU = "L'ordonnanceur s'est arrêté, ou le lien avec lui est coupé : rétablissez-le, puis relancez ce calcul."
ESSAIS = 3
"""Times that a lot whose process was lost is asked again. The scheduler allows as many lost machines by itself."""


class OrdonnanceurIndisponible(ErreurCarte):
    """The scheduler cannot be used from here; the message says why, and what to do."""


class MachineDifferente(ErreurCarte):
    """A machine would not give the same bytes as this one."""


@contextmanager
def inscrites(adresse: str) -> Iterator["Machines"]:
    """The machines of the scheduler at `adresse` (`tcp://…`, `tls://…`). Raises OrdonnanceurIndisponible."""
    distributed = _importer()
    _verifier_tls(adresse, distributed.Security())
    try:
        client = distributed.Client(adresse, timeout=ECHEANCE, name="carte", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as erreur:
        raise OrdonnanceurIndisponible(
            f"L'ordonnanceur {adresse} ne répond pas. Vérifiez l'adresse, et que « dask scheduler » y est lancé ; s'il "
            "parle TLS, que l'adresse commence par tls:// et que les certificats viennent de la même autorité "
            f"({_cause(erreur)})."
        ) from erreur
    with client:
        try:
            client.wait_for_workers(1, timeout=ECHEANCE)
        except TimeoutError as erreur:
            raise OrdonnanceurIndisponible(
                f"Aucune machine n'est inscrite auprès de {adresse}. Lancez sur chacune : dask worker {adresse}"
            ) from erreur
        yield Machines(client)


def _verifier_tls(adresse: str, reglages: Any) -> None:
    """Say what is missing before anything is opened: the library would raise errors of its own, or wait."""
    if not adresse.startswith("tls://"):
        if reglages.require_encryption:
            raise OrdonnanceurIndisponible(
                f"Les réglages de Dask demandent TLS, et {adresse} n'en a pas : écrivez tls:// au lieu de tcp://."
            )
        return
    try:
        contexte = reglages.get_connection_args("client").get("ssl_context")
    except (OSError, ValueError) as erreur:
        raise OrdonnanceurIndisponible(f"Un certificat de TLS ne se lit pas : {erreur}. {_OU_TLS}") from erreur
    if contexte is None:
        raise OrdonnanceurIndisponible(f"L'adresse {adresse} demande TLS, et aucun certificat n'est réglé. {_OU_TLS}")


def _cause(erreur: BaseException) -> str:
    """What the library says of a failure: the last words of what it came from."""
    return str(erreur.__cause__ or erreur).strip().rpartition("\n")[2] or type(erreur).__name__


def _importer() -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError as erreur:
        raise OrdonnanceurIndisponible(
            "Pour calculer sur plusieurs machines, il faut la bibliothèque distributed : lancez « make machines »."
        ) from erreur
    # Its own lines on the screen: errors alone, and not those of a lost link, which are said here.
    logging.getLogger("distributed").setLevel(logging.ERROR)
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    return distributed


@dataclass(slots=True)
class Machines:
    """Those that are registered with a scheduler, as they come and go."""

    client: Any
    effort: Effort = field(default_factory=Effort)

    def faire(self, tache: Callable[[D], R], demandes: Iterable[D], lot: int = 1) -> Iterator[R]:
        """See `Executeur.faire`. Raises MachineDifferente too."""
        attente: deque[Any] = deque()
        try:
            for paquet in par_lots(demandes, lot):
                while len(attente) >= 2 * self._ensemble():
                    yield from self._ouvrir(attente.popleft())
                attente.append(
                    self.client.submit(faire_un_lot, emballer(tache, paquet), releve(), pure=False, retries=ESSAIS)
                )
            while attente:
                yield from self._ouvrir(attente.popleft())
        finally:
            with suppress(OSError, TimeoutError):  # once the link is lost, there is nobody to tell
                self.client.cancel(list(attente))

    def _ensemble(self) -> int:
        """Lots that are done at the same time: at least one, of a machine that will come."""
        try:
            processeurs: dict[str, int] = self.client.ncores()
        except (OSError, TimeoutError) as erreur:
            raise OuvrierPerdu(_LIEN_PERDU) from erreur
        return max(1, sum(processeurs.values()))

    def _ouvrir(self, futur: Any) -> list[Any]:
        resultats, secondes, pic = ouvrir(self._recevoir(futur))
        self.effort = self.effort.avec(secondes, pic, self._ensemble())
        return resultats

    def _recevoir(self, futur: Any) -> bytes:
        distributed = _importer()
        depuis: float | None = None
        while True:
            try:
                lettre: bytes = futur.result(timeout=ATTENTE)
                return lettre
            except TimeoutError:
                depuis = self._attendre(depuis)
            except ModuleNotFoundError as erreur:
                raise MachineDifferente(
                    "Une machine n'a pas Carte : installez-y le même état du programme."
                ) from erreur
            except distributed.CancelledError as erreur:
                raise OuvrierPerdu(_LIEN_PERDU) from erreur
            except (EnfantPerdu, distributed.KilledWorker, OSError) as erreur:
                raise OuvrierPerdu(
                    f"Un calcul n’a pas pu finir : les machines qui l’ont essayé se sont arrêtées ({erreur}). La "
                    "mémoire leur manque peut-être."
                ) from erreur

    def _attendre(self, depuis: float | None) -> float | None:
        """Since when no machine is left, None while there is one; says it once. Raises OuvrierPerdu after RETOUR."""
        try:
            if self.client.ncores():
                return None
            phrase = (
                "plus aucune machine n'est inscrite : le calcul reprendra dès qu'une le sera. Un ouvrier qui a perdu "
                "l'ordonnanceur s'arrête : relancez « dask worker » sur chaque machine."
            )
        except (OSError, TimeoutError):
            phrase = "l'ordonnanceur ne répond plus."
        if depuis is None:
            journal.warning(phrase)
            return time.monotonic()
        if time.monotonic() - depuis > RETOUR:
            raise OuvrierPerdu(
                "Aucune machine n'est revenue auprès de l'ordonnanceur. Relancez « dask worker » sur chacune, puis ce "
                "calcul."
            )
        return depuis


def faire_un_lot(lot: bytes, attendu: Mapping[str, str]) -> bytes:
    """On a machine: the letter of a lot, or that of a refusal when something is not as where it was asked."""
    if difference := ecart(attendu, releve()):
        from distributed import get_worker

        phrase = f"La machine {get_worker().address} {difference} : mettez-la au même état, puis relancez."
        return pickle.dumps(MachineDifferente(phrase), protocol=5)
    return confier(lot)
