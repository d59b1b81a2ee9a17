"""Rows that are of a place already described: which are put into its record, and which doubts a person settles.

How alike two places are is the rule of records. Only places of two different sources are put together, and only when
each is the only one that the other can be: the order of imports then changes nothing but the id.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from carte.imports.atelier import Atelier
from carte.imports.bilan import Suite
from carte.imports.fusionner import identifiants
from carte.imports.modele import Conversion, Nature, Remarque
from carte.records.modele import Enregistrement, Lieu
from carte.records.rules import gestes
from carte.records.rules.doublons import Doute, Repertoire, doutes
from carte.records.rules.ressemblance import Issue, traits

Reunions = Mapping[str, tuple[str, str]]
"""Row id → the record that it goes to, and why."""


def memes_lieux(atelier: Atelier, conversions: Sequence[Conversion]) -> Reunions:
    """The rows seen for the first time that are surely of a record's place, one row for one record."""
    nouvelles = [
        (conversion.identifiant, conversion.lieu)
        for conversion in conversions
        if conversion.lieu is not None
        and atelier.fiche_de(conversion.identifiant) is None
        and atelier.illisible_de(conversion.identifiant) is None
    ]
    if not nouvelles:
        return {}
    repertoire = Repertoire({fiche: traits(lieu) for fiche, lieu in atelier.lieux.items()})
    trouvees = {identifiant: dict(_sures(atelier, repertoire, lieu)) for identifiant, lieu in nouvelles}
    demandes = Counter(fiche for fiches in trouvees.values() for fiche in fiches)
    seules = {ligne: next(iter(fiches.items())) for ligne, fiches in trouvees.items() if len(fiches) == 1}
    return {ligne: trouvee for ligne, trouvee in seules.items() if demandes[trouvee[0]] == 1}


def _sures(atelier: Atelier, repertoire: Repertoire, lieu: Lieu) -> Iterator[tuple[str, str]]:
    for proche, ressemblance in repertoire.proches("", traits(lieu)):
        fiche = atelier.lieux[proche].doublon_de or proche
        if ressemblance.issue is not Issue.MEME or fiche not in atelier.lieux or _meme_source(atelier, fiche):
            continue
        # Two records to complete stay apart: nothing of them is published, whoever completes one sees the other.
        if lieu.services or atelier.lieux[fiche].services:
            yield fiche, ressemblance.raison


def _meme_source(atelier: Atelier, fiche: str) -> bool:
    """Whether a row of this source is already in that record: two rows of one source are never merged."""
    prefixe = f"{atelier.source.code}:"
    return any(identifiant.startswith(prefixe) for identifiant in identifiants(atelier.lieux[fiche]))


def avec_doutes(atelier: Atelier, suites: Sequence[Suite]) -> list[Suite]:
    """The rows with the doubts about their records, each pair once, and the lines that settle it."""
    par_fiche: dict[str, list[Doute]] = {}
    for doute in doutes([Enregistrement(fiche, f"{fiche}.yml", lieu) for fiche, lieu in atelier.lieux.items()]):
        par_fiche.setdefault(doute.un, []).append(doute)
        par_fiche.setdefault(doute.autre, []).append(doute)
    dites: set[tuple[str, str]] = set()
    rendues = []
    for suite in reversed(suites):
        fiche = suite.fiche or ""
        siennes = [d for d in par_fiche.get(fiche, ()) if (d.un, d.autre) not in dites]
        dites |= {(doute.un, doute.autre) for doute in siennes}
        remarques = tuple(_remarque(doute, fiche, atelier.lieux[fiche]) for doute in siennes)
        rendues.append(replace(suite, remarques=(*remarques, *suite.remarques)) if remarques else suite)
    return rendues[::-1]


def _remarque(doute: Doute, fiche: str, lieu: Lieu) -> Remarque:
    autre = doute.autre if fiche == doute.un else doute.un
    distinct = gestes.ligne_distinct(lieu, autre)
    message = (
        f"Peut-être le même lieu que {autre} ({doute.ressemblance.raison} ; {doute.ressemblance.score} sur 100). "
        f"S'il l'est, ajoutez à {fiche} « {gestes.ligne_doublon(autre)} » ; sinon « {distinct} »."
    )
    return Remarque(Nature.DOUBLON, "nom", autre, message)
