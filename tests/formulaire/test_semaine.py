"""The week of the form: what people write, the text that the program reads, and back; the modules run by node."""

import json
import random
from typing import Any

from carte import hours
from carte.ecrits.yaml_strict import lire as lire_yaml
from hasard import Graine
from publish.monde import RACINE
from publish.noeud import executer

_CODE = """
    import { ecrireOsm, enFrancais, lireFrancais, lireOsm } from "./formulaire/semaine.js";
    const question = %s;
    console.log(JSON.stringify(%s));
"""
FRANCAIS = {
    "9h-12h": [[540, 720]],
    "9 h – 12 h, 14 h – 17 h 30": [[540, 720], [840, 1050]],
    "de 9h à 12h et de 14h à 17h30": [[540, 720], [840, 1050]],
    "09:00-12:00 14:00-18:00": [[540, 720], [840, 1080]],
    "9 heures à midi": [[540, 720]],
    "20h - minuit": [[1200, 1440]],
    "8h30/12h ; 13h30/17h": None,
    "9-12": [[540, 720]],
    "9h-12h 14h-17h30": [[540, 720], [840, 1050]],
    "9-12 14-17": [[540, 720], [840, 1020]],
    "9h-12 30": [[540, 750]],
    "fermé": [],
    "": [],
    "14h-9h": None,
    "9h-12h, 11h-14h": None,
    "9h-25h": None,
    "9h70-12h": None,
    "le matin": None,
    "9h-12h sauf vacances": None,
}


def _executer(node: str, question: Any, corps: str) -> Any:
    return executer(node, _CODE % (json.dumps(question), corps))


def _semaine(alea: random.Random) -> dict[str, Any]:
    jours: list[dict[str, Any]] = []
    for _ in range(7):
        bornes = sorted(alea.sample(range(15, 1441, 15), 2 * alea.choice([0, 1, 1, 2, 3])))
        jour = {"plages": [list(p) for p in zip(bornes[::2], bornes[1::2], strict=True)], "rdv": False}
        if jour["plages"] and alea.random() < 0.2:
            jour["rdv"] = True
        jours.append(jours[-1] if jours and alea.random() < 0.5 else jour)
    return {"jours": jours, "feries": alea.choice(["", "fermes"])}


def test_a_drawn_week_is_read_by_the_program_and_comes_back(node: str, graine: Graine) -> None:
    alea = random.Random(graine(3))
    semaines = [s for s in (_semaine(alea) for _ in range(250)) if any(j["plages"] for j in s["jours"])]
    reponses = _executer(
        node,
        semaines,
        "question.map((s) => [ecrireOsm(s), lireOsm(ecrireOsm(s)), s.jours.map((j) => lireFrancais(enFrancais(j)))])",
    )
    for semaine, (texte, relue, francais) in zip(semaines, reponses, strict=True):
        lus = hours.parse(texte).semaine()
        attendus = [[] if jour["rdv"] else jour["plages"] for jour in semaine["jours"]]
        assert [[list(plage) for plage in jour] for jour in lus] == attendus, texte
        assert (relue, francais) == (semaine, semaine["jours"]), texte


def test_the_hours_of_the_demonstration_are_held_or_kept(node: str) -> None:
    fiches = [lire_yaml(c.read_bytes()).donnees for c in sorted((RACINE / "offers").glob("9*/*.yml"))]
    textes = sorted({fiche["horaires"] for fiche in fiches if "horaires" in fiche})
    tenues = _executer(node, textes, "question.map(lireOsm)")
    assert len([t for t in tenues if t]) > len(textes) / 2
    for texte, semaine in zip(textes, tenues, strict=True):
        if semaine is None:
            continue
        horaires = hours.parse(texte)
        lus = [[list(plage) for plage in jour] for jour in horaires.semaine()]
        assert lus == [[] if jour["rdv"] else jour["plages"] for jour in semaine["jours"]], texte
        assert (semaine["feries"] == "fermes") == texte.endswith("PH off")


def test_what_a_week_cannot_hold_is_not_read(node: str) -> None:
    textes = ["24/7", "Mo-Fr 09:00-12:00; SH off", "week 1-53/2 Mo 09:00-12:00", "Mo 22:00-02:00", "Mo[1] 09:00-12:00"]
    textes += [
        "PH off; Mo 09:00-12:00",
        "PH off",
        "Mo 09:00+",
        'Mo 09:00-12:00 "avec adhésion"',
        "Mo 09:00-12:00; Mo off",
    ]
    assert _executer(node, textes, "question.map(lireOsm)") == [None] * len(textes)


def test_people_write_hours_in_many_ways(node: str) -> None:
    lus = _executer(node, list(FRANCAIS), "question.map((t) => lireFrancais(t)?.plages ?? null)")
    assert dict(zip(FRANCAIS, lus, strict=True)) == FRANCAIS
    assert _executer(node, "14h-17h sur RDV", "lireFrancais(question)") == {"plages": [[840, 1020]], "rdv": True}
