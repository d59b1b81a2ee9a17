"""The search's state in the address, read from any text: bounded, and written back without loss."""

import json
import random
import string
from urllib.parse import quote

from hasard import FACTEUR, Graine
from publish.noeud import executer

_CLES = ("ou", "commune", "point", "pour", "quand", "avec", "inconnus", "zone", "accompagnement", "langue", "__proto__")
_VALEURS = (
    *("36044", "2A004", "46.8,1.7", "91,0", "1e999,0", "1,2,3,4", "3,2,1,4", "oui", "a,b,a,,", "jeudi-9h30"),
    *(
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "'\"`&=",
        "é€\u202e",
        "constructor,__proto__",
        "NaN,Infinity",
    ),
)


def _adresse(hasard: random.Random) -> str:
    """Known names with known, hostile or random values, sometimes cut or badly encoded."""
    morceaux = []
    for _ in range(hasard.randrange(1, 9)):
        lettres = "".join(hasard.choice(string.printable + "éœ\u00a0\u202e") for _ in range(hasard.randrange(20)))
        nombres = ",".join(
            f"{hasard.uniform(-200, 200):.{hasard.randrange(7)}f}" for _ in range(hasard.randrange(1, 6))
        )
        valeur = hasard.choice([hasard.choice(_VALEURS), lettres, nombres])
        morceaux.append(f"{hasard.choice(_CLES)}={quote(valeur) if hasard.random() < 0.8 else valeur}")
    return "?" + hasard.choice(["&", "&&", ";"]).join(morceaux) + hasard.choice(["", "%", "%e9", "#", "&"])


def test_any_address_gives_a_bounded_state_that_comes_back(node: str, graine: Graine) -> None:
    hasard = random.Random(graine(13))
    adresses = [_adresse(hasard) for _ in range(1_000 * FACTEUR)]
    code = """
        import { ecrire, lire } from "./recherche/etat.js";
        const adresses = %s;
        const fautes = [];
        for (const adresse of adresses) {
          const etat = lire(adresse), ecrite = ecrire(etat), relu = lire(ecrite);
          const borne = (x, n) => Number.isFinite(x) && Math.abs(x) <= n;
          const juste =
            (etat.commune === "" || /^\\d[\\dAB]\\d{3}$/.test(etat.commune)) &&
            (!etat.point || (etat.point.length === 2 && borne(etat.point[0], 90) && borne(etat.point[1], 180))) &&
            (!etat.zone || (etat.zone[0] < etat.zone[2] && etat.zone[1] < etat.zone[3])) &&
            [etat.pour, etat.avec, ...Object.values(etat.choix)].every(
              (l) => new Set(l).size === l.length && !l.includes(""),
            );
          // A point is written to 100 m: the address that was written once is written again alike.
          const lus = JSON.stringify({ ...relu, point: null }) === JSON.stringify({ ...etat, point: null });
          if (!juste || !lus || ecrire(relu) !== ecrite || /[<>"]/.test(ecrite)) fautes.push([adresse, ecrite]);
        }
        console.log(JSON.stringify({ lues: adresses.length, fautes: fautes.slice(0, 5) }));
    """
    # The system bounds the length of a command.
    lots = [adresses[debut : debut + 500] for debut in range(0, len(adresses), 500)]
    for lot in lots:
        assert executer(node, code % json.dumps(lot)) == {"lues": len(lot), "fautes": []}
