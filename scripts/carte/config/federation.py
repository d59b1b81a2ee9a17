"""The other hubs that a deployment names: those whose records it publishes, and its neighbours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from carte.config.formes import Departement, sans_repetition
from carte.ecrits.faute import Faute
from carte.ecrits.formes import avis_url
from carte.ecrits.modele import Partie, Suite, Texte, refus
from carte.ecrits.texte import citer, replier

PAQUET = "datapackage.json"
_DONNEES = f"donnees/{PAQUET}"
_NOM_MAX = 80


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub whose records are published here too: `adresse` is that of its package (https), or a folder.

    `departements`: those it answers for; what it publishes of others is left out. `site`: ends with a slash, empty when
    it is not known (a folder).
    """

    nom: str
    adresse: str | Path
    departements: tuple[str, ...]
    site: str = ""

    @property
    def cle(self) -> str:
        """What its file is called: its name, folded."""
        return replier(self.nom).replace(" ", "-")[:_NOM_MAX].strip("-")


@dataclass(frozen=True, slots=True)
class Voisin:
    """A site that this one links: its name and its address."""

    nom: str
    adresse: str


def _en_https(texte: str) -> str:
    """An address of a public site; nothing after its path."""
    if avis := avis_url(texte):
        raise refus(avis.message)
    parties = urlsplit(texte)
    if parties.scheme != "https":
        raise refus(f"« {citer(texte)} » : un site d'un autre hub est demandé par https (https://…).")
    if parties.query or parties.fragment:
        raise refus("L'adresse d'un site ne contient ni « ? » ni « # ».")
    return texte


def _adresse(texte: str) -> str:
    """An address, or the path of a folder."""
    if "://" in texte:
        return _en_https(texte)
    if not texte.isprintable() or texte.startswith("~") or ":" in texte:
        raise refus(f"« {citer(texte)} » : attendu l'adresse d'un site (https://…), ou le chemin d'un dossier.")
    return texte


class HubEcrit(Partie):
    """One hub of the federation."""

    nom: Annotated[Texte, Field(description="Nom du hub, montré sur ses fiches")]
    adresse: Annotated[
        str,
        Field(min_length=1, max_length=2_000, description="Adresse de son site, https://…, ou un dossier"),
        AfterValidator(_adresse),
    ]
    departements: Annotated[
        Suite[Departement],
        Field(
            min_length=1, max_length=110, description="Les départements dont il tient les fiches", examples=['["36"]']
        ),
        AfterValidator(sans_repetition),
    ]


class VoisinEcrit(Partie):
    """One neighbour."""

    nom: Annotated[Texte, Field(description="Nom du site voisin")]
    adresse: Annotated[
        str, Field(max_length=2_000, description="Adresse de son site, https://…"), AfterValidator(_en_https)
    ]


def hub_de(ecrit: HubEcrit, racine: Path) -> Hub:
    """A hub as it is used; the address of a site becomes that of its package."""
    if "://" not in ecrit.adresse:
        return Hub(ecrit.nom, racine / ecrit.adresse, ecrit.departements)
    site = ecrit.adresse.removesuffix(PAQUET).removesuffix("/").removesuffix("/donnees") + "/"
    return Hub(ecrit.nom, f"{site}{_DONNEES}", ecrit.departements, site)


def fautes_des_hubs(hubs: Sequence[HubEcrit], departements: Collection[str]) -> list[Faute]:
    """Two hubs whose files would be one; a département that the site has not."""
    fautes: list[Faute] = []
    cles: dict[str, str] = {}
    for rang, hub in enumerate(hubs):
        cle = Hub(hub.nom, "", ()).cle
        if not cle or cle in cles:
            dit = f"se confond avec « {citer(cles[cle])} »" if cle else "n'a ni lettre ni chiffre"
            message = f"« {citer(hub.nom)} » {dit} : donnez à chaque hub un nom à lui."
            fautes.append(Faute(("federation", rang, "nom"), message, "federation"))
        cles.setdefault(cle, hub.nom)
        fautes += [
            Faute(
                ("federation", rang, "departements", place),
                f"Le département {code} n'est pas dans « departements » : ses fiches n'auraient pas de page.",
                "federation",
            )
            for place, code in enumerate(hub.departements)
            if code not in departements
        ]
    return fautes
