"""What is asked of a server in headers, and what its answer says of the file that it sends."""

import requests
import urllib3

from carte.couches.cache import Partiel, Recu, Version
from carte.couches.pannes import refus


def entetes(garde: Recu | None, partiel: Partiel) -> dict[str, str]:
    """What is already here, said to the server: it then sends only what is missing."""
    dits = {}
    if garde is not None and garde.version.etag:
        dits["If-None-Match"] = garde.version.etag
    if garde is not None and garde.version.modifie:
        dits["If-Modified-Since"] = garde.version.modifie
    if partiel.repris:
        dits |= {"Range": f"bytes={partiel.octets}-", "If-Range": partiel.version.reprise}
    return dits


def version_de(adresse: str, reponse: requests.Response) -> Version:
    entetes = reponse.headers
    codage = entetes.get("content-encoding", "").strip().lower().replace("identity", "")
    if codage not in ("", "gzip"):
        raise refus(adresse, f"le serveur envoie une compression inconnue ({codage[:20]})")
    longueur = entetes.get("content-length", "")
    if reponse.status_code == 206:
        longueur = entetes.get("content-range", "").rpartition("/")[2]
    return Version(
        _validateur(entetes.get("etag")),
        _validateur(entetes.get("last-modified")),
        codage,
        int(longueur) if longueur.isascii() and longueur.isdigit() else None,
    )


def _validateur(valeur: str | None) -> str:
    """A validator to send back one day; none when it is no plain short text."""
    valeur = (valeur or "").strip()
    return valeur if len(valeur) <= 200 and valeur.isascii() and valeur.isprintable() else ""


def fait_suite(reponse: requests.Response, version: Version, partiel: Partiel) -> bool:
    """Whether a part is what follows: it begins where we stopped, and nothing says that it is of another version."""
    connue = partiel.version
    # A part may leave out what the whole said, and never say anything else.
    ecarts = [
        dite != connue_
        for dite, connue_ in (
            (version.etag, connue.etag),
            (version.modifie, connue.modifie),
            (version.total, connue.total),
        )
        if dite and connue_
    ]
    commence = reponse.headers.get("content-range", "").startswith(f"bytes {partiel.octets}-")
    return partiel.repris and commence and version.codage == connue.codage and not any(ecarts)


def attente_demandee(entete: str | None) -> float | None:
    """Seconds that a server asks to wait (`Retry-After`: a number or a date)."""
    if not entete:
        return None
    try:
        return urllib3.Retry().parse_retry_after(entete)
    except urllib3.exceptions.InvalidHeader:
        return None
