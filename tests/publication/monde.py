"""Sites in miniature, and what a person may have put at their place."""

import os
from collections.abc import Callable
from pathlib import Path

from carte.publication.marque import NOM, marquer

ANCIEN = {"index.html": "ancien", "lieux/a/index.html": "ancien"}


def ancien_site(site: Path) -> Path:
    """A site as a former build left it, mark included."""
    ecrire(site, ANCIEN)
    marquer(site)
    return site


def ecrire(dossier: Path, fichiers: dict[str, str]) -> None:
    for nom, texte in fichiers.items():
        (dossier / nom).parent.mkdir(parents=True, exist_ok=True)
        (dossier / nom).write_text(texte)


def contenu(dossier: Path) -> dict[str, str]:
    """Every file below a folder, its mark left out."""
    return {
        chemin.relative_to(dossier).as_posix(): chemin.read_text()
        for chemin in dossier.rglob("*")
        if chemin.is_file() and chemin.name != NOM
    }


def photo_etat(chemin: Path) -> list[tuple[str, str]]:
    """What stands at a place, to the byte, without following or opening anything but ordinary files."""
    if chemin.is_symlink() or not chemin.is_dir():
        return [(str(chemin), _nature(chemin))]
    return sorted((str(c), _nature(c)) for c in (chemin, *chemin.rglob("*")))


def _nature(chemin: Path) -> str:
    if chemin.is_symlink():
        return f"-> {chemin.readlink()}"
    return chemin.read_bytes().hex() if chemin.is_file() else "dossier ou fichier spécial"


def _photos(site: Path) -> None:
    ecrire(site, {"photos/a.jpg": "ma photo"})


def _fichier(site: Path) -> None:
    site.write_text("mes notes")


def _sans_marque(site: Path) -> None:
    ancien_site(site)
    (site / NOM).unlink()


def _marque_copiee(site: Path) -> None:
    _photos(site)
    ailleurs = ancien_site(site.parent / "ailleurs")
    (site / NOM).write_bytes((ailleurs / NOM).read_bytes())


def _ajout(site: Path) -> None:
    ecrire(ancien_site(site), {"CNAME": "carte.example"})


def _retouche(site: Path) -> None:
    ecrire(ancien_site(site), {"index.html": "Ancien"})


def _lien(site: Path) -> None:
    (ancien_site(site) / "photos").symlink_to(site.parent)


def _tube(site: Path) -> None:
    os.mkfifo(ancien_site(site) / "tube")


def _fichier_devenu_lien(site: Path) -> None:
    (ancien_site(site) / "index.html").unlink()
    (site / "index.html").symlink_to("lieux/a/index.html")


def _marque(texte: str) -> Callable[[Path], None]:
    def poser(site: Path) -> None:
        (ancien_site(site) / NOM).write_text(texte)

    return poser


def _marque_en_lien(site: Path) -> None:
    _sans_marque(site)
    ailleurs = ancien_site(site.parent / "ailleurs")
    (site / NOM).symlink_to(ailleurs / NOM)


A_QUELQU_UN: dict[str, Callable[[Path], None]] = {
    "photos": _photos,
    "file": _fichier,
    "site-of-version-0.1": _sans_marque,
    "mark-copied-by-hand": _marque_copiee,
    "file-added": _ajout,
    "file-changed": _retouche,
    "link-added": _lien,
    "pipe-added": _tube,
    "file-now-a-link": _fichier_devenu_lien,
    "mark-empty": _marque(""),
    "mark-of-another-program": _marque('{"programme": "autre", "fichiers": {"index.html": ""}}'),
    "mark-without-files": _marque('{"programme": "carte", "fichiers": null}'),
    "mark-of-the-wrong-shape": _marque("[1]"),
    "mark-endless": _marque("[" * 200_000),
    "mark-a-link": _marque_en_lien,
}
"""What is not ours whole, put at the place of a site."""
