"""The lists that work without script: index, EPCI and communes, with the nearest places by need."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from carte.config import Voisin
from carte.publication import Chantier
from carte.publish.atlas import Atlas, Commune, Epci, Point, cle_tri
from carte.publish.cadre.jinja import environnement
from carte.publish.cadre.shell import Shell, ecrire_page, remonter
from carte.publish.libelles import Libelles
from carte.publish.listes.besoins import Besoins, entrees
from carte.publish.listes.groupes import Groupe, adresses, grouper, reponses
from carte.publish.listes.lieux import Ligne, Lignes, distincts, ordre
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
    """Everything the lists know, and their pages one by one."""

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
        points = sorted(points, key=ordre)
        lignes = Lignes(points, libelles, jour)
        self._par_commune: dict[str, list[Ligne]] = defaultdict(list)
        self._par_departement: dict[str, list[Ligne]] = defaultdict(list)
        for point in points:
            self._par_departement[point.enregistrement.departement].append(lignes.de(point))
            if point.commune and point.commune.propre:
                self._par_commune[point.commune.code].append(lignes.de(point))
        self._comptes = defaultdict(int, {code: distincts(membres) for code, membres in self._par_commune.items()})
        # A mobile service has a seat where nobody meets it: its fiche sends to that commune too.
        sieges = {commune.code for p in points if (commune := atlas.commune(p.enregistrement.lieu))}
        seules = sieges | set(self._par_commune) if atlas.groupees else set(atlas.communes)
        self._groupes = grouper(atlas, seules) if atlas.groupees else []
        self._adresses = adresses(atlas, self._groupes, seules)
        self._besoins = Besoins(points, lignes, atlas.propres, self._par_commune, libelles)
        propres = {commune.departement for commune in atlas.propres}
        self._departements = {
            code: Departement(code, atlas.nom_du_departement(code), code in propres)
            for code in sorted(propres | set(self._par_departement))
        }
        self._seul = len(propres) == 1

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page as (path, HTML), one at a time: a national site does not fit in memory."""
        yield "lieux/", self._accueil()
        yield from self._raccourcis()
        for departement in self._departements.values():
            yield f"noms/{departement.code}/", self._noms(departement)
            if departement.propre:
                yield f"lieux/{departement.code}/", self._departement(departement)
        for epci in self._atlas.epci.values():
            yield f"epci/{epci.code}/", self._epci(epci)
        seules = (c for c in self._atlas.propres if self._adresses[c.code] == self._atlas.page(c))
        for departement, communes in groupby(seules, lambda commune: commune.departement):
            with self._reprise.paquet("communes", departement) as paquet:
                for commune in communes:
                    yield self._atlas.page(commune), paquet.valeur(self._page, *self._commune(commune))
        for groupe in self._groupes:
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
        comptes = [(d, distincts(self._par_departement.get(d.code, []))) for d in propres]
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
        return [(d, distincts(self._par_departement[d.code])) for d in autres]

    def _noms(self, departement: Departement) -> str:
        lignes = {
            ligne.identifiant: {"nom": ligne.nom, "commune": ligne.point.enregistrement.lieu.commune}
            for ligne in self._par_departement.get(departement.code, [])
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
        lignes = [ligne for commune in epci.communes for ligne in self._par_commune.get(commune.code, [])]
        return self._page(
            f"epci/{epci.code}/",
            "epci",
            epci.nom,
            f"Les lieux d’aide au numérique des communes de {epci.nom}, pour chaque besoin.",
            epci=epci,
            departements=self._du_fil({commune.departement for commune in epci.communes}),
            total=distincts(lignes),
            adresses=self._adresses,
            comptes=self._comptes,
            besoins=self._besoins.epci(epci),
        )

    def _commune(self, commune: Commune) -> tuple[str, str, str, str, dict[str, Any]]:
        """What `_page` makes the page of a commune from."""
        sur_place = self._par_commune.get(commune.code, [])
        lieux = pluriel(self._comptes.get(commune.code, 0), "lieu", "lieux")
        besoins = self._besoins.commune(commune)
        return (
            self._atlas.page(commune),
            "commune",
            f"Lieux près de {commune.nom}",
            f"{lieux} d’aide au numérique à {commune.nom}, et les plus proches aux alentours, pour chaque besoin.",
            {
                "commune": commune,
                "departement": next(iter(self._du_fil({commune.departement})), None),
                "epci": self._atlas.epci.get(commune.epci or ""),
                "sur_place": list({ligne.identifiant: ligne for ligne in sur_place}.values()),
                "besoins": besoins,
                "entrees": entrees(besoins),
            },
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

    def _page(
        self,
        chemin: str,
        modele: str,
        titre_page: str,
        description: str,
        connues: Mapping[str, Any] | None = None,
        **valeurs: Any,
    ) -> str:
        gabarit = environnement().get_template(f"{modele}.html.j2")
        contenu = gabarit.render(racine=remonter(chemin), **(connues or valeurs))
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
) -> list[str]:
    """Write `/lieux/`, `/lieux/<dép>/`, `/noms/<dép>/`, `/epci/<code>/`, the communes' pages and what leads to them;
    return their paths. `cartes_voisines`: the sites that the first page links."""
    chemins = []
    for chemin, html in Listes(points, shell, atlas, libelles, jour, cartes_voisines, reprise).pages():
        ecrire_page(site, chemin, html)
        chemins.append(chemin)
    return chemins


def _lettre(commune: Commune) -> str:
    return cle_tri(commune.nom)[:1].upper()
