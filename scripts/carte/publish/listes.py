"""The lists that work without script: every EPCI and commune, with its places and the nearest others."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from carte.publish.atlas import Atlas, Commune, Epci, Point, cle_tri
from carte.publish.horaires import quand
from carte.publish.libelles import Libelles
from carte.publish.modeles import environnement
from carte.publish.proximite import Voisinage
from carte.publish.shell import Shell, ecrire_page, remonter
from carte.publish.textes import lien_telephone, pluriel, telephone_lisible

# Enough to find each family of services even far from a town, few enough to read.
PROCHES = 12


def ecrire(points: Sequence[Point], shell: Shell, atlas: Atlas, libelles: Libelles, dossier: Path) -> list[str]:
    """Write /lieux/, /epci/<code>/ and /communes/<code>/; return their paths."""
    par_commune: dict[str, list[Point]] = defaultdict(list)
    ailleurs = []
    for point in sorted(points, key=_ordre):
        if point.commune and point.commune.propre:
            par_commune[point.commune.code].append(point)
        else:
            ailleurs.append(point)
    voisinage = Voisinage(points)
    pages = {"lieux/": _index(par_commune, ailleurs, shell, atlas, libelles)}
    for epci in atlas.epci.values():
        pages[f"epci/{epci.code}/"] = _page_epci(epci, par_commune, shell, libelles)
    for commune in atlas.propres:
        sur_place = par_commune.get(commune.code, [])
        pages[f"communes/{commune.code}/"] = _page_commune(commune, sur_place, voisinage, shell, atlas, libelles)
    for chemin, html in pages.items():
        ecrire_page(dossier, chemin, html)
    return list(pages)


def carte(point: Point, libelles: Libelles, km: float | None = None) -> dict[str, Any]:
    """What a list says of one place or one stop."""
    lieu, arret = point.enregistrement.lieu, point.arret
    tel = lien_telephone(lieu.telephone) if lieu.telephone else None
    commune = point.commune.nom if point.commune else (arret or lieu).commune
    ou = (f"arrêt : {arret.lieu}" if arret.lieu else "arrêt") if arret else lieu.adresse
    return {
        "identifiant": point.enregistrement.identifiant,
        "nom": lieu.nom,
        "types": ", ".join(libelles.liste("typologies", lieu.typologie)),
        "ou": ", ".join(morceau for morceau in (ou, commune) if morceau),
        "km": km,
        "approche": point.approche,
        "horaires": quand(point, libelles),
        "groupes": libelles.groupes(lieu.services),
        "tel": tel,
        "tel_lisible": telephone_lisible(lieu.telephone) if tel and lieu.telephone else "",
    }


def _ordre(point: Point) -> tuple[str, str]:
    return cle_tri(point.enregistrement.lieu.nom), point.enregistrement.identifiant


def _index(
    par_commune: dict[str, list[Point]], ailleurs: list[Point], shell: Shell, atlas: Atlas, libelles: Libelles
) -> str:
    contenu = environnement().get_template("lieux.html.j2").render(
        racine=remonter("lieux/"),
        groupes=[*((e.nom, f"epci/{e.code}/", e.communes) for e in atlas.epci.values()),
                 ("Communes sans intercommunalité", None, atlas.sans_epci)],
        par_commune=par_commune,
        ailleurs=[carte(p, libelles) for p in ailleurs],
    )  # fmt: skip
    description = "Tous les lieux d’aide au numérique, par intercommunalité et par commune."
    return shell.page("lieux/", "Tous les lieux", contenu, description=description, section="lieux")


def _page_epci(epci: Epci, par_commune: dict[str, list[Point]], shell: Shell, libelles: Libelles) -> str:
    chemin = f"epci/{epci.code}/"
    groupes = [(c, [carte(p, libelles) for p in par_commune.get(c.code, [])]) for c in epci.communes]
    contenu = (
        environnement()
        .get_template("epci.html.j2")
        .render(
            racine=remonter(chemin),
            epci=epci,
            servies=[(commune, cartes) for commune, cartes in groupes if cartes],
            vides=[commune for commune, cartes in groupes if not cartes],
            total=_lieux_distincts([p for c in epci.communes for p in par_commune.get(c.code, [])]),
        )
    )
    description = f"Les lieux d’aide au numérique des communes de {epci.nom}."
    return shell.page(chemin, epci.nom, contenu, description=description, section="lieux")


def _page_commune(
    commune: Commune, sur_place: list[Point], voisinage: Voisinage, shell: Shell, atlas: Atlas, libelles: Libelles
) -> str:
    chemin = f"communes/{commune.code}/"
    contenu = (
        environnement()
        .get_template("commune.html.j2")
        .render(
            racine=remonter(chemin),
            commune=commune,
            epci=atlas.epci.get(commune.epci or ""),
            sur_place=[carte(p, libelles) for p in sur_place],
            proches=[carte(v.point, libelles, v.km) for v in voisinage.plus_proches(commune, PROCHES)],
        )
    )
    lieux = pluriel(_lieux_distincts(sur_place), "lieu", "lieux")
    description = f"{lieux} d’aide au numérique à {commune.nom}, et les plus proches aux alentours."
    return shell.page(chemin, f"Lieux près de {commune.nom}", contenu, description=description, section="lieux")


def _lieux_distincts(points: Sequence[Point]) -> int:
    return len({p.enregistrement.identifiant for p in points})
