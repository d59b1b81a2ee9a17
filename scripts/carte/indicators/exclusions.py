"""What takes no part in some figures, counted and named: nothing is left out in silence."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from carte.access.points import Booleens
from carte.indicators.acces.couverture import isolees
from carte.indicators.acces.transports import sans_reponse
from carte.indicators.manques.deficit import lire_debit
from carte.indicators.monde import TOUTES, Monde
from carte.indicators.wording import format_nombre
from carte.records.dires import Nature

FERMES = "lieux fermés à la date de publication"
"""How the reasons about closed places begin."""


def exclusions(monde: Monde, arrets: pd.DataFrame | None = None) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Counts by French reason: for all that is loaded, then by département of the perimeter.

    `arrets`: the stops of public transport (`Entrees.arrets_tc`).
    """
    tous = _cas(monde, sans_reponse(monde, arrets))
    comptes = {raison: int(cas.sum()) for raison, (cas, _) in tous.items()}
    dedans = monde.communes.loc[monde.communes["dans_perimetre"].astype(bool), "code_departement"]
    par_code = {raison: ou[cas.to_numpy(dtype=bool)].value_counts().to_dict() for raison, (cas, ou) in tous.items()}
    detail = {
        str(code): {raison: int(nombres.get(code, 0)) for raison, nombres in par_code.items()}
        for code in sorted(set(dedans))
    }
    return comptes, detail


def _cas(monde: Monde, sans_departs: Booleens) -> Mapping[str, tuple[pd.Series, pd.Series]]:
    """For each reason, which rows it concerns and the département of each row."""
    offre, communes, jours = monde.offre, monde.communes, monde.seuils.fermeture_jours
    dedans = communes["dans_perimetre"].to_numpy(dtype=bool)
    # Neighbours bring demand and places, never broadband: theirs is not an omission.
    sans_debit = np.isnan(lire_debit(monde).bas) & dedans
    approches, coupees = monde.arrivees.approches, isolees(monde)[: len(communes)]
    sans_densite = communes["densite"].isna() if "densite" in communes else np.ones(len(communes), dtype=np.bool_)
    fermes = monde.fermes.drop_duplicates("lieu_id")
    pas_encore = fermes["fermeture"] == Nature.AVANT_OUVERTURE.value
    hors_service = {
        f"{FERMES}, pour plus de {jours} jours ou définitivement (absents de tous les chiffres)": ~pas_encore,
        "lieux pas encore ouverts à la date de publication (absents de tous les chiffres)": pas_encore,
    }
    brefs = (offre["fermeture_jours"] > 0) & ~offre["lieu_id"].duplicated()
    lieux = {
        f"{FERMES}, pour {jours} jours au plus (comptés comme les autres)": brefs,
        "points d'accueil sans coordonnées (absents des temps d'accès)": ~monde.lieux_connus,
        "arrêts itinérants sans coordonnées, placés au point de leur commune (temps très incertain)": (
            np.zeros(len(offre), dtype=np.bool_) if approches is None else approches
        ),
        "points d'accueil sans commune reconnue (absents des comptes par territoire)": offre["code_insee"].isna(),
        "points d'accueil qui ne reçoivent pas de public (absents des temps d'accès)": ~monde.accueil,
        f"arrêts de moins de {format_nombre(monde.seuils.presence_heures, 1)} heures par semaine (absents des temps"
        " d'accès, comptés dans les heures)": monde.accueil & ~monde.choix[TOUTES],
        "points d'accueil sans durée d'ouverture connue (absents des heures)": offre["heures_hebdo"].isna(),
    }
    territoires = {
        "communes sans population connue": communes["population"].isna(),
        "communes sans coordonnées": ~monde.situees,
        "communes sans débit filaire connu (absentes de B1 et G1)": sans_debit,
        "communes sans classe de densité connue (vitesse en voiture par défaut)": sans_densite,
        "communes qu'un réseau aux départs inconnus dessert peut-être (absentes de A3 par ce mode)": sans_departs,
        "communes séparées de tous les lieux par une barrière sans passage connu (absentes du temps moyen)": coupees,
    }
    tables = ((fermes, hors_service), (offre, lieux), (communes, territoires))
    return {
        raison: (pd.Series(cas, table.index, dtype=bool), table["code_departement"])
        for table, motifs in tables
        for raison, cas in motifs.items()
    }
