"""Draw mutants of each room, try them, and say how many the tests see.

Exit codes: 0 when at least nine in ten of those that change something are seen in every room, 1 otherwise, 2 unknown
room.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from mutation.essai import Essai

RACINE = Path(__file__).resolve().parents[2]
SCRIPTS = RACINE / "scripts"
SORTIE = RACINE / "build" / "mutation"
# The tests of each room, from the tests' folder.
PIECES = {
    "records/rules": ["records"],
    "hours": ["hours"],
    "indicators": ["indicators"],
    "reception": ["reception"],
    "broadband": ["broadband"],
}
SEUIL = 0.9
# Seconds of tests for one mutant: what nothing sees by then is said to survive.
BUDGET = 120.0


def main(arguments: list[str]) -> int:
    """Try each room and print its rate."""
    lu = _options().parse_args(arguments)
    if inconnues := sorted(set(lu.pieces) - PIECES.keys()):
        print(f"Pièce inconnue : {', '.join(inconnues)}. Pièces : {', '.join(PIECES)}.", file=sys.stderr)
        return 2
    sys.path[:0] = [str(SCRIPTS), str(RACINE / "tests")]
    bonnes = [_piece(piece, lu.nombre, lu.graine) for piece in lu.pieces or PIECES]
    return 0 if all(bonnes) else 1


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m mutation", description=__doc__)
    options.add_argument("pieces", nargs="*", help=f"parmi : {', '.join(PIECES)} (toutes sinon)")
    options.add_argument("--nombre", type=int, default=60, help="mutants tirés par pièce")
    options.add_argument("--graine", type=int, default=1, help="la même tire les mêmes")
    return options


def _piece(piece: str, nombre: int, graine: int) -> bool:
    from mutation import essai, mutants, portee

    tires = mutants.tirer(SCRIPTS, piece, nombre, graine)
    dossiers = [f"tests/{dossier}" for dossier in PIECES[piece]]
    essai.preparer()
    mesuree = essai.a_part(lambda: portee.mesurer(SCRIPTS, piece, dossiers))
    connus, essais = _equivalents(), []
    for mutant in tires:
        if (mutant.fichier, mutant.avant.strip(), mutant.apres.strip()) in connus:
            continue
        tests, ecourte = mesuree.tests(SCRIPTS, mutant.fichier, mutant.ligne, BUDGET)
        attendu = sum(mesuree.durees[test] for test in tests)
        essais.append(essai.essayer(SCRIPTS, mutant, tests, attendu, ecourte))
        print(f"{essais[-1].sort:9} {essais[-1].secondes:6.1f} s  {mutant.nom}", flush=True)
    return _bilan(piece, essais, len(tires))


def _bilan(piece: str, essais: list[Essai], tires: int) -> bool:
    """Print the rate of a room and what survives; keep every line in build/mutation."""
    tues = sum(e.sort == "tue" for e in essais)
    taux = tues / len(essais)
    SORTIE.mkdir(parents=True, exist_ok=True)
    lignes = [{"sort": e.sort, "secondes": e.secondes, "ecourte": e.ecourte, "mutant": e.mutant.nom} for e in essais]
    (SORTIE / f"{piece.replace('/', '-')}.json").write_text(json.dumps(lignes, ensure_ascii=False, indent=1))
    print(
        f"MUTATION {piece} {tues}/{len(essais)} = {taux:.1%} tués, {tires - len(essais)} équivalents sur {tires} tirés"
    )
    for e in essais:
        if e.sort != "tue":
            print(f"  {e.sort}{' (tests écourtés)' if e.ecourte else ''} : {e.mutant.operateur} {e.mutant.nom}")
    return taux >= SEUIL


def _equivalents() -> set[tuple[str, str, str]]:
    """Changes that change nothing that anyone can see, by file and text, so that they survive other changes."""
    liste = yaml.safe_load((Path(__file__).parent / "equivalents.yml").read_text(encoding="utf-8")) or []
    return {(e["fichier"], e["avant"], e["apres"]) for e in liste}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
