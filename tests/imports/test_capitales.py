"""Words in capitals: names of registers become readable, acronyms and brands stay."""

import pytest

from carte.imports.capitales import phrase_sans_capitales, sans_capitales


@pytest.mark.parametrize(
    ("brut", "commune", "lisible"),
    [
        ("MISSION LOCALE DE L'ARRONDISSEMENT D'ISSOUDUN", "Issoudun", "Mission Locale de l'Arrondissement d'Issoudun"),
        ("ASS POINCONNOISE PROMO ECONO", "Le Poinçonnet", "Association Poinconnoise Promo Econo"),
        ("COMMUNE DE LA CHATRE", "La Châtre", "Commune de La Châtre"),
        ("BIBLIOTHEQUE LURY SUR ARNON", "Lury-sur-Arnon", "Bibliothèque Lury-sur-Arnon"),
        ("BIBLIOTHEQUE DES GIBJONCS - Cyber-Base", "Bourges", "Bibliothèque des Gibjoncs - Cyber-Base"),
        ("MSAP PREUILLY-SUR-CLAISE", "Preuilly-sur-Claise", "MSAP Preuilly-sur-Claise"),
        ("12 RUE DE LA GARE", "", "12 Rue de la Gare"),
        ("INFREP", "Le Blanc", "INFREP"),
        ("La Rur@linette", "Châteauroux", "La Rur@linette"),
        ("HUB 36 Coworking", "Châteauroux", "HUB 36 Coworking"),
        ("France services La Poste de Bélâbre", "Bélâbre", "France services La Poste de Bélâbre"),
    ],
)
def test_un_nom_de_registre_se_lit(brut: str, commune: str, lisible: str) -> None:
    assert sans_capitales(brut, commune) == lisible
    assert sans_capitales(lisible, commune) == lisible


def test_une_phrase_garde_ses_majuscules() -> None:
    assert phrase_sans_capitales("DERNIER JOUR DU MOIS Ségry") == "Dernier jour du mois Ségry"
    assert phrase_sans_capitales("Le CCAS reçoit au 1er étage") == "Le CCAS reçoit au 1er étage"
