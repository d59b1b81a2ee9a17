"""Lists without script and search data: nothing is lost, nearest first, hostile texts stay texts."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from carte.publication import Chantier
from carte.publish import atlas as atlas_
from carte.publish import fiche, listes, search
from carte.publish.atlas import Atlas, Commune, Epci, Point
from carte.publish.horaires import passage, resume
from carte.publish.listes.groupes import adresses, grouper
from carte.publish.listes.lieux import semaine
from carte.publish.proximite import Voisinage, eloignement
from publish import monde
from publish.conftest import Socle
from publish.pages import Page, pages_ecrites

ALPHA = monde.fiche("alpha", nom="Alpha", latitude=46.0, longitude=2.0, horaires="Mo-Fr 09:00-12:30")
BETA = monde.fiche("beta", nom="Béta", commune="Beta sur Lone", code_insee=None)
ANCIEN = monde.fiche("ancien", nom="Ancien", code_insee="99009")
VOISIN = monde.fiche("voisin", "96", nom="Voisin", commune="Voisine", code_insee="96001", latitude=46.0, longitude=2.1)
PERDU = monde.fiche("perdu", nom="Perdu", commune="Nulle-Part", code_insee=None)
BUS = monde.fiche(
    "bus",
    nom="Bus",
    itinerance=["Itinérant"],
    tournee=[
        {"commune": "Gamma", "code_insee": "99003", "horaires": "We 10:00-12:00", "frequence": "quinzaine"},
        {"commune": "Alpha", "code_insee": "99001", "latitude": 46.01, "longitude": 2.0, "frequence": "mensuelle"},
    ],
)
TOUS = monde.situees(ALPHA, BETA, ANCIEN, VOISIN, PERDU, BUS, monde.hostile())


@pytest.fixture
def site(socle: Socle, atlas: Atlas, tmp_path: Path) -> Path:
    points = atlas.points(TOUS)
    fiche.ecrire(monde.picture(*TOUS), socle.shell, atlas, monde.libelles(), Chantier.sur(tmp_path))
    listes.ecrire(points, socle.shell, atlas, monde.libelles(), monde.JOUR, Chantier.sur(tmp_path))
    search.ecrire(points, atlas, monde.libelles(), Chantier.sur(tmp_path), jour=monde.JOUR)
    return tmp_path


def listees(points: Sequence[Point], socle: Socle, atlas: Atlas, dossier: Path) -> dict[str, str]:
    """The lists of some points, written in a folder; see `pages_ecrites`."""
    listes.ecrire(points, socle.shell, atlas, monde.libelles(), monde.JOUR, Chantier.sur(dossier))
    return pages_ecrites(dossier)


def lire(site: Path, chemin: str) -> Page:
    return Page((site / chemin / "index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("dossier", ["communes", "epci"])
def test_a_shortened_address_leads_to_the_list(site: Path, dossier: str) -> None:
    page = Page((site / dossier / "index.html").read_text(encoding="utf-8"))
    assert "../lieux/" in page.liens and (site / "lieux/index.html").exists()
    tete = {a.get("http-equiv") or a.get("name"): a.get("content") for nom, a in page.elements if nom == "meta"}
    assert (tete["refresh"], tete["robots"]) == ("0; url=../lieux/", "noindex")


def test_every_place_is_in_the_lists(site: Path) -> None:
    liens = {lien for code in ("96", "99") for lien in lire(site, f"noms/{code}/").liens}
    assert {f"../../lieux/{f.identifiant}/" for f in TOUS} <= liens
    assert "../noms/96/" in lire(site, "lieux/").liens


def test_a_commune_is_reached_in_three_links_without_script(site: Path) -> None:
    accueil = lire(site, "lieux/")
    assert {"../communes/99001/", "../communes/99003/", "../epci/E1/", "#lettre-B"} <= set(accueil.liens)
    assert {"lettre-A", "lettre-B", "lettre-G"} <= {a.get("id") for _, a in accueil.elements}


def test_links_of_lists_and_fiches_lead_somewhere(site: Path, socle: Socle) -> None:
    faits = {"carte/", "rapports/99/", "feuille/", "ajouter/", "corriger/"}
    for fichier in site.rglob("index.html"):
        for lien in Page(fichier.read_text(encoding="utf-8")).liens:
            # The sheet and the calendars of a fiche are made elsewhere, and tested there.
            if ":" in lien or lien.startswith("#") or lien.endswith((".pdf", ".ics")):
                continue
            cible = (fichier.parent / lien.split("#")[0]).resolve()
            chemin = cible.relative_to(site.resolve()).as_posix()
            trouve = (cible / "index.html").is_file() or (socle.dossier / chemin / "index.html").is_file()
            assert trouve or f"{chemin}/" in faits, f"{fichier.relative_to(site)} → {lien}"


def test_hostile_record_is_inert_in_lists(site: Path) -> None:
    for chemin in ("lieux/", "noms/99/", "epci/E1/", "communes/99001/", "communes/99003/"):
        page = lire(site, chemin)
        assert page.dangers() == []
        assert "Données fictives" in page.texte


def test_commune_by_old_code_or_by_name(atlas: Atlas) -> None:
    communes = {f.slug: atlas.commune(f.lieu) for f in TOUS}
    assert communes["ancien"] == atlas.communes["99001"]
    assert communes["beta"] == atlas.communes["99002"]
    assert communes["perdu"] is None


def test_commune_page_gives_for_each_need_its_places_then_the_nearest_others(site: Path) -> None:
    page = lire(site, "communes/99001/")
    besoin = page.texte.split("Faire une démarche maintenant")[2].split("Apprendre à")[0]
    ici, autour = besoin.split("Aux alentours")
    assert {"Alpha", "Ancien", "Bus"} <= set(ici.split())
    # 0.1° of longitude at 46° is 7.7 km, 0.1° of latitude 11.1 km.
    assert autour.index("Voisin") < autour.index("Béta")
    assert "7,7 km à vol d’oiseau" in autour
    assert "environ 11 km à vol d’oiseau" in autour
    assert "Bus" not in autour


def test_commune_page_says_when_no_place_answers_a_need(site: Path) -> None:
    page = lire(site, "communes/99001/")
    equiper = page.texte.split("M'équiper à petit prix")[2].split("Me protéger")[0]
    assert "Aucun lieu connu dans la commune." in equiper
    assert "Aucun lieu connu aux alentours pour ce besoin." in equiper


def test_commune_with_many_places_stays_short(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    fiches_ = [monde.fiche(f"l{n}", nom=f"Lieu {n:02}", latitude=46.0 + n / 1e4, longitude=2.0) for n in range(12)]
    pages = listees(atlas.points(fiches_), socle, atlas, tmp_path)
    texte = Page(pages["communes/99001/"]).texte.split("Faire une démarche maintenant")[2]
    assert texte.index("Lieu 00") < texte.index("Lieu 07") < texte.index("4 autres lieux de la commune")
    assert "Lieu 11" in texte.split("Tous les lieux de la commune")[1]


def test_epci_with_many_places_sends_to_its_communes(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    fiches_ = [monde.fiche(f"l{n}", nom=f"Lieu {n:02}", latitude=46.0, longitude=2.0) for n in range(26)]
    pages = listees(atlas.points(fiches_), socle, atlas, tmp_path)
    assert "../../communes/99001/#demarche" in Page(pages["epci/E1/"]).liens


def test_epci_without_place_gives_the_nearest_and_from_where(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    pages = listees(atlas.points([VOISIN]), socle, atlas, tmp_path)
    assert "7,7 km à vol d’oiseau depuis Alpha" in Page(pages["epci/E1/"]).texte


def test_large_perimeter_is_split_by_departement(socle: Socle, tmp_path: Path) -> None:
    territoire = monde.territoire()
    territoire.communes["dans_perimetre"] = True
    atlas = Atlas(territoire)
    pages = listees(atlas.points(TOUS), socle, atlas, tmp_path)
    accueil = Page(pages["lieux/"])
    assert {"../lieux/96/", "../lieux/99/"} <= set(accueil.liens)
    assert not any("communes/" in lien for lien in accueil.liens)
    assert "../../communes/96001/" in Page(pages["lieux/96/"]).liens
    assert "../../lieux/99/" in Page(pages["communes/99001/"]).liens


def test_a_national_site_groups_the_communes_without_a_place(
    socle: Socle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One folder by département; a commune without a place shares a page, and every link still leads somewhere."""
    monkeypatch.setattr(atlas_, "COMMUNES_EN_UN_DOSSIER", 2)
    arret = {"commune": "Alpha", "code_insee": "99001", "horaires": "We 10:00-12:00", "frequence": "mensuelle"}
    gamma = {"commune": "Gamma", "code_insee": "99003"}
    bus = monde.fiche("bus", nom="Bus", itinerance=["Itinérant"], tournee=[arret], **gamma)
    atlas = Atlas(monde.territoire())
    lieux = monde.situees(ALPHA, ANCIEN, VOISIN, bus, monde.hostile())
    brutes = listees(atlas.points(lieux), socle, atlas, tmp_path)
    pages = {chemin: Page(html) for chemin, html in brutes.items()}
    # The seat of the bus has a page too: the fiche leads there.
    assert {c for c in pages if c.startswith("communes/")} == {
        "communes/",
        "communes/99/",
        "communes/99/99001/",
        "communes/99/99003/",
        "communes/99/E1-1/",
    }
    assert "../../lieux/99/" in pages["communes/99/"].liens
    reunies = pages["communes/99/E1-1/"]
    assert reunies.dangers() == []
    beta = " ".join(reunies.texte.split("Béta-sur-Lône")[-1].split())
    assert "Faire une démarche maintenant" in beta and "11 km" in beta
    assert beta.split("Les lieux nommés sur cette page")[1].count("01 23 45 67 89") >= 2
    numeros = {a["id"] for _, a in reunies.elements if a.get("id", "").startswith("l")} - {"lieux"}
    assert {f"#{numero}" for numero in numeros} <= set(reunies.liens)
    assert "../../../communes/99/99001/" in reunies.liens and "../../../lieux/99/alpha/" in reunies.liens
    assert {"../communes/99/E1-1/#c99002", "../communes/99/99001/"} <= set(pages["lieux/"].liens)
    assert "../../../lieux/99/alpha/" in pages["communes/99/99001/"].liens
    ancres = {f"{chemin}#{a['id']}" for chemin, page in pages.items() for _, a in page.elements if a.get("id")}
    for chemin, page in pages.items():
        for lien in (li for li in page.liens if "communes/" in li):
            assert (cible := lien.replace("../", "")) in pages or cible in ancres, f"{chemin} → {lien}"
    html = fiche.page(lieux[0], monde.picture(*lieux), socle.shell, atlas, monde.libelles())
    assert "../../../communes/99/99001/" in Page(html).liens


def test_a_shared_page_keeps_its_address_and_its_anchors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of at most twenty, as equal as can be; who has a place changes no other commune's page."""
    communes = [replace(monde_commune(n), epci="E") for n in range(45)]
    atlas = SimpleNamespace(propres=communes, epci={"E": Epci("E", "CC", tuple(communes))}, page=lambda c: f"{c.code}/")
    vides, habitee = (grouper(cast(Atlas, atlas), seules) for seules in (set(), {"99007"}))
    assert [len(groupe.communes) for groupe in vides] == [15, 15, 15]
    assert vides == habitee
    assert adresses(cast(Atlas, atlas), habitee, {"99007"})["99007"] == "99007/"
    assert adresses(cast(Atlas, atlas), habitee, {"99007"})["99008"] == "communes/99/E-1/#c99008"
    assert grouper(cast(Atlas, atlas), {c.code for c in communes}) == []


def monde_commune(rang: int) -> Commune:
    return Commune(f"99{rang:03}", f"Commune {rang:02}", "99", "E", (), 46.0, 2.0, True)


def test_nearest_of_all_communes_at_once_equals_one_by_one(atlas: Atlas) -> None:
    voisinage = Voisinage(atlas.points(TOUS))
    ensemble = voisinage.autour(list(atlas.communes.values()), 2)
    for commune in atlas.communes.values():
        par_un = [
            (eloignement(commune, p), p.enregistrement.slug)
            for p in atlas.points(TOUS)
            if p.lat is not None and commune not in {q.commune for q in atlas.points([p.enregistrement])}
        ]
        plus_courts = sorted({slug: km for km, slug in sorted(par_un, reverse=True)}.values())[:2]
        assert [v.km for v in ensemble[commune.code]] == pytest.approx(plus_courts)


def test_places_as_far_come_in_one_order_whatever_their_files_were_read_in(
    socle: Socle, atlas: Atlas, tmp_path: Path
) -> None:
    """One building of twenty places of one name, east of Alpha; two, as far north and south of Béta."""
    ici = {"nom": "Tour", "commune": "Voisine", "code_insee": "96001", "latitude": 46.0, "longitude": 2.1}
    meme = [monde.fiche(f"t{n:02}", "96", **ici) for n in range(20)]
    relais = [
        monde.fiche(nom, nom="Relais", latitude=latitude, longitude=2.0)
        for nom, latitude in {"nord": 46.11, "sud": 46.09}.items()
    ]
    lus = []
    ordres = ([*meme, *relais], [*relais[::-1], *meme[::-1]], [*meme[1::2], *relais, *meme[::2]])
    for rang, fiches_ in enumerate(ordres):
        voisins = Voisinage(atlas.points(fiches_)).autour(list(atlas.communes.values()), 5)
        assert [v.point.enregistrement.slug for v in voisins["99001"]] == ["t00", "t01", "t02", "t03", "t04"]
        assert [v.point.enregistrement.slug for v in voisins["99002"]][:2] == ["nord", "sud"]
        lus.append(listees(atlas.points(fiches_), socle, atlas, tmp_path / str(rang)))
    assert lus[0] == lus[1] == lus[2]


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Mo-Fr 09:00-12:00; PH off", "lundi au vendredi 9 h – 12 h"),
        ("Mo,Tu 09:00-12:00; Sa 10:00-11:00", "lundi et mardi 9 h – 12 h ; samedi 10 h – 11 h"),
        ("Mo 09:00-10:00; Tu 10:00-11:00; We 11:00-12:00; Th 12:00-13:00; Fr 13:00-14:00", ""),
        ("n'importe quoi", ""),
    ],
)
def test_week_on_one_line_only_when_simple(texte: str, attendu: str) -> None:
    assert semaine(texte) == attendu


def test_nearest_counts_a_place_once_by_its_nearest_stop(atlas: Atlas) -> None:
    voisins = Voisinage(atlas.points([ALPHA, BUS])).autour([atlas.communes["99002"]], 5)["99002"]
    assert [(v.point.enregistrement.slug, round(v.km, 1)) for v in voisins] == [("bus", 10.0), ("alpha", 11.1)]


def test_nearest_without_any_position(atlas: Atlas) -> None:
    assert Voisinage(atlas.points([PERDU])).autour([atlas.communes["99001"]], 5) == {}


def test_epci_page_lists_communes_with_and_without_places(site: Path) -> None:
    texte = lire(site, "epci/E1/").texte
    assert "Béta-sur-Lône" in texte
    assert "lundi au vendredi 9\u00a0h\u00a0–\u00a012\u00a0h\u00a030" in texte


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (None, ""),
        ("Mo-Fr 09:00-12:30", "Ouvert du lundi au vendredi, 17 h 30 par semaine"),
        ("PH off", "Horaires particuliers : voir la fiche"),
        ("n'importe quoi", "n'importe quoi"),
    ],
)
def test_hours_in_one_line(texte: str | None, attendu: str) -> None:
    assert resume(texte) == attendu


def test_a_stop_gives_its_rhythm_not_a_weekly_length() -> None:
    assert passage("We 10:00-12:00", "Une semaine sur deux") == "mercredi 10 h – 12 h (une semaine sur deux)"
    assert passage(None, "De temps en temps") == "De temps en temps"


def test_same_picture_gives_same_bytes(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    octets = []
    for nom in ("un", "deux"):
        points = atlas.points(TOUS)
        listes.ecrire(points, socle.shell, atlas, monde.libelles(), monde.JOUR, Chantier.sur(tmp_path / nom))
        search.ecrire(points, atlas, monde.libelles(), Chantier.sur(tmp_path / nom), jour=monde.JOUR)
        fichiers = [f for f in (tmp_path / nom).rglob("*") if f.is_file()]
        octets.append({f.relative_to(tmp_path / nom).as_posix(): f.read_bytes() for f in fichiers})
    assert octets[0] == octets[1]


def test_nobody_is_sent_to_a_service_that_receives_nobody(socle: Socle, atlas: Atlas, tmp_path: Path) -> None:
    loin = monde.fiche("loin", nom="Au téléphone", modalites_acces=["Ce lieu n'accueille pas de public"])
    pages = listees(atlas.points([loin]), socle, atlas, tmp_path)
    assert "Au téléphone" in pages["communes/99001/"]
    assert "Au téléphone" not in pages["communes/99002/"]
