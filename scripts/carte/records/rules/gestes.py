"""How a person settles a doubt between two records: two gestures, each one line of one of the two.

`doublon_de: 36/autre`: this record is of that place; only the other one is published, at both addresses.
`distinct_de: [36/autre]`: they are two places, and nothing is asked again. One of the two records says it for both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from carte.ecrits.faute import Chemin, Faute, conseil
from carte.ecrits.texte import citer, vouliez_vous_dire
from carte.records.modele import Enregistrement, Lieu

Paire = tuple[str, str]
# Fields that do not speak of the place itself, and are of no use to whoever compares two records of it.
_A_PART = {"source", "date_maj", "verifie_le", "provenance", "anciens_identifiants", "doublon_de", "distinct_de"}


def paire(un: str, autre: str) -> Paire:
    """Two ids in order."""
    return (un, autre) if un < autre else (autre, un)


def ligne_doublon(autre: str) -> str:
    """The line of YAML by which a record says to be of that one's place."""
    return f"doublon_de: {autre}"


def ligne_distinct(lieu: Lieu, autre: str) -> str:
    """The line of YAML by which a record says that another one is of another place, and those that it says already."""
    return f"distinct_de: [{', '.join(dict.fromkeys((*(lieu.distinct_de or ()), autre)))}]"


def tranchees(enregistrements: Iterable[Enregistrement]) -> set[Paire]:
    """The pairs that a record settles; a record known by another id before is meant by both."""
    fiches = list(enregistrements)
    presents = {a: e.identifiant for e in fiches for a in e.lieu.anciens_identifiants or ()}
    return {
        paire(e.identifiant, presents.get(autre, autre))
        for e in fiches
        for autre in (*(e.lieu.distinct_de or ()), e.lieu.doublon_de)
        if autre is not None
    }


def fautes(
    enregistrements: Sequence[Enregistrement], identifiants: Mapping[str, str], non_publiees: Iterable[str]
) -> Iterator[tuple[int, Faute]]:
    """What is wrong with the gestures of records, by rank. `identifiants`: id to file, whether it could be read or not.

    `non_publiees`: ids of the records to complete. A double that is well told is an advice: it is not published, and
    what it alone says is named. A gesture towards no record is an advice too when it hides nothing.
    """
    gestes = {e.identifiant: e.lieu for e in enregistrements}
    presents = {a: e.identifiant for e in enregistrements for a in e.lieu.anciens_identifiants or ()}
    brouillons = set(non_publiees)
    for rang, enregistrement in enumerate(enregistrements):
        moi, autre = enregistrement.identifiant, enregistrement.lieu.doublon_de
        if autre is not None:
            refus = _refus(moi, autre, gestes, identifiants, presents, brouillons)
            if refus:
                yield rang, Faute(("doublon_de",), refus, "doublon-de", valeur=citer(autre))
            elif autre in gestes and autre not in (enregistrement.lieu.distinct_de or ()):
                message = _non_publiee(enregistrement.lieu, gestes[autre], identifiants[autre])
                yield rang, conseil(("doublon_de",), message, "doublon-de", citer(autre))
        for numero, different in enumerate(enregistrement.lieu.distinct_de or ()):
            place = ("distinct_de", numero)
            yield from ((rang, f) for f in _distinct(place, moi, different, autre, gestes, identifiants, presents))


def _refus(
    moi: str,
    autre: str,
    gestes: Mapping[str, Lieu],
    identifiants: Mapping[str, str],
    presents: Mapping[str, str],
    brouillons: set[str],
) -> str | None:
    """Why this record cannot be told to be of that place; None when it can."""
    if autre == moi:
        return "Cette fiche ne peut pas être le doublon d'elle-même : donnez l'identifiant de l'autre fiche."
    if autre not in identifiants:
        return _inconnue(autre, identifiants, presents)
    if autre in brouillons and moi not in brouillons:
        return (
            f"« {autre} » est une fiche à compléter, qui n'est pas publiée : le lieu disparaîtrait. "
            f"Écrivez plutôt « doublon_de: {moi} » dans {identifiants[autre]}."
        )
    suite = gestes[autre].doublon_de if autre in gestes else None
    if suite == moi:
        return f"« {autre} » dit déjà être le doublon de cette fiche : une seule des deux doit le dire."
    if suite is not None:
        return f"« {autre} » est elle-même le doublon de « {citer(suite)} » : écrivez « doublon_de: {citer(suite)} »."
    if autre in gestes and moi in (gestes[autre].distinct_de or ()):
        return f"{identifiants[autre]} dit que ce sont deux lieux (distinct_de) : il faut choisir."
    return None


def _distinct(
    place: Chemin,
    moi: str,
    autre: str,
    doublon_de: str | None,
    gestes: Mapping[str, Lieu],
    identifiants: Mapping[str, str],
    presents: Mapping[str, str],
) -> Iterator[Faute]:
    if autre == moi:
        message = "Cette fiche ne peut pas être distincte d'elle-même : donnez l'identifiant de l'autre fiche."
        yield Faute(place, message, "distinct-de", valeur=autre)
    elif autre == doublon_de:
        message = f"« {citer(autre)} » est aussi dans « doublon_de » : même lieu ou deux lieux, il faut choisir."
        yield Faute(place, message, "distinct-de", valeur=citer(autre))
    elif autre not in identifiants and autre not in presents:
        # Nothing is hidden: the doubt, if there is one, is said again.
        yield conseil(place, _inconnue(autre, identifiants, presents), "distinct-de", citer(autre))


def _inconnue(autre: str, identifiants: Mapping[str, str], presents: Mapping[str, str]) -> str:
    if autre in presents:
        return f"« {autre} » s'appelle maintenant « {presents[autre]} » : écrivez ce nom-là."
    propre = autre.strip("/").removeprefix("offers/").removesuffix(".yml")
    suite = f" Vouliez-vous dire « {propre} » ?" if propre in identifiants else vouliez_vous_dire(autre, identifiants)
    return f"« {citer(autre)} » n'est aucune fiche : un identifiant s'écrit comme 36/mediatheque.{suite}"


def separer(
    enregistrements: Iterable[Enregistrement],
) -> tuple[tuple[Enregistrement, ...], tuple[Enregistrement, ...]]:
    """The records to publish, and those that are of the same place as one of them."""
    fiches = list(enregistrements)
    doubles = tuple(e for e in fiches if e.lieu.doublon_de is not None)
    return tuple(e for e in fiches if e.lieu.doublon_de is None), doubles


def avec_adresses(
    enregistrements: Iterable[Enregistrement], doubles: Iterable[Enregistrement]
) -> tuple[Enregistrement, ...]:
    """The records as they are published: each takes the addresses of its doubles as its former ones.

    For pages only: its file never says so, and an import must not write it there.
    """
    adresses: dict[str, list[str]] = {}
    for double in doubles:
        siennes = (double.identifiant, *(double.lieu.anciens_identifiants or ()))
        adresses.setdefault(str(double.lieu.doublon_de), []).extend(siennes)
    return tuple(_avec_adresses(e, adresses.get(e.identifiant)) for e in enregistrements)


def _avec_adresses(fiche: Enregistrement, adresses: list[str] | None) -> Enregistrement:
    if not adresses:
        return fiche
    anciens = fiche.lieu.anciens_identifiants or []
    des_doubles = tuple(adresse for adresse in dict.fromkeys(adresses) if adresse not in anciens)
    lieu = fiche.lieu.model_copy(update={"anciens_identifiants": [*dict.fromkeys(anciens), *des_doubles]})
    return replace(fiche, lieu=lieu, adresses_des_doubles=des_doubles)


def restes(double: Lieu, garde: Lieu) -> list[str]:
    """Fields of a double that its place does not say, or says otherwise: what would be lost with it."""
    return [
        nom for nom in Lieu.model_fields if nom not in _A_PART and _ajoute(getattr(double, nom), getattr(garde, nom))
    ]


def _ajoute(valeur: object, gardee: object) -> bool:
    if isinstance(valeur, list) and isinstance(gardee, list):
        return any(element not in gardee for element in valeur)
    return valeur is not None and valeur != gardee


def _non_publiee(double: Lieu, garde: Lieu, fichier: str) -> str:
    seuls = restes(double, garde)
    suite = f"Elle seule le dit, ou le dit autrement : {', '.join(seuls)}." if seuls else "Elle ne dit rien de plus."
    return f"Fiche non publiée : son lieu est celui de {fichier}, où mène son adresse. {suite}"
