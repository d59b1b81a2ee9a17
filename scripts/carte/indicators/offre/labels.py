"""O6 and O7: labels of the places, and how the map and a list made elsewhere agree.

A line of the list and a place are the same when they share a label number, else a folded name in one commune; within
one département. Several candidates: « ambigu », never chosen.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce

import pandas as pd

from carte.access.points import Reels
from carte.ecrits.texte import replier
from carte.indicators.modele import NON_EVALUE
from carte.indicators.monde import Monde
from carte.indicators.offre.completude import RECOUPEMENTS_MINIMAUX, chapman
from carte.indicators.offre.inventaires import PERIMETRE

APPARIE, AMBIGU, NON_APPARIE = "apparié", "ambigu", "non apparié"
CALCULE = "calculé"
_LISTE = ["code_departement", "nom", "commune", "label", "numero", "statut", "lieu_id"]


@dataclass(frozen=True, slots=True)
class Comparaison:
    """Distinct places of the map, of the list, found in both (each side), and in doubt (each side).

    `meme_source`: places of the map that were taken from that very list, among all or left out of `cartes`.
    """

    cartes: int
    liste: int
    communs_cartes: int
    communs_liste: int
    doutes_cartes: int
    doutes_liste: int
    meme_source: int = 0

    def __add__(self, autre: "Comparaison") -> "Comparaison":
        noms = self.__dataclass_fields__
        return Comparaison(**{nom: getattr(self, nom) + getattr(autre, nom) for nom in noms})


Comparaisons = Mapping[str, tuple[Comparaison, Comparaison]]
"""By département: with all the places of the map, and without those that come from the list."""


def parts_labels(offre: pd.DataFrame) -> dict[str, Reels]:
    """Columns of the shares O6_actuels and O6_anciens by point of offer, 0 or 1.

    A place that says nothing of labels may have one: it is in `_haut` only. `O6_actuels_bas` wants an end to come.
    """
    connus = offre["labels_connus"].to_numpy(dtype=bool)
    actuels, sans_fin, anciens = (
        offre[nom].map(len).to_numpy(dtype=float) for nom in ("labels_actuels", "labels_fin_inconnue", "labels_anciens")
    )
    finis = (anciens > 0) & (actuels == 0)
    parts = {
        "O6_actuels": (actuels > 0, actuels > sans_fin, (actuels > 0) | ~connus),
        "O6_anciens": (finis, finis, finis | (sans_fin > 0) | ~connus),
    }
    return {
        f"{nom}_{suffixe}": valeurs.astype(float)
        for nom, (num, bas, haut) in parts.items()
        for suffixe, valeurs in (("num", num), ("den", connus | ~connus), ("bas", bas), ("haut", haut))
    }


def apparier(lieux: pd.DataFrame, liste: pd.DataFrame, au: date | None) -> pd.DataFrame:
    """The lines of the list in force at a date, each with its `statut`, `lieu_id`, candidates and key of its place.

    `lieux`: one row per place of the perimeter; `liste`: current commune codes. Without a date every line is kept.
    """
    en_vigueur = liste if au is None else liste[~(liste["jusqua"] < pd.Timestamp(au))]
    par_numero = _index(lieux, ([(d, n) for n in ns] for d, ns in _colonnes(lieux, "numeros_labels")))
    par_nom = _index(lieux, ([(c, replier(str(n)))] for c, n in zip(lieux["code_insee"], lieux["nom"], strict=True)))
    noms_communes = {(d, replier(str(c))): i for d, c, i in _triplets(lieux)}
    lignes = []
    for ligne in en_vigueur.to_dict("records"):
        commune = ligne["code_insee"] or noms_communes.get((ligne["code_departement"], replier(ligne["commune"])))
        nom = (commune, replier(ligne["nom"]))
        trouves = par_numero.get((ligne["code_departement"], ligne["numero"]), ()) if ligne["numero"] else ()
        trouves = trouves or par_nom.get(nom, ())
        statut = APPARIE if len(trouves) == 1 else AMBIGU if trouves else NON_APPARIE
        cle = (commune or replier(ligne["commune"]), nom[1])
        lignes.append(
            {**ligne, "statut": statut, "lieu_id": trouves[0] if statut == APPARIE else None}
            | {"candidats": trouves, "cle": cle}
        )
    return pd.DataFrame(lignes, columns=[*liste.columns, "statut", "lieu_id", "candidats", "cle"])


def comparer(lieux: pd.DataFrame, apparies: pd.DataFrame) -> Comparaison:
    """Count the places of one département and of its list; a place named on several lines counts once."""
    communs = apparies[apparies["statut"] == APPARIE]
    doutes = apparies[(apparies["statut"] == AMBIGU) & ~apparies["cle"].isin(set(communs["cle"]))]
    sans_place = communs.drop_duplicates("lieu_id")
    candidats = {lieu for trouves in doutes["candidats"] for lieu in trouves} - set(communs["lieu_id"])
    # Lines matched to one place are one place, whatever their spelling.
    connues = dict(zip(communs["cle"], communs["lieu_id"], strict=True))
    liste = {
        lieu if statut == APPARIE else connues.get(cle, cle)
        for lieu, statut, cle in zip(apparies["lieu_id"], apparies["statut"], apparies["cle"], strict=True)
    }
    return Comparaison(
        cartes=len(lieux),
        liste=len(liste),
        communs_cartes=len(sans_place),
        communs_liste=len(sans_place),
        doutes_cartes=len(candidats),
        doutes_liste=doutes["cle"].nunique(),
    )


def comparaisons(monde: Monde, liste: pd.DataFrame | None, au: date | None) -> tuple[Comparaisons, pd.DataFrame]:
    """The comparisons of each département that has a list, and the lines of the lists.

    First with all the places of the map (O6); then without those that were taken from that very list, which prove
    nothing of what it does not know (O7).
    """
    if liste is None:
        return {}, pd.DataFrame(columns=_LISTE)
    lieux = _lieux(monde)
    repris = pd.Series([_repris(source, liste["source"]) for source in lieux["source"]], lieux.index, dtype=bool)
    apparies, seconds = apparier(lieux, liste, au), apparier(lieux[~repris], liste, au)
    resultats = {}
    for code in sorted(set(liste["code_departement"])):
        ici = lieux["code_departement"] == code
        premiere = comparer(lieux[ici], apparies[apparies["code_departement"] == code])
        seconde = comparer(lieux[ici & ~repris], seconds[seconds["code_departement"] == code])
        resultats[code] = (premiere, replace(seconde, meme_source=int((ici & repris).sum())))
    return resultats, apparies[_LISTE]


def _repris(source: object, sources: Iterable[str]) -> bool:
    """Whether a record says that it comes from one of these lists."""
    dite = replier(str(source or ""))
    return any(dite.startswith(connue) for connue in {replier(nom) for nom in sources} - {""})


def colonnes_liste(comparaisons: Comparaisons, groupes: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """O6 against the list and O7, by territory; `groupes` names the départements of each territory.

    Only the départements that have a list count, on both sides; without any, all is empty and « non évalué ».
    """
    lignes = {}
    for territoire, departements in groupes.items():
        connus = [comparaisons[code] for code in departements if code in comparaisons]
        sommes = [reduce(Comparaison.__add__, serie) for serie in zip(*connus, strict=True)]
        lignes[territoire] = _colonnes_liste(*sommes) if sommes else _NON_EVALUEES
    return pd.DataFrame.from_dict(lignes, orient="index", columns=list(_NON_EVALUEES))


def sans_recoupement(perimetre: pd.Series) -> dict[str, str]:
    """O7 and why it is not evaluated, when the map was made from the list itself; nothing otherwise."""
    if perimetre["O7_statut"] == CALCULE or not float(perimetre["O7_meme_source"]) > 0:
        return {}
    motif = "la carte est faite de la liste elle-même (labels.csv), et ses autres lieux la recoupent trop peu"
    return {"O7": f"{motif} : il faut une liste faite par d’autres"}


def labels_par_territoire(monde: Monde, liste: pd.DataFrame, avec_liste: bool) -> pd.DataFrame:
    """One row per label and territory: how many places say they have it, had it, and what the list says."""
    lieux = _lieux(monde)
    mentions = [_mentions(lieux, champ, nom) for nom, champ in _DU_LIEU.items()]
    lues = liste.reindex(columns=["code_departement", "label"]).assign(quoi=liste["statut"].map(_DU_FICHIER))
    toutes = pd.concat([*mentions, lues], ignore_index=True)
    toutes = pd.concat(
        [
            toutes.assign(niveau="departement", code=toutes["code_departement"]),
            toutes.assign(niveau=PERIMETRE, code=PERIMETRE),
        ]
    )
    comptes = pd.crosstab([toutes["niveau"], toutes["code"], toutes["label"]], toutes["quoi"]).reset_index()
    colonnes = ["niveau", "code", "label", "cartographies", *_DU_LIEU, "liste", *_DU_FICHIER.values()]
    table = (
        comptes.rename_axis(columns=None)
        .reindex(columns=colonnes)
        .fillna(dict.fromkeys([*_DU_LIEU, *_DU_FICHIER.values()], 0))
    )
    table["cartographies"] = table["actuels"] + table["anciens"]
    table["liste"] = table[list(_DU_FICHIER.values())].sum(axis=1)
    if not avec_liste:
        table[["liste", *_DU_FICHIER.values()]] = float("nan")
    return table.astype(dict.fromkeys(["cartographies", *_DU_LIEU], "int64"))


_DU_LIEU = {"actuels": "labels_actuels", "actuels_fin_inconnue": "labels_fin_inconnue", "anciens": "labels_anciens"}
_DU_FICHIER = {APPARIE: "apparies", AMBIGU: "ambigus", NON_APPARIE: "non_apparies"}


def _mentions(lieux: pd.DataFrame, champ: str, quoi: str) -> pd.DataFrame:
    """One row per place and label of a field."""
    eclates = lieux[["code_departement", champ]].explode(champ).dropna(subset=champ)
    return eclates.set_axis(["code_departement", "label"], axis=1).assign(quoi=quoi)


def _lieux(monde: Monde) -> pd.DataFrame:
    dedans = monde.communes.loc[monde.communes["dans_perimetre"].astype(bool), "code_insee"]
    return monde.offre[monde.offre["code_insee"].isin(set(dedans))].drop_duplicates("lieu_id")


def _colonnes(lieux: pd.DataFrame, champ: str) -> Iterable[tuple[str, Sequence[str]]]:
    return zip(lieux["code_departement"], lieux[champ], strict=True)


def _triplets(lieux: pd.DataFrame) -> Iterable[tuple[str, str, str]]:
    return zip(lieux["code_departement"], lieux["commune"], lieux["code_insee"], strict=True)


def _index(lieux: pd.DataFrame, cles: Iterable[Iterable[Hashable]]) -> dict[Hashable, tuple[str, ...]]:
    """Places by key; several places may share one."""
    index: dict[Hashable, tuple[str, ...]] = {}
    for lieu, siennes in zip(lieux["lieu_id"], cles, strict=True):
        for cle in siennes:
            index[cle] = (*index.get(cle, ()), lieu)
    return index


_NON_EVALUEES: Mapping[str, object] = {
    **{f"O6_{nom}_{suffixe}": float("nan") for nom in ("liste", "cartes") for suffixe in ("num", "den", "bas", "haut")},
    **dict.fromkeys(("O6_apparies", "O6_ambigus", "O6_non_apparies"), float("nan")),
    **{f"O7_{nom}_{fin}": float("nan") for nom in ("estimation", "completude") for fin in ("val", "bas", "haut")},
    **dict.fromkeys(("O7_communs", "O7_liste_lieux", "O7_meme_source"), float("nan")),
    "O7_statut": NON_EVALUE,
}


def _colonnes_liste(c: Comparaison, autres: Comparaison) -> dict[str, object]:
    colonnes = {
        **dict(_NON_EVALUEES),
        "O6_liste_num": c.communs_liste,
        "O6_liste_den": c.liste,
        "O6_liste_bas": c.communs_liste,
        "O6_liste_haut": c.communs_liste + c.doutes_liste,
        "O6_cartes_num": c.communs_cartes,
        "O6_cartes_den": c.cartes,
        "O6_cartes_bas": c.communs_cartes,
        "O6_cartes_haut": c.communs_cartes + c.doutes_cartes,
        "O6_apparies": c.communs_liste,
        "O6_ambigus": c.doutes_liste,
        "O6_non_apparies": c.liste - c.communs_liste - c.doutes_liste,
        "O7_communs": autres.communs_cartes,
        "O7_liste_lieux": autres.liste,
        "O7_meme_source": autres.meme_source,
    }
    if autres.communs_cartes < RECOUPEMENTS_MINIMAUX:
        return colonnes
    estimation = chapman(autres.cartes, autres.liste, autres.communs_cartes)
    return colonnes | {
        "O7_estimation_val": estimation.estimation,
        "O7_estimation_bas": estimation.bas,
        "O7_estimation_haut": estimation.haut,
        "O7_completude_val": estimation.completude,
        "O7_completude_bas": autres.cartes / estimation.haut,
        "O7_completude_haut": min(1.0, autres.cartes / estimation.bas),
        "O7_statut": CALCULE,
    }
