"""An EPCI's sheet: its places, its far communes, its copper dates; what is unknown is said so."""

from dataclasses import replace
from datetime import date

from pandas import NaT, Timestamp

from carte.broadband import Debit
from carte.publish.report.avis_details import LETTRES, details
from carte.publish.report.sujet import Sujet
from carte.records.modele import Arret, Enregistrement
from publish import monde_rapport


def _details(*fiches: Enregistrement, debits: Debit = monde_rapport.EXACT) -> list[tuple[str, str]]:
    lus = details(Sujet(monde_rapport.picture(*fiches, debits=debits), "99"), "E1")
    return [(titre.replace("\u00a0", " "), texte.replace("\u00a0", " ")) for titre, texte in lus]


def _cuivre(**statuts: tuple[str | None, object]) -> Debit:
    communes = monde_rapport.EXACT.communes.copy()
    lus = [statuts.get(f"c{code}", (None, NaT)) for code in communes["code_insee"]]
    communes["statut_cuivre"], communes["fermeture_cuivre"] = [s for s, _ in lus], [quand for _, quand in lus]
    return replace(monde_rapport.EXACT, communes=communes)


def test_places_are_listed_with_their_commune_and_no_place_is_no_proof() -> None:
    bus = [
        Arret(commune="Alpha", code_insee="99001", horaires="Mo 09:00-12:00", frequence="hebdomadaire"),
        Arret(commune="Béta-sur-Lône", code_insee="99002", horaires="Tu 09:00-12:00", frequence="hebdomadaire"),
    ]
    titre, texte = _details(
        monde_rapport.place("un", 46.0, nom="Médiathèque"),
        monde_rapport.place("bus", nom="Bus", tournee=bus),
        monde_rapport.place("hors", 46.3, nom="Hors de l’intercommunalité", code_insee="99003", commune="Gamma"),
    )[0]
    assert (titre, texte) == ("Ses lieux (2)", "Médiathèque (Alpha) ; Bus (Alpha et 1 autre arrêt).")
    assert "ce n’est pas la preuve" in _details()[0][1]


def test_a_long_list_stops_and_says_where_the_rest_is() -> None:
    nom = "Maison des services et des solidarités de la vallée"
    _, texte = _details(*(monde_rapport.place(f"p{rang:02}", 46.0, nom=f"{nom} {rang:02}") for rang in range(30)))[0]
    dits = texte.count(nom)
    assert len(texte) < LETTRES + 120
    assert texte.endswith(f"et {30 - dits} autres ; suite dans le classeur, feuille « Lieux ».")


def test_far_communes_come_with_their_time_and_people() -> None:
    """The only place is in Gamma, 33 km from Alpha: both communes of the EPCI are far, the farther first."""
    place = monde_rapport.place("g", 46.3, code_insee="99003", commune="Gamma")
    titre, texte = _details(place)[1]
    assert titre.startswith("Ses communes à plus de 20 minutes en voiture d’un lieu (2, ")
    assert texte.index("Alpha (") < texte.index("Béta-sur-Lône (")
    titre, texte = _details(monde_rapport.place("a", 46.0), monde_rapport.place("b", 46.1))[1]
    assert texte.startswith("aucune, d’après les temps de ce rapport ; la plus loin : ")
    assert "aucun lieu à portée" in _details()[1][1]


def test_copper_dates_are_grouped_and_silence_is_not_a_date() -> None:
    prevu = ("planifiée", Timestamp(date(2028, 1, 31)))
    assert _details(debits=_cuivre(c99001=prevu, c99002=prevu))[2][1] == (
        "31 janvier 2028 : 2 communes (Alpha, Béta-sur-Lône)."
    )
    mele = _cuivre(c99001=("fermée", NaT))
    assert _details(debits=mele)[2][1] == "date inconnue : 1 commune ; déjà fermé : 1 commune."
    sans = _cuivre(c99001=("non planifiée", NaT), c99002=("planifiée", NaT))
    assert _details(debits=sans)[2][1] == "date inconnue : 1 commune ; pas de date prévue : 1 commune."
