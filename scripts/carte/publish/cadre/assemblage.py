"""What a page loads of ours, made by esbuild: each module in one file with all that it imports, without a useless byte.

On a slow line each file costs a round trip, and comments are for those who read the sources
(`docs/decisions/0018-esbuild.md`). No source map is made: the sources are one click away, in the repository.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from carte.erreurs import ErreurCarte
from carte.publish.cadre import bibliotheques

# Under `site_src/modules`: what a page names. Served under the name of the file alone.
ENTREES = (
    "commun/theme.js",
    "commun/ancienne.js",
    "recherche/recherche.js",
    "recherche/orientation.js",
    "recherche/plan.js",
    "carte/carte.js",
    "fiche/fiche.js",
    "feuille/feuille.js",
    "formulaire/formulaire.js",
    "rapport/rapport.js",
    "service/service.js",
)
# The first browsers that know the layers of our sheets. All of them know these classes of letters in a pattern: esbuild
# doubts it, and would make the pattern anew at each call.
_NAVIGATEURS = ("--target=chrome99,firefox97,safari15.4", "--supported:regexp-unicode-property-escapes=true")
# tsconfig.json is for the checks: what is published depends on what is written here alone.
_OPTIONS = (
    *_NAVIGATEURS,
    "--minify",
    "--legal-comments=inline",
    "--charset=utf8",
    "--tsconfig-raw={}",
    "--log-level=error",
    # In a sheet, a fault is no more than a doubt to esbuild, unless it is told.
    "--log-override:css-syntax-error=error",
    "--log-override:unsupported-css-property=error",
    "--color=false",
)


class AssemblageImpossible(ErreurCarte):
    """A module or a sheet that esbuild cannot read."""


def modules(racine: Path) -> dict[str, bytes]:
    """The files that pages name, by their served name (`recherche.js`); the same sources give the same bytes.

    Raises AssemblageImpossible with esbuild's words (file, line, column), BibliothequeAbsente without esbuild.
    """
    sources = racine / "site_src" / "modules"
    with TemporaryDirectory(prefix="carte-modules-") as sortie:
        fichiers = [str(sources / entree) for entree in ENTREES]
        _esbuild(racine, [*fichiers, "--bundle", "--format=esm", "--entry-names=[name]", f"--outdir={sortie}"])
        return {nom: (Path(sortie) / nom).read_bytes() for nom in sorted(Path(entree).name for entree in ENTREES)}


def reduire(racine: Path, texte: bytes, nom: str) -> bytes:
    """One text that imports nothing, without a useless byte; `nom` (`carte.css`) says its sort. Raises as `modules`."""
    return _esbuild(racine, [f"--loader={Path(nom).suffix[1:]}", f"--sourcefile={nom}"], texte)


def _esbuild(racine: Path, arguments: Sequence[str], entree: bytes = b"") -> bytes:
    bibliotheques.fichier(racine, "esbuild/package.json")
    programme = shutil.which("esbuild", path=racine / "node_modules" / ".bin")
    if programme is None:
        raise AssemblageImpossible("Le programme esbuild n'est pas dans node_modules/.bin. Lancez d'abord : npm ci")
    resultat = subprocess.run([programme, *arguments, *_OPTIONS], input=entree, capture_output=True, check=False)  # noqa: S603
    if resultat.returncode:
        # Without its install script, the program is started by node, which adds its own trace after esbuild's words.
        dit = resultat.stderr.decode(errors="replace").partition("\nnode:")[0].strip()
        raise AssemblageImpossible(f"Les programmes du navigateur ne s'assemblent pas. esbuild dit :\n{dit}")
    return resultat.stdout
