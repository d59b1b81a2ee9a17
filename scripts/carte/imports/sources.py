"""The registry of inventories that can be imported: one line per source, one small module each."""

from carte.imports import france_services, hub_lo
from carte.imports.modele import ImportImpossible, Source

SOURCES = {
    source.code: source
    for source in (
        Source(
            code="hub-lo",
            nom=hub_lo.NOM,
            licence=hub_lo.LICENCE,
            adresse=None,  # handed over by the hub, no stable public address
            departements=hub_lo.DEPARTEMENTS,
            lire=hub_lo.lire,
            convertir=hub_lo.convertir,
            date_du_fichier=lambda nom: None,  # each row is dated
        ),
        Source(
            code="france-services",
            nom=france_services.NOM,
            licence=france_services.LICENCE,
            adresse="https://www.data.gouv.fr/fr/datasets/liste-des-structures-france-services/",
            departements=None,
            lire=france_services.lire,
            convertir=france_services.convertir,
            date_du_fichier=france_services.date_du_fichier,
        ),
    )
}


def trouver(code: str) -> Source:
    """The source of that code. Raises ImportImpossible with the codes that exist."""
    if code not in SOURCES:
        raise ImportImpossible(f"Source inconnue « {code} ». Sources possibles : {', '.join(sorted(SOURCES))}.")
    return SOURCES[code]
