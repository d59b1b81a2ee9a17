"""What the browser searches: nothing is lost, unknown is not « no », buckets stay small and lead to every name."""

import json
import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from carte.access import Communes, Hypotheses, Lieux, Mode, estimer, geographiques, vitesses
from carte.nomenclature import Valeur
from carte.publication import Chantier
from carte.publish import search
from carte.publish.atlas import Atlas
from carte.publish.libelles import Libelles
from carte.publish.search import annuaire, facettes, repertoire, tetes
from carte.publish.search.mots import ancre, cle, mots, normaliser
from carte.publish.search.repertoire import Repertoire
from carte.publish.search.trajets import Trajets
from carte.territory import Barriere, Cog
from publish import monde
from publish.noeud import executer

ALPHA = monde.fiche(
    "alpha",
    latitude=46.0,
    longitude=2.0,
    horaires="Mo-Fr 09:00-12:30",
    modalites_acces=["Se présenter"],
    frais_a_charge=["Payant"],
    pass_numerique={"accepte": True, "verifie_le": date(2026, 9, 1)},
    prise_en_charge_specifique=["Illettrisme", "Langues étrangères (anglais)"],
    labels=[{"nom": "Aidants Connect"}, {"nom": "EPN", "jusqua": date(2020, 1, 1)}],
    fermetures=[
        {"du": date(2026, 12, 24), "au": date(2027, 1, 2), "motif": "congés\u202e"},
        {"du": date(2026, 1, 1), "au": date(2026, 1, 2)},
    ],
)
BETA = monde.fiche("beta", nom="Béta", commune="Beta sur Lone", code_insee=None, horaires="Mo-Fr 09:00-12:30")
PERDU = monde.fiche("perdu", nom="Perdu", commune="Nulle-Part", code_insee=None, horaires="n'importe quoi")
VOISIN = monde.fiche("voisin", "96", nom="Voisin", commune="Voisine", code_insee="96001", latitude=46.0, longitude=2.1)
BUS = monde.fiche(
    "bus",
    nom="Bus",
    itinerance=["Itinérant"],
    tournee=[
        {"commune": "Gamma", "code_insee": "99003", "horaires": "We 10:00-12:00", "frequence": "quinzaine"},
        {
            "commune": "Alpha",
            "code_insee": "99001",
            "lieu": "Place",
            "frequence": "mensuelle",
            "prochain_passage": date(2026, 11, 4),
        },
    ],
)
TOUS = monde.situees(ALPHA, BETA, PERDU, VOISIN, BUS, monde.hostile())
SANS_ROUTE = Trajets((), {})
QUESTIONS = [q.cle for q in facettes.QUESTIONS]


@pytest.fixture
def donnees(atlas: Atlas, tmp_path: Path) -> Path:
    search.ecrire(atlas.points(TOUS), atlas, monde.libelles(), Chantier.sur(tmp_path), jour=monde.JOUR)
    return tmp_path / search.DOSSIER


def lire(fichier: Path) -> Any:
    return json.loads(fichier.read_text(encoding="utf-8"))


def lignes(colonnes: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(colonnes, valeurs, strict=True)) for valeurs in zip(*colonnes.values(), strict=True)]


def test_index_says_what_exists_and_where(donnees: Path) -> None:
    index = lire(donnees / "index.json")
    assert [(e["code"], e["fichier"]) for e in index["eclats"]] == [("96", "96.json"), ("99", "99.json")]
    assert index["eclats"][0]["cadre"] == [2.1, 46.0, 2.1, 46.0]
    assert index["noms"] == {"96": "Pays-Voisin", "99": "Val-d'Exemple"}
    assert all(besoin["masque"] for besoin in index["besoins"])
    assert set(index["calendriers"]["departements"]) == {"96", "99"}


def test_the_index_brings_the_barriers_of_the_report(tmp_path: Path) -> None:
    minutes = {"voiture": math.inf, "velo": math.inf, "pied": math.inf}
    ile = Barriere("Île\u202e", {"99001": ""}, True, minutes, "bateau")
    corse = Barriere("Corse", {"99001": "", "99002": "", "99003": "", "99999": ""}, True, minutes)
    bac = Barriere("Bac", {"99001": "sud", "99002": "nord"}, False, minutes | {"voiture": 25.0})
    atlas = Atlas(replace(monde.territoire(), barrieres=(ile, corse, bac)))
    search.ecrire(atlas.points([ALPHA]), atlas, monde.libelles(), Chantier.sur(tmp_path), jour=monde.JOUR)
    une, deux, trois = lire(tmp_path / search.DOSSIER / "index.json")["barrieres"]
    assert une == {
        "nom": "Île", "passage": "bateau", "ile": True, "cotes": {"99001": 1}, "departements": [],
        "cadre": [1.96, 45.96, 2.04, 46.04], "minutes": None,
    }  # fmt: skip
    assert (deux["departements"], deux["cotes"]) == (["99"], {})
    assert (trois["cotes"], trois["minutes"], trois["cadre"]) == ({"99001": 2, "99002": 1}, 25.0, None)


def test_a_way_takes_here_what_the_report_counts_for_it(tmp_path: Path) -> None:
    """Density at both ends, winding roads at one, assumptions that measures moved; a commune without density."""
    territoire = monde.territoire()
    densites, relief = ["dense", "tres_disperse", None, "rural"], ["montagne", None, None, None]
    territoire = replace(territoire, communes=territoire.communes.assign(densite=densites, relief=relief))
    hypotheses = Hypotheses(detour_voiture=1.2, voiture_kmh=41.0)
    atlas = Atlas(territoire)
    search.ecrire(
        atlas.points(TOUS), atlas, monde.libelles(), Chantier.sur(tmp_path), jour=monde.JOUR, hypotheses=hypotheses
    )
    index, communes = (lire(tmp_path / search.DOSSIER / f"{nom}.json") for nom in ("index", "communes"))
    routes = dict(zip(communes["code"], communes["route"], strict=True))
    codes = list(territoire.communes["code_insee"])
    assert len(index["trajets"]) == 4, "nothing known, and three sorts"
    assert routes[codes[2]] == 0

    points = geographiques(*(territoire.communes[nom].to_numpy() for nom in ("lon", "lat")))
    surfaces, rangs = np.full(4, 1e-6), np.arange(4)
    roulent = vitesses(densites, hypotheses)
    origines = Communes(points, surfaces, roulent, territoire.communes["relief"].notna().to_numpy())
    trajets = estimer(origines, Lieux(points, rangs, np.zeros(4, dtype=bool)), {Mode.VOITURE: 60}, hypotheses)
    ici, la, km = trajets.paires.commune, trajets.paires.lieu, trajets.paires.d_km
    assert len(km) == 16
    for mode in Mode:
        lenteurs = np.array([index["trajets"][routes[code]][mode] for code in codes])
        np.testing.assert_allclose(km * (lenteurs[ici] + lenteurs[la]) / 2, trajets.minutes[mode], rtol=1e-4)


def test_only_values_that_some_place_has_are_offered(donnees: Path) -> None:
    par_cle = {f["cle"]: [v["cle"] for v in f["valeurs"]] for f in lire(donnees / "index.json")["facettes"]}
    assert par_cle["charge"] == ["illettrisme"]
    assert par_cle["langue"] == ["anglais"]
    assert par_cle["reseau"] == ["aidants-connect"], "a label that ended is not offered"
    assert par_cle["posture"] == []


def test_places_keep_what_is_known_and_say_what_is_not(donnees: Path) -> None:
    brut = lire(donnees / "99.json")
    rangees = lignes(brut["colonnes"])
    par_id = {ligne["id"]: ligne for ligne in rangees}
    alpha, beta, perdu = par_id["alpha"], par_id["beta"], par_id["perdu"]

    assert (alpha["lat"], alpha["lon"], alpha["approche"]) == (4600000, 200000, 0)
    assert (beta["lat"], beta["approche"], brut["communes"][beta["commune"]][0]) == (4610000, 1, "99002")
    assert (perdu["lat"], brut["communes"][perdu["commune"]]) == (None, ["", "Nulle-Part", None])
    assert alpha["horaires"] == beta["horaires"], "equal hours are written once"
    assert brut["horaires"][perdu["horaires"]] == ["n'importe quoi", None]
    assert (alpha["telephone"], par_id["hostile"]["telephone"]) == ("+33123456789", "")
    assert alpha["pass"] == (date(2026, 9, 1) - date(1970, 1, 1)).days
    rang = str(rangees.index(alpha))
    assert brut["fermetures"] == {rang: [{"du": "2026-12-24", "au": "2027-01-02", "motif": "congés"}]}


def test_a_place_that_receives_nobody_is_marked(atlas: Atlas, tmp_path: Path) -> None:
    lointain = monde.fiche("loin", modalites_acces=["Ce lieu n'accueille pas de public"])
    search.ecrire(atlas.points([lointain, ALPHA]), atlas, monde.libelles(), Chantier.sur(tmp_path), jour=monde.JOUR)
    assert lire(tmp_path / search.DOSSIER / "99.json")["colonnes"]["approche"] == [3, 0]


def test_stops_carry_their_name_rhythm_and_known_call(donnees: Path) -> None:
    brut = lire(donnees / "99.json")
    jour = (date(2026, 11, 4) - date(1970, 1, 1)).days
    assert list(brut["arrets"].values())[:2] == [["Gamma", "quinzaine", None], ["Place", "mensuelle", jour]]
    assert "\u202e" not in json.dumps(brut, ensure_ascii=False)


def test_unknown_is_not_no(donnees: Path) -> None:
    par_id = {ligne["id"]: ligne for ligne in lignes(lire(donnees / "99.json")["colonnes"])}

    def reponses(slug: str) -> dict[str, bool | None]:
        ligne = par_id[slug]
        return {
            q: bool(ligne["oui"] >> rang & 1) if ligne["connu"] >> rang & 1 else None
            for rang, q in enumerate(QUESTIONS)
        }

    attendu = {"sans-rdv": True, "gratuit": False, "pass": True, "fauteuil": None, "acceslibre": False}
    assert reponses("alpha") == dict.fromkeys(QUESTIONS) | attendu
    assert reponses("beta") == dict.fromkeys(QUESTIONS) | {"acceslibre": False}
    assert reponses("bus")["itinerant"] is True


@pytest.mark.parametrize(
    ("question", "equipements", "reponse"),
    [
        ("ordinateur", {"postes": 3}, True),
        ("ordinateur", {"postes": 0}, False),
        ("ordinateur", {"tablettes": 3}, None),
        ("imprimante", {"imprimante": True}, True),
        ("imprimante", {"wifi": True}, None),
        ("scanner", {"scanner": False}, False),
        ("wifi", {"wifi": True}, True),
        ("visio", {"visio": False}, False),
        ("visio", {}, None),
    ],
)
def test_equipment_is_known_piece_by_piece(
    question: str, equipements: dict[str, int | bool], reponse: bool | None
) -> None:
    """A place that says one thing of its equipment says nothing of the rest."""
    lieu = monde.fiche(equipements=equipements).lieu
    assert facettes.reponses(lieu)[question] is reponse


def test_names_lead_to_places_by_their_commune_too(donnees: Path) -> None:
    noms, ailleurs = (lignes(lire(donnees / f"{nom}.json")) for nom in ("lieux", "ailleurs"))
    assert {"nom": "Bus", "id": "99/bus", "commune": "Gamma"} in noms
    assert len(noms) + len(ailleurs) == len(TOUS), "one line per place, not per stop"
    assert [ligne["id"] for ligne in ailleurs] == ["96/voisin"], "places of other départements stand apart"


def test_gazetteer_has_former_names_and_the_border(tmp_path: Path) -> None:
    territoire = monde.territoire()
    cog = Cog(actuelles={}, successeurs={}, noms_anciens=(("Vieil-Alpha", "99001"), ("ALPHA", "99001"), ("X", "75056")))
    decrit = annuaire.ecrire(Atlas(replace(territoire, cog=cog)), SANS_ROUTE, Chantier.sur(tmp_path))
    communes = lignes(lire(tmp_path / search.DOSSIER / decrit["fichier"]))
    assert [(c["nom"], c["code"], c["actuel"]) for c in communes if c["actuel"]] == [("Vieil-Alpha", "99001", "Alpha")]
    assert {c["code"] for c in communes} == {"99001", "99002", "99003", "96001"}
    assert {c["approche"] for c in communes} == {0}
    territoire.communes.loc[territoire.communes["code_insee"] == "99002", "point_source"] = "centre"
    annuaire.ecrire(Atlas(territoire), SANS_ROUTE, Chantier.sur(tmp_path))
    approches = {c["code"] for c in lignes(lire(tmp_path / search.DOSSIER / decrit["fichier"])) if c["approche"]}
    assert approches == {"99002"}, "the middle of an outline is no centre"


def test_large_gazetteer_is_cut_and_has_codes_apart(atlas: Atlas, tmp_path: Path) -> None:
    decrit = annuaire.ecrire(atlas, SANS_ROUTE, Chantier.sur(tmp_path), maximum=2)
    assert decrit["seaux"].split(",")[0] == ""
    assert decrit["tetes"] and lire(tmp_path / search.DOSSIER / decrit["connues"])["nom"]
    seau = lignes(lire(tmp_path / search.DOSSIER / "communes" / "0.json"))
    assert {c["code"] for c in seau} == set(atlas.communes)
    assert [c["code"] for c in lignes(lire(tmp_path / search.DOSSIER / "communes" / "d-96.json"))] == ["96001"]
    assert decrit["postaux"] == {}


def _tetes(dossier: Path) -> list[Path]:
    return list((dossier / search.DOSSIER / "communes").iterdir())


def test_a_page_shows_the_best_known_of_each_beginning_and_holds_the_rest(tmp_path: Path) -> None:
    noms = [f"Saint-{a}{b}{c}" for a in "bcdfgh" for b in "aeiou" for c in "klmnpqrst"]
    noms += ["Saint-Bak-sur-Lône", "Bak", "Autre-Bak"]
    racines = tetes.ecrire(
        [[nom, f"{rang:05}"] for rang, nom in enumerate(noms)], ("nom", "code"), Chantier.sur(tmp_path)
    )
    assert racines == "abcdfghls"
    pages = {f.stem: lire(f) for f in _tetes(tmp_path)}
    assert max(len(page["nom"]) for page in pages.values()) <= tetes.LIGNES_PAR_PAGE + tetes.PREMIERS * 10

    def montres(page: str, debut: str) -> list[str]:
        return [pages[page]["nom"][rang] for rang in pages[page]["debuts"][debut]]

    assert montres("t-s", "saint b") == noms[:8], "the best known first"
    assert montres("t-s", "saint") == noms[:8]
    assert {"Bak", "Saint-bak", "Saint-Bak-sur-Lône", "Autre-Bak"} <= set(pages["t-b"]["nom"]), "few: all are there"
    assert "bak" not in pages["t-b"]["debuts"]


def test_a_page_that_grows_sends_to_another_and_shows_its_first_rows_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tetes, "LIGNES_PAR_PAGE", 20)
    noms = [f"Ca{a}{b}" for a in "bcdfgh" for b in "aeioukl"] + [f"Co{a}" for a in "bcdfghijkl"]
    tetes.ecrire([[nom, nom] for nom in noms], ("nom", "code"), Chantier.sur(tmp_path))
    racine = lire(tmp_path / search.DOSSIER / "communes" / "t-c.json")
    assert "ca" in racine["suites"]
    assert [racine["nom"][rang] for rang in racine["debuts"]["ca"]] == noms[:8]
    trouves = {nom for fichier in _tetes(tmp_path) for nom in lire(fichier)["nom"]}
    assert trouves == set(noms), "no name is lost"


def test_one_commune_is_shown_once_whatever_its_former_names(tmp_path: Path) -> None:
    lignes = [["Alpha", "1"], *([f"Alpha-{rang}", "1"] for rang in range(9)), ["Alphabet", "2"]]
    tetes.ecrire(lignes, ("nom", "code"), Chantier.sur(tmp_path))
    page = lire(tmp_path / search.DOSSIER / "communes" / "t-a.json")
    assert [page["code"][rang] for rang in page["debuts"]["alpha"]] == ["1", "2"]


def test_buckets_are_small_and_every_name_is_in_that_of_its_words(tmp_path: Path) -> None:
    noms = [f"Saint-{a}{b}{c}-sur-Lône" for a in "bcdfgh" for b in "aeiou" for c in "klmnpqrst" for _ in range(5)]
    decrit = repertoire.ecrire(
        Repertoire("communes", ["nom"], [[nom] for nom in noms], noms), Chantier.sur(tmp_path), maximum=10
    )
    assert set(decrit["courants"].split()) == {"saint", "sur", "lone"}
    debuts = decrit["seaux"].split(",")
    assert debuts == sorted(debuts)
    contenus = [
        set(lire(tmp_path / search.DOSSIER / "communes" / f"{rang}.json")["nom"]) for rang in range(len(debuts))
    ]
    assert len(contenus) > 1 and max(map(len, contenus)) <= repertoire.TAILLE_SEAU
    for nom in noms:
        rang = max(r for r, debut in enumerate(debuts) if debut <= cle(mots(nom)[1]))
        assert nom in contenus[rang]


def test_a_name_made_of_common_words_only_is_kept(tmp_path: Path) -> None:
    noms = ["Mairie"] * (repertoire.MOT_COURANT + 1)
    decrit = repertoire.ecrire(
        Repertoire("lieux", ["nom"], [[nom] for nom in noms], noms), Chantier.sur(tmp_path), maximum=10
    )
    assert len(lire(tmp_path / search.DOSSIER / decrit["dossier"] / "0.json")["nom"]) == len(noms)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [("St-Étienne-d'Œuvre", "saint etienne d oeuvre"), ("  Ste  ANNE ", "sainte anne"), ("", ""), ("Écosté", "ecoste")],
)
def test_words_are_plain(texte: str, attendu: str) -> None:
    assert normaliser(texte) == attendu


@pytest.mark.parametrize(("un", "autre"), [("phare", "fare"), ("ville", "vile"), ("ker", "quer")])
def test_words_that_sound_alike_have_one_key(un: str, autre: str) -> None:
    assert cle(un) == cle(autre)


def test_labels_become_readable_parts_of_addresses() -> None:
    assert ancre("On le fait avec vous") == "on-le-fait-avec-vous"


@pytest.mark.parametrize("facette", facettes.composer(monde.libelles()), ids=lambda f: f.cle)
def test_each_value_of_a_facet_has_its_own_address(facette: facettes.Facette) -> None:
    cles = [v["cle"] for v in facette.en_donnees(range(len(facette.valeurs)))["valeurs"]]  # type: ignore[attr-defined]
    assert len(set(cles)) == len(cles)


def test_questions_fit_the_bits_of_a_browser() -> None:
    assert len(facettes.QUESTIONS) <= 31


@pytest.mark.parametrize("nombre", [10, 40, 100])
def test_a_filter_gives_exactly_the_places_of_its_labels(node: str, atlas: Atlas, tmp_path: Path, nombre: int) -> None:
    """The browser's own reading of what the build writes, with as many labels as a region may add."""
    noms = [f"Réseau du pays {rang}" for rang in range(nombre)]
    labels = monde.vocabulaires()["labels"]
    ajoutes = replace(labels, valeurs=(*labels.valeurs, *(Valeur(nom, nom) for nom in noms)))
    libelles = Libelles.lire({**monde.vocabulaires(), "labels": ajoutes})
    fiches = [
        # Each place has its own label and the next one's, so that no label is alone.
        monde.fiche(f"lieu-{rang}", labels=[{"nom": nom}, {"nom": noms[(rang + 1) % nombre]}])
        for rang, nom in enumerate(noms)
    ]
    search.ecrire(
        atlas.points(monde.situees(*fiches, ALPHA, BETA)), atlas, libelles, Chantier.sur(tmp_path), jour=monde.JOUR
    )
    code = f"""
        import {{ readFileSync }} from "node:fs";
        import {{ decoder }} from "./commun/points.js";
        import {{ facette }} from "./recherche/criteres.js";
        const dossier = {json.dumps(str(tmp_path / search.DOSSIER))};
        const lire = (nom) => JSON.parse(readFileSync(dossier + "/" + nom, "utf8"));
        const index = lire("index.json");
        const points = decoder(lire("99.json"), index, "99");
        const valeurs = index.facettes.find((f) => f.cle === "reseau").valeurs;
        console.log(JSON.stringify(Object.fromEntries(valeurs.map((v) => {{
          const test = facette("reseau", [v.cle], index);
          return [v.libelle, points.filter((p) => test(p)).map((p) => p.id)];
        }}))));
    """
    trouves = executer(node, code)
    attendus = {
        nom: [f"99/lieu-{autre}" for autre in sorted({rang, (rang - 1) % nombre})] for rang, nom in enumerate(noms)
    }
    assert trouves == {"Aidants Connect": ["99/alpha"], **attendus}


def test_same_places_give_same_bytes(atlas: Atlas, tmp_path: Path) -> None:
    octets = []
    for nom in ("un", "deux"):
        search.ecrire(
            atlas.points(TOUS),
            atlas,
            monde.libelles(),
            Chantier.sur(tmp_path / nom),
            un_seul_fichier=2,
            jour=monde.JOUR,
        )
        fichiers = sorted(f for f in (tmp_path / nom).rglob("*") if f.is_file())
        octets.append({f.relative_to(tmp_path / nom).as_posix(): f.read_bytes() for f in fichiers})
    assert octets[0] == octets[1]


def test_ways_of_helping_are_those_of_the_record() -> None:
    libelles = monde.libelles()
    (facette,) = (f for f in facettes.composer(libelles) if f.cle == "accompagnement")
    lieu = monde.fiche(modalites_accompagnement=["En autonomie"]).lieu
    choisies = facettes.valeurs("accompagnement", lieu, libelles, monde.JOUR)
    assert [list(facette.valeurs)[rang] for rang in facette.rangs(choisies)] == ["En autonomie"]
    assert facettes.valeurs("accompagnement", monde.fiche().lieu, libelles, monde.JOUR) == ()
