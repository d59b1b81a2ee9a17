"""Networks of operators (CAF, CPAM, France services…), and what one record says of their presence in its place."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from carte.ecrits.texte import replier
from carte.nomenclature import Vocabulaire
from carte.records import Lieu

ACCUEIL, RELAIS, PERMANENCE, ARRET, PARTENAIRE = "accueil", "relais", "permanence", "arrêt", "partenaire"
"""A place of the network itself; a host that it labels; hours that it keeps at a host's; a stop of its tour; and a
label or a programme that is no operator's."""


@dataclass(frozen=True, slots=True)
class Reseau:
    """An operator, and how records name it: codes of the typologies, labels and programmes; its own place, or a relay;
    `ecrits`: words, folded, that name it in the free text of a permanence."""

    nom: str
    ecrits: tuple[str, ...]
    typologies: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    dispositifs: tuple[str, ...] = ()
    labels_relais: tuple[str, ...] = ()
    dispositifs_relais: tuple[str, ...] = ()


RESEAUX = (
    Reseau(
        "CAF",
        ("caf", "allocations familiales"),
        typologies=("CAF",),
        labels_relais=("Point numérique CAF", "Point relais CAF"),
        dispositifs_relais=("Point d'accès numérique CAF",),
    ),
    Reseau("CPAM", ("cpam", "cgss", "assurance maladie"), typologies=("CPAM",)),
    Reseau("CARSAT", ("carsat", "cnav", "assurance retraite")),
    Reseau("MSA", ("msa", "mutualite sociale agricole"), typologies=("MSA",)),
    Reseau(
        "France Travail",
        ("france travail", "pole emploi"),
        typologies=("FT",),
        labels_relais=("Relais France Travail",),
    ),
    Reseau("Cap emploi", ("cap emploi",), typologies=("CAP_EMPLOI",)),
    Reseau("Missions locales", ("mission locale", "missions locales"), typologies=("ML",)),
    Reseau("La Poste", ("la poste", "agence postale", "bureau de poste"), typologies=("LA_POSTE",)),
    Reseau("Finances publiques", ("dgfip", "ddfip", "finances publiques", "impots", "tresorerie"), typologies=("CFP",)),
    Reseau(
        "France services",
        ("france services",),
        typologies=("RFS",),
        labels=("France services",),
        dispositifs=("France Services",),
    ),
    Reseau("PIMMS Médiation", ("pimms",), typologies=("PIMMS",), labels=("PIMMS Médiation",)),
    Reseau("MDPH", ("mdph", "maison departementale des personnes handicapees"), typologies=("MDPH",)),
)
"""The operators whose presence a département follows, in the order of the report."""


class Presence(NamedTuple):
    """One network in one place. `operateur`: it may give its opinion as a body; `horaires` of a permanence only: those
    of the other natures are the place's."""

    reseau: str
    operateur: bool
    nature: str
    horaires: str | None = None


def presences(
    lieu: Lieu, en_cours: Collection[str], finis: Collection[str], vocabulaires: Mapping[str, Vocabulaire]
) -> tuple[Presence, ...]:
    """What a record says, each fact once. `en_cours`, `finis`: its labels at the reference date.

    A type of place does not outlive the label of its network: a France services that lost it is none.
    """
    trouvees = [*_du_lieu(lieu, en_cours, finis), *_permanences(lieu), *_partenaires(lieu, en_cours, vocabulaires)]
    return tuple(dict.fromkeys(trouvees))


def nommes(texte: str) -> list[str]:
    """The operators that a free text names (« CAF et CPAM de l'Indre »); the text itself when it names none of them."""
    mots = f" {replier(texte)} "
    connus = [r.nom for r in RESEAUX if any(f" {ecrit} " in mots for ecrit in r.ecrits)]
    return connus or [texte.strip()]


def _du_lieu(lieu: Lieu, en_cours: Collection[str], finis: Collection[str]) -> Iterator[Presence]:
    types, programmes = set(lieu.typologie or ()), set(lieu.dispositif_programmes_nationaux or ())
    for reseau in RESEAUX:
        perdu = bool(set(reseau.labels) & set(finis)) and not set(reseau.labels) & set(en_cours)
        dit = types & set(reseau.typologies) or programmes & set(reseau.dispositifs)
        if set(reseau.labels) & set(en_cours) or (dit and not perdu):
            yield Presence(reseau.nom, True, ACCUEIL)
        elif set(reseau.labels_relais) & set(en_cours) or programmes & set(reseau.dispositifs_relais):
            yield Presence(reseau.nom, True, RELAIS)


def _permanences(lieu: Lieu) -> Iterator[Presence]:
    for tenue in lieu.permanences or ():
        for nom in nommes(tenue.operateur):
            yield Presence(nom, True, PERMANENCE, tenue.horaires)


def _partenaires(lieu: Lieu, en_cours: Collection[str], vocabulaires: Mapping[str, Vocabulaire]) -> Iterator[Presence]:
    """Labels and programmes of no operator; the same one is named once, whichever field says it."""
    dits = {
        "labels": ([n for n in en_cours if n not in _LABELS], vocabulaires["labels"]),
        "dispositifs": (
            [n for n in lieu.dispositif_programmes_nationaux or () if n not in _DISPOSITIFS],
            vocabulaires["dispositifs"],
        ),
    }
    libelles = {
        replier(libelle): libelle
        for noms, vocabulaire in dits.values()
        for nom in sorted(noms)
        if nom not in CERTIFICATIONS
        for libelle in [vocabulaire.libelle(nom)]
    }
    yield from (Presence(libelle, False, PARTENAIRE) for libelle in libelles.values())


CERTIFICATIONS = frozenset({"Qualiopi", "Certification PIX"})
"""Values of the vocabularies that say what a place can do, not with whom: no network."""
_LABELS = frozenset(nom for r in RESEAUX for nom in (*r.labels, *r.labels_relais))
_DISPOSITIFS = frozenset(nom for r in RESEAUX for nom in (*r.dispositifs, *r.dispositifs_relais))
