"""What the browser searches: a gazetteer, the names of the places, and the places, by département (see `eclats`)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from carte import hours
from carte.access import Hypotheses
from carte.publication import Chantier
from carte.publish import eclats
from carte.publish.atlas import Atlas, Point
from carte.publish.eclats import Eclat
from carte.publish.libelles import Libelles
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.publish.search import annuaire, barrieres, lexique, repertoire
from carte.publish.search.ecriture import DOSSIER, colonnes, ecrire_json
from carte.publish.search.facettes import QUESTIONS, Facette, composer
from carte.publish.search.lieux import eclat, en_jours
from carte.publish.search.repertoire import Repertoire
from carte.publish.search.trajets import Trajets
from carte.publish.textes import sans_bidi
from carte.records import dires


def ecrire(
    points: Sequence[Point],
    atlas: Atlas,
    libelles: Libelles,
    site: Chantier,
    *,
    jour: date,
    fraicheur_jours: float = 365,
    anciennete_jours: float = 730,
    hypotheses: Hypotheses | None = None,
    un_seul_fichier: int = repertoire.UN_SEUL_FICHIER,
    reprise: Reprise = SANS_REPRISE,
) -> None:
    """Write `index.json`, the places of each département that has some (see `eclats`), the gazetteer and the names.

    The names of the places of the deployment's own départements stand apart (`lieux`) from those of the others that
    are published too (`ailleurs`). `jour`: day of publication; `fraicheur_jours`, `anciennete_jours`:
    the two ages of a record (see `Seuils`); `hypotheses`: of the times (those of the report, by
    default those that no measure moved); `un_seul_fichier`: above so many names, a directory is
    cut into buckets.
    """
    toutes = composer(libelles)
    trajets = Trajets.du_territoire(atlas.territoire, hypotheses or Hypotheses())
    reprise = reprise.avec(hypotheses)
    morceaux = eclats.decouper(points)
    ecrire_un = partial(_ecrire_morceau, site, libelles, toutes, trajets, jour)
    apercus = [
        reprise.avec(reprise.lus(m.points)).fichiers(f"lieux {m.fichier}", partial(ecrire_un, m), site)
        for m in morceaux
    ]
    servis = sorted({morceau.departement for morceau in morceaux})
    codes = sorted({*atlas.departements, *servis})
    propres = {commune.departement for commune in atlas.propres}
    ici = [point for point in points if point.enregistrement.departement in propres]
    ailleurs = [point for point in points if point.enregistrement.departement not in propres]
    index: dict[str, Any] = {
        "familles": _familles(libelles),
        "besoins": _besoins(libelles),
        "eclats": [_eclat(morceau) for morceau in morceaux],
        "noms": {code: atlas.nom_du_departement(code) for code in codes},
        "communes": reprise.fichiers("communes", lambda: annuaire.ecrire(atlas, trajets, site, un_seul_fichier), site),
        "propres": sorted(propres),
        "lieux": _ecrire_noms(_noms("lieux", ici, atlas), site, un_seul_fichier, reprise),
        "ailleurs": _ecrire_noms(_noms("ailleurs", ailleurs, atlas), site, un_seul_fichier, reprise),
        "questions": [{"cle": q.cle, "libelle": q.libelle, "groupe": q.groupe} for q in QUESTIONS],
        "facettes": [f.en_donnees({r for a in apercus for r in a.facettes[f.cle]}) for f in toutes],
        "types": _types({code for apercu in apercus for code in apercu.types}, libelles),
        "trajets": trajets.milieux,
        "barrieres": reprise.valeur("barrières", lambda: barrieres.en_donnees(atlas.territoire)),
        "publie": en_jours(jour),
        "fraisPendant": dires.frais_pendant(fraicheur_jours),
        "ancienPendant": dires.frais_pendant(anciennete_jours),
        "calendriers": hours.donnees_calendriers(servis),
    }
    ecrire_json(site, "index.json", index)
    ecrire_json(site, "hors-territoire.json", _hors_territoire(atlas))
    ecrire_json(site, lexique.FICHIER, lexique.composer(libelles, index["types"]))


@dataclass(frozen=True, slots=True)
class Apercu:
    """What the index says of a file of places: the codes of its types, and by facet the ranks that some place has."""

    types: frozenset[str]
    facettes: Mapping[str, frozenset[int]]

    @classmethod
    def de(cls, contenu: Mapping[str, Any], facettes: Sequence[Facette]) -> "Apercu":
        """That of the content of a file (see `lieux.eclat`)."""
        utiles = {
            f.cle: frozenset(rang for e in set(contenu["colonnes"][f.cle]) for rang in contenu["ensembles"][e])
            for f in facettes
        }
        return cls(frozenset(code for types in contenu["types"] for code in types), utiles)


def _ecrire_morceau(
    site: Chantier, libelles: Libelles, facettes: Sequence[Facette], trajets: Trajets, jour: date, morceau: Eclat
) -> Apercu:
    contenu = eclat(morceau.points, libelles, facettes, trajets, jour)
    ecrire_json(site, morceau.fichier, contenu)
    return Apercu.de(contenu, facettes)


def _ecrire_noms(noms: Repertoire, site: Chantier, un_seul_fichier: int, reprise: Reprise) -> dict[str, Any] | None:
    """What the index says of them; None when there is none, but for the site's own."""
    if not noms.lignes and noms.nom != "lieux":
        return None
    selon = reprise.avec(noms.lignes)
    return selon.fichiers(f"noms {noms.nom}", lambda: repertoire.ecrire(noms, site, un_seul_fichier), site)


def precharges(points: Sequence[Point], departements: Sequence[str]) -> list[str]:
    """What the search of a site of one département surely reads: its places and its communes, a few tens of kB."""
    siens = [m for m in eclats.decouper(points) if m.departement in departements]
    if len(departements) != 1 or len(siens) != 1:
        return []
    return [f"{DOSSIER}/{siens[0].fichier}", f"{DOSSIER}/communes.json"]


def _hors_territoire(atlas: Atlas) -> dict[str, Any]:
    """The communes of other territories that are not searched, to say so of them."""
    return colonnes(("nom", "departement"), atlas.ailleurs.communes) | {"departements": atlas.ailleurs.departements}


def _familles(libelles: Libelles) -> list[dict[str, Any]]:
    membres: dict[str, list[str]] = {cle: [] for cle in libelles.familles}
    for service, (_, famille) in libelles.services.items():
        if famille in membres:
            membres[famille].append(service)
    return [
        {"cle": cle, "libelle": libelle, "masque": libelles.masque(membres[cle])}
        for cle, libelle in libelles.familles.items()
    ]


def _besoins(libelles: Libelles) -> list[dict[str, Any]]:
    return [
        {"cle": cle, "libelle": libelle, "masque": libelles.masque(services)}
        for cle, (libelle, services) in libelles.besoins.items()
    ]


def _eclat(morceau: Eclat) -> dict[str, Any]:
    """What is known of a file before it is read: its frame is rounded outwards, to a kilometre."""
    places = [(p.lon, p.lat) for p in morceau.points if p.lon is not None and p.lat is not None]
    lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
    debuts = [math.floor(round(100 * min(axe), 6)) / 100 for axe in (lons, lats) if axe]
    fins = [math.ceil(round(100 * max(axe), 6)) / 100 for axe in (lons, lats) if axe]
    cadre = [*debuts, *fins] or None
    return {"code": morceau.departement, "fichier": morceau.fichier, "cadre": cadre, "cases": _cases(places)}


def _cases(places: Sequence[tuple[float, float]]) -> list[int]:
    """The squares of a quarter of a degree that have a place: a far stop of one bus must not stretch a département
    over the country. Each is latitude and longitude in quarters, put in one number; then the gaps between them."""
    cases = sorted({(math.floor(4 * lat) + 360) * 1440 + math.floor(4 * lon) + 720 for lon, lat in places})
    return [case - avant for case, avant in zip(cases, [0, *cases], strict=False)]


def _noms(nom: str, points: Sequence[Point], atlas: Atlas) -> Repertoire:
    """A directory of places: name, id, commune; found by the words of the name and of the commune.

    Among places of one name, those of the largest communes come first.
    """
    lignes: dict[str, tuple[float, list[str]]] = {}
    for point in points:
        lieu, identifiant = point.enregistrement.lieu, point.enregistrement.identifiant
        habitants = atlas.populations.get(point.commune.code, 0.0) if point.commune else 0.0
        lignes.setdefault(identifiant, (-habitants, [sans_bidi(lieu.nom), identifiant, sans_bidi(point.ville)]))
    valeurs = [ligne for _, ligne in sorted(lignes.values(), key=lambda x: (x[0], x[1][1]))]
    return Repertoire(nom, ("nom", "id", "commune"), valeurs, [f"{ligne[0]} {ligne[2]}" for ligne in valeurs])


def _types(codes: Iterable[str], libelles: Libelles) -> dict[str, str]:
    """Labels of the types that some place has; a code that the vocabulary lacks is its own label."""
    return {code: libelles.mots["typologies"].get(code, code) for code in sorted(codes)}
