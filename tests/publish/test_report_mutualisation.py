"""3° of the decree: what is shared, who with, what could be, and how much nobody said."""

from typing import Any

from carte.picture import Picture
from carte.publish.report.blocs import Texte
from carte.publish.report.mutualisation import chapitre
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Tableau
from carte.records.modele import Enregistrement, Permanence
from publish import monde_rapport

# 0.001° of latitude is 111 m: these places are away from the point of their commune, and from one another.
_POSTE, _CAISSE, _VOISINE = 46.01, 46.02, 46.0209


def _lieu(slug: str, lat: float | None, **champs: Any) -> Enregistrement:
    """Each with its own name and telephone: none may be taken for another."""
    telephone = f"+3354900{sum(map(ord, slug)):04d}"
    return monde_rapport.place(slug, lat, **{"nom": f"{slug} d’Alpha", "telephone": telephone, **champs})


def _tableaux(picture: Picture) -> dict[str, Tableau]:
    return {bloc.identifiant: bloc for bloc in chapitre(Sujet(picture, "99")).blocs if isinstance(bloc, Tableau)}


def _textes(picture: Picture) -> str:
    return " ".join(b.texte for b in chapitre(Sujet(picture, "99")).blocs if isinstance(b, Texte)).replace(
        "\u00a0", " "
    )


def _rangees(tableau: Tableau) -> list[list[str]]:
    return [[r.titre, *(" / ".join(filter(None, (c.texte, c.detail))) for c in r.cellules)] for r in tableau.rangees]


def _permanence(operateur: str) -> Permanence:
    return Permanence(operateur=operateur, horaires="Mo 09:00-12:00")


def test_two_operators_of_one_commune_are_an_opportunity_with_their_distance() -> None:
    image = monde_rapport.picture(
        _lieu("poste", _POSTE, nom="Poste", typologie=["LA_POSTE"]),
        _lieu("caf", _CAISSE, nom="Caisse", typologie=["CAF"]),
        _lieu("loin", 46.11, nom="Ailleurs", typologie=["MSA"], code_insee="99002", commune="Béta-sur-Lône"),
    )
    (rangee,) = _rangees(_tableaux(image)["tableau-rapprochements"])
    assert [mot.replace("\u00a0", " ") for mot in rangee] == [
        "Alpha", "CAF, La Poste", "1 / dont 1 entre opérateurs", "Caisse (CAF) / Poste (La Poste)", "1,1 km",
    ]  # fmt: skip
    ligne = image.indicateurs.listes["rapprochements"].iloc[0]
    assert (ligne["lieu_a"], ligne["lieu_b"], ligne["lieux_a"]) == ("99/caf", "99/poste", 1)
    assert abs(ligne["distance_m"] - 1112) < 3


def test_what_is_together_is_no_opportunity_and_says_with_whom() -> None:
    """A permanence in the other's place, then neighbours within the radius of O9: both are shared already."""
    image = monde_rapport.picture(
        _lieu("poste", _POSTE, typologie=["LA_POSTE"], permanences=[_permanence("Caf")]),
        _lieu("caf", _CAISSE, typologie=["CAF"]),
        _lieu("msa", _VOISINE, typologie=["MSA"]),
    )
    tableaux = _tableaux(image)
    assert [r[:3] for r in _rangees(tableaux["tableau-partages"])] == [
        ["CAF et La Poste", "1", "Alpha"],
        ["CAF et MSA", "1", "Alpha"],
    ]
    assert [r[0:2] for r in _rangees(tableaux["tableau-rapprochements"])] == [["Alpha", "La Poste, MSA"]]
    assert {r[1] for r in _rangees(tableaux["tableau-mutualisation"])} == {"proximité", "plusieurs réseaux"}


def test_an_unknown_place_is_an_unknown_distance_and_comes_last() -> None:
    image = monde_rapport.picture(
        _lieu("poste", None, typologie=["LA_POSTE"]),
        _lieu("caf", _CAISSE, typologie=["CAF"]),
        _lieu("b1", 46.11, typologie=["MSA"], code_insee="99002", commune="Béta-sur-Lône"),
        _lieu("b2", 46.12, typologie=["FT"], code_insee="99002", commune="Béta-sur-Lône"),
    )
    rangees = _rangees(_tableaux(image)["tableau-rapprochements"])
    assert [(r[0], r[-1].replace("\u00a0", " ")) for r in rangees] == [
        ("Béta-sur-Lône", "1,1 km"),
        ("Alpha", "inconnu"),
    ]


def test_a_silence_is_counted_and_never_says_nothing_is_shared() -> None:
    image = monde_rapport.picture(_lieu("un", 46.0), _lieu("deux", 46.1, permanences=[]), _lieu("trois", 46.2))
    textes = _textes(image)
    assert "3 fiches sur 3 ne nomment aucun réseau ; sur 3 fiches, 2 ne disent pas quelles permanences" in textes
    assert "Aucune fiche ne fait voir de lieu partagé." in textes
    assert "un silence n’y vaut jamais « rien n’est partagé »" in textes
    assert not _tableaux(image)


def test_two_programmes_alone_are_no_opportunity() -> None:
    image = monde_rapport.picture(
        _lieu("un", _POSTE, dispositif_programmes_nationaux=["Aidants Connect"]),
        _lieu("deux", _CAISSE, dispositif_programmes_nationaux=["Conseillers numériques"]),
    )
    assert image.indicateurs.listes["rapprochements"].empty
    assert set(image.indicateurs.listes["presences"]["nature"]) == {"partenaire"}
