"""What the loader refuses, and how it says so."""

from pathlib import Path

import pytest

from carte.nomenclature import NomenclatureInvalide, Vocabulaire, lire

ENTETE = "titre: Couleurs\nversion: '1'\nsource: Nous\n"
SERVICES = ENTETE + "valeurs:\n  - {valeur: Apprendre, libelle: Apprendre, famille: formation}\n"
FAMILLES = ENTETE + "valeurs:\n  - {valeur: formation, libelle: Formation}\n"


def _charger(dossier: Path, **textes: str) -> dict[str, Vocabulaire]:
    for nom, texte in textes.items():
        (dossier / f"{nom}.yml").write_text(texte, encoding="utf-8")
    return lire(dossier)


def test_reads_every_attribute_as_a_typed_value(tmp_path: Path) -> None:
    vocabulaires = _charger(
        tmp_path,
        services=SERVICES,
        familles=FAMILLES,
        rythmes=ENTETE
        + "valeurs:\n  - valeur: no\n    libelle: Une fois par mois\n    poids: 12/52\n    alias: [tous les mois]\n"
        + "    services: [Apprendre]\n  - {valeur: '012', libelle: Rare}\n"
        + "sans_equivalent:\n  - {valeur: jamais, raison: Personne ne passe.}\n",
    )
    rythmes = vocabulaires["rythmes"]
    mensuel = rythmes["no"]
    assert list(vocabulaires) == ["familles", "rythmes", "services"]
    assert (rythmes.titre, rythmes.version, rythmes.source) == ("Couleurs", "1", "Nous")
    assert mensuel.poids == pytest.approx(12 / 52)
    assert (mensuel.alias, mensuel.services, mensuel.famille) == (("tous les mois",), ("Apprendre",), None)
    assert rythmes["012"].poids is None
    assert rythmes.raison_sans_equivalent("Jamais") == "Personne ne passe."


def _prefixe(dossier: Path) -> str:
    """How problems name a vocabulary's folder: like `offers/nomenclature/`."""
    return f"{dossier.parent.name}/{dossier.name}/"


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        pytest.param("valeurs: [", r"essai\.yml:2:1: Une valeur est attendue ici", id="yaml-casse"),
        pytest.param(
            "- un\n- deux\n", r"essai\.yml:1:1: Le fichier contient une liste : il doit", id="liste-au-sommet"
        ),
        pytest.param("", r"essai\.yml:1:1: .* Il faut au moins titre, version, source et valeurs", id="fichier-vide"),
        pytest.param(ENTETE, r"essai\.yml:1:1: Il manque le champ « valeurs »", id="sans-valeurs"),
        pytest.param(ENTETE + "valeurs: rouge\n", r"« valeurs » attend une liste", id="valeurs-texte"),
        pytest.param(
            ENTETE + "valeurs: [rouge]\n",
            r"essai\.yml:4:11: Des lignes « champ: valeur », en retrait, sont attendues ici",
            id="valeurs-sans-bloc",
        ),
        pytest.param(
            ENTETE.replace("source: Nous\n", "") + "valeurs:\n  - {valeur: a, libelle: A}\n",
            r"essai\.yml:1:1: Il manque le champ « source »",
            id="sans-source",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - valeur: rouge\n",
            r"essai\.yml:5:5: Il manque le champ « libelle »",
            id="sans-libelle",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - libelle: Rouge\n",
            r"essai\.yml:5:5: Il manque le champ « valeur »",
            id="sans-valeur",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, nuance: b}\n",
            r"essai\.yml:5:29: « nuance » n'est pas un champ connu\. Champs possibles : valeur, libelle",
            id="cle-inconnue",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - valeur: a\n    libelle: A\n    libelle: B\n",
            r"essai\.yml:7:5: Le champ « libelle » est écrit deux fois : lignes 6 et 7",
            id="cle-double",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, alias: b}\n",
            r"essai\.yml:5:36: « alias » attend une liste",
            id="alias-texte",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: [A]}\n",
            r"essai\.yml:5:26: « libelle » attend un seul texte",
            id="libelle-liste",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A}\n  - {valeur: a, libelle: B}\n",
            r"essai\.yml:6:14: La valeur « a » est écrite deux fois",
            id="valeur-double",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, alias: [Été]}\n  - {valeur: b, libelle: B, alias: [ETE]}\n",
            r"« ETE » désigne à la fois « a » et « b »",
            id="alias-ambigu",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A}\nsans_equivalent:\n  - {valeur: A, raison: Perdue}\n",
            r"« A » est dite sans équivalent, mais désigne « a »",
            id="sans-equivalent-contredit",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, poids: souvent}\n",
            r"« poids » attend un nombre positif",
            id="poids-texte",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, poids: 1/0}\n",
            r"« poids » attend un nombre",
            id="poids-infini",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, poids: true}\n",
            r"« poids » attend un nombre",
            id="poids-vrai",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, poids: .inf}\n", r"5:36: « poids » attend", id="poids-inf"
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: true, libelle: A}\n",
            r'essai\.yml:5:14: « valeur » attend un texte : mettez la valeur entre guillemets, "true"',
            id="valeur-booleen",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: null}\n", r"5:26: « libelle » est vide", id="libelle-nul"
        ),
        pytest.param(ENTETE + "valeurs:\n  - {valeur: a, libelle: &x A, alias: [*x]}\n", r"Les ancres", id="ancre"),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, poids: 0}\n", r"« poids » attend un nombre", id="poids-nul"
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, famille: formations}\n",
            r"« a » renvoie à « formations », absent de familles\.yml\. Vouliez-vous dire « formation » \?",
            id="famille-inconnue",
        ),
        pytest.param(
            ENTETE + "valeurs:\n  - {valeur: a, libelle: A, services: [Danser]}\n",
            r"« a » renvoie à « Danser », absent de services\.yml\.$",
            id="service-inconnu",
        ),
    ],
)
def test_refuses_and_says_where(tmp_path: Path, texte: str, message: str) -> None:
    with pytest.raises(NomenclatureInvalide, match=message):
        _charger(tmp_path, essai=texte, familles=FAMILLES, services=SERVICES)


@pytest.mark.parametrize(
    ("valeur", "message"),
    [
        ("pour=danser", r"recherche\.yml:5:14: « pour=danser » renvoie à « danser », absent de besoins\.yml"),
        (
            "couleur=rouge",
            r"yml:5:14: « couleur=rouge » n'est pas un choix de la recherche : écrivez pour=…",
        ),
        ("imprimer", r"« imprimer » n'est pas un choix de la recherche"),
    ],
)
def test_a_word_of_the_search_leads_to_a_choice(tmp_path: Path, valeur: str, message: str) -> None:
    besoins = ENTETE + "valeurs:\n  - {valeur: apprendre, libelle: Apprendre, services: [Apprendre]}\n"
    recherche = ENTETE + f"valeurs:\n  - {{valeur: {valeur}, libelle: Mot}}\n"
    with pytest.raises(NomenclatureInvalide, match=message):
        _charger(tmp_path, recherche=recherche, besoins=besoins, services=SERVICES, familles=FAMILLES)


def test_says_all_the_faults_of_all_the_files_at_once(tmp_path: Path) -> None:
    sans_libelle = ENTETE + "valeurs:\n  - valeur: rouge\n  - valeur: vert\n"
    with pytest.raises(NomenclatureInvalide) as levee:
        _charger(tmp_path, un=sans_libelle, deux=sans_libelle)
    assert levee.value.message.splitlines()[1:] == [
        f"{_prefixe(tmp_path)}{place}: Il manque le champ « libelle » (ce que lisent les gens)."
        for place in ("deux.yml:5:5", "deux.yml:6:5", "un.yml:5:5", "un.yml:6:5")
    ]


def test_refuses_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "essai.yml").write_bytes("titre: Été".encode("latin-1"))
    with pytest.raises(NomenclatureInvalide, match=r"essai\.yml:1:8: Le fichier n'est pas en UTF-8"):
        lire(tmp_path)


def test_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(NomenclatureInvalide, match="Aucun vocabulaire"):
        lire(tmp_path)


def test_a_service_needs_a_family(tmp_path: Path) -> None:
    with pytest.raises(
        NomenclatureInvalide, match=r"services\.yml:5:5: Il manque « famille » à la valeur « Apprendre »"
    ):
        _charger(tmp_path, services=SERVICES.replace(", famille: formation", ""), familles=FAMILLES)


def test_a_link_needs_the_file_it_points_to(tmp_path: Path) -> None:
    with pytest.raises(NomenclatureInvalide, match=r"le fichier familles\.yml manque"):
        _charger(tmp_path, services=SERVICES)


def test_a_broken_file_brings_no_false_alarm_on_the_links_to_it(tmp_path: Path) -> None:
    with pytest.raises(NomenclatureInvalide) as levee:
        _charger(tmp_path, services="valeurs: {", referentiel_aptic=REFERENTIEL)
    assert [probleme.fichier for probleme in levee.value.problemes] == [f"{_prefixe(tmp_path)}services.yml"]


REFERENTIEL = ENTETE + "valeurs:\n  - {valeur: '1', libelle: Intitulé du hub, services: [Apprendre]}\n"


def test_takes_the_referential_of_a_hub(tmp_path: Path) -> None:
    vocabulaires = _charger(tmp_path, referentiel_aptic=REFERENTIEL, services=SERVICES, familles=FAMILLES)
    assert vocabulaires["referentiel_aptic"]["1"].services == ("Apprendre",)


@pytest.mark.parametrize("nom", ["referentiel_aptic", "besoins"])
def test_a_referential_and_the_needs_lead_to_services(tmp_path: Path, nom: str) -> None:
    texte = REFERENTIEL.replace(", services: [Apprendre]", "")
    with pytest.raises(NomenclatureInvalide, match=rf"{nom}\.yml:5:5: Il manque « services » à la valeur « 1 »"):
        _charger(tmp_path, services=SERVICES, familles=FAMILLES, **{nom: texte})


def test_a_number_keeps_the_characters_of_its_author(tmp_path: Path) -> None:
    texte = ENTETE.replace("'1'", "1.10") + "valeurs:\n  - {valeur: 012, libelle: 5.0}\n"
    (valeur,) = _charger(tmp_path, essai=texte)["essai"].valeurs
    assert (lire(tmp_path)["essai"].version, valeur.valeur, valeur.libelle) == ("1.10", "012", "5.0")


def test_a_fault_of_shape_hides_no_fault_of_coherence(tmp_path: Path) -> None:
    texte = ENTETE + "valeurs:\n  - {valeur: x}\n  - {valeur: a, libelle: A}\n  - {valeur: a, libelle: B}\n"
    with pytest.raises(NomenclatureInvalide) as levee:
        _charger(tmp_path, essai=texte)
    assert [(p.ligne, p.colonne, p.champ) for p in levee.value.problemes] == [
        (5, 5, "valeurs.0.libelle"),
        (7, 14, "valeurs.2.valeur"),
    ]


def test_the_search_holds_so_many_services(tmp_path: Path) -> None:
    valeurs = "".join(f"  - {{valeur: s{rang}, libelle: S{rang}, famille: formation}}\n" for rang in range(32))
    with pytest.raises(NomenclatureInvalide, match=r"services\.yml:36:5: Il y a 32 services : .* 31 au plus"):
        _charger(tmp_path, services=ENTETE + "valeurs:\n" + valeurs, familles=FAMILLES)


def test_a_symbolic_link_is_no_vocabulary(tmp_path: Path) -> None:
    (tmp_path / "essai.yml").symlink_to("/etc/hostname")
    with pytest.raises(NomenclatureInvalide, match=r"essai\.yml:1:1: .* c'est un lien symbolique"):
        lire(tmp_path)
