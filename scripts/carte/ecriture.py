"""Writing where people write too: a file is replaced whole, and never over somebody's work.

In a folder where it writes, the program keeps the fingerprints of what it wrote, in `.carte-ecrits`. A file that is not
as it was written is somebody's: the command refuses before it writes anything, or keeps it aside when asked to.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping
from itertools import count
from pathlib import Path

from carte.erreurs import ErreurCarte

MEMOIRE = ".carte-ecrits"
DE_COTE = "--mettre-de-cote"
_NOMMES = 5


class FichiersChanges(ErreurCarte):
    """Files that would be replaced are not as the program wrote them; nothing was written."""

    def __init__(self, ou: Path, noms: Collection[str]) -> None:
        listes = ", ".join(sorted(noms)[:_NOMMES]) + (", …" if len(noms) > _NOMMES else "")
        quoi = "1 fichier n'est pas" if len(noms) == 1 else f"{len(noms)} fichiers ne sont pas"
        super().__init__(
            f"Dans {ou}, {quoi} comme Carte l'a écrit : {listes}. Rien n'a été écrit. Pour continuer sans rien perdre, "
            f"relancez la même commande avec {DE_COTE}."
        )


def empreinte(contenu: bytes) -> str:
    """SHA-256 of a file's bytes, whatever the line ends of the machine that checked it out."""
    return hashlib.sha256(contenu.replace(b"\r\n", b"\n")).hexdigest()


def etrangers(dossier: Path, noms: Iterable[str], connus: Mapping[str, str] | None = None) -> list[str]:
    """Those of `noms` that stand in `dossier` otherwise than as the program wrote them.

    `connus`: fingerprints that count as ours where the folder's memory says nothing (it is absent from old folders).
    """
    memoire = _lire(dossier)
    return [
        nom
        for nom in noms
        if os.path.lexists(dossier / nom)
        and _empreinte_de(dossier / nom) not in (memoire.get(nom) or [(connus or {}).get(nom, "")])
    ]


def noter(dossier: Path, empreintes: Mapping[str, str], *, en_cours: bool) -> None:
    """Remember what is about to be written (`en_cours`: what stands there is still ours too), then what was."""
    memoire = _lire(dossier)
    for nom, nouvelle in empreintes.items():
        memoire[nom] = [*(memoire.get(nom, []) if en_cours else []), nouvelle]
    texte = json.dumps({"fichiers": memoire}, ensure_ascii=False, indent=1, sort_keys=True)
    remplacer(dossier / MEMOIRE, f"{texte}\n".encode())


def ecrire_tous(dossier: Path, contenus: Mapping[str, bytes]) -> None:
    """Write files in the order given, and remember them. Killed in between, the next run still knows them as ours."""
    empreintes = {nom: empreinte(contenu) for nom, contenu in contenus.items()}
    noter(dossier, empreintes, en_cours=True)
    for nom, contenu in contenus.items():
        remplacer(dossier / nom, contenu)
    noter(dossier, empreintes, en_cours=False)


def remplacer(fichier: Path, contenu: bytes) -> None:
    """Replace a file: a reader sees the old one or the new one, never a half; a link stays, what it names changes."""
    reel = Path(os.path.realpath(fichier))
    reel.parent.mkdir(parents=True, exist_ok=True)
    droits = reel.stat().st_mode & 0o777 if reel.exists() else 0o666 & ~_masque()
    poser(reel, [contenu], prefixe=f".{reel.name}.", droits=droits)


def poser(place: Path, morceaux: Iterable[bytes], *, prefixe: str, droits: int = 0o600) -> None:
    """Write beside `place` under a name that begins with `prefixe`, then take the place, whatever stood there.

    A reader sees the old file or the new one, never a half; nothing is left beside after an error. Raises OSError.
    """
    descripteur, nom = tempfile.mkstemp(dir=place.parent, prefix=prefixe)
    provisoire = Path(nom)
    try:
        with os.fdopen(descripteur, "wb") as flux:
            flux.writelines(morceaux)
        provisoire.chmod(droits)
        provisoire.replace(place)
    except BaseException:
        provisoire.unlink(missing_ok=True)
        raise


def nom_libre(modele: Path) -> Path:
    """`<name>.mis-de-cote-<n><suffix of a file>` beside `modele`, with the first n that is free."""
    racine, suffixe = (modele.stem, modele.suffix) if modele.is_file() else (modele.name, "")
    libres = (modele.with_name(f"{racine}.mis-de-cote-{rang}{suffixe}") for rang in count(1))
    return next(libre for libre in libres if not os.path.lexists(libre))


def ecarter(dossier: Path, noms: Iterable[str], vers: Path) -> Path:
    """Move these files of `dossier` to a free name beside `vers`, a folder that keeps their paths; that folder."""
    garde = nom_libre(vers)
    for nom in noms:
        (garde / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).rename(garde / nom)
    return garde


def _empreinte_de(fichier: Path) -> str | None:
    """None for what is not a file that can be read: it is somebody's."""
    try:
        return empreinte(fichier.read_bytes()) if fichier.is_file() else None
    except OSError:
        return None


def _lire(dossier: Path) -> dict[str, list[str]]:
    """Fingerprints by name; empty without a memory that can be read: every file then counts as somebody's."""
    try:
        brut = json.loads((dossier / MEMOIRE).read_text(encoding="utf-8"))["fichiers"]
        return {str(nom): [str(x) for x in liste] for nom, liste in brut.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _masque() -> int:
    masque = os.umask(0)
    os.umask(masque)
    return masque
