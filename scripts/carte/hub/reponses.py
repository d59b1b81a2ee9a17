"""What a hub answers, each answer read by the rules of the configuration that will hold it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from carte import config
from carte.ecrits.texte import citer, vouliez_vous_dire
from carte.erreurs import ErreurCarte
from carte.lettres import plier

_GITHUB = "github.com"
_PAGES_GITHUB = ".github.io"


class ReponseRefusee(ErreurCarte):
    """An answer that the configuration would refuse; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Reponses:
    """`departements`: code → name, in the order given; `depot`: the forge's address of the repository; `adresse`:
    where the site is published, ending with « / »; `forge`: as it was named, else that of a host everybody knows."""

    departements: Mapping[str, str]
    hub: str
    courriel: str
    depot: str
    adresse: str
    forge_nommee: str | None = None

    @property
    def forge(self) -> str | None:
        return self.forge_nommee or config.forge_de_l_adresse(self.depot)


def lire_texte(champ: str, reponse: str) -> str:
    """One line of text for a field of the configuration. Raises ReponseRefusee."""
    texte = " ".join(reponse.split())
    if fautes := config.avis(champ, texte):
        raise ReponseRefusee("\n".join(fautes))
    return texte


def lire_depot(reponse: str) -> str:
    """The address of a repository, as its page has it: without « .git » nor final « / ». Raises ReponseRefusee."""
    return lire_texte("depot", reponse).rstrip("/").removesuffix(".git")


def lire_adresse(reponse: str) -> str:
    """The public address of a site, ending with « / ». Raises ReponseRefusee."""
    return lire_texte("url", reponse).rstrip("/") + "/"


def lire_departements(reponse: str, connus: Mapping[str, str]) -> dict[str, str]:
    """Code → name of the départements of an answer: codes or names, « 49, Sarthe » or « 36 37 ».

    `connus`: the real ones. Raises ReponseRefusee for one that does not exist, or when there is none.
    """
    par_nom = {_forme(nom): code for code, nom in connus.items()}
    trouves: dict[str, str] = {}
    for partie in filter(None, (partie.strip() for partie in re.split(r"[,;\n]", reponse))):
        for mot in [partie] if _forme(partie) in par_nom else partie.split():
            code = par_nom.get(_forme(mot)) or _code(mot)
            if code not in connus:
                propose = vouliez_vous_dire(mot, connus.values())
                raise ReponseRefusee(f"« {citer(mot)} » n'est le code ni le nom d'aucun département.{propose}")
            trouves[code] = connus[code]
    if not trouves:
        raise ReponseRefusee("Il faut au moins un département, par exemple 49 ou Maine-et-Loire.")
    return trouves


def _forme(texte: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", plier(texte)).strip()


def _code(mot: str) -> str:
    return mot.upper().zfill(2)


def adresse_publique(depot: str) -> str | None:
    """Where GitHub publishes the pages of a repository; None for another forge, whose address cannot be told."""
    parties = urlsplit(depot)
    chemin = parties.path.strip("/").split("/")
    if parties.hostname != _GITHUB or len(chemin) != 2:
        return None
    proprietaire, nom = chemin[0].lower(), chemin[1]
    hote = f"{proprietaire}{_PAGES_GITHUB}"
    return f"https://{hote}/" if nom.lower() == hote else f"https://{hote}/{nom}/"
