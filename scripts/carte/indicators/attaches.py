"""What a record says of its address, networks, labels, equipment and closures, as columns of the `offre` frame.

`commune` and `adresse` (text or None), `source` (who gathered the record), `reseaux` (tuple: networks of any kind,
one name each, those of `presences`), `labels_connus` (bool: the record has the field, even empty), `labels_actuels`,
`labels_fin_inconnue` (the part of them whose end is not said), `labels_anciens` (tuples of names), `numeros_labels`
(tuple of texts), `presences` (tuple of `reseaux.Presence`: who is there, an operator under one name), `postes`
(computers for the public, NaN when unknown), `fermeture` (`dires.Nature` of the closure that the reference date is
part of, None when open), `fermeture_jours` (its length in days, infinite when it has no end, 0 when open). Labels are
dated facts: all is said at the reference date. `doute`: what the records that may be of one place share (None: nobody
doubts), which `construire_offre` gives, as it takes all of them to say.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from carte.indicators.reseaux import Presence, presences
from carte.nomenclature import Vocabulaire
from carte.records import Lieu, dires

ATTACHES: Mapping[str, object] = MappingProxyType(
    {
        "commune": None,
        "adresse": None,
        "source": None,
        "reseaux": (),
        "labels_connus": False,
        "labels_actuels": (),
        "labels_fin_inconnue": (),
        "labels_anciens": (),
        "numeros_labels": (),
        "presences": (),
        "postes": np.nan,
        "fermeture": None,
        "fermeture_jours": 0.0,
        "doute": None,
    }
)
"""Columns, with what they hold when nothing is known."""
SUCCESSEURS = MappingProxyType({"Maison de services au public": "France services"})
"""A network that another replaced is one network with it: nothing is shared between the two."""


def attaches(lieu: Lieu, vocabulaires: Mapping[str, Vocabulaire], today: date) -> dict[str, Any]:
    """The columns of ATTACHES for one record (but `doute`), labels being judged at a reference date.

    A label without end is in force, and also listed as such.
    """
    labels = dires.labels(lieu, today, vocabulaires["labels"])
    noms = {label.nom for label in labels.en_cours}
    anciens = {label.nom for label in labels.finis} - noms
    postes = lieu.equipements.postes if lieu.equipements else None
    fermeture = dires.fermeture_du_jour(lieu, today)
    trouvees = presences(lieu, noms, anciens, vocabulaires)
    return {
        "commune": lieu.commune,
        "adresse": lieu.adresse,
        "source": lieu.source,
        "reseaux": _reseaux(trouvees),
        "labels_connus": lieu.labels is not None,
        "labels_actuels": tuple(sorted(noms)),
        "labels_fin_inconnue": tuple(sorted({label.nom for label in labels.en_cours if label.jusqua is None})),
        "labels_anciens": tuple(sorted(anciens)),
        "numeros_labels": tuple(sorted({label.numero for label in lieu.labels or () if label.numero})),
        "presences": trouvees,
        "postes": np.nan if postes is None else float(postes),
        "fermeture": fermeture.nature.value if fermeture else None,
        "fermeture_jours": fermeture.jours if fermeture else 0.0,
    }


def _reseaux(trouvees: Iterable[Presence]) -> tuple[str, ...]:
    """Everyone who is there, by any of the fields that say it (type, label, programme, permanence): one network, one
    name."""
    return tuple(sorted({SUCCESSEURS.get(presence.reseau, presence.reseau) for presence in trouvees}))


def completer(offre: pd.DataFrame) -> pd.DataFrame:
    """Give an offer the columns of ATTACHES that it lacks (made by hand, or of another origin), as unknown."""
    manquantes = {nom: [defaut] * len(offre) for nom, defaut in ATTACHES.items() if nom not in offre}
    return offre.assign(**{nom: pd.Series(valeurs, offre.index) for nom, valeurs in manquantes.items()})
