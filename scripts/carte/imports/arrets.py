"""Several rows that are the stops of one tour: where, when, how often; the record itself stands at no stop."""

import re

from carte.imports import semaine, situation
from carte.imports.correspondance import CorrespondanceEcrite
from carte.imports.modele import ContexteImport, LigneSource, Nature, Recueil
from carte.imports.valeurs import texte_du_champ, traduire
from carte.records.modele import Arret, Provenance


def poser(recueil: Recueil, ecrite: CorrespondanceEcrite, contexte: ContexteImport, source: str) -> None:
    """Fill the tour of a record with the stops of its rows; a row that is not surely a stop is kept in words."""
    groupe = ecrite.regrouper
    assert groupe is not None
    arrets = [
        arret for ligne in (recueil.ligne, *recueil.ligne.suite) if (arret := _arret(recueil, ligne, ecrite, contexte))
    ]
    recueil.champs["itinerance"] = ["Itinérant"]
    recueil.champs |= dict.fromkeys(("adresse", "code_postal", "latitude", "longitude", "complement_adresse"))
    if groupe.nom is not None:
        colonne, nom = texte_du_champ(recueil, groupe.nom)
        recueil.champs["nom"] = nom or recueil.champs["nom"]
        recueil.reprendre(colonne)
    if arrets:
        recueil.champs["tournee"] = arrets
        recueil.provenance["tournee"] = Provenance(source=source, texte=f"{1 + len(recueil.ligne.suite)} lignes")


def _arret(
    recueil: Recueil, ligne: LigneSource, ecrite: CorrespondanceEcrite, contexte: ContexteImport
) -> Arret | None:
    """The stop of one row, None when its commune or its rhythm is not sure."""
    ici = Recueil(ligne)
    place = situation.trouver(ici, ecrite, contexte)
    horaires, _, texte = semaine.lire(ici, ecrite.horaires) if ecrite.horaires else (None, "", "")
    if horaires is not None and ecrite.horaires is not None:
        horaires = semaine.avec_semaines(ici, ecrite.horaires, horaires)
    _, adresse = texte_du_champ(ici, ecrite.champs["adresse"]) if "adresse" in ecrite.champs else ("", "")
    frequence = _frequence(ici, ecrite, contexte, horaires)
    recueil.remarques += ici.remarques
    recueil.reprises |= ici.reprises
    nom = contexte.geographie.nom(place.code_insee) if place.code_insee else None
    if nom is None or frequence is None:
        ecrite_la = texte_du_champ(ici, ecrite.champs["commune"])[1] if "commune" in ecrite.champs else ""
        mots = " ".join(filter(None, (adresse, nom or ecrite_la, texte)))[:300]
        recueil.ajouter("tournee_a_preciser", mots or ligne.nom)
        message = "Arrêt dont la commune ou le rythme n'est pas sûr : gardé en toutes lettres."
        recueil.remarquer(Nature.A_RELIRE, "tournee", message, mots or ligne.nom)
        return None
    return Arret(
        commune=nom,
        code_insee=place.code_insee,
        lieu=adresse[:300] or None,
        latitude=place.latitude,
        longitude=place.longitude,
        horaires=horaires,
        frequence=frequence,
    )


def _frequence(
    ici: Recueil, ecrite: CorrespondanceEcrite, contexte: ContexteImport, horaires: str | None
) -> str | None:
    """What the row says of its rhythm, else what its hours say."""
    groupe = ecrite.regrouper
    if groupe is not None and groupe.frequence is not None:
        colonne, texte = texte_du_champ(ici, groupe.frequence)
        dites = traduire(
            ici, colonne, [texte] if texte else [], groupe.frequence.valeurs, contexte.vocabulaires.get("frequences")
        )
        if dites:
            return dites[0]
    if horaires is None:
        return None
    if "week" in horaires:
        return "quinzaine"
    return "mensuelle" if re.search(r"\[-?\d\]", horaires) else None if "[" in horaires else "hebdomadaire"
