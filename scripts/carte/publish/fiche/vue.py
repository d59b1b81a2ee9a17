"""What a fiche shows of a record: words and links, nothing left for the template to decide."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from carte import config
from carte.publish.atlas import Atlas, Commune
from carte.publish.direct import donnees, horaires_compris
from carte.publish.fermetures import annonces
from carte.publish.feuille import qr
from carte.publish.feuille.lieu import a_un_plan, appelez
from carte.publish.horaires import tableau
from carte.publish.libelles import Libelles
from carte.publish.textes import date_longue, lien_telephone, pluriel, sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.picture import Picture
    from carte.records import Enregistrement
    from carte.records.modele import Accessibilite, Arret, Equipements, Label, Lieu

# A longer text is folded: the essential of a fiche must stay on the first screens.
PRESENTATION_MAX = 600
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


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of a fiche: a title and what the record says of it; `inconnu` is shown when it says nothing."""

    titre: str
    valeurs: list[str]
    inconnu: str = ""


def vue(enregistrement: "Enregistrement", picture: "Picture", atlas: Atlas, libelles: Libelles) -> dict[str, Any]:
    """What the template shows of a record: words and links, nothing left to decide."""
    lieu, configuration = enregistrement.lieu, picture.configuration
    jour = configuration.date_publication
    commune = atlas.commune(lieu)
    propre = commune if commune and commune.propre else None
    return {
        "lieu": lieu,
        "commune": propre,
        "page_commune": atlas.page(propre) if propre else "",
        "ville": arrondissement.nom if (arrondissement := enregistrement.arrondissement(lieu)) else lieu.commune,
        "epci": atlas.epci.get(propre.epci or "") if propre else None,
        "types": libelles.liste("typologies", lieu.typologie),
        "services": libelles.groupes(lieu.services),
        "offre": _remplies(_offre(lieu, libelles)),
        "tel": lien_telephone(lieu.telephone) if lieu.telephone else None,
        "appelez": appelez(lieu),
        "horaires": tableau(lieu.horaires) if lieu.horaires else None,
        "fermetures": annonces(lieu, jour),
        "itineraire": _itineraire(lieu) if dires.recoit_a_son_adresse(lieu, jour) else None,
        "ferme": dires.ferme_pour_toujours(lieu, jour),
        "se_deplace": dires.mobile_seulement(lieu),
        "sans_accueil": dires.accueille_public(lieu) is dires.Etat.NON,
        "permanences": [
            (p, tableau(p.horaires), libelles.liste("services", p.services)) for p in lieu.permanences or ()
        ],
        "feries": _feries(lieu),
        "direct": _en_attribut(donnees(enregistrement, atlas, jour)),
        "plan": _plan(lieu, commune),
        "code": qr.image(f"{configuration.url}lieux/{enregistrement.identifiant}/"),
        "tournee": [_arret(arret, libelles, jour) for arret in lieu.tournee or ()],
        "contact": _remplies(_contact(lieu, libelles)),
        "accueil": _remplies(_accueil(lieu, libelles)),
        "acces": list(_acces(lieu.accessibilite)) if lieu.accessibilite else [],
        "labels": _labels(lieu, libelles, jour),
        "reseaux": _remplies(_reseaux(lieu, libelles)),
        "origine": list(_origine(lieu, jour)),
        "a_jour_le": dires.a_jour_le(lieu),
        "verifiee": dires.verifiee(lieu),
        "nom_simple": sans_bidi(lieu.nom),
        "sans_commune": commune is None and not dires.mobile_seulement(lieu),
        "frais_jusqu_au": dires.frais_jusqu_au(lieu, configuration.seuils.fraicheur_jours),
        "perimee": not dires.frais(lieu, jour, configuration.seuils.fraicheur_jours),
        "ecrire": _message(configuration, enregistrement.identifiant),
        "modifier": config.adresse_modification(configuration, enregistrement.identifiant),
        "tenue": enregistrement.tenue,
        "presentation_longue": len(lieu.presentation_detail or "") > PRESENTATION_MAX,
    }


def _labels(lieu: "Lieu", libelles: Libelles, jour: date) -> list[tuple["Label", bool, date | None]]:
    """Each label, whether it is over, and its last day if it is known."""
    finis = dires.labels(lieu, jour, libelles.labels).finis
    return [(label, label in finis, dires.fin_du_label(label, libelles.labels)) for label in lieu.labels or ()]


def _feries(lieu: "Lieu") -> str:
    """How public and school holidays stand in these hours; what they do not say is said too."""
    horaires = horaires_compris(lieu.horaires)
    if horaires is None:
        return ""
    tus = [
        quoi
        for quoi, dits in (
            ("des jours fériés", any(r.feries for r in horaires.regles)),
            ("des vacances scolaires", any(r.vacances for r in horaires.regles)),
        )
        if not dits
    ]
    return (
        f"Ces horaires ne disent rien {' ni '.join(tus)} : {appelez(lieu)} avant de venir ces jours-là." if tus else ""
    )


def _en_attribut(valeurs: dict[str, Any] | None) -> str:
    """JSON for an attribute: the template escapes it as any other text."""
    return json.dumps(valeurs, ensure_ascii=False, separators=(",", ":")) if valeurs else ""


def _plan(lieu: "Lieu", commune: Commune | None) -> str:
    """The small map in words, empty when nothing places the record."""
    if not a_un_plan(lieu, commune):
        return ""
    if dires.mobile_seulement(lieu):
        return "Plan des communes où ce service s’arrête"
    ou = f"autour de {sans_bidi(lieu.commune)}"
    return f"Plan des communes {ou}" + ("" if lieu.latitude is not None else ", sans l’emplacement exact du lieu")


def _remplies(lignes: Iterable[Ligne]) -> list[Ligne]:
    return [ligne for ligne in lignes if ligne.valeurs or ligne.inconnu]


def _offre(lieu: "Lieu", libelles: Libelles) -> Iterator[Ligne]:
    """What the place says it does without saying what, and what it says it does not do."""
    yield Ligne(f"Aussi, sans dire quoi : {appelez(lieu)} avant de venir", libelles.declarees(lieu))
    yield Ligne("On n’y fait pas", libelles.absents(lieu))


def _contact(lieu: "Lieu", libelles: Libelles) -> Iterator[Ligne]:
    yield Ligne("Ce que l’on paie", libelles.liste("frais", lieu.frais_a_charge), "Non renseigné")
    publics = libelles.liste("publics", lieu.publics_specifiquement_adresses)
    yield Ligne("Réservé à", publics, "Pas de public précisé")
    yield Ligne("Comment venir", libelles.liste("modalites_acces", lieu.modalites_acces))
    if lieu.pass_numerique:
        accepte = "Accepté" if lieu.pass_numerique.accepte else "Non accepté"
        source = f" ({lieu.pass_numerique.source})" if lieu.pass_numerique.source else ""
        verifie = date_longue(lieu.pass_numerique.verifie_le)
        yield Ligne("Pass numérique", [f"{accepte}, vérifié le {verifie}{source}"])


def _accueil(lieu: "Lieu", libelles: Libelles) -> Iterator[Ligne]:
    yield Ligne("Besoins pris en charge", libelles.liste("prises_en_charge", lieu.prise_en_charge_specifique))
    yield Ligne("Manière d’aider", libelles.liste("postures", lieu.postures))
    yield Ligne("Accompagnement", libelles.liste("modalites_accompagnement", lieu.modalites_accompagnement))
    yield Ligne("Formes", libelles.liste("formats", lieu.formats))
    yield Ligne("Fixe ou itinérant", libelles.liste("itinerance", lieu.itinerance))
    presents, absents = _materiel(lieu.equipements)
    detail = [lieu.equipements.detail] if lieu.equipements and lieu.equipements.detail else []
    yield Ligne("Sur place", presents or detail, "" if absents else "Matériel non renseigné")
    yield Ligne("Il n’y a pas", absents)
    yield Ligne("Précisions", detail if presents else [])


def _reseaux(lieu: "Lieu", libelles: Libelles) -> Iterator[Ligne]:
    programmes = libelles.liste("dispositifs", lieu.dispositif_programmes_nationaux)
    yield Ligne("Programmes nationaux", programmes)
    yield Ligne("Formations et labels", libelles.liste("formations_labels", lieu.formations_labels))
    yield Ligne("Autres", list(lieu.autres_formations_labels or ()))
    yield Ligne("Dépend de", [lieu.structure_parente] if lieu.structure_parente else [])


def _origine(lieu: "Lieu", jour: date) -> Iterator[Ligne]:
    yield Ligne("Source", [lieu.source])
    yield Ligne("Mise à jour", [date_longue(lieu.date_maj)])
    yield Ligne("Vérification", [date_longue(lieu.verifie_le)] if lieu.verifie_le else [], "Aucune connue")
    if lieu.date_ouverture and lieu.date_ouverture <= jour:
        yield Ligne("Ouvert au public depuis", [f"le {date_longue(lieu.date_ouverture)}"])


def _arret(arret: "Arret", libelles: Libelles, jour: date) -> dict[str, Any]:
    prochain = arret.prochain_passage
    return {
        "arret": arret,
        "horaires": tableau(arret.horaires) if arret.horaires else None,
        "rythme": libelles.liste("frequences", [arret.frequence])[0],
        "prochain": prochain if prochain and prochain >= jour else None,
    }


def _itineraire(lieu: "Lieu") -> dict[str, str] | None:
    """Links to the place on the phone's own map, and on OpenStreetMap: plain links, nothing is loaded."""
    ou = dires.position(lieu)
    if ou is None:
        return None
    lat, lon = (f"{degres:.6f}" for degres in ou)
    return {
        "geo": f"geo:{lat},{lon}?q={lat},{lon}",
        "osm": f"https://www.openstreetmap.org/directions?to={lat}%2C{lon}",
    }


def _materiel(equipements: "Equipements | None") -> tuple[list[str], list[str]]:
    """What is there, and what is not; what the record does not say is in neither list."""
    presents: list[str] = []
    absents: list[str] = []
    if equipements is None:
        return presents, absents
    for champ, mot in (("postes", "ordinateur"), ("tablettes", "tablette")):
        nombre = getattr(equipements, champ)
        if nombre:
            presents.append(pluriel(nombre, mot))
        elif nombre == 0:
            absents.append(f"{mot}s")
    for champ, libelle in _MATERIEL.items():
        present = getattr(equipements, champ)
        if present is not None:
            (presents if present else absents).append(libelle)
    return presents, absents


def _acces(accessibilite: "Accessibilite") -> Iterator[Ligne]:
    """Each point of access with « oui », « non » or « non renseigné »: unknown is said, never left to guess."""
    for champ, libelle in _ACCES.items():
        valeur = getattr(accessibilite, champ)
        yield Ligne(libelle, [] if valeur is None else ["oui" if valeur else "non"], "non renseigné")
    if accessibilite.detail:
        yield Ligne("Précisions", [accessibilite.detail])


def _message(configuration: "Configuration", identifiant: str) -> str:
    """A message ready to send to the hub, which says which fiche it is about."""
    debut, milieu, fin = _cadre_du_message(configuration.courriel, configuration.url)
    cite = quote(identifiant, safe="")
    return f"{debut}{cite}{milieu}{cite}{fin}"


@lru_cache(maxsize=16)
def _cadre_du_message(courriel: str, url: str) -> tuple[str, str, str]:
    """The message before, between and after the two places where it names the fiche."""
    sujet, avant = quote("Correction : ", safe=""), quote(f"Fiche : {url}lieux/", safe="")
    apres = quote("/\r\n\r\nCe qui est faux :\r\n\r\nCe qui serait juste :\r\n", safe="")
    return f"mailto:{quote(courriel, safe='@')}?subject={sujet}", f"&body={avant}", apres
