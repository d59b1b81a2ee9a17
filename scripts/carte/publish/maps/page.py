"""The map of the places: folium's skeleton in our layout, with a drawing and the lists for those without script."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from carte.publication import Chantier
from carte.publish.cadre.contexte import GEOPLATEFORME
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.maps import semis
from carte.publish.maps.contours import Contours
from carte.publish.maps.ensemble import METROPOLE, Ensemble
from carte.publish.maps.squelette import squelette
from carte.publish.maps.statique import Disque, carte_ensemble, carte_lieux
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.publish.textes import pluriel
from carte.records.dires import Nature

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Point
    from carte.publish.libelles import Libelles

CHEMIN = "carte/"
NOM = "lieux"
# Beyond, a drawing has one disc per département instead of one per commune: it is part of the page's text.
DISQUES_MAX = 600


def ecrire(
    picture: "Picture",
    points: "Sequence[Point]",
    libelles: "Libelles",
    shell: Shell,
    ensemble: Ensemble,
    site: Chantier,
    reprise: Reprise = SANS_REPRISE,
) -> None:
    """Write `/carte/`, with folium's script and style in files of their own."""
    comptes, cadre, lieux = semis.compter(points, libelles), semis.cadre(points), _lieux_par_commune(picture)
    ecrire_la = partial(_ecrire, picture, libelles, shell, ensemble, site, comptes, cadre, lieux)
    reprise.avec(shell, comptes, cadre, lieux).fichiers("carte", ecrire_la, site)


def _ecrire(
    picture: "Picture",
    libelles: "Libelles",
    shell: Shell,
    ensemble: Ensemble,
    site: Chantier,
    comptes: Mapping[str, semis.Compte],
    cadre: tuple[float, float, float, float] | None,
    lieux: Mapping[str, int],
) -> None:
    """`cadre`: of the places on the map; `lieux`: how many by commune; of `picture`, the configuration is read."""
    tuiles = picture.configuration.options.tuiles
    bornes = ensemble.bornes or cadre or METROPOLE
    carte = squelette(NOM, bornes, grappes=True, cadree=False, tuiles=tuiles)
    contenu = (
        environnement()
        .get_template("carte.html.j2")
        .render(
            racine=remonter(CHEMIN),
            carte=carte,
            cadre=",".join(f"{borne:.4f}" for borne in bornes),
            dessins=_dessins(lieux, ensemble),
            familles={semis.TOUTES: "Tous les lieux", **libelles.familles},
            comptes=comptes,
        )
    )
    html = shell.page(
        CHEMIN,
        "Carte des lieux",
        contenu,
        description="La carte des lieux d’aide au numérique, filtrée par famille de services.",
        section="carte",
        feuilles=[*(f"{shell.actifs}/{feuille}" for feuille in carte.feuilles), f"{CHEMIN}carte.css"],
        scripts=[*(f"{shell.actifs}/{script}" for script in carte.scripts), f"{CHEMIN}carte.js"],
        modules=[shell.module("carte.js")],
        tete=_precharges(remonter(CHEMIN)),
    )
    ecrire_page(site, CHEMIN, _permettre_les_tuiles(html) if tuiles else html)
    site.ecrire(f"{CHEMIN}carte.js", carte.script)
    site.ecrire(f"{CHEMIN}carte.css", carte.style)


def _precharges(racine: str) -> str:
    """What the map reads first, asked for with the page: on a slow line each step in series costs an answer."""
    donnees = ("donnees/cartes/index.json", "donnees/recherche/index.json")
    return "".join(f'<link rel="preload" as="fetch" crossorigin href="{racine}{un}">' for un in donnees)


def _permettre_les_tuiles(html: str) -> str:
    """The page whose policy allows the images of the tiles' host, and nothing else of it."""
    return html.replace("img-src 'self' data:", f"img-src 'self' data: {GEOPLATEFORME}", 1)


def _dessins(lieux: Mapping[str, int], ensemble: Ensemble) -> list[tuple[str, Markup]]:
    """Name and drawing: of all the départements together, or of the only one; the others, overseas, apart."""
    reunis = ensemble.reunis
    seuls = [un for un in ensemble.contours.values() if len(reunis) < 2 or un not in reunis]
    dessins = [(un.nom, carte_lieux(un, f"carte-{un.departement}", *_mots(un, lieux))) for un in seuls]
    if len(reunis) < 2:
        return dessins
    noms = ", ".join(un.nom for un in reunis)
    return [(noms, _dessin_ensemble(ensemble, reunis, lieux)), *dessins]


def _dessin_ensemble(ensemble: Ensemble, reunis: Sequence[Contours], lieux: Mapping[str, int]) -> Markup:
    servies = sum(1 for un in reunis for code in un.communes["code_insee"] if lieux.get(code))
    disques = [disque for un in reunis for disque in _disques(un, lieux, par_commune=servies <= DISQUES_MAX)]
    total = sum(len(un.communes) for un in reunis)
    ou = "commune" if servies <= DISQUES_MAX else "département"
    return carte_ensemble(
        ensemble,
        "carte-ensemble",
        f"Les lieux, {pluriel(len(reunis), 'département')}",
        f"Un disque dans chaque {ou} qui a un lieu ; {pluriel(servies, 'commune')} sur {total} en ont.",
        disques,
    )


def _disques(contours: Contours, lieux: Mapping[str, int], *, par_commune: bool) -> list[Disque]:
    """Longitude, latitude, number and words, in each commune that has a place, or once for the whole département."""
    communes = [
        (c.lon, c.lat, nombre, f"{c.nom} : {_compte(nombre)}")
        for c in contours.communes.itertuples()
        if (nombre := lieux.get(c.code_insee, 0)) and not math.isnan(c.lon)
    ]
    if par_commune or not communes:
        return communes
    lons, lats, nombres, _ = zip(*communes, strict=True)
    nombre = sum(nombres)
    return [(sum(lons) / len(lons), sum(lats) / len(lats), nombre, f"{contours.nom} : {_compte(nombre)}")]


def _mots(contours: Contours, lieux: Mapping[str, int]) -> tuple[str, str, Mapping[str, int], Mapping[str, str]]:
    noms = dict(zip(contours.communes["code_insee"], contours.communes["nom"], strict=True))
    mots = {code: f"{nom} : {_compte(lieux.get(code, 0))}" for code, nom in noms.items()}
    servies = sum(1 for code in noms if lieux.get(code))
    description = f"Un disque dans chaque commune qui a un lieu : {pluriel(servies, 'commune')} sur {len(noms)}."
    return f"Les lieux, {contours.nom}", description, lieux, mots


def _lieux_par_commune(picture: "Picture") -> dict[str, int]:
    """Places by commune, less those that closed for good: one with two stops in a commune counts once there."""
    par_commune: dict[str, set[str]] = defaultdict(set)
    offre = picture.offre[picture.offre["fermeture"] != Nature.DEFINITIVE.value]
    for code, lieu in zip(offre["code_insee"], offre["lieu_id"], strict=True):
        if isinstance(code, str):
            par_commune[code].add(lieu)
    return {code: len(membres) for code, membres in par_commune.items()}


def _compte(nombre: int) -> str:
    return pluriel(nombre, "lieu", "lieux") if nombre else "aucun lieu connu"
