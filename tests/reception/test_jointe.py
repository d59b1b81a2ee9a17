"""A record that comes without what the form says around it: its name and the hub's records say which one it is."""

from pathlib import Path

import pytest

from carte import records
from carte.reception.bloc import empreinte
from carte.reception.fusion import Fusion, fusionner
from carte.reception.modele import Courrier, Proposition, ReceptionRefusee, Recue, Sort
from carte.reception.propositions import Lecteur, propositions
from carte.reception.recevoir import Demande, recevoir
from reception.courriels import lieu_de
from records.monde import BONNE, PetiteGeographie, contexte, ecrire

SANS_CODE = BONNE.replace('code_insee: "36001"\n', "")
DEUX = ("36", "37")
ICI, LA = "36/mediatheque", "37/mediatheque"


def lue(texte: str, connus: tuple[str, ...], departements: tuple[str, ...] = DEUX) -> Proposition | ReceptionRefusee:
    courrier = Courrier("m.eml", jointes=(("mediatheque.yml", texte.encode()),))
    (proposition,) = propositions(courrier, Lecteur(contexte(), departements, connus))
    return proposition


@pytest.mark.parametrize(
    ("texte", "connus", "departements", "identifiant"),
    [
        (SANS_CODE, (LA, "36/autre"), DEUX, LA),
        (SANS_CODE, (), ("36",), ICI),
        (BONNE, (LA,), DEUX, ICI),
        (SANS_CODE.replace("nom: Médiathèque\n", ""), (LA,), DEUX, LA),
    ],
)
def test_the_departement_of_a_file(
    texte: str, connus: tuple[str, ...], departements: tuple[str, ...], identifiant: str
) -> None:
    """Its commune's, else that of the only record of this name, else the only one of the hub."""
    proposition = lue(texte, connus, departements)
    assert isinstance(proposition, Proposition)
    assert proposition.identifiant == identifiant


@pytest.mark.parametrize("connus", [(), (ICI, LA)])
def test_a_file_that_may_be_of_two_departements_is_of_neither(connus: tuple[str, ...]) -> None:
    refus = lue(SANS_CODE, connus)
    assert isinstance(refus, ReceptionRefusee)
    assert "ne dit pas son département" in refus.message
    refus = lue(SANS_CODE.replace("nom: Médiathèque\n", ""), connus)
    assert isinstance(refus, ReceptionRefusee)
    assert "à corriger d'abord" in refus.message
    assert [probleme.champ for probleme in refus.problemes if records.bloque([probleme])] == ["nom"]


def recue(dossier: Path, texte: str) -> Recue:
    """What becomes of a file named as the only record of the folder."""
    demande = Demande(ecrire(dossier, {f"{ICI}.yml": BONNE}), contexte(), PetiteGeographie(), DEUX)
    (sort,) = recevoir([Courrier("m.eml", jointes=(("mediatheque.yml", texte.encode()),))], demande)
    return sort


def test_a_file_of_the_same_name_is_another_place_when_it_says_so(tmp_path: Path) -> None:
    """A library of another commune is added; this one's is compared; what cannot be read is neither."""
    ailleurs = BONNE.replace("Valbourg", "Saint-Égide").replace("36001", "36002").replace("1 place", "7 rue")
    ajoutee = recue(tmp_path, ailleurs)
    assert (ajoutee.sort, ajoutee.identifiant) == (Sort.AJOUTEE, f"{ICI}-saint-egide")
    conflit = recue(tmp_path, BONNE + "horaires: Mo 10:00-12:00\n")
    assert (conflit.sort, conflit.identifiant) == (Sort.REFUSEE, ICI)
    assert [champ.nom for champ in conflit.conflits] == ["horaires"]
    illisible = recue(tmp_path, BONNE.replace("nom: Médiathèque\n", ""))
    assert (illisible.sort, illisible.raison) == (Sort.REFUSEE, "La fiche de ce message est à corriger.")


@pytest.mark.parametrize(
    ("change", "champs"),
    [
        ({"1 place": "7 rue"}, ["adresse"]),
        ({"1 place": "7 rue", "nom: Médiathèque": "nom: Espace Camille"}, ["nom", "adresse"]),
    ],
)
def test_a_file_of_the_same_name_in_the_same_commune_corrects_the_record(
    tmp_path: Path, change: dict[str, str], champs: list[str]
) -> None:
    """A record without telephone nor point that moves looks like nothing it was: it is no second place for that."""
    texte = BONNE
    for avant, apres in change.items():
        assert avant in texte
        texte = texte.replace(avant, apres)
    conflit = recue(tmp_path, texte)
    assert (conflit.sort, conflit.identifiant) == (Sort.REFUSEE, ICI)
    assert [champ.nom for champ in conflit.conflits] == champs
    assert "donnez un autre nom au fichier" in conflit.raison


def test_a_record_of_a_former_commune_is_seen_in_that_of_today() -> None:
    """The form only knows the present code: who does not speak of it changes nothing, who does has seen this one."""
    ici = lieu_de(BONNE.replace("36001", "36901").encode())
    vue, geographie = ici.model_copy(update={"code_insee": "36002"}), PetiteGeographie()
    assert fusionner(ici, vue, None, geographie) == Fusion(ici)
    appel = {"telephone": "+33199000001"}
    vus = {"telephone": empreinte(records.champ_entier("telephone", None))}
    assert fusionner(ici, vue.model_copy(update=appel), vus, geographie) == Fusion(ici.model_copy(update=appel))
    ailleurs = {"code_insee": "36003"}
    vus = {"code_insee": empreinte(records.champ_entier("code_insee", "36002"))}
    assert fusionner(ici, vue.model_copy(update=ailleurs), vus, geographie) == Fusion(ici.model_copy(update=ailleurs))
