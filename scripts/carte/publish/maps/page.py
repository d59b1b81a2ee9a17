"""The map of the places: folium's skeleton in our layout, with a drawing and the lists for those without script."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from carte.publish.cadre.contexte import GEOPLATEFORME
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.maps.contours import Contours
from carte.publish.maps.squelette import Bornes, Squelette, squelette
from carte.publish.maps.statique import carte_lieux
from carte.publish.textes import pluriel

if TYPE_CHECKING:
    from carte.picture import Picture

CHEMIN = "carte/"
NOM = "lieux"
# The whole of metropolitan France, when nothing has an outline.
_FRANCE: Bornes = (-5.2, 41.3, 9.6, 51.1)


def ecrire(picture: "Picture", shell: Shell, contours: Iterable[Contours], dossier: Path) -> None:
    """Write `/carte/`, with folium's script and style in files of their own."""
    contours = list(contours)
    tuiles = picture.configuration.options.tuiles
    carte = squelette(NOM, _bornes(contours), grappes=True, tuiles=tuiles)
    html = shell.page(
        CHEMIN,
        "Carte des lieux",
        _contenu(picture, contours, carte),
        description="La carte des lieux d’aide au numérique, filtrée par famille de services.",
        section="carte",
        feuilles=[*(f"{shell.actifs}/{feuille}" for feuille in carte.feuilles), f"{CHEMIN}carte.css"],
        scripts=[*(f"{shell.actifs}/{script}" for script in carte.scripts), f"{CHEMIN}carte.js"],
        modules=[shell.module("carte/carte.js")],
    )
    ecrire_page(dossier, CHEMIN, _permettre_les_tuiles(html) if tuiles else html)
    (dossier / CHEMIN / "carte.js").write_text(carte.script, encoding="utf-8")
    (dossier / CHEMIN / "carte.css").write_text(carte.style, encoding="utf-8")


def _permettre_les_tuiles(html: str) -> str:
    """The page whose policy allows the images of the tiles' host, and nothing else of it."""
    return html.replace("img-src 'self' data:", f"img-src 'self' data: {GEOPLATEFORME}", 1)


def _contenu(picture: "Picture", contours: list[Contours], carte: Squelette) -> str:
    lieux = _lieux_par_commune(picture)
    return (
        environnement()
        .get_template("carte.html.j2")
        .render(
            racine=remonter(CHEMIN),
            carte=carte,
            dessins=[(un, carte_lieux(un, f"carte-{un.departement}", *_mots(un, lieux))) for un in contours],
            familles=[(v.valeur, v.libelle) for v in picture.vocabulaires["familles"].valeurs],
        )
    )


def _mots(contours: Contours, lieux: Mapping[str, int]) -> tuple[str, str, Mapping[str, int], Mapping[str, str]]:
    noms = dict(zip(contours.communes["code_insee"], contours.communes["nom"], strict=True))
    mots = {code: f"{nom} : {_compte(lieux.get(code, 0))}" for code, nom in noms.items()}
    servies = sum(1 for code in noms if lieux.get(code))
    description = f"Un disque dans chaque commune qui a un lieu : {pluriel(servies, 'commune')} sur {len(noms)}."
    return f"Les lieux, {contours.nom}", description, lieux, mots


def _lieux_par_commune(picture: "Picture") -> dict[str, int]:
    """Places by commune: one with two stops in a commune counts once there."""
    par_commune: dict[str, set[str]] = defaultdict(set)
    for code, lieu in zip(picture.offre["code_insee"], picture.offre["lieu_id"], strict=True):
        if isinstance(code, str):
            par_commune[code].add(lieu)
    return {code: len(membres) for code, membres in par_commune.items()}


def _compte(nombre: int) -> str:
    return pluriel(nombre, "lieu", "lieux") if nombre else "aucun lieu connu"


def _bornes(contours: Iterable[Contours]) -> Bornes:
    cadres = [un.bornes for un in contours if un.bornes]
    if not cadres:
        return _FRANCE
    ouests, suds, ests, nords = zip(*cadres, strict=True)
    return min(ouests), min(suds), max(ests), max(nords)
