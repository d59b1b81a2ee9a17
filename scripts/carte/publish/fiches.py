"""One page per place, at an address that never changes."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import click

from carte.publish.atlas import Atlas
from carte.publish.horaires import tableau
from carte.publish.libelles import Libelles
from carte.publish.modeles import environnement
from carte.publish.shell import Shell, ecrire_page, remonter

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.records import Enregistrement
    from carte.records.model import Accessibilite, Equipements, Lieu

# A longer text is folded: the essential of a fiche must stay on the first screens.
PRESENTATION_MAX = 600
_IDENTIFIANT = re.compile(r"[0-9][0-9AB][0-9]?/[a-z0-9]+(?:-[a-z0-9]+)*")
_ACCES = {
    "fauteuil": "Entrée et salle accessibles en fauteuil roulant",
    "toilettes_adaptees": "Toilettes adaptées",
    "stationnement_adapte": "Place de stationnement adaptée",
    "boucle_magnetique": "Boucle magnétique pour malentendants",
    "langue_des_signes": "Accueil en langue des signes",
}
_MATERIEL = {
    "imprimante": "une imprimante",
    "scanner": "un scanner",
    "wifi": "le wifi",
    "visio": "un espace pour un rendez-vous en visio",
    "casque": "un casque audio",
}


class AncienneAdresseRefusee(click.ClickException):
    """A former id of a record cannot become a page."""


def ecrire(picture: "Picture", shell: Shell, atlas: Atlas, libelles: Libelles, dossier: Path) -> list[str]:
    """Write every fiche and the redirections of former ids; return the paths of the fiches."""
    chemins = []
    vivants = {enregistrement.identifiant for enregistrement in picture.enregistrements}
    for enregistrement in picture.enregistrements:
        chemin = f"lieux/{enregistrement.identifiant}/"
        ecrire_page(dossier, chemin, page(enregistrement, picture, shell, atlas, libelles))
        chemins.append(chemin)
        for ancien in _anciens(enregistrement, vivants):
            redirection = shell.redirection(f"lieux/{ancien}/", chemin, enregistrement.lieu.nom)
            ecrire_page(dossier, f"lieux/{ancien}/", redirection)
    return chemins


def page(enregistrement: "Enregistrement", picture: "Picture", shell: Shell, atlas: Atlas, libelles: Libelles) -> str:
    """The whole HTML of one fiche."""
    chemin = f"lieux/{enregistrement.identifiant}/"
    lieu = enregistrement.lieu
    contenu = (
        environnement()
        .get_template("fiche.html.j2")
        .render(vue(enregistrement, picture, atlas, libelles), racine=remonter(chemin))
    )
    services = ", ".join(g.libelle for g in libelles.groupes(lieu.services))
    return shell.page(
        chemin,
        f"{lieu.nom}, {lieu.commune}",
        contenu,
        description=f"{lieu.nom}, à {lieu.commune} : {services}. Horaires, adresse, téléphone.",
        section="lieux",
    )


def vue(enregistrement: "Enregistrement", picture: "Picture", atlas: Atlas, libelles: Libelles) -> dict[str, Any]:
    """What the template shows of a record: words and links, nothing left to decide."""
    lieu, jour = enregistrement.lieu, picture.configuration.date_publication
    commune = atlas.commune_du_lieu(enregistrement)
    vue = {champ: libelles.liste(vocabulaire, getattr(lieu, champ)) for champ, vocabulaire in _LISTES.items()}
    vue |= {
        "lieu": lieu,
        "commune": commune if commune and commune.propre else None,
        "epci": atlas.epci.get(commune.epci or "") if commune and commune.propre else None,
        "services": libelles.groupes(lieu.services),
        "horaires": tableau(lieu.horaires) if lieu.horaires else None,
        "fermetures": [f for f in lieu.fermetures or () if f.au >= jour],
        "itineraire": _itineraire(lieu),
        "labels": [(label, bool(label.jusqua and label.jusqua < jour)) for label in lieu.labels or ()],
        "materiel": _materiel(lieu.equipements),
        "acces": list(_acces(lieu.accessibilite)),
        "permanences": [
            (p, tableau(p.horaires), libelles.liste("services", p.services)) for p in lieu.permanences or ()
        ],
        "tournee": [
            (a, tableau(a.horaires) if a.horaires else None, *libelles.liste("frequences", [a.frequence]),
             a.prochain_passage if a.prochain_passage and a.prochain_passage >= jour else None)
            for a in lieu.tournee or ()
        ],
        "perimee": _derniere_verification(lieu) if _perimee(lieu, picture) else None,
        "courriel_sujet": quote(f"Fiche {enregistrement.identifiant}"),
        "modifier": _adresse_modification(picture.configuration.depot, enregistrement.fichier),
        "presentation_longue": len(lieu.presentation_detail or "") > PRESENTATION_MAX,
    }  # fmt: skip
    return vue


_LISTES = {
    "typologie": "typologies",
    "publics_specifiquement_adresses": "publics",
    "prise_en_charge_specifique": "prises_en_charge",
    "frais_a_charge": "frais",
    "dispositif_programmes_nationaux": "dispositifs",
    "formations_labels": "formations_labels",
    "modalites_acces": "modalites_acces",
    "modalites_accompagnement": "modalites_accompagnement",
    "postures": "postures",
    "formats": "formats",
    "itinerance": "itinerance",
}


def _derniere_verification(lieu: "Lieu") -> date:
    return max(lieu.date_maj, lieu.verifie_le or lieu.date_maj)


def _perimee(lieu: "Lieu", picture: "Picture") -> bool:
    age = picture.configuration.date_publication - _derniere_verification(lieu)
    return age.days > picture.configuration.seuils.fraicheur_jours


def _itineraire(lieu: "Lieu") -> dict[str, str] | None:
    """Links to the place on the phone's own map, and on OpenStreetMap: plain links, nothing is loaded."""
    if lieu.latitude is None or lieu.longitude is None:
        return None
    lat, lon = f"{lieu.latitude:.6f}", f"{lieu.longitude:.6f}"
    return {
        "geo": f"geo:{lat},{lon}?q={lat},{lon}",
        "osm": f"https://www.openstreetmap.org/directions?to={lat}%2C{lon}",
    }


def _materiel(equipements: "Equipements | None") -> dict[str, list[str]]:
    """What is there and what is not; what the record does not say is in neither list."""
    presents: list[str] = []
    absents: list[str] = []
    if equipements is None:
        return {"presents": presents, "absents": absents}
    for champ, mot in (("postes", "ordinateur"), ("tablettes", "tablette")):
        nombre = getattr(equipements, champ)
        if nombre:
            presents.append(f"{nombre} {mot}{'s' if nombre > 1 else ''}")
        elif nombre == 0:
            absents.append(f"{mot}s")
    for champ, libelle in _MATERIEL.items():
        present = getattr(equipements, champ)
        if present is not None:
            (presents if present else absents).append(libelle)
    return {"presents": presents, "absents": absents}


def _acces(accessibilite: "Accessibilite | None") -> Iterator[tuple[str, str]]:
    """Each point of access with « oui », « non » or « non renseigné »: unknown is said, never left to guess."""
    mots = {True: "oui", False: "non", None: "non renseigné"}
    for champ, libelle in _ACCES.items():
        yield libelle, mots[getattr(accessibilite, champ) if accessibilite else None]


def _adresse_modification(depot: str | None, fichier: str) -> str | None:
    """Where the record's file is edited; GitLab and GitHub spell it differently."""
    if not depot:
        return None
    tiret = "/-" if "gitlab" in (urlsplit(depot).hostname or "") else ""
    return f"{depot.rstrip('/').removesuffix('.git')}{tiret}/edit/main/{quote(fichier)}"


def _anciens(enregistrement: "Enregistrement", vivants: set[str]) -> Iterator[str]:
    for ancien in enregistrement.lieu.anciens_identifiants or ():
        # The text becomes a folder: nothing but an id may pass.
        if not _IDENTIFIANT.fullmatch(ancien):
            raise AncienneAdresseRefusee(
                f"{enregistrement.fichier} : « {ancien[:80]} » n'est pas un ancien identifiant. "
                "Il faut le département et le nom du fichier, par exemple 99/mediatheque-de-valbourg."
            )
        if ancien in vivants:
            raise AncienneAdresseRefusee(
                f"{enregistrement.fichier} : l'ancien identifiant « {ancien} » est celui d'une fiche qui existe."
            )
        yield ancien
