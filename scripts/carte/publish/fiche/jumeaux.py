"""Two records that may be of one place: each one's page names the other, and a person compares."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carte.records import Doute, Enregistrement


@dataclass(frozen=True, slots=True)
class Jumeau:
    """Another record that may be of the same place, and the facts that say so (« même téléphone »)."""

    identifiant: str
    nom: str
    raison: str


def jumeaux(enregistrements: "Sequence[Enregistrement]", doutes: "Sequence[Doute]") -> dict[str, list[Jumeau]]:
    """For each id that has some, its possible twins, in the order of ids."""
    noms = {e.identifiant: e.lieu.nom for e in enregistrements}
    trouves: dict[str, list[Jumeau]] = defaultdict(list)
    for doute in doutes:
        for moi, autre in ((doute.un, doute.autre), (doute.autre, doute.un)):
            trouves[moi].append(Jumeau(autre, noms[autre], doute.ressemblance.raison))
    return {moi: sorted(siens, key=lambda jumeau: jumeau.identifiant) for moi, siens in trouves.items()}
