"""From a file to records on disk: ids, merges, hand-made changes, the listing."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from carte import ecriture, nomenclature
from carte.imports import atelier, empreintes
from carte.imports.bilan import Bilan, Sort, bilan_en_texte
from carte.imports.importer import importer
from carte.imports.modele import ImportImpossible, Nature
from carte.records import Contexte, Lieu, lire
from imports.monde import FausseGeographie, fichier_fs, fichier_hub, ligne_fs, ligne_hub

BUREAU: Mapping[str, object] = {"gid": 20, "c_nom": "Le Bureau", "c_adresse": "9 rue Haute", "c_telephone": ""}


@dataclass
class Chantier:
    """A folder of records being filled by imports."""

    dossier: Path
    contexte: Contexte

    @property
    def offres(self) -> Path:
        return self.dossier / "offers"

    def importer(
        self, source: str, octets: bytes, journal: str = "liste.json", voisines: frozenset[str] = frozenset()
    ) -> Bilan:
        fichier = self.dossier / "source-20240801"
        fichier.write_bytes(octets)
        listing = self.dossier / "imports" / journal
        geographie = FausseGeographie()
        return importer(source, fichier, ["36"], geographie, self.offres, self.contexte, listing, voisines=voisines)

    def hub(self, *lignes: dict[str, object], journal: str = "liste.json") -> Bilan:
        return self.importer("hub-lo", fichier_hub(*lignes), journal)

    def fs(self, *lignes: dict[str, str]) -> Bilan:
        return self.importer("france-services", fichier_fs(*lignes))

    def lieux(self) -> dict[str, Lieu]:
        chargement = lire(self.offres, self.contexte)
        assert [p for p in chargement.problemes if p.gravite == "bloquant"] == []
        return {e.identifiant: e.lieu for e in chargement.enregistrements}

    def octets(self) -> dict[str, bytes]:
        return {str(c): c.read_bytes() for c in self.offres.rglob("*.yml")}


@pytest.fixture
def chantier(tmp_path: Path, racine: Path) -> Chantier:
    (tmp_path / "offers").mkdir()
    vocabulaires = nomenclature.lire(racine / "offers" / "nomenclature")
    return Chantier(tmp_path, Contexte(date(2026, 11, 2), vocabulaires, FausseGeographie()))


def test_chaque_ligne_a_un_sort(chantier: Chantier) -> None:
    bilan = chantier.hub(
        ligne_hub(),
        ligne_hub(gid=2, c_city="Les Essarts", c_lat_coor1=46.0, c_long_coor1=5.0),
        ligne_hub(gid=3, c_city="Les Essarts", c_lat_coor1="", c_long_coor1=""),
        ligne_hub(gid=4, c_materiel_info="non"),
        ligne_hub(gid=5, c_city="Nulle-Part", c_lat_coor1="", c_long_coor1=""),
    )
    assert [s.sort for s in bilan.suites] == [
        Sort.ECRITE,
        Sort.HORS_PERIMETRE,
        Sort.REFUSEE,
        Sort.A_COMPLETER,
        Sort.REFUSEE,
    ]
    assert bilan.lues == sum(bilan.nombre(sort) for sort in Sort)
    assert list(chantier.lieux()) == ["36/espace-des-tilleuls-valbourg"]


def test_a_record_to_complete_lives_until_somebody_completes_it(chantier: Chantier) -> None:
    """Imported again: no twin; its row says more: a full record; completed by hand: left to whoever did."""
    vide = {"c_materiel_info": "non", "c_accompagnement_personnel": "oui"}
    (suite,) = chantier.hub(ligne_hub(**vide)).suites
    fichier = chantier.dossier / "offers" / f"{suite.fiche}.yml"
    assert "a_completer: true" in fichier.read_text(encoding="utf-8")
    assert chantier.lieux() == {}
    assert [s.sort for s in chantier.hub(ligne_hub(**vide)).suites] == [Sort.INCHANGEE]
    assert [s.sort for s in chantier.hub(ligne_hub()).suites] == [Sort.ECRITE]
    assert list(chantier.lieux()) == [suite.fiche]
    assert "a_completer" not in fichier.read_text(encoding="utf-8")
    chantier.hub(ligne_hub(**vide))
    texte = fichier.read_text(encoding="utf-8").replace("a_completer: true\n", "")
    fichier.write_text(
        texte.replace("services: []", "services:\n  - Loisirs et créations numériques"), encoding="utf-8"
    )
    assert [s.sort for s in chantier.hub(ligne_hub()).suites] == [Sort.NON_REMPLACEE]
    assert chantier.lieux()[str(suite.fiche)].services == ["Loisirs et créations numériques"]


def test_a_record_to_complete_is_completed_by_another_source(chantier: Chantier) -> None:
    chantier.hub(ligne_hub(c_materiel_info="non"))
    (suite,) = chantier.fs(ligne_fs()).suites
    assert suite.sort is Sort.FUSIONNEE
    assert chantier.lieux()[str(suite.fiche)].services == ["Aide aux démarches administratives"]


def test_une_commune_d_un_autre_departement_est_hors_perimetre(chantier: Chantier) -> None:
    bilan = chantier.fs(
        ligne_fs(insee_com="18902", insee_dep="18", lib_com="Port-Neuf", latitude="46.0", longitude="5.5")
    )
    assert [s.sort for s in bilan.suites] == [Sort.HORS_PERIMETRE]
    assert chantier.lieux() == {}


def test_un_lieu_d_une_commune_voisine_est_pris_et_compte_a_part(chantier: Chantier) -> None:
    ligne = ligne_fs(insee_com="18902", insee_dep="18", lib_com="Port-Neuf", latitude="46.0", longitude="5.5")
    bilan = chantier.importer(
        "france-services", fichier_fs(ligne_fs(), ligne | {"id_fs": "777"}), voisines=frozenset({"18902"})
    )
    assert [s.sort for s in bilan.suites] == [Sort.ECRITE, Sort.ECRITE]
    assert bilan.au_dela == 1
    assert {identifiant.split("/")[0] for identifiant in chantier.lieux()} == {"18", "36"}
    assert "dont 1 dans les communes voisines" in bilan_en_texte(bilan)


def test_deux_sources_sur_un_lieu_font_une_fiche(chantier: Chantier) -> None:
    chantier.fs(ligne_fs())
    bilan = chantier.hub(ligne_hub(c_formation="oui", c_acces_pmr="oui"))
    assert [s.sort for s in bilan.suites] == [Sort.FUSIONNEE]
    (lieu,) = chantier.lieux().values()
    assert lieu.nom == "France services de Valbourg"
    assert lieu.services == [
        "Aide aux démarches administratives",
        "Accès internet et matériel informatique",
        "Maîtrise des outils numériques du quotidien",
    ]
    assert lieu.provenance is not None
    assert lieu.provenance["nom"].identifiant == "france-services:31"
    assert lieu.provenance["services"].identifiant == "hub-lo:7"
    assert lieu.provenance["accessibilite"].date == date(2021, 3, 4)
    assert lieu.source.startswith("ANCT")
    perdues = {r.champ: r.valeur for _, r in bilan.remarques(Nature.FUSION)}
    assert perdues["nom"] == "Espace des Tilleuls"


def test_l_ordre_des_imports_ne_change_que_l_identifiant(chantier: Chantier, tmp_path: Path) -> None:
    autre = Chantier(tmp_path / "autre", chantier.contexte)
    autre.offres.mkdir(parents=True)
    chantier.fs(ligne_fs())
    chantier.hub(ligne_hub())
    autre.hub(ligne_hub())
    autre.fs(ligne_fs())
    (un,), (deux,) = chantier.lieux().items(), autre.lieux().items()
    assert (un[0], deux[0]) == ("36/france-services-de-valbourg", "36/espace-des-tilleuls-valbourg")
    assert un[1] == deux[1]


def test_un_doute_ecrit_les_deux_et_le_dit(chantier: Chantier) -> None:
    chantier.fs(ligne_fs(telephone="02 99 55 66 77"))
    bilan = chantier.hub(ligne_hub())
    assert len(chantier.lieux()) == 2
    ((_, remarque),) = bilan.remarques(Nature.DOUBLON)
    assert remarque.message == (
        "Peut-être le même lieu que 36/france-services-de-valbourg (même adresse ; 52 sur 100). "
        "S'il l'est, ajoutez à 36/espace-des-tilleuls-valbourg « doublon_de: 36/france-services-de-valbourg » ; "
        "sinon « distinct_de: [36/france-services-de-valbourg] »."
    )


def test_two_rows_that_claim_one_record_are_doubts_whatever_the_order(chantier: Chantier, tmp_path: Path) -> None:
    autre = Chantier(tmp_path / "autre", chantier.contexte)
    autre.offres.mkdir(parents=True)
    deux = ligne_hub(), ligne_hub(gid=8)
    chantier.fs(ligne_fs())
    autre.hub(*deux)
    bilans = chantier.hub(*deux), autre.fs(ligne_fs())
    assert [b.nombre(Sort.FUSIONNEE) for b in bilans] == [0, 0]
    assert chantier.lieux() == autre.lieux()
    assert all(len(b.remarques(Nature.DOUBLON)) >= 2 for b in bilans)


def test_a_row_of_a_double_goes_to_the_place_that_is_kept(chantier: Chantier) -> None:
    chantier.fs(ligne_fs(), ligne_fs(id_fs="99"))
    garde, double = sorted(chantier.lieux())
    fichier = chantier.offres / f"{double}.yml"
    fichier.write_text(fichier.read_text(encoding="utf-8") + f"doublon_de: {garde}\n", encoding="utf-8")
    main = fichier.read_bytes()
    (suite,) = chantier.hub(ligne_hub()).suites
    assert (suite.sort, suite.fiche) == (Sort.FUSIONNEE, garde)
    assert [s.sort for s in chantier.fs(ligne_fs(), ligne_fs(id_fs="99")).suites] == [Sort.INCHANGEE] * 2
    assert fichier.read_bytes() == main


def test_deux_lignes_d_une_source_ne_sont_jamais_reunies(chantier: Chantier) -> None:
    bilan = chantier.hub(ligne_hub(), ligne_hub(gid=8))
    assert list(chantier.lieux()) == ["36/espace-des-tilleuls-valbourg", "36/espace-des-tilleuls-valbourg-hub-lo-8"]
    assert len(bilan.remarques(Nature.DOUBLON)) == 1


def test_reimporter_ne_change_rien(chantier: Chantier) -> None:
    def tout() -> None:
        chantier.fs(ligne_fs())
        chantier.hub(ligne_hub(), ligne_hub(**BUREAU), ligne_hub(gid=21, c_nom="Le Bureau"))

    tout()
    avant = chantier.octets()
    tout()
    assert chantier.octets() == avant


def test_une_ligne_qui_change_de_nom_garde_sa_fiche(chantier: Chantier) -> None:
    chantier.hub(ligne_hub())
    bilan = chantier.hub(ligne_hub(c_nom="Espace des Chênes"))
    assert [s.sort for s in bilan.suites] == [Sort.ECRITE]
    assert [(i, lieu.nom) for i, lieu in chantier.lieux().items()] == [
        ("36/espace-des-tilleuls-valbourg", "Espace des Chênes")
    ]


@pytest.mark.parametrize("memoire_perdue", [False, True])
def test_une_fiche_changee_a_la_main_n_est_pas_remplacee(chantier: Chantier, memoire_perdue: bool) -> None:
    chantier.hub(ligne_hub())
    fiche = chantier.offres / "36" / "espace-des-tilleuls-valbourg.yml"
    fiche.write_text(fiche.read_text(encoding="utf-8").replace("4 rue du Lavoir", "6 rue du Lavoir"), encoding="utf-8")
    if memoire_perdue:
        (chantier.dossier / "imports" / "empreintes.json").unlink()
    bilan = chantier.hub(ligne_hub(c_nom="Espace des Chênes"))
    assert [s.sort for s in bilan.suites] == [Sort.NON_REMPLACEE]
    assert "6 rue du Lavoir" in fiche.read_text(encoding="utf-8")
    assert [r.message for _, r in bilan.remarques(Nature.NON_REMPLACE)] == [
        "La fiche a été changée à la main : elle n'est pas remplacée."
    ]


def test_une_fiche_changee_a_la_main_n_est_pas_reunie(chantier: Chantier) -> None:
    chantier.fs(ligne_fs())
    fiche = chantier.offres / "36" / "france-services-de-valbourg.yml"
    avant = fiche.read_text(encoding="utf-8") + "verifie_le: 2025-01-01\n"
    fiche.write_text(avant, encoding="utf-8")
    bilan = chantier.hub(ligne_hub())
    assert [s.sort for s in bilan.suites] == [Sort.NON_REMPLACEE]
    assert fiche.read_text(encoding="utf-8") == avant


def test_une_fiche_qui_n_est_plus_valable_n_est_ni_remplacee_ni_doublee(chantier: Chantier) -> None:
    chantier.hub(ligne_hub())
    fiche = chantier.offres / "36" / "espace-des-tilleuls-valbourg.yml"
    fiche.write_text(fiche.read_text(encoding="utf-8") + "inconnu: 1\n", encoding="utf-8")
    bilan = chantier.hub(ligne_hub())
    assert [s.sort for s in bilan.suites] == [Sort.NON_REMPLACEE]
    assert len(chantier.octets()) == 1


def test_la_liste_ne_lance_aucune_formule(chantier: Chantier) -> None:
    """Neither by a sign that spreadsheets also take for « = », nor in a cell that hides behind a semicolon."""
    valeurs = {"c_epci": "=HYPERLINK(1)", "c_etiquettes": "@a", "c_horaires": "\uff1d1+1", "c_commentaires": "a;=1+1"}
    chantier.hub(ligne_hub(**valeurs), journal="liste.csv")
    texte = (chantier.dossier / "imports" / "liste.csv").read_text(encoding="utf-8-sig")
    cellules = [cellule for ligne in csv.reader(texte.splitlines(), delimiter=";") for cellule in ligne]
    assert {"'=HYPERLINK(1)", "'@a", "'\uff1d1+1", "a;'=1+1"} <= set(cellules)


def test_la_liste_garde_la_ligne_refusee_en_entier(chantier: Chantier) -> None:
    ligne = ligne_hub(c_city="Nulle-Part", c_lat_coor1="", c_long_coor1="", c_raison_sociale="COMMUNE")
    chantier.hub(ligne)
    liste = json.loads((chantier.dossier / "imports" / "liste.json").read_text(encoding="utf-8"))
    assert liste["compte"]["refusée"] == 1
    dites = {entree["champ"]: entree["valeur"] for entree in liste["liste"]}
    assert {cle for cle, valeur in ligne.items() if valeur != ""} <= set(dites)
    assert dites["c_raison_sociale"] == "COMMUNE"


def test_le_bilan_se_lit(chantier: Chantier) -> None:
    texte = bilan_en_texte(chantier.hub(ligne_hub(), ligne_hub(gid=3, c__edit_datemaj="hier")))
    assert texte.startswith("Import de « hub-lo » pour 36 : 2 lignes lues.\n      1 fiche écrite")
    assert "1 Date de mise à jour illisible : « hier »." in texte


@pytest.mark.parametrize(
    ("source", "octets", "message"),
    [
        ("inconnue", b"", "Sources possibles : .*carte,.*france-services, hub-lo"),
        ("hub-lo", b"{", "s'arrête avant la fin"),
    ],
)
def test_un_import_impossible_n_ecrit_rien(chantier: Chantier, source: str, octets: bytes, message: str) -> None:
    with pytest.raises(ImportImpossible, match=message):
        chantier.importer(source, octets)
    assert not (chantier.dossier / "imports").exists()


def test_une_memoire_abimee_arrete_l_import(chantier: Chantier) -> None:
    chantier.hub(ligne_hub())
    (chantier.dossier / "imports" / "empreintes.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ImportImpossible, match="abîmé"):
        chantier.hub(ligne_hub())


@pytest.mark.parametrize("rang", range(1, 6))
def test_un_import_arrete_en_cours_d_ecriture_n_est_pas_pris_pour_une_main(
    chantier: Chantier, monkeypatch: pytest.MonkeyPatch, rang: int
) -> None:
    chantier.hub(ligne_hub(), ligne_hub(**BUREAU))
    restants, vrai = [rang], ecriture.remplacer

    def mourir(fichier: Path, contenu: bytes) -> None:
        restants[0] -= 1
        if restants[0] == 0:
            raise KeyboardInterrupt
        vrai(fichier, contenu)

    with monkeypatch.context() as un_temps:
        for module in (ecriture, atelier, empreintes):
            un_temps.setattr(module, "remplacer", mourir)
        with pytest.raises(KeyboardInterrupt):
            chantier.hub(ligne_hub(c_adresse="5 rue du Lavoir"), ligne_hub(**BUREAU, c_email="x@y.example"))
    bilan = chantier.hub(ligne_hub(c_adresse="5 rue du Lavoir"), ligne_hub(**BUREAU))
    assert {s.sort for s in bilan.suites} <= {Sort.ECRITE, Sort.INCHANGEE}
    assert {lieu.adresse for lieu in chantier.lieux().values()} == {"5 rue du Lavoir", "9 rue Haute"}


def test_une_fiche_d_un_autre_n_est_jamais_ecrasee_par_un_nom(chantier: Chantier) -> None:
    siennes = ("espace-des-tilleuls-valbourg", "espace-des-tilleuls-valbourg-hub-lo-7")
    for nom in siennes:
        (chantier.offres / "36").mkdir(exist_ok=True)
        (chantier.offres / "36" / f"{nom}.yml").write_text("à moi\n", encoding="utf-8")
    (chantier.offres / "36" / f"{siennes[1]}-2.yml").symlink_to("absent")
    bilan = chantier.hub(ligne_hub())
    assert [s.fiche for s in bilan.suites] == [f"36/{siennes[1]}-3"]
    for nom in siennes:
        assert (chantier.offres / "36" / f"{nom}.yml").read_text(encoding="utf-8") == "à moi\n"
    assert not (chantier.offres / "36" / "absent").exists()


@pytest.mark.parametrize("octets", ["adresse: 1 rue des Prés\n".encode("cp1252"), b"x" * 100_000])
def test_une_fiche_qui_ne_se_lit_pas_reste_telle_quelle(chantier: Chantier, octets: bytes) -> None:
    fiche = chantier.offres / "36" / "espace-des-tilleuls-valbourg.yml"
    fiche.parent.mkdir()
    fiche.write_bytes(octets)
    chantier.hub(ligne_hub())
    assert fiche.read_bytes() == octets


def test_une_liste_completee_par_quelqu_un_est_gardee(chantier: Chantier, caplog: pytest.LogCaptureFixture) -> None:
    chantier.hub(ligne_hub(c_materiel_info="non"), journal="hub-lo.csv")
    liste = chantier.dossier / "imports" / "hub-lo.csv"
    chantier.hub(ligne_hub(), journal="hub-lo.csv")
    assert [f.name for f in liste.parent.glob("*.csv")] == ["hub-lo.csv"], "ours: replaced"
    liste.write_bytes(liste.read_bytes() + b"vu avec le hub\r\n")
    annotee = liste.read_bytes()
    chantier.hub(ligne_hub(c_materiel_info="non"), journal="hub-lo.csv")
    garde = liste.with_name("hub-lo.mis-de-cote-1.csv")
    assert garde.read_bytes() == annotee
    assert str(garde) in caplog.text
    assert b"vu avec le hub" not in liste.read_bytes()


def test_recommencer_retire_ce_que_les_imports_ont_ecrit_et_rien_d_autre(chantier: Chantier) -> None:
    chantier.hub(ligne_hub(), ligne_hub(**BUREAU), ligne_hub(gid=30, c_nom="Le Relais", c_adresse="2 place Basse"))
    changee, perimee, autre = sorted((chantier.offres / "36").glob("*.yml"))
    changee.write_text(changee.read_text(encoding="utf-8") + "# vu\n", encoding="utf-8")
    mienne = chantier.offres / "36" / "mairie.yml"
    mienne.write_text("à moi\n", encoding="utf-8")
    fichier = chantier.dossier / "source-20240801"
    fichier.write_bytes(fichier_hub(ligne_hub(**BUREAU), ligne_hub()))
    bilan = importer(
        "hub-lo", fichier, ["36"], FausseGeographie(), chantier.offres, chantier.contexte,
        chantier.dossier / "imports" / "liste.json", recommencer=True,
    )  # fmt: skip
    restent = {f.name for f in (chantier.offres / "36").glob("*.yml")}
    assert changee.name in restent
    assert changee.read_text(encoding="utf-8").endswith("# vu\n")
    assert mienne.read_text(encoding="utf-8") == "à moi\n"
    assert len(restent) == 3 + (bilan.nombre(Sort.ECRITE) == 2)
    assert not {perimee.name, autre.name} <= restent, "the row that the source no longer has"


def test_un_inventaire_refuse_ne_retire_rien(chantier: Chantier) -> None:
    chantier.hub(ligne_hub())
    avant = chantier.octets()
    fichier = chantier.dossier / "source-20240801"
    fichier.write_bytes(b"{")
    with pytest.raises(ImportImpossible):
        importer(
            "hub-lo", fichier, ["36"], FausseGeographie(), chantier.offres, chantier.contexte,
            chantier.dossier / "imports" / "liste.json", recommencer=True,
        )  # fmt: skip
    assert chantier.octets() == avant
