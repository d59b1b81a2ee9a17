"""What every group of indicators reads: communes, offer, travel times, broadband, all aligned by position."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from carte.access import (
    Communes,
    Lieux,
    Matrice,
    Mode,
    Points,
    Trajets,
    estimer,
    geographiques,
    placer,
    remplacer,
    vitesses,
)
from carte.access.points import Booleens, Entiers, Reels
from carte.choix import FAMILLES, Seuils
from carte.indicators.attaches import completer
from carte.indicators.modele import Parametres
from carte.indicators.offre.points import en_service

if TYPE_CHECKING:
    from carte.territory import Territoire

TOUTES = "toutes"
Colonnes = dict[str, Reels]
Reperage = Callable[[pd.DataFrame], Points]


@dataclass(frozen=True, slots=True, eq=False)
class Monde:
    """Arrays of `communes` (all that are loaded) and of `offre` (all points in service) are aligned with these frames.

    People live at `lignes`: the communes, then the finer points that some have (`chez`: the commune of each line);
    `trajets` and `habitants` go by line. A commune that has finer points keeps a line of its own, where nobody is
    counted: see `par_commune` and `plier`. `situees` marks the communes that travel times know.
    `fermes`: the points left out of the offer, because their place is closed at its date (see `offre.en_service`).
    `accueil` marks the points that receive the public (not knowing whether they do counts as receiving it).
    `choix` marks those that people can count on, where no stop is too short (`presence_heures`), for `toutes` and for
    the families that they say they give; `possibles` those that may give the family too: nobody said they do not.
    `population` is NaN when unknown.
    `lieux_connus` marks the points of offer that have coordinates, or stand at the point of their commune (see
    `arrivees.approches`).
    """

    communes: pd.DataFrame
    offre: pd.DataFrame
    fermes: pd.DataFrame
    debit: pd.DataFrame
    population: Reels
    habitants: Reels
    chez: Entiers
    poids: Reels
    lieux_connus: Booleens
    trajets: Trajets
    accueil: Booleens
    choix: Mapping[str, Booleens]
    possibles: Mapping[str, Booleens]
    seuils: Seuils
    parametres: Parametres
    origines: Communes
    arrivees: Lieux
    matrice: Matrice | None = None

    @property
    def zone_max(self) -> float:
        """Last threshold of the E2SFCA, in minutes."""
        return max(minutes for minutes, _ in self.parametres.zones_e2sfca)

    @property
    def situees(self) -> Booleens:
        """Communes from where, or from whose finer points, one can leave."""
        return ~np.isnan(self.par_commune(np.where(self.trajets.communes_connues, 1.0, np.nan)))

    def par_commune(self, valeurs: Reels) -> Reels:
        """The value of each commune: its line's, or the mean over its people where it has finer points."""
        if len(valeurs) == len(self.communes):
            return valeurs
        lourdes = self.poids > 0
        return sommes(self.chez[lourdes], (self.poids * np.where(lourdes, valeurs, 0.0))[lourdes], len(self.communes))

    def plier(self, colonnes: Colonnes) -> Colonnes:
        """Columns by line added up by commune; unknown for one of its lines is unknown. `_ici_…`: the commune's own."""
        taille = len(self.communes)
        if len(self.chez) == taille:
            return colonnes
        comptees = self.poids > 0
        return {
            nom: v if len(v) == taille else v[:taille] if nom.startswith("_ici_")
            else sommes(self.chez[comptees], v[comptees], taille)
            for nom, v in colonnes.items()
        }  # fmt: skip


def lonlat(table: pd.DataFrame) -> Points:
    """Points from the columns `lon` and `lat` (WGS84)."""
    return geographiques(table["lon"], table["lat"])


def assembler(
    offre: pd.DataFrame,
    territoire: "Territoire",
    debit: pd.DataFrame,
    seuils: Seuils,
    parametres: Parametres,
    reperage: Reperage = lonlat,
    matrice: Matrice | None = None,
) -> Monde:
    """Align the inputs and estimate the travel times.

    `offre` as `construire_offre` makes it, `debit` with one row per commune at most. `reperage` reads points from
    a frame.
    """
    communes = pd.DataFrame(territoire.communes.drop(columns="geometry", errors="ignore")).reset_index(drop=True)
    toute = completer(pd.DataFrame(offre.drop(columns="geometry", errors="ignore")))
    # An empty offer has no types of its own.
    toute = toute.astype(dict.fromkeys(FAMILLES, "boolean") | {"itinerant": bool})
    ouverts = en_service(toute, seuils.fermeture_jours)
    offre, fermes = (toute[lesquels].reset_index(drop=True) for lesquels in (ouverts, ~ouverts))
    accueil = ~offre["accueille_public"].eq(False).fillna(False).to_numpy(dtype=bool)
    comptees = accueil & ~trop_courts(offre, seuils.presence_heures)
    choix, possibles = _choix(offre, comptees, sinon=False), _choix(offre, comptees, sinon=True)
    lignes, chez, poids = _lignes(communes, territoire)
    origines = Communes(
        reperage(lignes),
        _reels(lignes["surface_km2"]),
        _vitesses(lignes, parametres),
        lignes["relief"].notna().to_numpy(dtype=bool) if "relief" in lignes else None,
        placer(territoire.barrieres, list(lignes["code_insee"])),
        None if len(lignes) == len(communes) else chez,
        _reels(lignes["erreur_km"]) if "erreur_km" in lignes else None,
    )
    arrivees = _arrivees(offre, _rangs(offre, communes), origines, reperage)
    cherches = [accueil, *choix.values(), *(possibles[nom] for nom in FAMILLES)]
    trajets = estimer(origines, arrivees, _portees(seuils, parametres), parametres.hypotheses, cherches)
    if matrice is not None:
        points = zip(offre["point_id"], offre["code_insee"], strict=True)
        trajets = remplacer(trajets, matrice, origines, arrivees, list(communes["code_insee"]), points)
    return Monde(
        communes=communes,
        offre=offre,
        fermes=fermes,
        debit=debit.set_index("code_insee").reindex(communes["code_insee"]).reset_index(drop=True),
        population=_reels(communes["population"]),
        habitants=np.where(poids > 0, poids * _reels(lignes["population"]), 0.0),
        chez=chez,
        poids=poids,
        lieux_connus=arrivees.points.connus,
        trajets=trajets,
        accueil=accueil,
        choix=choix,
        possibles=possibles,
        seuils=seuils,
        parametres=parametres,
        origines=origines,
        arrivees=arrivees,
        matrice=matrice,
    )


def _portees(seuils: Seuils, parametres: Parametres) -> dict[Mode, float]:
    """The longest time that any figure asks of each mode, in minutes."""
    zone_max = max(minutes for minutes, _ in parametres.zones_e2sfca)
    return {Mode.VOITURE: max(*seuils.voiture, zone_max), Mode.VELO: max(seuils.velo), Mode.PIED: seuils.pied}


def _lignes(communes: pd.DataFrame, territoire: "Territoire") -> tuple[pd.DataFrame, Entiers, Reels]:
    """The communes, then the finer points where people live; the commune of each line, and its share of the people."""
    rangs = np.arange(len(communes), dtype=np.intp)
    if territoire.residences is None or territoire.residences.empty:
        return communes, rangs, np.ones(len(communes))
    chez = pd.Index(communes["code_insee"]).get_indexer(pd.Index(territoire.residences["code_insee"]))
    fines = territoire.residences[chez >= 0]
    chez = chez[chez >= 0].astype(np.intp)
    places = fines.drop(columns=["code_insee", "poids", "nature"], errors="ignore")
    exactes = {"erreur_km": 0.0} if "erreur_km" in communes else {}
    ajoutees = communes.iloc[chez].assign(**{str(nom): places[nom].to_numpy() for nom in places}, **exactes)
    poids = np.concatenate([~np.isin(rangs, chez), fines["poids"].to_numpy(dtype=np.float64)])
    lignes = pd.concat([communes, ajoutees], ignore_index=True)
    return lignes, np.concatenate([rangs, chez]), poids


def part(
    nom: str, poids: Reels, taux: Reels, bas: Reels, haut: Reels, lectures: Mapping[str, Reels] | None = None
) -> Colonnes:
    """The columns of a share, from rates between 0 and 1; a commune whose weight or bounds are unknown is out.

    An unknown central rate (NaN) of nobody counts for nothing. `lectures`: other readings, by the suffix of their name.
    """
    connus = ~np.isnan(poids) & ~np.isnan(bas) & ~np.isnan(haut)
    colonnes = {"num": np.where(poids == 0, 0.0, poids * taux), "den": poids, "bas": poids * bas, "haut": poids * haut}
    colonnes |= {suffixe: poids * valeurs for suffixe, valeurs in (lectures or {}).items()}
    return {f"{nom}_{suffixe}": np.where(connus, valeurs, np.nan) for suffixe, valeurs in colonnes.items()}


def moyenne(nom: str, poids: Reels, valeurs: Reels) -> Colonnes:
    """Numerator and denominator of a weighted mean; infinite values of nobody weigh nothing."""
    connus = ~np.isnan(poids) & ~np.isnan(valeurs)
    produit = np.where(poids > 0, poids * np.where(poids > 0, valeurs, 0.0), 0.0)
    return {f"{nom}_num": np.where(connus, produit, np.nan), f"{nom}_den": np.where(connus, poids, np.nan)}


def sommes(rangs: Entiers, valeurs: Reels, taille: int) -> Reels:
    """Sum of the values at each position; 0.0 where there is none."""
    return np.bincount(rangs, weights=valeurs, minlength=taille).astype(np.float64)


def trop_courts(offre: pd.DataFrame, presence_heures: float) -> Booleens:
    """Stops of mobile services that stay for fewer hours a week than a presence takes; unknown hours are not short."""
    heures = offre["heures_hebdo"].to_numpy(dtype=np.float64)
    return np.asarray(offre["itinerant"].to_numpy(dtype=bool) & (heures < presence_heures), dtype=np.bool_)


def _choix(offre: pd.DataFrame, accessibles: Booleens, sinon: bool) -> dict[str, Booleens]:
    """The accessible points, all and by family; `sinon`: how one counts that does not say whether it gives it."""
    donnees = {nom: offre[nom].fillna(sinon).to_numpy(dtype=bool) for nom in FAMILLES}
    return {TOUTES: accessibles} | {nom: accessibles & donnee for nom, donnee in donnees.items()}


def _arrivees(offre: pd.DataFrame, rangs: Entiers, origines: Communes, reperage: Reperage) -> Lieux:
    """The points of offer; a stop without coordinates stands at the point of its commune, which alone it serves."""
    points, arrets = reperage(offre), offre["itinerant"].to_numpy(dtype=bool)
    approches = arrets & ~points.connus & (rangs >= 0) & origines.points.connus[rangs]
    if not approches.any():
        return Lieux(points, rangs, arrets)
    coordonnees = np.where(approches[:, None], origines.points.coordonnees[rangs], points.coordonnees)
    return Lieux(Points(coordonnees, points.spherique), rangs, arrets, approches)


def _reels(colonne: pd.Series) -> Reels:
    return colonne.to_numpy(dtype=np.float64, na_value=np.nan)


def _rangs(offre: pd.DataFrame, communes: pd.DataFrame) -> Entiers:
    rangs = pd.Index(communes["code_insee"]).get_indexer(pd.Index(offre["code_insee"]))
    return np.asarray(rangs, dtype=np.intp)


def _vitesses(communes: pd.DataFrame, parametres: Parametres) -> Reels:
    """Car speeds; the density class of a commune is the optional column `densite`."""
    densites = communes["densite"] if "densite" in communes else [None] * len(communes)
    return vitesses(list(densites), parametres.hypotheses)
