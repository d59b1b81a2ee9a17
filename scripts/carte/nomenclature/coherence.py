"""What vocabularies owe each other: no ambiguous spelling, no mapping towards a value that does not exist."""

from collections.abc import Iterator, Mapping

from carte.nomenclature.vocabulaire import Valeur, Vocabulaire, cle

# A file of this name is a hub's own referential (the 129 APTIC services, say): each value maps to the 9 services.
_PREFIXE_REFERENTIEL = "referentiel_"


def fautes_entre_vocabulaires(vocabulaires: Mapping[str, Vocabulaire]) -> list[str]:
    """Every fault of coherence, inside a vocabulary then between them, as `fichier: message` lines."""
    return [
        f"{nom}.yml: {faute}"
        for nom, vocabulaire in vocabulaires.items()
        for faute in (*_ecritures_ambigues(vocabulaire), *_liens(vocabulaire, vocabulaires))
    ]


def _ecritures_ambigues(vocabulaire: Vocabulaire) -> Iterator[str]:
    exactes: set[str] = set()
    proprietaires: dict[str, str] = {}
    for valeur in vocabulaire.valeurs:
        if not valeur.valeur:
            continue  # the missing value has already been reported, with its line
        if valeur.valeur in exactes:
            yield f"la valeur « {valeur.valeur} » est écrite deux fois."
            continue
        exactes.add(valeur.valeur)
        for texte in valeur.ecritures:
            autre = proprietaires.setdefault(cle(texte), valeur.valeur)
            if cle(texte) and autre != valeur.valeur:
                yield f"« {texte} » désigne à la fois « {autre} » et « {valeur.valeur} »."
    for perdue in vocabulaire.sans_equivalent:
        if cle(perdue.valeur) in proprietaires:
            yield f"« {perdue.valeur} » est dite sans équivalent, mais désigne « {proprietaires[cle(perdue.valeur)]} »."


def _liens(vocabulaire: Vocabulaire, vocabulaires: Mapping[str, Vocabulaire]) -> Iterator[str]:
    for valeur in vocabulaire.valeurs:
        yield from _lien(valeur, (valeur.famille,) if valeur.famille else (), "familles", vocabulaires)
        yield from _lien(valeur, valeur.services, "services", vocabulaires)
        if vocabulaire.nom == "services" and valeur.famille is None:
            yield f"il manque « famille » à la valeur « {valeur.valeur} »."
        if _doit_mener_aux_services(vocabulaire.nom) and not valeur.services:
            yield f"il manque « services » à la valeur « {valeur.valeur} »."


def _doit_mener_aux_services(nom: str) -> bool:
    return nom == "besoins" or nom.startswith(_PREFIXE_REFERENTIEL)


def _lien(valeur: Valeur, cibles: tuple[str, ...], nom: str, vocabulaires: Mapping[str, Vocabulaire]) -> Iterator[str]:
    """One French sentence per target that vocabulary `nom` does not hold, with the nearest value when there is one."""
    if cibles and nom not in vocabulaires:
        yield f"« {valeur.valeur} » renvoie au vocabulaire « {nom} », dont le fichier {nom}.yml manque."
        return
    # An empty vocabulary is an unreadable file, already reported: each link to it would be a false alarm.
    for cible in cibles if len(vocabulaires.get(nom, ())) else ():
        if cible not in vocabulaires[nom]:
            proche = vocabulaires[nom].plus_proche(cible)
            conseil = f" Vouliez-vous écrire « {proche} » ?" if proche else ""
            yield f"« {valeur.valeur} » renvoie à « {cible} », absent de {nom}.yml.{conseil}"
