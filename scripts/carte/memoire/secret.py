"""The user's own key: what was not written by this user on this machine is never believed."""

import os
import secrets
from pathlib import Path

import platformdirs

from carte.ecriture import poser
from carte.ordinaire import ouvrir

_LONGUEUR = 32


def fichier_du_secret() -> Path:
    """Where it is kept: `$XDG_CACHE_HOME/carte/cle` on Linux."""
    return platformdirs.user_cache_path("carte", appauthor=False) / "cle"


def secret(fichier: Path) -> bytes:
    """The key kept in `fichier`, made the first time, or again when somebody else could read it. Raises OSError."""
    return _lire(fichier) or _faire(fichier)


def _lire(fichier: Path) -> bytes | None:
    try:
        flux = ouvrir(fichier)
    except OSError:
        return None
    with flux:
        etat = os.fstat(flux.fileno())
        a_nous_seuls = etat.st_uid == os.getuid() and not etat.st_mode & 0o077
        contenu = flux.read(_LONGUEUR + 1) if a_nous_seuls else b""
    return contenu if len(contenu) == _LONGUEUR else None


def _faire(fichier: Path) -> bytes:
    fichier.parent.mkdir(parents=True, exist_ok=True)
    contenu = secrets.token_bytes(_LONGUEUR)
    poser(fichier, [contenu], prefixe=".cle.", droits=0o600)
    # Two builds that begin at once made two keys: the last one is that of both.
    return _lire(fichier) or contenu
