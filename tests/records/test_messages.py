"""One wrong record of each kind, and the exact line its author reads (messages_attendus.txt)."""

from pathlib import Path

import pytest

from carte.ecrits.texte import replier
from carte.records import Lieu, bloque, en_texte
from records.monde import BONNE, lire


def avec(lignes: str) -> str:
    """The good record, and more."""
    return BONNE + lignes


def sans(champ: str) -> str:
    """The good record without one field."""
    return "".join(ligne for ligne in BONNE.splitlines(keepends=True) if not ligne.startswith(champ))


def rempl(ancien: str, nouveau: str) -> str:
    """The good record with one text replaced."""
    assert ancien in BONNE
    return BONNE.replace(ancien, nouveau)


CAS = {
    "champ-manquant": sans("source"),
    "champ-inconnu": avec('telefone: "+33254000000"\n'),
    "champ-id": avec('id: "12"\n'),
    "valeur-proche": rempl("administratives", "administrative"),
    "valeur-2022": rempl("Aide aux démarches administratives", "Prendre en main un ordinateur"),
    "valeur-alias": avec("dispositif_programmes_nationaux:\n  - Conseiller numérique\n"),
    "valeur-deux-fois": avec("  - Aide aux démarches administratives\n"),
    "service-fait-et-absent": avec("services_absents:\n  - Aide aux démarches administratives\n"),
    "famille-faite-et-absente": avec("familles_absentes:\n  - demarches\n"),
    "famille-dite-et-absente": avec("familles_absentes:\n  - formation\nfamilles_declarees:\n  - formation\n"),
    "telephone-national": avec("telephone: 02 54 00 11 22\n"),
    "telephone-guadeloupe": avec("telephone: 0590 12 34 56\n"),
    "telephone-mayotte": avec('telephone: "0269123456"\n'),
    "telephone-outre-mer-33": avec('telephone: "+33596123456"\n'),
    "telephone-faux": avec("telephone: 12 34\n"),
    "telephone-sans-zero": avec("telephone: 254001122\n"),
    "courriel-faux": avec("courriels:\n  - contact@mairie\n"),
    "courriel-mailto": avec("courriels:\n  - mailto:contact@mairie.example\n"),
    "url-javascript": avec("site_web:\n  - javascript:alert(1)\n"),
    "url-sans-schema": avec("site_web:\n  - www.mairie.example/lieu\n"),
    "url-guillemet": avec("site_web:\n  - 'https://mairie.example/\">x'\n"),
    "url-trompeuse": avec("prise_rdv: https://www.banque.example@pirate.example/\n"),
    "insee-sans-guillemets": rempl('"36001"', "36001"),
    "insee-forme": rempl('"36001"', "3600"),
    "insee-corse": rempl('"36001"', '"20000"'),
    "insee-inconnu": rempl('"36001"', '"36999"'),
    "insee-postal": rempl('"36001"', '"36100"') + 'code_postal: "36100"\n',
    "insee-ancien": rempl('"36001"', '"36901"').replace("Valbourg", "Saint-Égide"),
    "insee-autre-commune": rempl('"36001"', '"36002"'),
    "insee-absent": sans("code_insee").replace("Valbourg", "ST-EGIDE"),
    "insee-ambigu": sans("code_insee").replace("Valbourg", "Les Ormes"),
    "commune-inconnue": sans("code_insee").replace("Valbourg", "Vallebourre"),
    "departement": rempl('"36001"', '"37001"').replace("Valbourg", "Pont-Neuf"),
    "postal-insee": avec("code_postal: 2A004\n"),
    "postal-zero": avec("code_postal: 1000\n"),
    "pivot-luhn": avec('pivot: "43493312300028"\n'),
    "pivot-siren": avec('pivot: "434933123"\n'),
    "pivot-espaces": avec("pivot: 434 933 123 00029\n"),
    "date-francaise": rempl("2026-10-01", "01/10/2026"),
    "date-impossible": rempl("2026-10-01", "2026-02-30"),
    "date-heure": rempl("2026-10-01", "2026-10-01T10:00:00"),
    "date-nombre": rempl("2026-10-01", "20261001"),
    "date-future": rempl("2026-10-01", "2026-11-03"),
    "label-dates": avec("labels:\n  - nom: EPN\n    depuis: 2024-01-01\n    jusqua: 2020-01-01\n"),
    "fermeture": avec("fermetures:\n  - du: 2026-12-31\n    au: 2026-12-01\n"),
    "horaires": avec("horaires: Mo-Fr 09:00-12:00; Xx 10:00-12:00\n"),
    "joignable": sans("adresse"),
    "latitude-seule": avec("latitude: 46.05\n"),
    "inversees": avec("latitude: 1.05\nlongitude: 46.05\n"),
    "virgule": avec("latitude: 46,05\nlongitude: 1.05\n"),
    "hors-commune": avec("latitude: 46.05\nlongitude: 1.15\n"),
    "hors-departement": avec("latitude: 46.05\nlongitude: 1.25\n"),
    "hors-de-tout": avec("latitude: 48.05\nlongitude: 1.05\n"),
    "provenance": avec("provenance:\n  horaire:\n    source: Affiche\n"),
    "ancien-id": avec("anciens_identifiants:\n  - offers/36/vieux.yml\n"),
    "ancien-id-soi": avec("anciens_identifiants:\n  - 36/a\n"),
    "tournee": avec('tournee:\n  - commune: Valbourg\n    code_insee: "36001"\n    frequence: hebdomadaire\n'),
    "oui-non": avec("equipements:\n  wifi: oui\n"),
    "entier": avec("equipements:\n  postes: une dizaine\n"),
    "bornes": avec("equipements:\n  postes: -1\n"),
    "liste": avec("courriels: contact@mairie.example\n"),
    "liste-barre": rempl(
        "services:\n  - Aide aux démarches administratives\n", "services: Aide aux démarches administratives|Autre\n"
    ),
    "liste-vide": rempl("services:\n  - Aide aux démarches administratives\n", "services: []\n"),
    "texte-liste": rempl("nom: Médiathèque", "nom: [a, b]"),
    "texte-vide": rempl("nom: Médiathèque", "nom:"),
    "trop-long": avec("presentation_resume: " + "a" * 281 + "\n"),
    "table": avec("equipements: cinq postes\n"),
    "cle-double": avec("nom: Autre\n"),
    "deux-points": rempl("Médiathèque", "Médiathèque : le lieu"),
    "tabulation": avec("equipements:\n\twifi: true\n"),
    "guillemet-ouvert": rempl("Médiathèque", '"Médiathèque'),
    "yaml-aligne": rempl("commune", " commune"),
    "yaml-aligne-liste": avec("permanences:\n  - operateur: CAF\n     horaires: Mo 09:00-12:00\n"),
    "deux-points-colles": rempl("nom: Média", "nom:Média"),
    "guillemet-ferme-trop-tot": rempl("Médiathèque", '"Média" thèque'),
    "apostrophe-entre-apostrophes": rempl("Médiathèque", "'L'Atelier'"),
    "guillemet-ouvert-dans-une-liste": avec('courriels:\n  - "a@mairie.example\n  - "b@mairie.example"\n'),
    "ligne-sans-champ": rempl("source", "au fond de la cour\nsource"),
    "champ-appele-autrement": avec("ouvert: Mo 09:00-12:00\n"),
    "champ-appele-autrement-deux-mots": avec("Site Internet: https://mairie.example/\n"),
    "deux-coordonnees": avec("latitude: 46.05, 1.05\nlongitude: 1.05\n"),
    "liste-virgules": avec("courriels: a@mairie.example, b@mairie.example\n"),
    "horaires-points": avec("horaires: Mo 8.30-12.15\n"),
    "horaires-24-24": avec("horaires: 24/24\n"),
    "document-rtf": "{\\rtf1\\ansi nom: x}",
    "page-web": "<!DOCTYPE html>\n<html></html>\n",
}
ATTENDUS = dict(
    ligne.split(" | ", 1)
    for ligne in Path(__file__).with_name("messages_attendus.txt").read_text(encoding="utf-8").splitlines()
)


def test_every_case_has_its_line() -> None:
    assert list(CAS) == list(ATTENDUS)


@pytest.mark.parametrize("cas", CAS)
def test_one_fault_one_exact_line(tmp_path: Path, cas: str) -> None:
    chargement = lire(tmp_path, a=CAS[cas])
    assert en_texte(chargement.problemes) == ATTENDUS[cas]


@pytest.mark.parametrize("cas", CAS)
def test_only_a_blocker_withholds_the_record(tmp_path: Path, cas: str) -> None:
    chargement = lire(tmp_path, a=CAS[cas])
    assert bool(chargement.enregistrements) is ATTENDUS[cas].endswith("[conseil]")
    assert bloque(chargement.problemes) is ATTENDUS[cas].endswith("[bloquant]")


def test_what_people_call_a_field_leads_to_fields() -> None:
    """Each word as it is folded when it is looked for, none of them a field's own name, each field there."""
    for appele, champs in Lieu.AUTRES_NOMS.items():
        assert appele == replier(appele)
        assert appele.replace(" ", "_") not in Lieu.model_fields
        assert set(champs) <= set(Lieu.model_fields)
