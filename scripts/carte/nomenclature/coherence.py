"""What vocabularies owe each other: no ambiguous spelling, no mapping towards a value that does not exist."""

from collections.abc import Collection, Iterator, Mapping

from carte.ecrits.faute import Chemin, Faute
from carte.nomenclature.vocabulaire import Valeur, Vocabulaire, cle

# A file of this name is a hub's own referential (the 129 APTIC services, say): each value maps to the 9 services.
_PREFIXE_REFERENTIEL = "referentiel_"
# Its values are choices of the search, as an address writes them: « pour=demarche ».
_RECHERCHE = "recherche"
_VOCABULAIRES_DES_CHOIX = {"pour": "besoins", "type": "typologies"}
_CHOIX = (
    *_VOCABULAIRES_DES_CHOIX,
    "avec",
    "quand",
    "accompagnement",
    "posture",
    "public",
    "charge",
    "langue",
    "reseau",
)
SERVICES_MAX = 31
"""A browser compares services as the bits of one number: those of JavaScript have 32, one of them for the sign."""


def fautes_entre_vocabulaires(
    vocabulaires: Mapping[str, Vocabulaire], incomplets: Collection[str] = ()
) -> Iterator[tuple[str, Faute]]:
    """Every fault of coherence, inside a vocabulary then between them, with the vocabulary where it is.

    `incomplets`: those that could not be read whole; each link to them would be a false alarm.
    """
    for nom, vocabulaire in vocabulaires.items():
        for faute in (*_ecritures_ambigues(vocabulaire), *_liens(vocabulaire, vocabulaires, incomplets)):
            yield nom, faute


def _ecritures_ambigues(vocabulaire: Vocabulaire) -> Iterator[Faute]:
    exactes: set[str] = set()
    proprietaires: dict[str, str] = {}
    for rang, valeur in enumerate(vocabulaire.valeurs):
        if valeur.valeur in exactes:
            message = f"La valeur « {valeur.valeur} » est écrite deux fois : gardez-en une."
            yield _faute(("valeurs", rang, "valeur"), message)
            continue
        exactes.add(valeur.valeur)
        for texte in valeur.ecritures:
            autre = proprietaires.setdefault(cle(texte), valeur.valeur)
            if cle(texte) and autre != valeur.valeur:
                message = f"« {texte} » désigne à la fois « {autre} » et « {valeur.valeur} »."
                yield _faute(("valeurs", rang), message)
    for rang, perdue in enumerate(vocabulaire.sans_equivalent):
        if cle(perdue.valeur) in proprietaires:
            autre = proprietaires[cle(perdue.valeur)]
            message = f"« {perdue.valeur} » est dite sans équivalent, mais désigne « {autre} »."
            yield _faute(("sans_equivalent", rang, "valeur"), message)


def _liens(
    vocabulaire: Vocabulaire, vocabulaires: Mapping[str, Vocabulaire], incomplets: Collection[str]
) -> Iterator[Faute]:
    for rang, valeur in enumerate(vocabulaire.valeurs):
        if vocabulaire.nom == _RECHERCHE and valeur.valeur.partition("=")[0] not in _CHOIX:
            message = f"« {valeur.valeur} » n'est pas un choix de la recherche : écrivez {'=…, '.join(_CHOIX)}=…"
            yield _faute(("valeurs", rang, "valeur"), message)
        for nom, cible, chemin in _cibles(valeur, rang, vocabulaire.nom):
            if nom not in incomplets:
                yield from _lien(valeur, cible, chemin, nom, vocabulaires.get(nom))
        if vocabulaire.nom == "services" and valeur.famille is None:
            yield _faute(("valeurs", rang), f"Il manque « famille » à la valeur « {valeur.valeur} ».")
        if _doit_mener_aux_services(vocabulaire.nom) and not valeur.services:
            yield _faute(("valeurs", rang), f"Il manque « services » à la valeur « {valeur.valeur} ».")
    if vocabulaire.nom == "services" and len(vocabulaire) > SERVICES_MAX:
        message = f"Il y a {len(vocabulaire)} services : la recherche en tient {SERVICES_MAX} au plus."
        yield _faute(("valeurs", SERVICES_MAX), message)


def _cibles(valeur: Valeur, rang: int, vocabulaire: str) -> Iterator[tuple[str, str, Chemin]]:
    """Vocabulary, value and place of each link of a value."""
    choix, _, choisie = valeur.valeur.partition("=")
    if vocabulaire == _RECHERCHE and choix in _VOCABULAIRES_DES_CHOIX:
        yield _VOCABULAIRES_DES_CHOIX[choix], choisie, ("valeurs", rang, "valeur")
    if valeur.famille:
        yield "familles", valeur.famille, ("valeurs", rang, "famille")
    for i, service in enumerate(valeur.services):
        yield "services", service, ("valeurs", rang, "services", i)


def _doit_mener_aux_services(nom: str) -> bool:
    return nom == "besoins" or nom.startswith(_PREFIXE_REFERENTIEL)


def _lien(valeur: Valeur, cible: str, chemin: Chemin, nom: str, vocabulaire: Vocabulaire | None) -> Iterator[Faute]:
    """A target that vocabulary `nom` does not hold, with the nearest value when there is one."""
    if vocabulaire is None:
        message = f"« {valeur.valeur} » renvoie au vocabulaire « {nom} », dont le fichier {nom}.yml manque."
        yield _faute(chemin, message)
    elif cible not in vocabulaire:
        proche = vocabulaire.plus_proche(cible)
        conseil = f" Vouliez-vous dire « {proche} » ?" if proche else ""
        yield _faute(chemin, f"« {valeur.valeur} » renvoie à « {cible} », absent de {nom}.yml.{conseil}")


def _faute(chemin: Chemin, message: str) -> Faute:
    return Faute(chemin, message, "vocabulaire")
