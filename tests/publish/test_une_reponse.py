"""The site and its report tell a record alike: search, lists, fiche, sheet, linked data, open data, figures."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from carte.indicators import en_service
from carte.publication import Chantier
from carte.publish import fiche as fiches
from carte.publish import listes, maps, opendata, search
from carte.publish.atlas import Atlas
from carte.publish.feuille.contenu import Redacteur
from carte.publish.fiche.donnees_liees import donnees_liees
from carte.publish.search.facettes import QUESTIONS
from carte.records import dires
from publish import monde, monde_rapport
from publish.conftest import Socle
from publish.pages import Page, pages_ecrites

if TYPE_CHECKING:
    from carte.picture import Picture

SANS_PUBLIC = "Ce lieu n'accueille pas de public"
OUVERT = {"latitude": 46.0, "longitude": 2.0, "horaires": "Mo-Fr 09:00-12:00"}


@dataclass(frozen=True)
class Dit:
    """What each part of a publication says of one record."""

    carte: dict[str, Any]
    question: dict[str, bool | None]
    liste: str
    fiche: str
    feuille: dict[str, Any]
    liees: str
    figures: Any
    dans_l_offre: bool
    frais: bool
    ligne: dict[str, str]
    sur_la_carte: int


@pytest.fixture
def publier(socle: Socle, tmp_path: Path) -> Any:
    def _publier(**champs: Any) -> Dit:
        picture = monde_rapport.picture(monde.fiche("essai", **champs))
        atlas, libelles = Atlas(picture.territoire), monde.libelles()
        points = atlas.points(picture.enregistrements)
        jour, seuils = picture.configuration.date_publication, picture.indicateurs.seuils
        search.ecrire(
            points, atlas, libelles, Chantier.sur(tmp_path), jour=jour, fraicheur_jours=seuils.fraicheur_jours
        )
        opendata.ecrire(picture, Chantier.sur(tmp_path))
        maps.ecrire(picture, points, atlas, libelles, socle.shell, maps.preparer(picture), Chantier.sur(tmp_path))
        amas = json.loads((tmp_path / "donnees/cartes/index.json").read_text(encoding="utf-8"))["lieux"]
        listes.ecrire(points, socle.shell, atlas, libelles, jour, Chantier.sur(tmp_path))
        pages = pages_ecrites(tmp_path)
        html = fiches.page(picture.enregistrements[0], picture, socle.shell, atlas, libelles)
        brut = json.loads((tmp_path / "donnees/recherche/99.json").read_text(encoding="utf-8"))
        index = json.loads((tmp_path / "donnees/recherche/index.json").read_text(encoding="utf-8"))
        carte = {cle: valeurs[0] for cle, valeurs in brut["colonnes"].items()} | {"fermetures": brut["fermetures"]}
        with (tmp_path / "donnees/lieux.csv").open(encoding="utf-8-sig", newline="") as lu:
            ligne = next(iter(csv.DictReader(lu, delimiter=_separateur(tmp_path))))
        commune = picture.indicateurs.tables["commune"].loc[brut["communes"][carte["commune"]][0] or "99001"]
        reel = monde.configuration(demonstration=False)
        return Dit(
            carte | {"code": brut["communes"][carte["commune"]][0]},
            {
                q.cle: bool(carte["oui"] >> rang & 1) if carte["connu"] >> rang & 1 else None
                for rang, q in enumerate(QUESTIONS)
            },
            " ".join(Page(pages[f"communes/{commune.name}/"]).texte.split()),
            " ".join(Page(html).texte.split()),
            Redacteur(picture, atlas, libelles).feuille(picture.enregistrements[0]).texte,
            str(donnees_liees(picture.enregistrements[0], reel)),
            commune,
            bool(en_service(picture.offre, seuils.fermeture_jours).all()),
            (jour - date(1970, 1, 1)).days <= carte["verifie"] + index["fraisPendant"],
            ligne,
            sum(sum(un["cases"][2::6]) for un in amas),
        )

    return _publier


def _separateur(dossier: Path) -> str:
    return ";" if ";" in (dossier / "donnees/lieux.csv").read_text(encoding="utf-8-sig").split("\n")[0] else ","


def test_the_example_of_the_issue(publier: Any) -> None:
    """Free sessions, reached by telephone, checked in 2026: it was without appointment in the search and not in O5,
    fresh on its fiche and stale in O8."""
    dit = publier(
        **OUVERT,
        formats=["permanence libre"],
        modalites_acces=["Téléphoner"],
        date_maj=date(2023, 5, 1),
        verifie_le=date(2026, 10, 1),
    )
    assert dit.question["sans-rdv"] is True
    assert "Sans rendez-vous" in dit.liste
    assert (dit.figures["O5_15_num"], dit.figures["O5_15_haut"]) == (100, 100)
    assert dit.frais
    assert "n’a pas été vérifiée" not in dit.fiche
    assert (dit.figures["O8_fiches_num"], dit.figures["O8_voiture_15_num"]) == (1, 100)


@pytest.mark.parametrize(
    ("champs", "sans_rdv", "bornes"),
    [
        ({"modalites_acces": ["Se présenter"]}, True, (100, 100)),
        ({"modalites_acces": ["Téléphoner"]}, False, (0, 0)),
        ({}, None, (0, 100)),
        ({"modalites_acces": [SANS_PUBLIC], "formats": ["permanence libre"]}, False, (0, 0)),
    ],
    ids=["oui", "non", "non dit", "n'accueille pas"],
)
def test_without_appointment(publier: Any, champs: Any, sans_rdv: bool | None, bornes: tuple[int, int]) -> None:
    dit = publier(**OUVERT, **champs)
    assert dit.question["sans-rdv"] is sans_rdv
    assert ("Sans rendez-vous" in dit.liste) is (sans_rdv is True)
    assert (dit.figures["O5_15_bas"], dit.figures["O5_15_haut"]) == bornes


@pytest.mark.parametrize(
    ("frais", "attendu"),
    [(["Gratuit"], True), (["Gratuit", "Payant"], None), (["Gratuit sous condition"], False), (None, None)],
)
def test_free(publier: Any, frais: list[str] | None, attendu: bool | None) -> None:
    dit = publier(**OUVERT, frais_a_charge=frais)
    assert dit.question["gratuit"] is attendu
    assert ("gratuit" in dit.liste.lower()) is (attendu is True)


@pytest.mark.parametrize("maj", [date(2025, 11, 2), date(2025, 11, 3)], ids=["365 jours", "364 jours"])
def test_fresh(publier: Any, maj: date) -> None:
    dit = publier(**OUVERT, date_maj=maj)
    frais = maj == date(2025, 11, 3)
    assert dit.frais is frais
    assert ("n’a pas été vérifiée" in dit.fiche) is not frais
    assert dit.figures["O8_fiches_num"] == int(frais)


def test_a_mobile_service_without_known_stops(publier: Any) -> None:
    """It served its commune only in the report, and the sheet sent people to its garage."""
    dit = publier(**OUVERT, itinerance=["Itinérant"], adresse="Garage municipal")
    assert dit.question["itinerant"] is True
    assert dit.carte["approche"] == 1
    assert "Itinéraire" not in dit.fiche
    assert dit.feuille["adresse"] == []
    assert dit.feuille["plan"] is False
    assert "ses arrêts ne sont pas renseignés" in " ".join(dit.feuille["situation"])
    assert "ses arrêts ne sont pas renseignés" in dit.fiche
    assert "address" not in dit.liees


DEUX_ANS = [{"du": date(2026, 1, 1), "au": date(2027, 12, 31), "motif": "incendie"}]
DEUX_MOIS = [{"du": date(2026, 10, 1), "au": date(2026, 11, 30)}]


@pytest.mark.parametrize(
    ("champs", "fait", "comptes"),
    [
        ({"fermetures": DEUX_ANS}, "fermé jusqu’au 31 décembre 2027", (0, 1, 0)),
        ({"fermetures": DEUX_MOIS}, "fermé jusqu’au 30 novembre 2026", (1, 0, 0)),
        ({"date_fermeture": date(2026, 9, 1)}, "fermé définitivement depuis le 1er septembre 2026", (0, 1, 0)),
        ({"date_ouverture": date(2027, 1, 4)}, "pas encore ouvert : ouvre le 4 janvier 2027", (0, 0, 1)),
        ({"date_ouverture": date(2026, 1, 4)}, "", (1, 0, 0)),
    ],
    ids=["deux ans", "deux mois", "pour toujours", "pas encore", "ouvert"],
)
def test_a_closed_place(publier: Any, champs: Any, fait: str, comptes: tuple[int, int, int]) -> None:
    dit = publier(**OUVERT, **champs)
    assert fait in dit.liste.lower()
    assert ("fermé" in dit.liste.lower() or "pas encore ouvert" in dit.liste.lower()) is bool(fait)
    colonnes = ("lieux", "lieux_fermes", "lieux_pas_encore_ouverts")
    assert tuple(dit.figures[colonne] for colonne in colonnes) == comptes
    assert dit.dans_l_offre is (comptes[0] == 1)
    for colonne, ouvert in (("A2_voiture_15_num", 100), ("O2_num", 15), ("O3_connus", 1)):
        if colonne in dit.figures:
            assert dit.figures[colonne] == (ouvert if dit.dans_l_offre else 0)
    assert bool(dit.carte["fermetures"]) is bool(fait)
    assert (dit.carte["approche"] == 4) is ("définitivement" in fait)
    if fait.startswith("fermé jusqu’au"):
        assert "Fermé du" in dit.fiche
        assert "specialOpeningHoursSpecification" in dit.liees
    elif fait:
        assert fait[1:] in dit.fiche


def test_a_place_closed_for_good_is_nobodys_way(publier: Any) -> None:
    dit = publier(**OUVERT, adresse="1 rue du Port", date_fermeture=date(2026, 9, 1))
    assert "Itinéraire" not in dit.fiche
    assert dit.feuille["adresse"] == []
    assert dit.feuille["situation"] == ["Fermé définitivement depuis le 1er septembre 2026."]
    assert "address" not in dit.liees
    assert "0 lieu" in dit.liste or "Aucun lieu" in dit.liste
    assert "Voir les autres lieux près de Alpha" in dit.fiche
    assert "Horaires habituels" not in dit.fiche
    assert "Feuille à remettre" not in dit.fiche
    assert dit.sur_la_carte == 0
    assert publier(**OUVERT).sur_la_carte == 1


def test_a_record_placed_by_its_point_alone_stands_everywhere_in_its_commune(publier: Any) -> None:
    """It was counted in the commune's figures, and stood on no list."""
    dit = publier(commune="Lieu-dit sans commune", code_insee=None, latitude=46.1, longitude=2.0)
    assert dit.figures.name == "99002"
    assert dit.figures["lieux"] == 1
    assert dit.carte["code"] == "99002"
    assert "Médiathèque d'Alpha" in dit.liste
    assert dit.ligne["code_insee"] == "99002"


def test_every_located_record_of_the_demonstration_stands_everywhere(demo: "Picture", site_demonstration: Path) -> None:
    """On the list of its commune, in the search, in the open data with its code, and in the commune's figures."""
    donnees, dedans = site_demonstration / "donnees", set(demo.indicateurs.tables["commune"].index)
    ou = {
        e.identifiant: {r.pose.code_insee for r in dires.rencontres(e.lieu) if r.pose.code_insee}
        for e in demo.enregistrements
    }
    par_commune: dict[str, set[str]] = {}
    for identifiant, codes in ou.items():
        for code in codes & dedans:
            par_commune.setdefault(code, set()).add(identifiant)
    assert sum(map(len, par_commune.values())) > 50
    for code, attendus in par_commune.items():
        page = (site_demonstration / f"communes/{code}/index.html").read_text(encoding="utf-8")
        tous = page.split('id="tous"')[1]
        assert {i for i in ou if f"lieux/{i}/" in tous} == attendus
    comptes = demo.indicateurs.tables["commune"][["lieux", "lieux_fermes", "lieux_pas_encore_ouverts"]].sum(axis=1)
    assert {code: n for code, n in comptes.items() if n} == {code: len(ids) for code, ids in par_commune.items()}
    for departement in {identifiant.split("/")[0] for identifiant in ou}:
        brut = json.loads((donnees / f"recherche/{departement}.json").read_text(encoding="utf-8"))
        rangees = zip(brut["colonnes"]["id"], brut["colonnes"]["commune"], strict=True)
        trouves = {(f"{departement}/{slug}", brut["communes"][rang][0]) for slug, rang in rangees}
        assert trouves == {(i, c) for i, codes in ou.items() if i.startswith(f"{departement}/") for c in codes}
    with (donnees / "lieux.csv").open(encoding="utf-8-sig", newline="") as lu:
        lignes = list(csv.DictReader(lu, delimiter=_separateur(site_demonstration)))
    assert {ligne["id"]: ligne["code_insee"] for ligne in lignes} == {
        e.identifiant: e.lieu.code_insee or "" for e in demo.enregistrements
    }
