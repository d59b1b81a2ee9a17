"""Try damaged inputs for a time: python -m fuzz [cible…] --secondes 60 --graine 1 [--sans-atheris] [--bilan fichier].

With atheris, where it installs, the paths that an input takes in the program choose the next ones; without it, chance
alone. Each target runs in a process of its own, one after the other. What breaks a property is written in
build/fuzz/<cible>/ and said, with its message. Exit codes: 0 when nothing was found, 1 otherwise, 2 unknown target.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(RACINE / "scripts"), str(RACINE / "tests")]
SORTIE = RACINE / "build" / "fuzz"
NAVIGATEUR = ("adresse", "moment", "semaine", "journee")
_LOT = 50_000  # executions of the browser's readers between two looks at the clock
_GARDEES = 400  # inputs kept to be damaged again
# Where a file written again and again costs no disk: it was four fifths of the time of a small target.
_EN_MEMOIRE = Path("/dev/shm")


def main(arguments: list[str]) -> int:
    """Run each target and print how many inputs it was given; see the module."""
    options = argparse.ArgumentParser(prog="python -m fuzz")
    options.add_argument("cibles", nargs="*", help="toutes par défaut ; une inconnue en donne la liste")
    options.add_argument("--secondes", type=float, default=20, help="durée pour chaque cible")
    options.add_argument("--graine", type=int, default=0)
    options.add_argument("--sans-atheris", action="store_true")
    options.add_argument("--bilan", type=Path, default=SORTIE / "bilan.jsonl")
    options.add_argument("--seule", action="store_true", help=argparse.SUPPRESS)
    lu = options.parse_args(arguments)
    if lu.seule:
        return _seule(lu.cibles[0], lu)
    # Not before: atheris follows what it has seen imported, in the process of each target.
    from fuzz.cibles import CIBLES

    connues = (*CIBLES, *NAVIGATEUR)
    if inconnues := sorted(set(lu.cibles) - {*connues}):
        print(f"Cible inconnue : {', '.join(inconnues)}. Cibles : {', '.join(connues)}.", file=sys.stderr)
        return 2
    codes = [_a_part(cible, lu) for cible in lu.cibles or connues]
    return 1 if any(codes) else 0


def _a_part(cible: str, lu: argparse.Namespace) -> int:
    """Exit code of a target run in a process of its own."""
    suite = [cible, "--seule", "--secondes", str(lu.secondes), "--graine", str(lu.graine), "--bilan", str(lu.bilan)]
    suite += ["--sans-atheris"] if lu.sans_atheris else []
    return subprocess.run([sys.executable, "-m", "fuzz", *suite], check=False, cwd=RACINE / "tests").returncode


def _seule(nom: str, lu: argparse.Namespace) -> int:
    if nom in NAVIGATEUR:
        return _navigateur(nom, lu)
    atheris = None
    if not lu.sans_atheris:
        with contextlib.suppress(ImportError):
            import atheris  # type: ignore[import-not-found, no-redef]
    with tempfile.TemporaryDirectory(dir=_EN_MEMOIRE if _EN_MEMOIRE.is_dir() else None) as dossier:
        if atheris is None:
            return _au_hasard(_Essai(nom, Path(dossier)), lu)
        with atheris.instrument_imports(include=["carte"]):
            essai = _Essai(nom, Path(dossier))
        return _guide(atheris, essai, lu)


def _conclure(nom: str, moteur: str, lu: argparse.Namespace, nombre: int, lues: int, fautes: list[str]) -> int:
    """Say what a target gave, and add it to the count."""
    lu.bilan.parent.mkdir(parents=True, exist_ok=True)
    ligne = {"cible": nom, "moteur": moteur, "graine": lu.graine, "executions": nombre, "secondes": lu.secondes}
    with lu.bilan.open("a", encoding="utf-8") as bilan:
        bilan.write(json.dumps({**ligne, "lues": lues, "fautes": len(fautes)}) + "\n")
    print(f"{nom} : {nombre} entrées en {lu.secondes:.0f} s ({moteur}), {lues} lues, {len(fautes)} fautes", flush=True)
    return 1 if fautes else 0


def _navigateur(nom: str, lu: argparse.Namespace) -> int:
    nombre, graine, fautes = 0, lu.graine * 1_000, []
    for _ in _tours(lu.secondes):
        commande = ["node", str(Path(__file__).with_name("navigateur.mjs")), nom, str(_LOT), str(graine)]
        rendu = json.loads(subprocess.run(commande, check=True, capture_output=True, text=True).stdout)
        nombre, graine = nombre + rendu["executions"], graine + 1
        fautes += [f"{pourquoi} : {texte!r}" for texte, pourquoi in rendu["fautes"]]
        if fautes:
            break
    print("".join(f"  {faute}\n" for faute in fautes), end="")
    return _conclure(nom, "node", lu, nombre, nombre, fautes)


class _Essai:
    """One target and what came out of it; `garder`: inputs that are damaged again."""

    def __init__(self, nom: str, dossier: Path) -> None:
        from fuzz.cibles import CIBLES
        from fuzz.gestes import semer

        self.cible, self._semer = CIBLES[nom](dossier), semer
        self.nombre = self.lues = 0
        self.fautes: dict[str, str] = {}

    def __call__(self, octets: bytes) -> bool:
        self.nombre += 1
        try:
            lue = self.cible.essayer(octets)
        except Exception as erreur:  # noqa: BLE001 - whatever comes out is a finding
            self._noter(octets, erreur)
            return False
        self.lues += lue
        return lue

    def _noter(self, octets: bytes, erreur: Exception) -> None:
        """One finding for each place that raised: a thousand inputs of one fault say no more than one."""
        place = traceback.extract_tb(erreur.__traceback__)[-1]
        cle = f"{Path(place.filename).name}:{place.lineno} {type(erreur).__name__}"
        if cle in self.fautes:
            return
        dossier = SORTIE / self.cible.nom
        dossier.mkdir(parents=True, exist_ok=True)
        nom = hashlib.sha256(octets).hexdigest()[:12]
        (dossier / nom).write_bytes(octets)
        (dossier / f"{nom}.txt").write_text("".join(traceback.format_exception(erreur)), encoding="utf-8")
        self.fautes[cle] = f"{cle} : {str(erreur)[:200]} (build/fuzz/{self.cible.nom}/{nom})"
        print(f"  {self.fautes[cle]}", flush=True)

    def autre(self, octets: bytes, hasard: random.Random) -> bytes:
        """The same input damaged, but for the lines that say which file it is."""
        *tetes, corps = octets.split(b"\n", self.cible.entete)
        return b"\n".join([*tetes, self._semer(corps, hasard, self.cible.jetons or (b";",))])


def _tours(secondes: float) -> Iterator[None]:
    fin = time.monotonic() + secondes
    while time.monotonic() < fin:
        yield


def _au_hasard(essai: _Essai, lu: argparse.Namespace) -> int:
    hasard, gardees = random.Random(lu.graine), [*essai.cible.graines, *essai.cible.corpus]
    saines = len(gardees)
    for _ in _tours(lu.secondes):
        octets = essai.autre(hasard.choice(gardees), hasard)
        if essai(octets) and len(octets) < 20_000:
            # What is still read is worth another damage; the healthy ones stay.
            if len(gardees) < saines + _GARDEES:
                gardees.append(octets)
            else:
                gardees[hasard.randrange(saines, len(gardees))] = octets
    return _conclure(essai.cible.nom, "hasard", lu, essai.nombre, essai.lues, [*essai.fautes.values()])


def _guide(atheris: Any, essai: _Essai, lu: argparse.Namespace) -> int:
    """libFuzzer never gives the hand back: its process ends here when the time is over."""
    corpus = SORTIE / "atheris" / essai.cible.nom
    corpus.mkdir(parents=True, exist_ok=True)
    for octets in (*essai.cible.graines, *essai.cible.corpus):
        (corpus / hashlib.sha256(octets).hexdigest()[:16]).write_bytes(octets)
    fin = time.monotonic() + lu.secondes

    def une(octets: bytes) -> None:
        essai(octets)
        if time.monotonic() > fin:
            os._exit(_conclure(essai.cible.nom, "atheris", lu, essai.nombre, essai.lues, [*essai.fautes.values()]))

    def muter(octets: bytes, taille: int, graine: int) -> bytes:
        return essai.autre(octets, random.Random(graine))[:taille]

    options = ["fuzz", "-max_len=60000", f"-seed={lu.graine + 1}", "-verbosity=0", str(corpus)]
    atheris.Setup(options, une, custom_mutator=muter)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
