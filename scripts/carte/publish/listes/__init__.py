"""The lists that work without script: index, EPCI and communes, with the nearest places by need."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from carte.config import Voisin
from carte.publication import Chantier
from carte.publish.atlas import Atlas, Commune, Epci, Point, cle_tri
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.libelles import Libelles
from carte.publish.listes.besoins import Besoins, entrees
from carte.publish.listes.blocs import Bloc, blocs
from carte.publish.listes.groupes import Groupe, adresses, grouper, reponses
from carte.publish.listes.lieux import Lignes, ordre
from carte.publish.reprise import SANS_REPRISE, Reprise
from carte.publish.textes import pluriel

SECTION = "lieux"


@dataclass(frozen=True, slots=True)
class Departement:
    """`propre`: it has communes in the perimeter."""

    code: str
    nom: str
    propre: bool


class Listes:
    """Everything the lists know, and their pages, made one at a time: those of a country do not fit in memory."""

    def __init__(
        self,
        points: Sequence[Point],
        shell: Shell,
        atlas: Atlas,
        libelles: Libelles,
        jour: date,
        cartes_voisines: Sequence[Voisin] = (),
        reprise: Reprise = SANS_REPRISE,
    ) -> None:
        self._shell, self._atlas, self._cartes_voisines = shell, atlas, cartes_voisines
        self._reprise = reprise.avec(shell)
        self._points = points = sorted(points, key=ordre)
        self._lignes = Lignes(libelles, jour)
        self._par_commune: dict[str, list[Point]] = defaultdict(list)
        self._par_departement: dict[str, list[Point]] = defaultdict(list)
        for point in points:
            self._par_departement[point.enregistrement.departement].append(point)
            if point.commune and point.commune.propre:
                self._par_commune[point.commune.code].append(point)
        comptes = {code: self._lignes.distincts(membres) for code, membres in self._par_commune.items()}
        self._comptes = defaultdict(int, comptes)
        # A mobile service has a seat where nobody meets it: its fiche sends to that commune too.
        sieges = {commune.code for p in points if (commune := atlas.commune(p.enregistrement.lieu))}
        seules = sieges | set(self._par_commune) if atlas.groupees else set(atlas.communes)
        self._groupes = grouper(atlas, seules) if atlas.groupees else []
        self._adresses = adresses(atlas, self._groupes, seules)
        self._besoins = Besoins(points, self._lignes, self._par_commune, libelles)
        propres = {commune.departement for commune in atlas.propres}
        self._departements = {
            code: Departement(code, atlas.nom_du_departement(code), code in propres)
            for code in sorted(propres | set(self._par_departement))
        }
        self._seul = len(propres) == 1

    def ecrire(self, site: Chantier) -> None:
        """Write every page; those of a block whose places have not changed are those of the former site."""
        for chemin, html in self._generales():
            ecrire_page(site, chemin, html)
        tous = blocs(self._atlas, self._departements)
        for bloc, lus in zip(tous, self._lus(tous), strict=True):
            self._reprise.avec(lus).fichiers(f"listes {bloc.code}", partial(self._ecrire_bloc, bloc, site), site)

    def _generales(self) -> Iterator[tuple[str, str]]:
        """The pages of no département, as (path, HTML)."""
        yield "lieux/", self._accueil()
        yield from self._raccourcis()

    def _lus(self, tous: Sequence[Bloc]) -> Iterator[object]:
        """What the pages of each block are made from, beside the layers: the places that they name, and what is said of
        each commune. A place that comes nearer than those becomes one of them."""
        if not self._reprise.memoire.active:
            yield from (None for _ in tous)
            return
        fiches = {p.enregistrement.identifiant: p.enregistrement for p in self._points}
        selon = self._reprise.avec(self._besoins.repondants)
        proches = selon.valeur("lieux proches", lambda: {bloc.code: self._proches(bloc) for bloc in tous})
        for bloc in tous:
            ici = (p for c in bloc.toutes for p in self._par_commune.get(c.code, ()))
            siens = {p.enregistrement.identifiant for p in (*ici, *self._par_departement.get(bloc.code, ()))}
            nommes = self._reprise.sceaux(fiches[identifiant] for identifiant in sorted(siens | proches[bloc.code]))
            communes = [(c.code, self._adresses[c.code], self._comptes.get(c.code, 0)) for c in bloc.toutes]
            yield nommes, communes, self._voisins() if self._seul else []

    def _proches(self, bloc: Bloc) -> frozenset[str]:
        self._besoins.approcher(bloc.toutes)
        return frozenset(p.enregistrement.identifiant for c in bloc.toutes for p in self._besoins.proches(c))

    def _ecrire_bloc(self, bloc: Bloc, site: Chantier) -> None:
        self._besoins.approcher(bloc.toutes)
        for chemin, html in self._ensembles(bloc):
            ecrire_page(site, chemin, html)
        with self._reprise.pages(f"communes {bloc.code}", site) as pages:
            for commune in self._seules(bloc):
                pages.ecrire(lambda: self._ecrire_commune(commune, site), *self._lus_de(commune))  # noqa: B023 - at once

    def _lus_de(self, commune: Commune) -> tuple[object, ...]:
        """What the page of a commune is made from, beside the layers."""
        points = (*self._par_commune.get(commune.code, ()), *self._besoins.proches(commune))
        return commune.code, self._reprise.lus(points)

    def _ecrire_commune(self, commune: Commune, site: Chantier) -> None:
        ecrire_page(site, self._atlas.page(commune), self._commune(commune))

    def _seules(self, bloc: Bloc) -> Iterator[Commune]:
        """The communes that have a page to themselves."""
        return (c for c in bloc.communes if self._adresses[c.code] == self._atlas.page(c))

    def _ensembles(self, bloc: Bloc) -> Iterator[tuple[str, str]]:
        """The pages of several communes or places, as (path, HTML)."""
        departement = self._departements[bloc.code]
        yield f"noms/{departement.code}/", self._noms(departement)
        if departement.propre:
            yield f"lieux/{departement.code}/", self._departement(departement)
        for epci in bloc.epci:
            yield f"epci/{epci.code}/", self._epci(epci)
        for groupe in self._groupes:
            if groupe.departement == bloc.code:
                yield groupe.chemin, self._groupe(groupe)

    def _raccourcis(self) -> Iterator[tuple[str, str]]:
        """What the address of a page is shortened to by hand: the list that leads to that page."""
        for chemin in ("communes/", "epci/"):
            yield chemin, self._shell.redirection(chemin, "lieux/", "Tous les lieux")
        for departement in (d for d in self._departements.values() if d.propre and self._atlas.groupees):
            chemin = f"communes/{departement.code}/"
            titre = f"Les lieux, {departement.nom}"
            yield chemin, self._shell.redirection(chemin, f"lieux/{departement.code}/", titre)

    def _accueil(self) -> str:
        propres = [d for d in self._departements.values() if d.propre]
        if self._seul:
            return self._index("lieux/", propres[0], "Tous les lieux")
        comptes = [(d, self._lignes.distincts(self._par_departement.get(d.code, []))) for d in propres]
        description = "Tous les lieux d’aide au numérique, par département puis par commune."
        return self._page(
            "lieux/",
            "departements",
            "Tous les lieux",
            description,
            departements=comptes,
            voisins=self._voisins(),
            cartes_voisines=self._cartes_voisines,
        )

    def _departement(self, departement: Departement) -> str:
        chemin = f"lieux/{departement.code}/"
        if self._seul:
            return self._shell.redirection(chemin, "lieux/", "Tous les lieux")
        return self._index(chemin, departement, f"Les lieux, {departement.nom}")

    def _index(self, chemin: str, departement: Departement, titre: str) -> str:
        communes = sorted(
            (c for c in self._atlas.propres if c.departement == departement.code),
            key=lambda c: (cle_tri(c.nom), c.code),
        )
        codes_epci = {commune.epci for commune in communes}
        return self._page(
            chemin,
            "lieux",
            titre,
            f"Les lieux d’aide au numérique, par intercommunalité et par commune : {departement.nom}.",
            titre=titre,
            fil=not self._seul,
            departement=departement,
            communes=[(lettre, list(membres)) for lettre, membres in groupby(communes, key=_lettre)],
            epci=[epci for code, epci in self._atlas.epci.items() if code in codes_epci],
            adresses=self._adresses,
            comptes=self._comptes,
            voisins=self._voisins() if self._seul else [],
            cartes_voisines=self._cartes_voisines if self._seul else (),
        )

    def _voisins(self) -> list[tuple[Departement, int]]:
        autres = [d for d in self._departements.values() if not d.propre]
        return [(d, self._lignes.distincts(self._par_departement[d.code])) for d in autres]

    def _noms(self, departement: Departement) -> str:
        lignes = {
            ligne.identifiant: {"nom": ligne.nom, "commune": ligne.point.enregistrement.lieu.commune}
            for ligne in self._lignes.toutes(self._par_departement.get(departement.code, []))
        }
        return self._page(
            f"noms/{departement.code}/",
            "noms",
            f"Les lieux par nom, {departement.nom}",
            f"Tous les lieux d’aide au numérique par ordre alphabétique : {departement.nom}.",
            departement=departement,
            propre=departement.propre and not self._seul,
            lignes=list(lignes.values()),
        )

    def _epci(self, epci: Epci) -> str:
        points = [point for commune in epci.communes for point in self._par_commune.get(commune.code, [])]
        return self._page(
            f"epci/{epci.code}/",
            "epci",
            epci.nom,
            f"Les lieux d’aide au numérique des communes de {epci.nom}, pour chaque besoin.",
            epci=epci,
            departements=self._du_fil({commune.departement for commune in epci.communes}),
            total=self._lignes.distincts(points),
            adresses=self._adresses,
            comptes=self._comptes,
            besoins=self._besoins.epci(epci),
        )

    def _commune(self, commune: Commune) -> str:
        sur_place = self._lignes.toutes(self._par_commune.get(commune.code, []))
        lieux = pluriel(self._comptes.get(commune.code, 0), "lieu", "lieux")
        besoins = self._besoins.commune(commune)
        return self._page(
            self._atlas.page(commune),
            "commune",
            f"Lieux près de {commune.nom}",
            f"{lieux} d’aide au numérique à {commune.nom}, et les plus proches aux alentours, pour chaque besoin.",
            commune=commune,
            departement=next(iter(self._du_fil({commune.departement})), None),
            epci=self._atlas.epci.get(commune.epci or ""),
            sur_place=list({ligne.identifiant: ligne for ligne in sur_place}.values()),
            besoins=besoins,
            entrees=entrees(besoins),
        )

    def _groupe(self, groupe: Groupe) -> str:
        """The page of communes without a place: each its nearest places by need, described once at the end."""
        noms = ", ".join(commune.nom for commune in groupe.communes)
        seules = {c.code for c in groupe.communes if self._adresses[c.code] == self._atlas.page(c)}
        choix = {c.code: self._besoins.commune(c) for c in groupe.communes if c.code not in seules}
        trouvees, lignes = reponses(choix)
        return self._page(
            groupe.chemin,
            "communes",
            groupe.titre,
            f"Les lieux d’aide au numérique les plus proches de {noms}.",
            groupe=groupe,
            departement=next(iter(self._du_fil({groupe.departement})), None),
            adresses=self._adresses,
            comptes=self._comptes,
            reponses=trouvees,
            lignes=lignes,
        )

    def _du_fil(self, codes: set[str]) -> list[Departement]:
        """The départements of a breadcrumb; none when the site has only one, whose index is the first link."""
        return [] if self._seul else [self._departements[code] for code in sorted(codes)]

    def _page(self, chemin: str, modele: str, titre_page: str, description: str, **valeurs: Any) -> str:
        contenu = environnement().get_template(f"{modele}.html.j2").render(racine=remonter(chemin), **valeurs)
        return self._shell.page(chemin, titre_page, contenu, description=description, section=SECTION)


def ecrire(
    points: Sequence[Point],
    shell: Shell,
    atlas: Atlas,
    libelles: Libelles,
    jour: date,
    site: Chantier,
    cartes_voisines: Sequence[Voisin] = (),
    reprise: Reprise = SANS_REPRISE,
) -> None:
    """Write `/lieux/`, `/lieux/<dép>/`, `/noms/<dép>/`, `/epci/<code>/`, the communes' pages and what leads to them.
    `cartes_voisines`: the sites that the first page links."""
    Listes(points, shell, atlas, libelles, jour, cartes_voisines, reprise).ecrire(site)


def _lettre(commune: Commune) -> str:
    return cle_tri(commune.nom)[:1].upper()
