"""The browser's modules of the search, run by node as they are: names, order, choices, state in the address."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from carte.publication import Chantier
from carte.publish.search import annuaire, ecriture, repertoire
from carte.publish.search.mots import cle, normaliser
from carte.publish.search.repertoire import Repertoire
from hasard import Graine
from publish.noeud import executer

# Reads the directories from disk, as the page reads them from the site.
_ANNUAIRE = """
    import { readFile } from "node:fs/promises";
    import { Annuaire } from "./recherche/communes.js";
    const [dossier, description] = %s;
    const noms = { "01": "Ain", 21: "Côte-d’Or", 36: "Indre", 93: "Seine-Saint-Denis", 974: "La Réunion" };
    const a = new Annuaire(description, async (f) => JSON.parse(await readFile(`${dossier}/${f}`, "utf8")), noms);
"""
COMMUNES: list[list[Any]] = [
    ["Châteauroux", "36044", "36000", 468000, 17000, "", "", 0, 0],
    ["Étiolles", "01002", "01100 01200", 468000, 17000, "", "", 0, 0],
    ["Saint-Étienne-d'Œuvre", "01001", "01100", 468000, 17000, "", "", 0, 0],
    ["Château-Roux-le-Bas", "01004", "36100", 468000, 17000, "", "", 0, 0],
    ["Beaune", "21054", "21200", 468000, 17000, "", "", 0, 0],
    ["Montreuil", "93048", "93100", 488000, 24000, "", "", 0, 0],
    ["Le Blanc", "36018", "36300", 466000, 10000, "", "", 0, 0],
    ["Saint-Denis", "93066", "93200", 468000, 17000, "", "", 0, 0],
    ["Saint-Denis", "97411", "97400", None, None, "", "", 0, 0],
    ["Vieil-Étiolles", "01002", "01100", 468000, 17000, "Étiolles", "", 0, 0],
]


@pytest.fixture(scope="module", params=["entier", "en seaux"])
def gazetteer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The gazetteer in one file, then cut: both must answer the same."""
    dossier = tmp_path_factory.mktemp("communes")
    entier = request.param == "entier"
    site = Chantier.sur(dossier)
    decrit = repertoire.ecrire(
        Repertoire("communes", annuaire.CHAMPS, COMMUNES, [str(c[0]) for c in COMMUNES]), site, 100 if entier else 1
    )
    if not entier:
        decrit |= {"codes": "communes/d-", "postaux": {"36": ["01", "36"], "97": ["974"]}}
        departements = {str(c[1])[:3] if str(c[1]).startswith("97") else str(c[1])[:2] for c in COMMUNES}
        for code in departements:
            membres = [c for c in COMMUNES if str(c[1]).startswith(code) and not c[5]]
            ecriture.ecrire_colonnes(site, f"communes/d-{code}.json", annuaire.CHAMPS, membres)
    return _ANNUAIRE % json.dumps([str(dossier / ecriture.DOSSIER), decrit])


@pytest.mark.parametrize(
    ("saisie", "premiere"),
    [
        ("st etienne", "01001"),
        ("SAINT ETIENNE D'OEUVRE", "01001"),
        ("etiol", "01002"),
        ("chateauroux", "36044"),
        ("Châteuroux", "36044"),
        ("Hcateauroux", "36044"),
        ("chatoroux", "36044"),
        ("bone", "21054"),
        ("boaune", "21054"),
        ("vieil etiolles", "01002"),
        ("360", "36044"),
        ("36100", "01004"),
        ("974", "97411"),
    ],
)
def test_commune_is_found_however_it_is_typed(node: str, gazetteer: str, saisie: str, premiere: str) -> None:
    code = gazetteer + f"console.log(JSON.stringify((await a.chercher({json.dumps(saisie)})).map((c) => c.code)));"
    assert executer(node, code)[0] == premiere


def test_names_without_doubt(node: str, gazetteer: str) -> None:
    code = (
        gazetteer
        + """
        const trouves = [a.chercher("36001"), a.exactes("01100"), a.exactes("etiolles"), a.exactes("st denis"),
          a.exactes("Vieil Étiolles"), a.chercher("zzzzz")];
        const lus = await Promise.all(trouves);
        console.log(JSON.stringify([...lus.map((l) => l.map((c) => c.code)), (await a.une("01002")).nom,
          await a.une("01999") ?? null, (await a.une("97411")).lat]));
    """
    )
    assert executer(node, code) == [
        [],
        ["01002", "01001"],
        ["01002"],
        ["93066", "97411"],
        ["01002"],
        [],
        "Étiolles",
        None,
        None,
    ]


def test_too_common_words_ask_for_more(node: str, tmp_path: Path) -> None:
    noms = [f"Mairie n{rang}" for rang in range(repertoire.MOT_COURANT + 1)]
    lignes = [[nom, f"{rang:05}", "", 0, 0, "", "", 0, 0] for rang, nom in enumerate(noms)]
    decrit = repertoire.ecrire(Repertoire("communes", annuaire.CHAMPS, lignes, noms), Chantier.sur(tmp_path), 1)
    code = _ANNUAIRE % json.dumps([str(tmp_path / ecriture.DOSSIER), decrit])
    code += 'console.log(JSON.stringify([await a.chercher("mairie"), (await a.chercher("mairie n12"))[0].nom]));'
    assert executer(node, code) == [None, "Mairie n12"]


def test_words_are_read_alike_by_the_build_and_the_page(node: str, graine: Graine) -> None:
    alea = random.Random(graine(1))
    noms = ["Œuilly", "L'Haÿ-les-Roses", "Ste-Quitterie", "Schœneck", "Ychoux", "Wœrth", "Ancenis", "Phalsbourg"]
    noms += ["".join(alea.choices("aeiouycghkpqstwzxhlnéèçœ -'’", k=12)) for _ in range(400)]
    code = f"""
        import {{ cle, normaliser }} from "./recherche/normaliser.js";
        console.log(JSON.stringify({json.dumps(noms)}.map((n) => [normaliser(n), normaliser(n).split(" ").map(cle)])));
    """
    attendu = [[normaliser(n), [cle(m) for m in normaliser(n).split(" ")]] for n in noms]
    assert executer(node, code) == attendu


@pytest.mark.parametrize(
    ("saisi", "mot", "debut", "attendu"),
    [
        ("valbourg", "valbourg", False, 0),
        ("vablourg", "valbourg", False, 1),
        ("valbour", "valbourg", False, 1),
        ("valbour", "valbourg", True, 0),
        ("vlabour", "valbourg", True, 1),
        ("chat", "valbourg", True, 3),
    ],
)
def test_distance_between_words(node: str, saisi: str, mot: str, debut: bool, attendu: int) -> None:
    arguments = json.dumps([saisi, mot, 2, debut])
    code = f'import {{ ecart }} from "./recherche/ressemblance.js"; console.log(ecart(...{arguments}));'
    assert executer(node, code) == attendu


def test_places_are_nearest_first_once_each_unknown_last(node: str) -> None:
    code = """
        import { parDistance, tels } from "./recherche/lieux.js";
        const p = (id, lat, lon, ouvre = Infinity) => ({ id, nom: id, lat, lon, ouvre });
        const points = [p("loin", 46.3, 2), p("bus", 46.2, 2), p("bus", 46.01, 2), p("perdu", null, null),
          p("tard", 46.05, 2, 9), p("tot", 46.0501, 2, 5)];
        const ordre = parDistance(points, { lat: 46, lon: 2 }, (x) => x.ouvre);
        const sansDepart = parDistance(points.slice(0, 2), { lat: null, lon: null }, () => 0);
        console.log(JSON.stringify([ordre.map((r) => [r.point.id, r.km && Math.round(r.km * 10) / 10]),
          sansDepart.map((r) => r.km), tels(points).length]));
    """
    ordre, sans_depart, distincts = executer(node, code)
    assert ordre == [["bus", 1.1], ["tot", 5.6], ["tard", 5.6], ["loin", 33.4], ["perdu", None]]
    assert sans_depart == [None, None]
    assert distincts == 5


_MILIEUX = """const milieux = [{ voiture: 2, velo: 6, pied: 20 }, { voiture: 1, velo: 6, pied: 20 },
          { voiture: 3, velo: 6, pied: 20 }];"""


@pytest.mark.parametrize(
    ("km", "routes", "attendu"),
    [(0.01, "[1, 1]", "environ 1 min à pied (estimé)"), (1.5, "[1, 1]", "environ 30 min à pied (estimé)"),
     (4, "[0, 0]", "environ 8 min en voiture, 25 min à vélo (estimé)"),
     (12, "[1, 2]", "environ 25 min en voiture (estimé)"),
     (12, "[1, 1]", "environ 10 min en voiture (estimé)"), (12, "[null, 1]", "environ 10 min en voiture (estimé)"),
     (12, "[2, null]", "environ 35 min en voiture (estimé)"),
     (12, "[null, null]", "environ 25 min en voiture (estimé)"),
     (60, "[0, 0]", "environ 2 h en voiture (estimé)"), (33, "[0, 0]", "environ 1 h 05 en voiture (estimé)"),
     (60.1, "[0, 0]", "")],
)  # fmt: skip
def test_the_way_is_estimated_from_both_ends_and_not_beyond_sixty_kilometres(
    node: str, km: float, routes: str, attendu: str
) -> None:
    code = f"""
        import {{ estimer }} from "./recherche/estimation.js";
        import {{ duree }} from "./recherche/textes.js";
        {_MILIEUX}
        console.log(JSON.stringify(duree(estimer({km}, milieux, {routes}).durees)));
    """
    assert executer(node, code) == attendu


def test_no_minutes_are_counted_over_water(node: str) -> None:
    """From the island, to it, from somewhere whose commune is not known; and over a crossing that has a time."""
    code = """
        import { estimer } from "./recherche/estimation.js";
        import { parDistance } from "./recherche/lieux.js";
        import { textes } from "./recherche/textes.js";
        const milieux = [{ voiture: 2, velo: 6, pied: 20 }];
        const ile = { nom: "Yeu", passage: "bateau", ile: true, cotes: { 85113: 1 }, departements: ["2A"],
          cadre: [1.9, 45.9, 2.1, 46.1], minutes: null };
        const bac = { nom: "Bac", passage: "", ile: false, cotes: { 85001: 1, 85002: 2 }, departements: [],
          cadre: null, minutes: 25 };
        const p = (codeInsee, lat) => ({ id: codeInsee, nom: codeInsee, codeInsee, lat, lon: 2 });
        const points =
          [p("85113", 46.09), p("85001", 46.2), p("85002", 46.3), p("2A004", 46.4), p("", 46.5)];
        const une = ({ point, km, entre }) =>
          [point.id, estimer(km, milieux, [null, null], entre).durees[0]?.minutes ?? textes.sansRoute(entre)];
        const dire = (depart) =>
          Object.fromEntries(parDistance(points, { lat: 46, lon: 2, ...depart }, () => 0, [ile, bac]).map(une));
        console.log(JSON.stringify([dire({ code: "85113" }), dire({ code: "85001" }), dire({}),
          dire({ lat: 46.6 })]));
    """
    yeu, riveraine, sur_place, ailleurs = executer(node, code)
    sans = "pas de route directe (Yeu : bateau)"
    assert yeu == {"85113": 20, "85001": sans, "85002": sans, "2A004": 90, "": sans}
    assert riveraine == {"85113": sans, "85001": 45, "85002": 90, "2A004": sans, "": "pas de route directe (Bac)"}
    assert sur_place["85113"] == 20, "a position in the island's box is on the island"
    assert sur_place["85001"].startswith("pas de route directe")
    assert ailleurs["85113"] == sans
    assert ailleurs["85001"] == "pas de route directe (Bac)"


def test_addresses_are_asked_of_the_service_and_its_silence_is_said(node: str) -> None:
    code = """
        import { geocoder, ressembleAUneAdresse } from "./recherche/adresses.js";
        const demandes = [];
        const repondre = (corps, ok = true) => async (adresse, options) => {
          demandes.push(adresse);
          return { ok, json: async () => corps };
        };
        const trait = { geometry: { coordinates: [2, 46] }, properties: { label: "1 Rue <b>", citycode: "97411" } };
        const bon = await geocoder("https://x.example/s", "1 rue d'Œ", repondre({ features: [trait, {}, null] }));
        const refus = await geocoder("https://x.example/s", "a", repondre({}, false));
        const panne = await geocoder("https://x.example/s", "a", async () => { throw new TypeError("réseau"); });
        const vide = await geocoder("https://x.example/s", "a", repondre(null));
        console.log(JSON.stringify([bon, refus, panne, vide, demandes[0],
          ["12 rue Pasteur", "36000", "Valbourg", "3"].map(ressembleAUneAdresse)]));
    """
    bon, refus, panne, vide, demande, adresses = executer(node, code)
    assert bon == [{"libelle": "1 Rue <b>", "lat": 46, "lon": 2, "departement": "974"}]
    assert (refus, panne, vide) == (None, None, [])
    assert demande == "https://x.example/s?q=1+rue+d%27%C5%92&limit=5"
    assert adresses == [True, False, False, False]


def test_distance_to_a_box(node: str) -> None:
    code = """
        import { haversine, jusquauCadre } from "./recherche/distance.js";
        const cadre = [2, 46, 3, 47];
        console.log(JSON.stringify([jusquauCadre(46.5, 2.5, cadre), Math.round(jusquauCadre(45, 2.5, cadre) * 10) / 10,
          Math.round(haversine(0, 0, 0, 90))]));
    """
    assert executer(node, code) == [0, 111.2, 10008]  # a quarter of the equator: R·π/2


def test_ties_are_settled_where_people_look_only(node: str) -> None:
    code = """
        import { parDistance } from "./recherche/lieux.js";
        const un = (i) => ({ id: String(i), nom: "x", lat: 46 + (i >> 2) / 50, lon: 2 });
        const points = Array.from({ length: 400 }, (_, i) => un(i));
        let demandes = 0;
        const ordre = parDistance(points, { lat: 46, lon: 2 }, (p) => (demandes += 1, -Number(p.id)));
        console.log(JSON.stringify([ordre.slice(0, 8).map((r) => r.point.id), ordre.length, demandes < 4000]));
    """
    assert executer(node, code) == [["3", "2", "1", "0", "7", "6", "5", "4"], 400, True]


def test_places_of_one_name_as_far_or_met_nowhere_keep_one_order(node: str) -> None:
    code = """
        import { parDistance } from "./recherche/lieux.js";
        const un = (id, lat) => ({ id, nom: "Tour", lat, lon: 2 });
        const points = [..."dbac"].map((id) => un(id, 46)).concat([..."hfeg"].map((id) => un(id, null)));
        const ordre = (liste) => parDistance(liste, { lat: 46, lon: 2 }, () => 0).map((r) => r.point.id).join("");
        console.log(JSON.stringify([ordre(points), ordre(points.reverse())]));
    """
    assert executer(node, code) == ["abcdefgh", "abcdefgh"]


def test_an_address_leads_to_its_commune_without_the_service(node: str, gazetteer: str) -> None:
    code = (
        gazetteer
        + """
        import { communesCitees } from "./recherche/entendre.js";
        const textes = ["12 rue de Beaune, 36000 Châteauroux", "3 place d'Armes st etienne d'oeuvre", "12 rue"];
        const lues = await Promise.all(textes.map((t) => communesCitees(t, (texte) => a.exactes(texte))));
        console.log(JSON.stringify(lues.map((l) => l.map((c) => c.code))));
    """
    )
    assert executer(node, code) == [["36044"], ["01001"], []]


def test_old_records_leave_the_first_results_and_are_counted(node: str) -> None:
    code = """
        import { anciennesApres, PREMIERES } from "./recherche/lieux.js";
        const un = (id, vieux) => ({ point: { id, vieux: vieux.includes(id) }, km: id === 99 ? null : id });
        const suite = (n, vieux) => Array.from({ length: n }, (_, id) => un(id, vieux));
        const dire = (n, vieux) => {
          const { resultats, reculees } = anciennesApres(suite(n, vieux), (p) => p.vieux);
          return [resultats.map((r) => r.point.id), reculees];
        };
        const cas = [dire(3, []), dire(3, [0]), dire(3, [2]), dire(2, [0, 1]), dire(30, [0, 4, 25]),
          anciennesApres([un(0, [0]), un(1, []), un(99, [])], (p) => p.vieux).resultats.map((r) => r.point.id)];
        console.log(JSON.stringify([PREMIERES, ...cas]));
    """
    premieres, aucune, premiere, derniere, toutes, beaucoup, nulle_part = executer(node, code)
    assert aucune == [[0, 1, 2], 0]
    assert premiere == [[1, 2, 0], 1]
    assert nulle_part == [1, 0, 99]
    assert derniere == [[0, 1, 2], 0] and toutes == [[0, 1], 0]
    ordre, reculees = beaucoup
    assert reculees == 2 and sorted(ordre) == list(range(30))
    # Just after so many recent places, in the order of distance: near, though old.
    assert ordre[premieres - 1 : premieres + 3] == [21, 0, 4, 22] and ordre[-5:] == [25, 26, 27, 28, 29]


def test_a_list_is_cut_from_its_tables_whatever_their_cells(node: str) -> None:
    code = r"""
        import { choisir, rangees } from "./recherche/exporter.js";
        const un = '\ufeffid;nom\n99/a;"Un ""deux""; trois\nquatre"\n99/b;B\n';
        const deux = choisir([un, "\ufeffid;nom\n96/c;C"], ["96/c", "99/a", "99/absent"]);
        console.log(JSON.stringify([rangees(un).length, deux, choisir([], [])]));
    """
    assert executer(node, code) == [
        3,
        '\ufeffid;nom\n96/c;C\n99/a;"Un ""deux""; trois\nquatre"\n',
        "\ufeff\n",
    ]
