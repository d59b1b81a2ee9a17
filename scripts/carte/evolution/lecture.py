"""G9: a former publication read back from its open data, the folder `donnees/` of the former site.

Read: `datapackage.json` (date, parameters), `lieux.json` (whole records), `indicateurs-commune.csv` (communes, their
EPCI and population) and, where the package names them, the published figures of `indicateurs-<niveau>.csv`; without
them, the figures are computed with the parameters of the package. A large deployment cuts the longest of these files by
département (see `parties`). Where a package does not give the place and the area
of its communes (columns `lat`, `lon`, `surface_km2`), today's are taken, those of the successor for a merged commune:
then the effect of moved outlines is not measured. Density, relief, barriers and neighbouring communes are always
today's.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
from pydantic import ValidationError

from carte.access import Hypotheses, Matrice
from carte.choix import Seuils
from carte.ecrits.cadres import cadre
from carte.ecrits.csv_strict import TAILLE_MAX, lire_csv
from carte.ecrits.formes import est_identifiant
from carte.ecrits.json_strict import JsonIllisible, analyser_json
from carte.ecrits.octets import LectureRefusee, lire_octets
from carte.ecrits.texte import citer
from carte.evolution.mesure import NIVEAUX_COMPARES
from carte.evolution.modele import Publication
from carte.evolution.parties import fichiers, noms
from carte.evolution.refus import PublicationIllisible
from carte.indicators.modele import Parametres
from carte.indicators.offre.points import construire_offre, en_service
from carte.nomenclature import Vocabulaire
from carte.records import Enregistrement, Lieu, dires
from carte.territory import Geographie, situer
from carte.territory.cog import Nature, Partie

if TYPE_CHECKING:
    from carte.territory import Territoire

_PLACE = ["lat", "lon", "surface_km2"]
_MILIEU = ["densite", "relief"]
_SEUIL = re.compile(r"A2_voiture_(\d+)_num|A3_velo_(\d+)_num|A3_pied_(\d+)_num")


def publier(
    enregistrements: Iterable[Enregistrement],
    offre: pd.DataFrame,
    territoire: "Territoire",
    seuils: Seuils,
    parametres: Parametres,
    jour: date,
    matrice: Matrice | None = None,
) -> Publication:
    """A publication computed from records and layers, to be compared with another one.

    Only the offer in service is compared: a place that closes leaves it, one that reopens enters it that day.
    """
    lieux = [(e.identifiant, e.lieu) for e in enregistrements]
    longues = seuils.fermeture_jours
    return Publication(
        date=jour,
        offre=offre[en_service(offre, longues)],
        territoire=territoire,
        seuils=seuils,
        parametres=parametres,
        ouvertures={identifiant: dires.ouvert_depuis(lieu, jour, longues) for identifiant, lieu in lieux},
        renommes={vieux: identifiant for identifiant, lieu in lieux for vieux in lieu.anciens_identifiants or ()},
        matrice=matrice,
    )


def lire_publication(dossier: Path, vocabulaires: Mapping[str, Vocabulaire], actuel: "Territoire") -> Publication:
    """Read a former publication; `actuel` is today's territory, for what the package does not say of its communes.

    Raises PublicationIllisible: a file is missing, or says what this program cannot read.
    """
    paquet = _json(dossier / "datapackage.json", dict)
    jour = _jour(dossier, paquet)
    communes, publies = _table(dossier, paquet, "commune"), _publies(dossier, paquet)
    territoire = _territoire(communes, actuel)
    lues = [
        _enregistrement(fichier, brut, vocabulaires)
        for fichier in fichiers(dossier, paquet, "lieux-json", "lieux.json")
        for brut in _json(fichier, list)
    ]
    enregistrements = situer(lues, Geographie(territoire))
    offre = construire_offre(enregistrements, territoire, vocabulaires, jour)
    donnes = paquet.get("parametres", {})
    try:
        seuils = _seuils(dossier, publies, donnes)
        parametres = Parametres(hypotheses=_hypotheses(donnes.get("hypotheses", {})))
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as erreur:
        # The classes themselves say what they take; which one refused matters to nobody.
        message = f"{dossier / 'datapackage.json'} : « parametres » ne donne pas les seuils et les hypothèses attendus."
        raise PublicationIllisible(message) from erreur
    return replace(publier(enregistrements, offre, territoire, seuils, parametres, jour), publies=publies)


def decrire_parametres(seuils: Seuils, parametres: Parametres) -> dict[str, Any]:
    """The parameters a package must give for a later publication to compare itself with it, as JSON values."""
    hypotheses = {champ.name: getattr(parametres.hypotheses, champ.name) for champ in fields(Hypotheses)}
    valeurs = {nom: dict(v) if isinstance(v, Mapping) else v for nom, v in hypotheses.items()}
    return {"seuils": asdict(seuils), "hypotheses": valeurs}


def _publies(dossier: Path, paquet: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    """The figures as they were published; none when the package names none of these files."""
    annonces = noms(paquet)
    if not any(_fichier(niveau) in annonces for niveau in NIVEAUX_COMPARES):
        return {}
    return {niveau: _table(dossier, paquet, niveau) for niveau in NIVEAUX_COMPARES}


def _refuser(dossier: Path, cle: str) -> str:
    raise PublicationIllisible(f"{dossier / 'datapackage.json'} : il manque la clé « {cle} ».")


def _jour(dossier: Path, paquet: Mapping[str, Any]) -> date:
    ecrit = str(paquet.get("created", "")) or _refuser(dossier, "created")
    try:
        return date.fromisoformat(ecrit[:10])
    except ValueError as erreur:
        message = (
            f"{dossier / 'datapackage.json'} : « created » attend une date, année-mois-jour, pas « {citer(ecrit)} »."
        )
        raise PublicationIllisible(message) from erreur


def _json(fichier: Path, attendu: type) -> Any:
    try:
        lu = analyser_json(lire_octets(str(fichier), TAILLE_MAX, liens=True), str(fichier))
    except LectureRefusee as erreur:
        absent = not fichier.exists()
        message = f"Il manque le fichier {fichier} de la publication précédente." if absent else f"{fichier} : {erreur}"
        raise PublicationIllisible(message) from erreur
    except JsonIllisible as erreur:
        raise PublicationIllisible(str(erreur.probleme)) from erreur
    if not isinstance(lu, attendu):
        quoi = "une liste" if attendu is list else "un objet"
        raise PublicationIllisible(f"{fichier} doit contenir {quoi}.")
    return lu


_TEXTES = ("code", "nom", "code_epci", "code_departement")


def _table(dossier: Path, paquet: Mapping[str, Any], niveau: str) -> pd.DataFrame:
    """The figures of a level, as numbers but for codes and names; an empty cell is unknown."""
    fichier = _fichier(niveau)
    parties = [_textes(partie, niveau) for partie in fichiers(dossier, paquet, fichier.removesuffix(".csv"), fichier)]
    lue = pd.concat(parties) if len(parties) > 1 else parties[0]
    if list(lue.columns) != list(parties[0].columns):
        raise PublicationIllisible(f"{dossier / fichier} : ses parties n'ont pas toutes les mêmes colonnes.")
    lue = lue.where(lue != "", None)
    for chiffre in (nom for nom in lue.columns if nom not in _TEXTES):
        lue[chiffre] = _nombres(lue[chiffre])
    return lue.set_index("code")


def _textes(fichier: Path, niveau: str) -> pd.DataFrame:
    """One file as it is written, by the place of each row, « fichier:ligne »: what it must say is there."""
    if not fichier.exists():
        raise PublicationIllisible(f"Il manque le fichier {fichier} de la publication précédente.")
    lue = cadre(lire_csv(fichier, PublicationIllisible))
    lue.index = pd.Index([f"{fichier}:{ligne}" for ligne in lue.index], dtype=object)
    communes = (*_TEXTES, "population") if niveau == "commune" else ("code",)
    for colonne in communes:
        if colonne not in lue:
            raise PublicationIllisible(f"{fichier} : il manque la colonne « {colonne} ».")
        vides = lue.index[lue[colonne] == ""]
        if len(vides) and colonne not in ("code_epci", "population"):
            raise PublicationIllisible(f"{vides[0]} : « {colonne} » est vide.")
    formes = {"code": r"(?:\d\d|2[AB])\d{3}", "code_epci": r"\d{9}|"} if niveau == "commune" else {}
    for colonne, forme in formes.items():
        faux = lue.index[~lue[colonne].str.fullmatch(forme)]
        if len(faux):
            ecrit = citer(lue.loc[faux[0], colonne])
            raise PublicationIllisible(f"{faux[0]} : « {ecrit} » n'est pas un « {colonne} ».")
    return lue


def _nombres(textes: "pd.Series[Any]") -> "pd.Series[Any]":
    """A column of figures; one of words (a level, a reading) stays as it is, when nothing in it is a number."""
    nombres = pd.to_numeric(textes, errors="coerce").astype(float)
    lieu = textes.name in (*_PLACE, "population")  # a time may be infinite: nothing can be reached
    fautes = textes.index[textes.notna() & ~(np.isfinite(nombres) if lieu else nombres.notna())]
    if len(fautes) == textes.notna().sum() and not lieu:
        return textes
    if len(fautes):
        ecrit = citer(textes[fautes[0]])
        raise PublicationIllisible(f"{fautes[0]} : « {textes.name} » attend un nombre, pas « {ecrit} ».")
    return nombres


def _fichier(niveau: str) -> str:
    return f"indicateurs-{niveau.replace('_', '-')}.csv"


def _enregistrement(fichier: Path, brut: Any, vocabulaires: Mapping[str, Vocabulaire]) -> Enregistrement:
    identifiant = brut.get("id") if isinstance(brut, dict) else None
    if not isinstance(identifiant, str) or not est_identifiant(identifiant):
        raise PublicationIllisible(f"{fichier} : une fiche n'a pas d'identifiant (« id »).")
    try:
        lieu = Lieu.model_validate_json(json.dumps({nom: valeur for nom, valeur in brut.items() if nom != "id"}))
    except ValidationError as erreur:
        champ = ".".join(map(str, erreur.errors()[0]["loc"]))
        raise PublicationIllisible(
            f"{fichier} : la fiche « {identifiant} » ne se lit plus, à cause du champ « {champ} »."
        ) from erreur
    inconnus = [service for service in lieu.services if service not in vocabulaires["services"]]
    if inconnus:
        raise PublicationIllisible(f"{fichier} : la fiche « {identifiant} » a un service inconnu, « {inconnus[0]} ».")
    return Enregistrement(identifiant, f"{fichier.parent.name}/{fichier.name}", lieu)


def _territoire(table: pd.DataFrame, actuel: "Territoire") -> "Territoire":
    """Communes, EPCI and départements as they were, without outlines."""
    from carte.territory import Territoire

    perimetre = _placer(table.rename_axis("code_insee"), actuel)
    regions = dict(zip(actuel.departements["code"], actuel.departements["code_region"], strict=True))
    perimetre = perimetre.assign(dans_perimetre=True, code_region=perimetre["code_departement"].map(regions))
    # The speed towards a neighbouring place depends on its commune: the package has none of them.
    aujourdhui = pd.DataFrame(actuel.communes)
    voisines = aujourdhui[~aujourdhui["dans_perimetre"].astype(bool)]
    communes = pd.concat([perimetre, voisines[list(perimetre.columns)]], ignore_index=True).assign(geometry=None)
    communes["code_epci"] = communes["code_epci"].astype(object).where(communes["code_epci"].notna(), None)
    membres = communes.dropna(subset="code_epci").groupby("code_epci")["code_insee"].apply(list)
    noms = dict(zip(actuel.epci["code_epci"], actuel.epci["nom"], strict=True))
    departements = actuel.departements[actuel.departements["code"].isin(communes["code_departement"])]
    return Territoire(
        communes=gpd.GeoDataFrame(communes, geometry="geometry", crs="EPSG:4326"),
        epci=pd.DataFrame(
            {"code_epci": membres.index, "nom": [noms.get(c, c) for c in membres.index], "membres": list(membres)}
        ),
        departements=departements,
        regions=actuel.regions,
        # A package gives a code as it was written: that of an arrondissement is always a part of its commune.
        successeurs={p.code: p.commune for p in _arrondissements(actuel)},
        millesimes={},
        barrieres=actuel.barrieres,
        residences=actuel.residences,
    )


def _arrondissements(actuel: "Territoire") -> list[Partie]:
    parties = actuel.cog.parties.values() if actuel.cog else ()
    return [partie for partie in parties if partie.nature is Nature.ARRONDISSEMENT]


def _placer(table: pd.DataFrame, actuel: "Territoire") -> pd.DataFrame:
    """Communes with their place and area, the package's own, else today's; density and relief are today's."""
    propres = _PLACE if set(_PLACE) <= set(table.columns) else []
    siennes = table[["nom", "code_epci", "code_departement", "population", *propres]].reset_index()
    codes = [actuel.successeurs.get(code, code) for code in siennes["code_insee"]]
    aujourdhui = pd.DataFrame(actuel.communes).set_index("code_insee")
    reprises = [nom for nom in (*_PLACE, *_MILIEU) if nom not in propres and nom in aujourdhui]
    repris = aujourdhui[reprises].reindex(codes).reset_index(drop=True)
    milieu = repris[[nom for nom in _MILIEU if nom in repris]].astype(object)
    return siennes.join(repris.assign(**milieu.where(milieu.notna(), None)))


def _seuils(dossier: Path, publies: Mapping[str, pd.DataFrame], parametres: Mapping[str, Any]) -> Seuils:
    """The thresholds of the package, else those that its columns name."""
    if "seuils" in parametres:
        donnes: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in parametres["seuils"].items()}
        return Seuils(**donnes)
    if not publies:
        _refuser(dossier, "parametres.seuils")
    trouves = [cas for colonne in publies["perimetre"].columns if (cas := _SEUIL.fullmatch(colonne))]
    voiture, velo, pied = (sorted({int(cas[rang]) for cas in trouves if cas[rang]}) for rang in (1, 2, 3))
    return Seuils(voiture=tuple(voiture), velo=tuple(velo), pied=pied[0])


def _hypotheses(donnees: Mapping[str, Any]) -> Hypotheses:
    """The travel assumptions that this program knows; those it has no name for are in the published figures."""
    connues = {champ.name for champ in fields(Hypotheses)}
    return Hypotheses(**{nom: valeur for nom, valeur in donnees.items() if nom in connues})
