"""Rules on one record alone: shapes, dates, opening hours, and what must go together."""

from collections.abc import Iterator
from datetime import date

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.problem import Gravite
from carte.ecrits.texte import citer, vouliez_vous_dire
from carte.hours import Horaires, HorairesInvalides, conseils
from carte.records.context import Contexte
from carte.records.modele import Enregistrement, Forme, Lieu
from carte.records.rules.chemins import champs_marques, valeurs
from carte.records.rules.formes import FORMES

_HORAIRES = tuple(chemin for chemin, nom in champs_marques(Forme) if nom == "horaires")
_FORMES = tuple((chemin, nom, FORMES[nom]) for chemin, nom in champs_marques(Forme) if nom != "horaires")
_PREMIERE_ANNEE = 1900
MOYENS = ("adresse", "latitude", "telephone", "courriels", "site_web", "prise_rdv", "tournee")


def formes(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """Telephones, e-mails, web addresses, codes and identifiers have their shape."""
    champs = enregistrement.lieu.__dict__
    for chemin, nom, examiner in _FORMES:
        valeur = champs[chemin[0]]
        if valeur is None or (len(chemin) == 1 and examiner(valeur) is None):  # nearly always
            continue
        for place, valeur in valeurs(enregistrement.lieu, chemin):
            if avis := examiner(valeur):
                regle = nom.replace("_", "-")
                yield Faute(place, avis.message, regle, avis.gravite, citer(valeur), decalage=avis.decalage)


def horaires(enregistrement: Enregistrement, contexte: Contexte) -> Iterator[Faute]:
    """Opening hours can be read by the engine that will show them, and say what their author surely meant."""
    champs = enregistrement.lieu.__dict__
    for chemin in _HORAIRES:
        if champs[chemin[0]] is None:
            continue
        for place, texte in valeurs(enregistrement.lieu, chemin):
            try:
                lus = contexte.analyser_horaires(texte)
            except HorairesInvalides as erreur:
                yield Faute(place, str(erreur), "horaires", valeur=citer(texte), decalage=erreur.position)
            else:
                avis = conseils(lus, contexte.today) if isinstance(lus, Horaires) else ()
                yield from (conseil(place, message, "horaires", citer(texte)) for message in avis)


def dates_passees(enregistrement: Enregistrement, contexte: Contexte) -> Iterator[Faute]:
    """What has been done cannot be dated after the reference date, nor before anyone's memory."""
    for chemin, jour in _dates_passees(enregistrement.lieu):
        if jour is not None and jour > contexte.today:
            message = f"Le {jour} est dans le futur : la date de référence est le {contexte.today}."
            yield Faute(chemin, message, "date-future", valeur=jour.isoformat())
        elif jour is not None and jour.year < _PREMIERE_ANNEE:
            yield Faute(chemin, f"L'année {jour.year} ne peut pas être juste.", "date", valeur=jour.isoformat())


def _dates_passees(lieu: Lieu) -> Iterator[tuple[Chemin, date | None]]:
    yield ("date_maj",), lieu.date_maj
    yield ("verifie_le",), lieu.verifie_le
    if lieu.pass_numerique:
        yield ("pass_numerique", "verifie_le"), lieu.pass_numerique.verifie_le
    for rang, label in enumerate(lieu.labels or ()):
        yield ("labels", rang, "depuis"), label.depuis
    for champ, origine in (lieu.provenance or {}).items():
        yield ("provenance", champ, "date"), origine.date


def ouverture_annoncee(enregistrement: Enregistrement, contexte: Contexte) -> Iterator[Faute]:
    """A place may be announced before it opens, but it is worth a second look."""
    jour = enregistrement.lieu.date_ouverture
    if jour is not None and jour > contexte.today:
        yield conseil(("date_ouverture",), f"Ce lieu n'ouvre que le {jour}.", "date-future", jour.isoformat())


def dates_ordonnees(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """A period ends after it begins."""
    lieu = enregistrement.lieu
    for rang, fermeture in enumerate(lieu.fermetures or ()):
        if fermeture.au < fermeture.du:
            message = f"La fermeture finit le {fermeture.au}, avant de commencer le {fermeture.du}."
            place = ("fermetures", rang)
            yield Faute((*place, "au"), message, "dates-ordre", depend=((*place, "du"),))
    for rang, label in enumerate(lieu.labels or ()):
        if label.depuis and label.jusqua and label.jusqua < label.depuis:
            message = f"Le label finit le {label.jusqua}, avant de commencer le {label.depuis}."
            yield Faute(("labels", rang, "jusqua"), message, "dates-ordre")
    if lieu.date_fermeture and lieu.date_ouverture and lieu.date_fermeture <= lieu.date_ouverture:
        message = f"Le lieu ferme pour toujours le {lieu.date_fermeture}, sans avoir ouvert avant."
        yield Faute(("date_fermeture",), message, "dates-ordre", depend=(("date_ouverture",),))


def moyen_de_venir(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """A record nobody can reach is of no use."""
    champs = enregistrement.lieu.__dict__
    if not any(champs[nom] is not None and champs[nom] != [] for nom in MOYENS):
        message = (
            "Personne ne peut venir ni appeler : donnez au moins une adresse, des coordonnées, un téléphone, "
            "un courriel, un site, une prise de rendez-vous ou une tournée."
        )
        yield Faute((), message, "joignable", depend=tuple((nom,) for nom in MOYENS))


def coordonnees(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """Latitude and longitude come together, in this order."""
    lieu = enregistrement.lieu
    yield from _paire(lieu.latitude, lieu.longitude, ())
    for rang, arret in enumerate(lieu.tournee or ()):
        yield from _paire(arret.latitude, arret.longitude, ("tournee", rang))


# Outer boxes of the French territories: south, north, west, east (degrees).
BOITES = (
    (41.2, 51.3, -5.3, 9.8),
    (14.3, 18.2, -63.3, -60.7),
    (2.0, 6.0, -54.7, -51.5),
    (-21.5, -12.5, 45.0, 55.9),
    (46.7, 47.2, -56.5, -56.0),
    (-23.0, -19.0, 158.0, 172.0),
    (-28.0, -7.5, -155.0, -134.0),
    (-14.5, -13.0, -178.3, -176.0),
)


def en_france(latitude: float, longitude: float) -> bool:
    """Whether a point is in the outer box of a French territory."""
    return any(sud <= latitude <= nord and ouest <= longitude <= est for sud, nord, ouest, est in BOITES)


def _paire(latitude: float | None, longitude: float | None, base: Chemin) -> Iterator[Faute]:
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        la, manque = ("latitude", "longitude") if longitude is None else ("longitude", "latitude")
        message = f"Il y a une {la} mais pas de {manque} : donnez les deux, ou aucune."
        yield Faute((*base, la), message, "coordonnees", depend=((*base, manque),))
    elif not en_france(latitude, longitude) and en_france(longitude, latitude):
        juste = f"latitude {longitude} et longitude {latitude}"
        message = f"Latitude et longitude semblent inversées. Vouliez-vous dire {juste} ?"
        yield Faute((*base, "latitude"), message, "coordonnees", valeur=str(latitude), depend=((*base, "longitude"),))


def provenance(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """The origin is that of a field of the record."""
    champs = Lieu.model_fields
    for nom in enregistrement.lieu.provenance or ():
        if nom not in champs:
            message = f"« {citer(nom)} » n'est pas un champ de la fiche.{vouliez_vous_dire(nom, champs)}"
            yield Faute(("provenance", nom), message, "provenance", sur_cle=True)


def anciens_identifiants(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """A former id is not the present one; its shape is that of every id (see `formes`)."""
    for rang, ancien in enumerate(enregistrement.lieu.anciens_identifiants or ()):
        if ancien == enregistrement.identifiant:
            message = "Cet identifiant est celui de la fiche elle-même."
            yield Faute(("anciens_identifiants", rang), message, "identifiant", valeur=ancien)


def tournee(enregistrement: Enregistrement, _contexte: Contexte) -> Iterator[Faute]:
    """Only a mobile service has stops."""
    lieu = enregistrement.lieu
    if lieu.tournee and "Itinérant" not in (lieu.itinerance or ()):
        message = "Une tournée est décrite : ajoutez « Itinérant » dans « itinerance »."
        yield Faute(("tournee",), message, "tournee", Gravite.CONSEIL, sur_cle=True, depend=(("itinerance",),))
