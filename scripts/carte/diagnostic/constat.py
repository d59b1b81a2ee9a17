"""One line of a diagnosis, and how an examination that fails becomes one: nothing ever leaves as a stack."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from carte.erreurs import ErreurCarte, cause
from carte.journal import journal

REINSTALLER = "effacez .venv et node_modules dans le dossier du programme, puis lancez : make installer"


class Etat(StrEnum):
    """Only what is to be mended sets the exit code; what could not be known is said as such."""

    OK = "OK"
    A_CORRIGER = "à corriger"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Constat:
    """`quoi` was examined; `detail`: what was seen; `remede`: what to do (French, each possibly empty)."""

    etat: Etat
    quoi: str
    detail: str = ""
    remede: str = ""


def essayer(quoi: str, examen: Callable[[], Iterable[Constat]], remede: str = "") -> list[Constat]:
    """What an examination says; when it fails, one line that says why, and `remede`, which its message may lack."""
    try:
        return list(examen())
    except ErreurCarte as refus:
        return [Constat(Etat.A_CORRIGER, quoi, refus.message, remede)]
    except ImportError as absente:
        nom = absente.name or "inconnue"
        return [Constat(Etat.A_CORRIGER, quoi, f"la bibliothèque {nom} manque ou ne se charge pas.", REINSTALLER)]
    except OSError as refus:
        ou = f"{refus.filename} : " if refus.filename else ""
        return [Constat(Etat.A_CORRIGER, quoi, f"{ou}{cause(refus)}.", remede)]
    except Exception as imprevue:  # noqa: BLE001 - told in one line, its stack on demand: the other lines still come
        journal.debug("Examen interrompu : %s", quoi, exc_info=imprevue)
        detail = f"l'examen s'est arrêté sur une erreur imprévue ({type(imprevue).__name__})."
        return [Constat(Etat.INCONNU, quoi, detail, "relancez avec -v et joignez le détail à votre signalement")]


def ecrire(constat: Constat, largeur: int = max(map(len, Etat))) -> str:
    """The constat as a person reads it, on several lines when it has several."""
    marge = " " * (largeur + 2)
    premiere, *suite = (constat.detail or "").splitlines() or [""]
    lignes = [f"{constat.etat:<{largeur}}  {constat.quoi}{f' : {premiere}' if premiere else ''}"]
    lignes += [f"{marge}  {ligne}" for ligne in suite]
    lignes += [f"{marge}→ {constat.remede}"] if constat.remede else []
    return _sans_maison("\n".join(lignes))


def _sans_maison(texte: str) -> str:
    """Whose computer it is helps nobody: a diagnosis is sent to others."""
    maison = str(Path.home())
    return texte.replace(f"{maison}/", "~/") if len(maison) > 1 else texte
