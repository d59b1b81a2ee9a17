"""The real inventories on the Indre: every row has a fate, every value a place, every record is valid."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import reels
from carte import nomenclature, territory
from carte.hours.phrase import JOURS
from carte.imports import france_services, hub_lo, hub_lo_regles
from carte.imports.bilan import Bilan, Sort
from carte.imports.importer import importer
from carte.imports.modele import Conversion, LigneSource, Nature
from carte.imports.textes import normaliser
from carte.records import Contexte, Lieu, lire

pytestmark = pytest.mark.partage

FICHIERS = {
    "france-services": Path("data/france-services/liste-fs-20240801.csv"),
    "hub-lo": Path("data/hubs/hub-lo-centre-val-de-loire.json"),
}
LIRE = {"france-services": france_services.lire, "hub-lo": hub_lo.lire}
# The mask that the publication put over the local part of mailboxes makes some addresses nobody's: listed.
TECHNIQUES = {*hub_lo_regles.ECARTEES, "id_fs", "insee_dep", "type_fs", "format_fs"}


@dataclass(frozen=True)
class Essai:
    """Both imports, their records, and every row by its identifier."""

    bilans: dict[str, Bilan]
    listes: dict[str, list[dict[str, str]]]
    lieux: dict[str, Lieu]
    bloquants: list[str]
    lignes: dict[str, LigneSource]


@pytest.fixture(scope="module")
def geographie(partage: Path, racine: Path, tmp_path_factory: pytest.TempPathFactory) -> territory.Geographie:
    return reels.de_l_indre(racine, partage, tmp_path_factory.mktemp("geo"))


@pytest.fixture(scope="module")
def essai(
    partage: Path, racine: Path, geographie: territory.Geographie, tmp_path_factory: pytest.TempPathFactory
) -> Essai:
    dossier = tmp_path_factory.mktemp("essai")
    offres = dossier / "offers"
    offres.mkdir()
    contexte = Contexte(date(2026, 11, 2), nomenclature.lire(racine / "offers" / "nomenclature"), geographie)
    bilans, listes = {}, {}
    for source, chemin in FICHIERS.items():
        journal = dossier / "imports" / f"{source}.json"
        bilans[source] = importer(source, partage / chemin, ["36"], geographie, offres, contexte, journal)
        listes[source] = json.loads(journal.read_text(encoding="utf-8"))["liste"]
    chargement = lire(offres, contexte)
    lignes = {
        ligne.identifiant: ligne for s, c in FICHIERS.items() for ligne in LIRE[s]((partage / c).read_bytes()).lignes
    }
    return Essai(
        bilans,
        listes,
        {e.identifiant: e.lieu for e in (*chargement.enregistrements, *chargement.a_completer)},
        [str(p) for p in chargement.problemes if p.gravite == "bloquant"],
        lignes,
    )


@pytest.mark.parametrize(
    ("source", "compte"),
    [
        ("france-services", {Sort.ECRITE: 26, Sort.HORS_PERIMETRE: 2819}),
        (
            "hub-lo",
            {Sort.ECRITE: 17, Sort.FUSIONNEE: 7, Sort.A_COMPLETER: 15, Sort.REFUSEE: 3, Sort.HORS_PERIMETRE: 384},
        ),
    ],
)
def test_chaque_ligne_est_comptee(essai: Essai, source: str, compte: dict[Sort, int]) -> None:
    bilan = essai.bilans[source]
    assert {sort: bilan.nombre(sort) for sort in Sort if bilan.nombre(sort)} == compte
    assert bilan.lues == sum(compte.values())


def test_chaque_fiche_ecrite_est_valable(essai: Essai) -> None:
    assert essai.bloquants == []
    assert len(essai.lieux) == 26 + 17 + 15


@pytest.mark.parametrize("source", FICHIERS)
def test_rien_n_est_perdu(essai: Essai, source: str) -> None:
    """Each non-empty value is in the record, or told by the listing, or translated as the table below says."""
    perdues = []
    for suite in essai.bilans[source].suites:
        if suite.sort is Sort.HORS_PERIMETRE:
            continue
        dites = [e for e in essai.listes[source] if e["identifiant"] == suite.identifiant]
        lieu = essai.lieux[suite.fiche] if suite.fiche else None
        for colonne, valeur in essai.lignes[suite.identifiant].valeurs.items():
            if not _portee(colonne, valeur, lieu, dites):
                perdues.append((suite.identifiant, colonne, valeur))
    assert perdues == []


def _portee(colonne: str, valeur: str, lieu: Lieu | None, dites: list[dict[str, str]]) -> bool:
    if not normaliser(valeur) or colonne in TECHNIQUES or any(e["champ"] == colonne for e in dites):
        return True
    textes = [*(e["valeur"] for e in dites), "" if lieu is None else _texte(lieu.model_dump())]
    if f" {normaliser(valeur)} " in f" {normaliser(' | '.join(textes))} ":
        return True
    return lieu is not None and _traduite(colonne, valeur, lieu, " ".join(textes))


def _texte(valeur: object) -> str:
    if isinstance(valeur, dict | list):
        return " | ".join(map(_texte, valeur.values() if isinstance(valeur, dict) else valeur))
    return "" if valeur is None else str(valeur)


TYPOLOGIES = {"EPN": "EPN", "Médiathèque": "BIB", "Coworking": "TIERS_LIEUX", "Fablab": "FABLAB", "Mairie": "MUNI"}


def _traduite(colonne: str, valeur: str, lieu: Lieu, texte: str) -> bool:
    """What the record says instead of a coded answer; written again here, apart from the importer's own tables."""
    modalites = lieu.modalites_accompagnement or []
    typologie = lieu.typologie or []
    presentation = str(lieu.presentation_detail)
    match colonne:
        case "c_materiel_info":
            return valeur == "oui" and "Accès internet et matériel informatique" in lieu.services
        case "c_formation":
            return valeur == "oui" and "Maîtrise des outils numériques du quotidien" in lieu.services
        case "c_accompagnement_personnel":
            return valeur == "oui" and "Accompagnement individuel" in modalites
        case "c_espace_teletravail":
            return valeur == "oui" and "télétravail" in presentation
        case "c_acces_pmr":
            return lieu.accessibilite is not None and lieu.accessibilite.fauteuil is (valeur == "oui")
        case "c__edit_datemaj" | "labellisation_fs":
            jour = valeur[:10].replace("/", "-")
            envers = "-".join(reversed(valeur[-10:].split("/")))
            return jour in texte or envers in texte
        case "c_telephone" | "telephone":
            return "".join(filter(str.isdigit, valeur))[-9:] in texte
        case "c_jours_semaine" | "c_horaire_ouverture":
            return lieu.horaires is not None or lieu.horaires_detail is not None
        case "c_categories_espace" | "c_etiquettes" | "c_coworking" | "c_fablab" | "c_mediatheque" | "c_epn":
            mots = [m.strip('" ') for m in valeur.strip("{}").split(",")]
            attendus = [TYPOLOGIES[m] for m in mots if m in TYPOLOGIES]
            return set(attendus) <= set(typologie) and bool(typologie or lieu.dispositif_programmes_nationaux)
        case "c_autres":
            return valeur == "Mairie" and "MUNI" in typologie
        case "c_promeneur":
            return "Promeneurs du net" in (lieu.dispositif_programmes_nationaux or [])
        case "c_msap":
            return {"MSAP", "RFS"} & set(typologie) != set()
        case "c_statut_juridique" | "c_arr_statut_juridique":
            return "Associatif" in valeur and "ASSO" in typologie
        case "c_varchar_public_cible":
            return normaliser(valeur) in {
                "tout public",
                "tous publics",
                "grand public",
                "ouvert a tous publics",
            } or bool(lieu.publics_specifiquement_adresses)
        case "h_lundi" | "h_mardi" | "h_mercredi" | "h_jeudi" | "h_vendredi" | "h_samedi":
            return valeur.replace(" - ", "-").replace(" / ", ",") in texte
        case "prise_rdv":
            return valeur == "Oui" and "rendez-vous" in presentation
        case _:
            return False


def test_les_lieux_des_deux_sources_sont_reunis(essai: Essai) -> None:
    reunies = {s.identifiant: s.fiche for s in essai.bilans["hub-lo"].suites if s.sort is Sort.FUSIONNEE}
    assert len(reunies) == 7
    for identifiant, fiche in reunies.items():
        provenance = essai.lieux[str(fiche)].provenance or {}
        assert provenance["source"].identifiant == identifiant
        assert str(provenance["nom"].identifiant).startswith("france-services:")


def test_un_point_a_166_km_n_est_pas_repris(essai: Essai) -> None:
    loin = [r.message for _, r in essai.bilans["hub-lo"].remarques(Nature.CONTRADICTION) if "à 166 km" in r.message]
    assert len(loin) == 1


@pytest.mark.parametrize(("source", "lignes"), [("france-services", 2845), ("hub-lo", 426)])
def test_toutes_les_lignes_du_pays_se_lisent(
    partage: Path, geographie: territory.Geographie, source: str, lignes: int
) -> None:
    """No row of any département raises, and what is refused says why."""
    from carte.imports.modele import ContexteImport
    from carte.imports.registre import sources

    lues = LIRE[source]((partage / FICHIERS[source]).read_bytes()).lignes
    cadre = ContexteImport(geographie, date(2024, 8, 1))
    conversions = [sources()[source].convertir(ligne, cadre) for ligne in lues]
    assert len(conversions) == lignes
    assert all((c.lieu is None) == bool(c.refus) for c in conversions)
    if source == "france-services":
        assert _horaires_compris(lues, conversions) >= 0.97


def _horaires_compris(lignes: Sequence[LigneSource], conversions: Sequence[Conversion]) -> float:
    """Share of the rows with hours that our engine evaluates: at their address, at their stops, or to be confirmed."""
    ecrites = [c.lieu for ligne, c in zip(lignes, conversions, strict=True) if _a_des_heures(ligne) and c.lieu]
    return sum(bool(lieu.horaires or lieu.tournee) for lieu in ecrites) / len(ecrites)


def _a_des_heures(ligne: LigneSource) -> bool:
    return any(ligne.valeurs.get(f"h_{jour}") for jour in JOURS)
