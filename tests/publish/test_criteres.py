"""What the search asks of the places, run by node: state in the address, choices, counts, moments, way out."""

import json

import pytest

from carte.publish.search import facettes
from publish.monde import libelles
from publish.noeud import executer


@pytest.mark.parametrize(
    ("adresse", "relue"),
    [
        ("?ou=Valbourg&commune=99058&pour=demarche,acces", "?ou=Valbourg&commune=99058&pour=demarche,acces"),
        ("?quand=maintenant&avec=gratuit,sans-rdv&type=BIB&inconnus=oui",) * 2,
        ("?point=46.123456,2.1&quand=jeudi-17h30", "?point=46.123,2.1&quand=jeudi-17h30"),
        ("?ou=m%C3%A9dia", "?ou=m%C3%A9dia"),
        ("?commune=99058&quand=aujourdhui&zone=1.5,46.4,2.125,46.9",) * 2,
        ("?zone=2,46,1,47", ""),
        ("?zone=1,,2,47", ""),
        ("?commune=<script>&point=900,2&inconnu=1&inconnus=1", ""),
        ("?point=,&pour=,,", ""),
        ("", ""),
    ],
)
def test_state_goes_to_the_address_and_back(node: str, adresse: str, relue: str) -> None:
    code = f"""
        import {{ lire, ecrire }} from "./recherche/etat.js";
        console.log(JSON.stringify(ecrire(lire({json.dumps(adresse)}))));
    """
    assert executer(node, code) == relue


def test_moments_of_the_address(node: str) -> None:
    code = """
        import { lireQuand, ecrireQuand } from "./recherche/etat.js";
        console.log(JSON.stringify([...["maintenant", "jeudi-17h", "lundi-9h05", "jeudi-25h", "jeudi-9h75",
          "hier-9h", ""].map(lireQuand), ecrireQuand(3, 1020), ecrireQuand(0, 545)]));
    """
    assert executer(node, code) == [
        "maintenant", {"jour": 3, "minute": 1020}, {"jour": 0, "minute": 545}, None, None, None, None,
        "jeudi-17h", "lundi-9h05",
    ]  # fmt: skip


def test_facets_have_the_same_names_on_both_sides(node: str) -> None:
    code = 'import { FACETTES } from "./recherche/etat.js"; console.log(JSON.stringify(FACETTES));'
    assert executer(node, code) == [*(f.cle for f in facettes.composer(libelles())), "type"]


_CRITERES = """
    import { lire } from "./recherche/etat.js";
    import { compter, conseiller, criteres, groupes, nombreDeLieux, question, trier } from "./recherche/criteres.js";
    const besoins = [{ cle: "demarche", libelle: "Aide", masque: 1 }, { cle: "acces", libelle: "Accès", masque: 2 }];
    const index = { besoins, questions: [{ cle: "gratuit", libelle: "Gratuit" }], fraisPendant: 364,
      types: { BIB: "Bibliothèque", EPN: "EPN" },
      facettes: [{ cle: "posture", libelle: "", toutes: false, valeurs: [{ cle: "avec", libelle: "Avec", rang: 0 },
        { cle: "seul", libelle: "Seul", rang: 1 }] }, { cle: "charge", libelle: "", toutes: true,
        valeurs: [{ cle: "a", libelle: "A", rang: 0 }, { cle: "b", libelle: "B", rang: 1 }] }] };
    const rangs = (bits) => [0, 1].filter((rang) => (bits >> rang) & 1);
    const facettes = (posture, charge) => ({ posture: rangs(posture), charge: rangs(charge) });
    const p = (id, services, oui, connu, posture, charge, types, ouvert) =>
      ({ id, services, oui, connu, types, ouvert, verifie: 20000, facettes: facettes(posture, charge) });
    const points = [p("x", 3, 1, 1, 1, 3, ["BIB"], true), p("y", 1, 0, 1, 2, 1, [], null),
      p("z", 1, 0, 0, 0, 0, ["EPN"], false), p("x", 3, 1, 1, 1, 3, ["BIB"], false)];
    const garder = (adresse) => {
      const etat = lire(adresse);
      return trier(points, groupes(etat, index, (q) => q.ouvert, 20100), etat.inconnus);
    };
    const ids = (adresse) => garder(adresse).gardes.map((q) => q.id).join("");
"""


@pytest.mark.parametrize(
    ("adresse", "attendu"),
    [
        ("", "xyzx"),
        ("?pour=demarche", "xyzx"),
        ("?pour=demarche,acces", "xx"),
        ("?quand=maintenant", "x"),
        ("?quand=maintenant&inconnus=oui", "xy"),
        ("?avec=gratuit", "xx"),
        ("?avec=gratuit&inconnus=oui", "xzx"),
        ("?avec=recent", "xyzx"),
        ("?posture=avec,seul", "xyx"),
        ("?charge=a,b", "xx"),
        ("?type=BIB,EPN", "xzx"),
        ("?type=inconnu&posture=rien&avec=rien&pour=rien&quand=rien", "xyzx"),
    ],
)
def test_choices_keep_who_fits(node: str, adresse: str, attendu: str) -> None:
    assert executer(node, _CRITERES + f"console.log(JSON.stringify(ids({json.dumps(adresse)})));") == attendu


def test_counts_are_of_places_and_say_the_unknown(node: str) -> None:
    code = (
        _CRITERES
        + """
        const { sans } = garder("?avec=gratuit&posture=avec");
        console.log(JSON.stringify([compter(points, question("gratuit", index, 0)), nombreDeLieux(points),
          sans("posture").map((q) => q.id), sans("avec gratuit").map((q) => q.id)]));
    """
    )
    assert executer(node, code) == [{"oui": 1, "inconnus": 1}, 3, ["x", "x"], ["x", "x"]]


def test_an_empty_result_says_which_choice_to_drop(node: str) -> None:
    code = (
        _CRITERES
        + """
        const etat = lire("?pour=acces&posture=seul&avec=recent");
        const choix = criteres(etat, index, { quand: String, recent: "Récente" });
        const combien = (e) => nombreDeLieux(trier(points, groupes(e, index, () => true, 20100), e.inconnus).gardes);
        const conseils = conseiller(etat, choix, combien).map(({ critere, nombre }) => [critere.libelle, nombre]);
        console.log(JSON.stringify([combien(etat), choix.map((c) => c.libelle), conseils]));
    """
    )
    nombre, choix, conseils = executer(node, code)
    assert nombre == 0
    assert choix == ["Accès", "Récente", "Seul"]
    assert sorted(conseils) == [["Accès", 1], ["Seul", 1]]


def test_a_choice_alone_can_be_kept(node: str) -> None:
    code = """
        import { ecrire, lire } from "./recherche/etat.js";
        import { garderSeul } from "./recherche/criteres.js";
        const etat = lire("?commune=99001&pour=acces,demarche&quand=samedi&avec=gratuit&posture=avec&inconnus=oui");
        const seul = (cle, valeur) => ecrire(garderSeul(etat, { cle, valeur, libelle: "" }));
        console.log(JSON.stringify([seul("pour", "acces"), seul("quand", "samedi"), seul("posture", "avec")]));
    """
    assert executer(node, code) == [
        f"?commune=99001&{reste}" for reste in ("pour=acces", "quand=samedi", "posture=avec")
    ]


def test_a_stop_on_a_silent_holiday_is_to_be_checked(node: str) -> None:
    code = (
        _HORLOGE.replace("fixes: [], mobiles: [] }, communes", 'fixes: [[11, 23, "Fête"]], mobiles: [] }, communes')
        + """
        const avant = Date.parse("2026-11-20T19:00:00+01:00");
        const [la, apres] = [lundi("15:00"), Date.parse("2026-11-30T15:00:00+01:00")];
        console.log(JSON.stringify([
          [h.dire(arret, avant).phrase, h.dire(lieu, la).phrase, h.dire(arret, la).etat],
          [lieu, arret].map((p) => h.convient(p, "maintenant", la)),
          [h.convient(lieu, { jour: 0, minute: 900 }, avant), h.convient(lieu, "maintenant", apres)],
          h.prochaine(lieu, avant) === Date.parse("2026-11-30T14:00:00+01:00"),
        ]));
    """
    )
    assert executer(node, code) == [
        [
            "Prochain passage : lundi 23 novembre, 14 h – 17 h (jour férié, à vérifier)",
            "Jour férié : on ne sait pas si c’est ouvert. Vérifiez avant d’y aller.",
            "inconnu",
        ],
        [None, None],
        [None, True],
        True,
    ]


_HORLOGE = """
    import { horloge } from "./recherche/ouverture.js";
    import { lireHoraires } from "./horaires/regles.js";
    const calendriers = { nationaux: { fixes: [], mobiles: [] }, communes: {},
      departements: { 99: { fuseau: "Europe/Paris", zone: null, fixes: [], mobiles: [] } },
      ecole: { du: "2026-01-01", au: "2026-12-31", ponts: [], zones: {} } };
    const h = horloge(calendriers);
    const regles = lireHoraires([{ jours: 1, heures: [[840, 1020, false]] }]); // lundi, 14 h – 17 h
    const lieu = { departement: "99", codeInsee: "99001", regles, tournee: null };
    const ancre = Date.parse("2026-11-23") / 86400000;
    const arret = { ...lieu, tournee: { horaires: regles, frequence: "quinzaine", ancre } };
    const flou = { ...lieu, regles: null, tournee: { horaires: null, frequence: "ponctuelle", ancre: null } };
    const SAMEDI = { jour: 5, minute: null };
    const lundi = (t) => Date.parse(`2026-11-23T${t}:00+01:00`);
"""


def test_a_stop_is_there_on_its_day_only(node: str) -> None:
    code = (
        _HORLOGE
        + """
        const avant = Date.parse("2026-11-17T10:00:00+01:00");
        console.log(JSON.stringify([
          [h.convient(lieu, "maintenant", lundi("15:00")), h.convient(arret, "maintenant", lundi("15:00"))],
          [avant, lundi("18:00")].map((instant) => h.convient(arret, { jour: 0, minute: 900 }, instant)),
          [h.convient(arret, SAMEDI, avant), h.convient(arret, "apres-18h", avant)],
          [h.convient(flou, "maintenant", avant), h.convient(flou, SAMEDI, avant), h.convient(flou, null, avant)],
          [h.dire(arret, avant).phrase, h.dire(arret, lundi("15:00")).phrase, h.dire(flou, avant).phrase],
          [h.prochaine(arret, avant) === lundi("14:00"), h.prochaine(lieu, lundi("15:00")) === lundi("15:00"),
            h.prochaine(flou, avant)],
          h.dire(lieu, lundi("15:00")),
        ]));
    """
    )
    assert executer(node, code) == [
        [True, True],
        [True, False],
        [False, False],
        [None, None, True],
        ["Prochain passage : lundi 23 novembre, 14 h – 17 h", "Sur place, jusqu’à 17 h", "Prochain passage inconnu"],
        [True, True, None],  # Infinity is null in JSON
        {"etat": "ouvert", "phrase": "Ouvert, ferme à 17 h"},
    ]


def test_today_is_what_is_left_of_it_and_a_moment_is_answered_with_its_day(node: str) -> None:
    code = (
        _HORLOGE
        + """
        const mardi = Date.parse("2026-11-17T10:00:00+01:00");
        const LUNDI = { jour: 0, minute: null }, LUNDI_15H = { jour: 0, minute: 900 };
        const vide = { ...lieu, regles: null };
        const aujourdHui = (p) => [lundi("10:00"), lundi("18:00"), mardi].map((i) => h.convient(p, "aujourdhui", i));
        console.log(JSON.stringify([
          [lieu, arret, vide, flou].map(aujourdHui),
          [lieu, arret, vide, flou].map((p) => h.auMoment(p, LUNDI_15H, mardi)),
          [lieu, arret].map((p) => h.auMoment(p, LUNDI, lundi("18:00"))),
          ["aujourdhui", SAMEDI, "apres-18h", "maintenant", null].map((q) => h.auMoment(lieu, q, mardi)),
        ]));
    """
    )
    assert executer(node, code) == [
        [[True, False, False], [True, False, False], [None] * 3, [None] * 3],
        [
            "lundi 23 novembre : 14 h – 17 h",
            "lundi 23 novembre : 14 h – 17 h",
            "lundi 23 novembre : horaires inconnus",
            "lundi 23 novembre : horaires inconnus",
        ],
        ["lundi 30 novembre : 14 h – 17 h", "lundi 7 décembre : 14 h – 17 h"],
        ["mardi 17 novembre : fermé", "samedi 21 novembre : fermé", "mardi 17 novembre : fermé", "", ""],
    ]


def test_a_zone_keeps_what_the_map_shows_and_an_unknown_place_is_not_a_no(node: str) -> None:
    code = """
        import { lire } from "./recherche/etat.js";
        import { criteres, enlever, groupes, toutEnlever, trier } from "./recherche/criteres.js";
        const index = { besoins: [], questions: [], facettes: [], types: {} };
        const points = [["dedans", 46.5, 1.6], ["bord", 46.4, 1.5], ["dehors", 46.5, 2], ["nulle part", null, null]]
          .map(([id, lat, lon]) => ({ id, lat, lon }));
        const etat = lire("?zone=1.5,46.4,1.9,46.9");
        const tests = groupes(etat, index, () => true, 0);
        const ids = (inconnus) => trier(points, tests, inconnus).gardes.map(({ id }) => id);
        const [zone] = criteres(etat, index, { quand: String, recent: "", zone: "Dans la zone" });
        const restes = [enlever(etat, zone), toutEnlever(etat)].map((e) => e.zone);
        console.log(JSON.stringify([ids(false), ids(true), zone.libelle, ...restes]));
    """
    assert executer(node, code) == [
        ["dedans", "bord"], ["dedans", "bord", "nulle part"], "Dans la zone", None, None
    ]  # fmt: skip
