"""One page per place: plain words, unknown said as unknown, and nothing of a record that runs."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup, escape

from carte.publication import Chantier
from carte.publish import fiche
from carte.publish.atlas import Atlas
from carte.publish.cadre.jinja import environnement
from carte.publish.fiche import AncienneAdresseRefusee
from carte.publish.fiche.jumeaux import jumeaux
from carte.publish.fiche.releve import releves
from carte.publish.horaires import resume
from carte.records import Enregistrement, doutes
from publish import monde
from publish.conftest import Socle
from publish.pages import Page


@pytest.fixture
def rendre(socle: Socle, atlas: Atlas) -> Any:
    def _rendre(enregistrement: Any, **configuration: Any) -> Page:
        picture = monde.picture(enregistrement, **configuration)
        return Page(fiche.page(enregistrement, picture, socle.shell, atlas, monde.libelles()))

    return _rendre


def test_hostile_record_is_inert(rendre: Any) -> None:
    page = rendre(monde.hostile())
    assert page.dangers() == []
    assert rendre(monde.hostile(), demonstration=False).dangers() == []
    assert monde.SCRIPT in page.texte
    assert not [lien for lien in page.liens if "x.example" in lien or "alert" in lien]
    assert "bcc=" not in "".join(page.liens)


def test_direction_override_is_contained(rendre: Any) -> None:
    page = rendre(monde.hostile())
    titre = page.html.split("<title>")[1].split("</title>")[0]
    assert "\u202e" not in titre
    for morceau in page.html.split("\u202e")[:-1]:
        assert morceau.rindex("<bdi>") > morceau.rfind("</bdi>")


def test_very_long_text_is_folded(rendre: Any) -> None:
    page = rendre(monde.hostile())
    assert any(tag == "details" for tag, _ in page.elements)
    assert "Lire la présentation complète" in page.texte
    assert "Lire la présentation complète" not in rendre(monde.fiche(presentation_detail="Court.")).texte


def test_unknown_is_said_as_unknown(rendre: Any) -> None:
    texte = rendre(monde.fiche()).texte
    assert "Horaires non renseignés" in texte
    assert "Matériel non renseigné" in texte
    assert "Non renseigné. Appelez le lieu" in texte
    assert "fermé" not in texte


def test_plain_words_hours_and_links(rendre: Any) -> None:
    page = rendre(
        monde.fiche(
            horaires="Mo-Fr 09:00-12:00; PH off",
            latitude=46.0,
            longitude=2.0,
            site_web=["https://lieu.example/"],
            courriels=["contact@lieu.example"],
            equipements={"postes": 3, "wifi": True, "scanner": False},
            accessibilite={"fauteuil": True, "langue_des_signes": False},
        )
    )
    assert "Être aidé pour une démarche" in page.texte
    assert "lundi" in page.texte
    assert "9\u00a0h\u00a0–\u00a012\u00a0h" in page.texte
    assert {"tel:+33123456789", "mailto:contact@lieu.example", "https://lieu.example/"} <= set(page.liens)
    assert "geo:46.000000,2.000000?q=46.000000,2.000000" in page.liens
    assert "../../../communes/99001/" in page.liens
    assert "../../../epci/E1/" in page.liens
    assert "3 ordinateurs" in page.texte
    acces = [a for a in page.texte.split("Accès des personnes")[1].split("\n") if a.strip()]
    assert any("non renseigné" in ligne for ligne in acces)


@pytest.mark.parametrize(
    ("champs", "avertie"),
    [
        ({"date_maj": date(2025, 11, 2)}, True),
        ({"date_maj": date(2025, 11, 3)}, False),
        ({"date_maj": date(2020, 1, 1), "verifie_le": date(2026, 10, 1)}, False),
    ],
    ids=["365 jours", "364 jours", "vérifiée depuis"],
)
def test_stale_record_warns(rendre: Any, champs: dict[str, Any], avertie: bool) -> None:
    assert ("n’a pas été vérifiée depuis" in rendre(monde.fiche(**champs)).texte) is avertie


@pytest.mark.parametrize(
    ("label", "attendu"),
    [
        (
            {"nom": "EPN", "depuis": "2010-01-01", "jusqua": "2020-12-31"},
            "n’est plus valable depuis le 31 décembre 2020",
        ),
        ({"nom": "EPN", "depuis": "2024-01-01"}, "depuis le 1er janvier 2024"),
        ({"nom": "EPN", "jusqua": "2030-01-01"}, "jusqu’au 1er janvier 2030"),
        ({"nom": "EPN"}, "date non renseignée"),
        # The vocabulary knows the end of the network, when the record gives none.
        ({"nom": "Maison de services au public"}, "n’est plus valable depuis le 31 décembre 2022"),
    ],
)
def test_label_is_a_dated_fact(rendre: Any, label: dict[str, str], attendu: str) -> None:
    assert attendu in " ".join(rendre(monde.fiche(labels=[label])).texte.split())


def test_pass_numerique_carries_its_date(rendre: Any) -> None:
    pass_ = {"accepte": False, "verifie_le": "2026-01-05"}
    assert "Non accepté, vérifié le 5 janvier 2026" in rendre(monde.fiche(pass_numerique=pass_)).texte


def test_closure_is_shown_until_its_last_day(rendre: Any) -> None:
    passee = {"du": "2026-10-01", "au": "2026-11-01"}
    actuelle = {"du": "2026-10-01", "au": "2026-11-02", "motif": "travaux"}
    texte = rendre(monde.fiche(fermetures=[passee, actuelle])).texte
    assert "Fermé du 1er octobre 2026 au 2 novembre 2026 : travaux" in texte
    assert "au 1er novembre 2026" not in texte


def test_permanences_and_stops_are_tables(rendre: Any) -> None:
    page = rendre(
        monde.fiche(
            permanences=[{"operateur": "CAF", "horaires": "Tu 14:00-16:00", "sur_rendez_vous": True}],
            tournee=[
                {"commune": "Gamma", "lieu": "Place", "horaires": "We 10:00-12:00", "frequence": "quinzaine",
                 "prochain_passage": "2026-11-04"},
                {"commune": "Alpha", "frequence": "ponctuelle"},
            ],
        )
    )  # fmt: skip
    texte = " ".join(page.texte.split())
    assert "CAF" in texte
    assert "Sur rendez-vous." in texte
    assert "mercredi : 10 h – 12 h" in texte
    assert "Prochain passage connu : 4 novembre 2026" in texte
    assert "Ce service se déplace" in texte


@pytest.mark.parametrize(
    ("depot", "forge", "lien"),
    [
        (
            "https://github.com/hub/carte.git",
            None,
            "https://github.com/hub/carte/edit/v2%2Fa/fiches/offers/99/lieu.yml",
        ),
        ("https://git.example/h/c/", "gitlab", "https://git.example/h/c/-/edit/v2%2Fa/fiches/offers/99/lieu.yml"),
        ("https://git.example/h/c", "forgejo", "https://git.example/h/c/_edit/v2%2Fa/fiches/offers/99/lieu.yml"),
        ("https://gitlab.example/h/c", None, None),  # a host is not a forge: nothing is guessed
    ],
)
def test_file_can_be_edited_where_it_is_kept(rendre: Any, depot: str, forge: str | None, lien: str | None) -> None:
    ou = {"depot": depot, "forge": forge, "branche": "v2/a", "lieux_du_depot": "fiches/offers"}
    liens = [adresse for adresse in rendre(monde.fiche(), **ou).liens if "edit" in adresse]
    assert liens == ([lien] if lien else [])
    assert not [a for a in rendre(monde.fiche(), **(ou | {"lieux_du_depot": None})).liens if "edit" in a]
    assert "../../../contribuer/" in rendre(monde.fiche()).liens


def test_former_ids_redirect(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    picture = monde.picture(monde.fiche(anciens_identifiants=["99/ancien-nom"]))
    assert fiche.ecrire(picture, socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path)) == ["lieux/99/lieu/"]
    page = Page((tmp_path / "lieux/99/ancien-nom/index.html").read_text(encoding="utf-8"))
    assert [a["content"] for _, a in page.elements if a.get("http-equiv") == "refresh"] == [
        "0; url=../../../lieux/99/lieu/"
    ]
    assert "../../../lieux/99/lieu/" in page.liens


@pytest.mark.parametrize("ancien", ["../../etc/passwd", "99/../lieu", "99/a/b", "99/A", "/99/a", "99/a\n", "99/lieu"])
def test_former_id_that_is_not_an_id_stops_the_publication(
    socle: Socle, atlas: Atlas, tmp_path: Path, ancien: str
) -> None:
    lieu = monde.fiche()
    piege = monde.fiche("autre")
    piege = type(piege)(
        piege.identifiant, piege.fichier, piege.lieu.model_copy(update={"anciens_identifiants": [ancien]})
    )
    with pytest.raises(AncienneAdresseRefusee, match=r"offers/99/autre\.yml"):
        fiche.ecrire(monde.picture(lieu, piege), socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path))
    assert not list(tmp_path.rglob("passwd*"))


def test_nobody_is_led_to_the_garage_of_a_bus(rendre: Any) -> None:
    arret = {"commune": "Gamma", "frequence": "hebdomadaire", "horaires": "Mo 09:00-12:00"}
    page = rendre(monde.fiche(adresse="1 rue du Garage", latitude=46.0, longitude=2.0, tournee=[arret]))
    assert "Itinéraire" not in page.texte
    assert "Adresse du service" in page.texte
    assert "On le rencontre à ses arrêts, pas ici." in page.texte


def test_a_service_that_receives_nobody_says_so_first(rendre: Any) -> None:
    page = rendre(
        monde.fiche(
            adresse="1 rue Haute",
            latitude=46.0,
            longitude=2.0,
            modalites_acces=["Téléphoner", "Ce lieu n'accueille pas de public"],
        )
    )
    assert page.texte.index("Ce lieu n’accueille pas de public") < page.texte.index("Horaires")
    assert "Itinéraire" not in page.texte


def test_a_message_about_a_fiche_says_which_one(rendre: Any) -> None:
    (lien,) = [lien for lien in rendre(monde.fiche()).liens if "subject=" in lien]
    assert lien.startswith("mailto:contact@hub.example?subject=Correction%20%3A%2099%2Flieu&body=")
    assert "https%3A%2F%2Fcarte.example%2Fessai%2Flieux%2F99%2Flieu%2F" in lien


def test_what_a_place_writes_of_its_hours_is_under_hours(rendre: Any) -> None:
    ecrit = monde.fiche(horaires_detail="Un samedi sur deux, de 10 h à 12 h")
    horaires = rendre(ecrit).texte.split("Horaires", 1)[1].split("Adresse et contact")[0]
    assert "Un samedi sur deux" in horaires
    assert "non renseignés" not in horaires
    restreint = rendre(monde.fiche(horaires="Mo 09:00-12:00", horaires_detail="Exclusivement sur rendez-vous")).texte
    assert "Le lieu précise" in restreint.split("Exclusivement")[0]


def test_a_date_of_update_is_no_check_and_a_sentence_replaces_no_reading(rendre: Any) -> None:
    texte = rendre(monde.fiche(date_maj=date(2020, 7, 3), equipements={"detail": "Des portables prêtés"})).texte
    assert "Cette fiche date du 3 juillet 2020" in texte
    assert "Matériel non renseigné" not in texte
    verifiee = rendre(monde.fiche(date_maj=date(2019, 7, 3), verifie_le=date(2020, 7, 3))).texte
    assert "n’a pas été vérifiée depuis le 3 juillet 2020" in verifiee


def test_a_place_without_commune_and_stops_to_find_are_said(rendre: Any) -> None:
    page = rendre(
        monde.fiche(commune="Nulle-Part", code_insee=None, tournee_a_preciser=["4e jeudi, Avail", "Ségry"])
    ).texte
    assert "La commune de cette fiche n’est pas reconnue" in page
    assert "2 arrêts à préciser" in page
    assert "4e jeudi, Avail" in page


def test_twins_are_named_on_both_pages_and_a_switchboard_brings_no_one_together() -> None:
    memes = [replace(monde.fiche(nom=f"Lieu {n}"), identifiant=f"99/lieu-{n}") for n in range(2)]
    trouves = jumeaux(memes, doutes(memes))
    assert [(j.identifiant, j.raison) for j in trouves["99/lieu-0"]] == [("99/lieu-1", "même téléphone")]
    assert trouves["99/lieu-1"][0].nom == "Lieu 0"
    beaucoup = [replace(monde.fiche(nom=f"Lieu {n}"), identifiant=f"99/lieu-{n}") for n in range(9)]
    assert jumeaux(beaucoup, doutes(beaucoup)) == {}


def test_a_closed_place_keeps_its_page_and_sends_to_the_nearest_that_receives(
    socle: Socle, atlas: Atlas, tmp_path: Path
) -> None:
    def en(slug: str, lat: float, **champs: Any) -> Enregistrement:
        return monde.fiche(slug, **{"latitude": lat, "longitude": 2.0, "nom": f"Lieu {slug}"} | champs)

    autre_service = ["Accès internet et matériel informatique"]
    fiches = [
        en("ferme", 46.0, date_fermeture=date(2026, 9, 1)),
        # Nearer, and not where one may be sent: closed too, shut today, receives nobody, or other services.
        en("ferme-aussi", 46.001, date_fermeture=date(2026, 9, 1)),
        en("travaux", 46.002, fermetures=[{"du": date(2026, 10, 1), "au": date(2026, 12, 1)}]),
        en("a-distance", 46.003, modalites_acces=["Ce lieu n'accueille pas de public"]),
        en("autre-service", 46.004, services=autre_service),
        en("bon", 46.05, nom=monde.SCRIPT),
        en("loin", 46.2),
    ]
    picture = monde.picture(*fiches)
    fiche.ecrire(picture, socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path))
    html = (tmp_path / "lieux/99/ferme/index.html").read_text(encoding="utf-8")
    page = Page(html)
    assert monde.SCRIPT not in html
    assert "../../../lieux/99/bon/" in page.liens and "../../../communes/99001/" in page.liens
    assert "Le plus proche" in page.texte and "5,6 km" in page.texte
    assert "Le plus proche" not in Page((tmp_path / "lieux/99/bon/index.html").read_text(encoding="utf-8")).texte
    # Of other services when there is nothing else; nothing when there is nobody.
    seul = {cle: r.identifiant for cle, r in releves([fiches[0], fiches[4]], atlas, monde.JOUR).items()}
    assert seul == {"99/ferme": "99/autre-service"}
    assert releves(fiches[:2], atlas, monde.JOUR) == {}


@pytest.mark.parametrize("texte", ["off", "Mo-Su off", "Mo-Fr 09:00-12:00; off", "off; PH off"])
def test_hours_that_say_closed_are_closed_and_never_unknown(rendre: Any, texte: str) -> None:
    page = rendre(monde.fiche(horaires=texte))
    assert "Horaires non renseignés" not in page.texte and page.texte.count("fermé") >= 7
    assert resume(texte) == "Fermé tous les jours"
    assert resume("PH off") == resume("Mo-Fr off") == "Horaires particuliers : voir la fiche"


@pytest.mark.parametrize("valeur", ["", 'l\'été & <b>"x"</b>', Markup("<b>&amp;</b>"), 12, None, True, 2.5])
def test_templates_escape_as_markupsafe(valeur: object) -> None:
    modele = environnement().from_string("{{ valeur }}|{{ valeur | string }}|{{ [valeur] | join }}")
    attendu = escape(valeur)
    assert modele.render(valeur=valeur) == f"{attendu}|{attendu}|{attendu}"


def test_nobody_is_told_to_call_a_place_without_a_number(rendre: Any) -> None:
    champs = {"horaires": "Mo 09:00-12:00", "tournee_a_preciser": ["4e jeudi, Avail"], "date_maj": "2020-01-01"}
    assert "appelez" in rendre(monde.fiche(**champs)).texte.lower()
    assert "appelez" not in rendre(monde.fiche(**champs, telephone=None)).texte.lower()
