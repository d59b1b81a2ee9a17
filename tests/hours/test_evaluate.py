"""States at one instant: OSM's separators, the four states, holidays, nights and odd weeks."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from carte.hours import Etat, calendrier, etat, parse, segments_du_jour
from carte.hours.evaluate import jour_du_calendrier

O, F, R, I = Etat.OUVERT, Etat.FERME, Etat.SUR_RENDEZ_VOUS, Etat.INCONNU  # noqa: E741
_ETE = "Mo-Fr 09:00-12:00; Jul 14-Aug 15 off; Dec 24 09:00-10:00"

# (text, local instant, state, département); 2026-11-23 is a Monday.
CAS = {
    "ouvert": ("Mo-Fr 09:00-12:00", "2026-11-23T09:00", O, "36"),
    "fin-exclue": ("Mo-Fr 09:00-12:00", "2026-11-23T12:00", F, "36"),
    "autre-jour": ("Mo-Fr 09:00-12:00", "2026-11-28T10:00", F, "36"),
    "remplace": ("Mo-Fr 09:00-12:00; We 14:00-18:00", "2026-11-25T10:00", F, "36"),
    "ajoute": ("Mo-Fr 09:00-12:00, We 14:00-18:00", "2026-11-25T10:00", O, "36"),
    "ajoute-aussi": ("Mo-Fr 09:00-12:00, We 14:00-18:00", "2026-11-25T15:00", O, "36"),
    "secours": ('Mo-Fr 09:00-12:00 || "sur rdv"', "2026-11-25T15:00", R, "36"),
    "secours-inutile": ('Mo-Fr 09:00-12:00 || "sur rdv"', "2026-11-25T10:00", O, "36"),
    "secours-puis-regle": ('Mo-Fr 09:00-12:00 || "sur rdv"; We off', "2026-11-25T15:00", F, "36"),
    "coupure": ("Mo-Fr 09:00-18:00; We 12:00-14:00 off", "2026-11-25T10:00", O, "36"),
    "coupure-dedans": ("Mo-Fr 09:00-18:00; We 12:00-14:00 off", "2026-11-25T13:00", F, "36"),
    "inconnu-un-jour": ("Mo-Fr 09:00-12:00; We unknown", "2026-11-25T15:00", I, "36"),
    "rdv-avec-heures": ('Mo-Fr 09:00-12:00 "sur rendez-vous"', "2026-11-23T10:00", R, "36"),
    "rdv-hors-heures": ('Mo-Fr 09:00-12:00 "sur rendez-vous"', "2026-11-23T13:00", F, "36"),
    "rdv-ouvert": ('Mo-Fr 09:00-12:00 open "Sur RDV"', "2026-11-23T10:00", R, "36"),
    "ferme-sauf-rdv": ('Mo-Fr 09:00-12:00; Sa off "sur rdv"', "2026-11-28T10:00", F, "36"),
    "remarque": ('"voir le site"', "2026-11-23T10:00", I, "36"),
    "ouvert-remarque": ('Mo-Fr 09:00-12:00 open "entrée libre"', "2026-11-23T10:00", O, "36"),
    "fermetures-seules": ("PH off", "2026-11-23T10:00", I, "36"),
    "fermetures-seules-feries": ("PH off", "2026-11-11T10:00", F, "36"),
    "off": ("off", "2026-11-23T10:00", F, "36"),
    "fin-ouverte": ("Mo-Fr 09:00+", "2026-11-23T10:00", I, "36"),
    "fin-ouverte-avant": ("Mo-Fr 09:00+", "2026-11-23T08:00", F, "36"),
    "fin-prolongee": ("Mo-Fr 09:00-12:00+", "2026-11-23T10:00", O, "36"),
    "fin-prolongee-apres": ("Mo-Fr 09:00-12:00+", "2026-11-23T13:00", I, "36"),
    "nuit": ("Fr 22:00-04:00", "2026-11-28T03:59", O, "36"),
    "nuit-finie": ("Fr 22:00-04:00", "2026-11-28T04:00", F, "36"),
    "nuit-26h": ("Fr 18:00-26:00", "2026-11-28T01:59", O, "36"),
    "nuit-remplacee": ("Fr 22:00-04:00; Sa 10:00-12:00", "2026-11-28T01:00", F, "36"),
    "nuit-gardee": ("Mo-Su 10:00-12:00; Fr 22:00-04:00", "2026-11-28T01:00", O, "36"),
    "nuit-du-dimanche": ("Su 22:00-02:00", "2026-11-23T01:00", O, "36"),
    "ferie": ("Mo-Fr 09:00-12:00; PH off", "2026-05-01T10:00", F, "36"),
    "ferie-non-dit": ("Mo-Fr 09:00-12:00", "2026-05-01T10:00", O, "36"),
    "ferie-ouvert": ("Sa 09:00-12:00; PH 10:00-12:00", "2026-07-14T11:00", O, "36"),
    "ferie-et-jour": ("PH Mo-Fr 09:00-12:00", "2026-11-23T10:00", F, "36"),
    "fermeture-trop-tot": ("PH off; Mo-Fr 09:00-12:00", "2026-05-01T10:00", O, "36"),
    "26-decembre-strasbourg": ("Mo-Sa 09:00-12:00; PH off", "2026-12-26T10:00", F, "67"),
    "26-decembre-lille": ("Mo-Sa 09:00-12:00; PH off", "2026-12-26T10:00", O, "59"),
    "vendredi-saint-metz": ("Mo-Sa 09:00-12:00; PH off", "2026-04-03T10:00", F, "57"),
    "27-mai-guadeloupe": ("Mo-Sa 09:00-12:00; PH off", "2026-05-27T10:00", F, "971"),
    "27-mai-martinique": ("Mo-Sa 09:00-12:00; PH off", "2026-05-27T10:00", O, "972"),
    "20-decembre-reunion": ("Mo-Su 09:00-12:00; PH off", "2026-12-20T10:00", F, "974"),
    "vacances-zone-b": ("Mo-Fr 09:00-12:00; SH off", "2026-10-21T10:00", F, "36"),
    "vacances-zone-a-hiver": ("Mo-Fr 09:00-12:00; SH off", "2027-02-15T10:00", F, "25"),
    "vacances-zone-b-ecole": ("Mo-Fr 09:00-12:00; SH off", "2027-02-15T10:00", O, "36"),
    "vacances-inconnues": ("Mo-Fr 09:00-12:00; SH off", "2030-02-15T10:00", I, "36"),
    "vacances-inconnues-ferme": ("Mo-Fr 09:00-12:00; SH off", "2030-02-15T13:00", F, "36"),
    "vacances-outre-mer": ("Mo-Fr 09:00-12:00; SH off", "2026-10-21T10:00", I, "971"),
    "vacances-reunion": ("Mo-Fr 09:00-12:00; SH off", "2026-10-21T10:00", F, "974"),
    "ecole-reunion": ("Mo-Fr 09:00-12:00; SH off", "2026-11-03T10:00", O, "974"),
    "ecole-corse": ("Mo-Fr 09:00-12:00,14:00-17:00; SH off", "2026-12-08T10:30", O, "2A"),
    "vacances-corse": ("Mo-Fr 09:00-12:00; SH We 10:00-18:00", "2026-10-21T11:00", O, "2A"),
    "vacances-corse-apres-midi": ("Mo-Fr 09:00-12:00; SH We 10:00-18:00", "2026-10-21T15:00", O, "2A"),
    "pont-de-l-ascension": ("Mo-Fr 09:00-12:00; SH off", "2027-05-07T10:00", I, "36"),
    "departement-fictif": ("Mo-Fr 09:00-12:00; SH off", "2026-10-21T10:00", F, "99"),
    "ete-premier-jour": (_ETE, "2026-07-14T10:00", F, "36"),
    "ete-dernier-jour": (_ETE, "2026-08-14T10:00", F, "36"),
    "ete-fini": (_ETE, "2026-08-17T10:00", O, "36"),
    "reveillon": (_ETE, "2026-12-24T11:00", F, "36"),
    "passe-l-an": ("Mo-Fr 09:00-12:00; Dec 20-Jan 5 off", "2027-01-05T10:00", F, "36"),
    "avec-annees": ("Mo-Fr 09:00-12:00; 2026 Dec 20-2027 Jan 5 off", "2025-12-22T10:00", O, "36"),
    "avec-annees-dedans": ("Mo-Fr 09:00-12:00; 2026 Dec 20-2027 Jan 5 off", "2027-01-04T10:00", F, "36"),
    "annee-finie": ("2025 Mo-Fr 09:00-12:00", "2026-11-23T10:00", F, "36"),
    "annee-ouverte": ("2026+ Mo-Fr 09:00-12:00", "2031-11-24T10:00", O, "36"),
    "lundi-de-paques": ("Mo-Fr 09:00-12:00; easter +1 day off", "2027-03-29T10:00", F, "36"),
    "semaine-impaire": ("week 1-53/2 Mo 09:00-12:00", "2026-11-16T10:00", O, "36"),  # week 47
    "semaine-paire": ("week 1-53/2 Mo 09:00-12:00", "2026-11-23T10:00", F, "36"),  # week 48
    "semaine-53": ("week 53 Mo 09:00-12:00", "2026-12-28T10:00", O, "36"),
    "semaine-53-puis-1": ("week 1-53/2 Mo 09:00-12:00", "2027-01-04T10:00", O, "36"),
    "semaine-53-de-janvier": ("week 53 Fr 09:00-12:00", "2027-01-01T10:00", O, "36"),
    "premier-lundi": ("Mo[1] 09:00-12:00", "2026-11-02T10:00", O, "36"),
    "deuxieme-lundi": ("Mo[1] 09:00-12:00", "2026-11-09T10:00", F, "36"),
    "dernier-lundi": ("Mo[-1] 09:00-12:00", "2026-11-30T10:00", O, "36"),
    "dernier-dimanche-de-fevrier": ("Su[-1] 09:00-12:00", "2028-02-27T10:00", O, "36"),
}


@pytest.mark.parametrize(("texte", "local", "attendu", "departement"), CAS.values(), ids=CAS.keys())
def test_state(texte: str, local: str, attendu: Etat, departement: str) -> None:
    calendrier_du_lieu = calendrier(departement)
    instant = datetime.fromisoformat(local).replace(tzinfo=calendrier_du_lieu.tz)
    assert etat(parse(texte), instant, calendrier_du_lieu) is attendu


def test_no_hours_is_unknown_never_closed() -> None:
    assert etat(None, datetime(2026, 11, 23, 10, tzinfo=UTC), calendrier("36")) is Etat.INCONNU


@pytest.mark.parametrize(
    ("departement", "utc", "attendu"),
    [
        ("36", "2026-07-15T07:30", O),  # 9:30 in summer: a clock read in UTC would say closed
        ("36", "2026-11-23T08:30", O),
        ("971", "2026-11-23T13:30", O),
        ("974", "2026-11-23T05:30", O),
        ("988", "2026-11-22T22:30", O),  # already Monday in Nouméa
        ("988", "2026-11-23T08:30", F),
    ],
)
def test_the_clock_is_the_one_of_the_place(departement: str, utc: str, attendu: Etat) -> None:
    instant = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert etat(parse("Mo-Fr 09:00-12:00"), instant, calendrier(departement)) is attendu


def test_an_instant_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="fuseau horaire"):
        etat(parse("24/7"), datetime(2026, 11, 23, 10), calendrier("36"))


@pytest.mark.parametrize("texte", sorted({cas[0] for cas in CAS.values()}))
def test_segments_tile_the_day(texte: str) -> None:
    for jour in (date(2026, 5, 1), date(2026, 11, 28), date(2030, 2, 15)):
        segments = segments_du_jour(parse(texte).regles, jour, calendrier("36"))
        bornes = [(s.debut, s.fin) for s in segments]
        assert bornes[0][0] == 0
        assert bornes[-1][1] == 1440
        assert all(avant[1] == apres[0] for avant, apres in itertools.pairwise(bornes))
        assert all(debut < fin for debut, fin in bornes)


@pytest.mark.parametrize("annee", [2000, 2024, 2026, 2027, 2028, 2100])
def test_the_rank_of_a_day_counts_its_weekday_in_the_month(annee: int) -> None:
    """From the beginning and from the end, leap years and ends of centuries included."""
    duree = (date(annee + 1, 1, 1) - date(annee, 1, 1)).days
    jours = [date(annee, 1, 1) + timedelta(days=rang) for rang in range(duree)]
    for jour in jours:
        pareils = [j for j in jours if (j.month, j.weekday()) == (jour.month, jour.weekday())]
        vu, rang = jour_du_calendrier(jour, calendrier("36"), False), pareils.index(jour)
        assert (vu.jour_semaine, vu.rang, vu.rang_fin) == (jour.weekday(), rang + 1, rang - len(pareils))
