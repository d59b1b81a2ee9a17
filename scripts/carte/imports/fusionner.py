"""Two sources on one place → one record; every value says which source it comes from when it is not the main one."""

import re

from carte.imports.modele import Nature, Remarque
from carte.imports.textes import normaliser
from carte.records.modele import Label, Lieu, Provenance

# Fields that are not a value of the place.
_A_PART = {"source", "date_maj", "provenance", "nom", "commune", "code_insee", "presentation_detail"}
_ENSEMBLES = {
    *("services", "typologie", "dispositif_programmes_nationaux", "modalites_acces", "modalites_accompagnement"),
    *("courriels", "site_web", "formations_labels", "autres_formations_labels", "labels"),
}


def fusionner(un: Lieu, autre: Lieu) -> tuple[Lieu, tuple[Remarque, ...]]:
    """One record of two, the more recent one leading: its values win, the other one's fill and add.

    Values of the other that are not kept are remarks. Both identifiers stay: a new import finds the record again.
    """
    # Of one day, the name of the source decides: the order of imports must not.
    principal, second = sorted((un, autre), key=lambda lieu: (lieu.date_maj, lieu.source), reverse=True)
    champs = principal.model_dump()
    origine = _origine(second)
    provenance = dict(principal.provenance or {})
    for nom in Lieu.model_fields:
        if nom in _A_PART:
            continue
        du_premier, du_second = getattr(principal, nom), getattr(second, nom)
        if nom in _ENSEMBLES:
            valeurs, ajouts = _reunir(du_premier, du_second)
            champs[nom] = valeurs
            if ajouts:
                # When only the other source speaks, the field itself says which values are its own.
                texte = " | ".join(map(_dire, ajouts)) if du_premier else None
                provenance[nom] = origine.model_copy(update={"texte": texte})
        elif nom == "horaires_detail" and principal.horaires:
            continue  # what the other said of its hours does not speak of these
        elif du_premier is None and du_second is not None:
            champs[nom] = du_second
            provenance[nom] = _de_second(second, nom, origine)
    # A « no » of one source beside a « yes » of the other is told with what is not kept.
    refusees = [service for service in champs["services_absents"] or () if service not in champs["services"]]
    champs["services_absents"] = refusees or None
    champs["typologie"] = _sans_reseau_remplace(champs["typologie"])
    champs["presentation_detail"] = _textes(principal, second)
    if second.presentation_detail:
        provenance["presentation_detail"] = origine
    # "source" carries the other source's identifier even when it brought no value of its own.
    provenance["source"] = origine
    fiche = Lieu.model_validate({**champs, "provenance": provenance})
    return fiche, ecarts(fiche, second)


def ecarts(fiche: Lieu, lieu: Lieu) -> tuple[Remarque, ...]:
    """Values of a merged place that its record does not keep, because another source is more recent."""
    noms = ["nom", *(nom for nom in Lieu.model_fields if nom not in _A_PART | _ENSEMBLES)]
    paires = ((nom, _gardee(fiche, nom), getattr(lieu, nom)) for nom in noms)
    return tuple(
        _ecartee(nom, gardee, autre, lieu)
        for nom, gardee, autre in paires
        if autre is not None and normaliser(str(gardee)) != normaliser(str(autre))
    )


def _gardee(fiche: Lieu, nom: str) -> object:
    """What the record says where the other source said `nom`."""
    return fiche.horaires_detail or fiche.horaires if nom == "horaires_detail" else getattr(fiche, nom)


def identifiants(lieu: Lieu) -> set[str]:
    """Rows of sources that a record was made from."""
    return {p.identifiant for p in (lieu.provenance or {}).values() if p.identifiant}


def _origine(lieu: Lieu) -> Provenance:
    identifiant = (lieu.provenance or {}).get("nom")
    return Provenance(
        source=lieu.source, date=lieu.date_maj, identifiant=identifiant.identifiant if identifiant else None
    )


def _de_second(second: Lieu, nom: str, origine: Provenance) -> Provenance:
    propre = (second.provenance or {}).get(nom)
    return origine if propre is None else origine.model_copy(update={"texte": propre.texte})


def _reunir(premiers: list[object] | None, seconds: list[object] | None) -> tuple[list[object] | None, list[object]]:
    ajouts = [valeur for valeur in seconds or () if valeur not in (premiers or ())]
    return ([*(premiers or ()), *ajouts] or None), ajouts


def _dire(valeur: object) -> str:
    return valeur.nom if isinstance(valeur, Label) else str(valeur)


def _ecartee(champ: str, gardee: object, ecartee: object, second: Lieu) -> Remarque:
    return Remarque(
        Nature.FUSION,
        champ,
        str(ecartee),
        f"Autre valeur de {second.source} ({second.date_maj:%Y-%m-%d}), non gardée ; la fiche dit « {gardee} ».",
    )


def _sans_reseau_remplace(typologie: list[str] | None) -> list[str] | None:
    """MSAP beside RFS is the past of the same place: the label keeps it."""
    return [code for code in typologie if code != "MSAP"] if typologie and "RFS" in typologie else typologie


def _textes(principal: Lieu, second: Lieu) -> str | None:
    textes = [principal.presentation_detail]
    if second.presentation_detail:
        source = re.sub(r" \([^)]*\)$", "", second.source)  # its licence is said with the origin of the record
        textes.append(f"D'après {source}, le {second.date_maj:%d/%m/%Y} :\n{second.presentation_detail}")
    return "\n\n".join(texte for texte in textes if texte) or None
