"""Records written by an attacker: each text tries to become a program, a link, a formula or another line of a file.

The fictional geography of the demonstration, so that the maps place them; the optional files beside it are hostile too.
"""

import csv
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from carte import entrees
from carte.config import lire
from carte.records import Lieu, Problem, to_yaml
from sites import RACINE

JOUR = date(2026, 11, 2)
SCRIPT = "<script>window.__pwned=1</script>"
IMAGE = '"><img src=x onerror="window.__pwned=1">'
FIN = "</script></title></textarea><script>window.__pwned=1</script>"
GABARIT = "{{7*7}} ${window.__pwned=1} {% raw %} %%CARTE-CONTENU%%"
FORMULE = '=HYPERLINK("https://piege.example";"Cliquez")'
TYPST = '#read("/etc/hostname") $x^2$ \\ @renvoi <label> `code` [#panic()]'
PLEINE = "\uff1d1+1"
COUCHE = f"{IMAGE} {TYPST} ;{FORMULE}\n=1+1"
_TEXTES_DES_COUCHES = {
    "besoins.csv": ("indicateur", "unite", "source", "millesime"),
    "menages.csv": ("source", "millesime"),
    "population_age.csv": ("source", "millesime"),
    "taux_risque.csv": ("source",),
    "barrieres.csv": ("barriere", "franchissement", "source"),
    "relief.csv": ("source",),
    "densites.csv": ("source",),
}
LIGNES = "Une ligne\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:piège"
MOT = "Anticonstitutionnellement" * 11
DETAIL = (f"{SCRIPT} {IMAGE} &lt;b&gt; 👩🏽‍💻 https://piege.example/ " * 200)[:10_000]
COMMUNE, CODE, LATITUDE, LONGITUDE = "Valbourg", "99058", 46.49813, -5.55912
_CHAMPS: tuple[dict[str, Any], ...] = (
    {
        "nom": f"Script {SCRIPT}",
        "adresse": f"1 rue {IMAGE}",
        "complement_adresse": FIN,
        "commune": COMMUNE,
        "code_insee": CODE,
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        "telephone": "+33199001961",
        "courriels": ["contact@hub.example"],
        "site_web": ["https://piege.example/#javascript:window.__pwned=1"],
        "prise_rdv": "https://piege.example/rdv?q=%22%3E%3Cscript%3Ewindow.__pwned=1%3C/script%3E",
        "horaires": 'Mo-Fr 09:00-12:00; Sa 09:00-12:00 "<img src=x onerror=window.__pwned=1>"',
        "presentation_resume": f"{SCRIPT} {GABARIT}",
        "presentation_detail": DETAIL,
        "structure_parente": IMAGE,
        "autres_formations_labels": [FIN, IMAGE],
        "source": SCRIPT,
        "date_maj": JOUR,
        "services": ["Aide aux démarches administratives"],
        "modalites_acces": ["Se présenter"],
        "labels": [{"nom": "EPN", "numero": IMAGE, "source": SCRIPT}],
        "permanences": [{"operateur": IMAGE, "horaires": "Mo 09:00-10:00", "detail": FIN}],
        "fermetures": [{"du": date(2026, 11, 9), "au": date(2026, 11, 13), "motif": IMAGE}],
        "equipements": {"detail": IMAGE},
        "accessibilite": {"detail": FIN},
    },
    {
        "nom": f"Bus {FIN}",
        "commune": COMMUNE,
        "code_insee": CODE,
        "telephone": "+33199001962",
        "source": IMAGE,
        "date_maj": JOUR,
        "itinerance": ["Itinérant"],
        "services": ["Aide aux démarches administratives"],
        "tournee": [
            {
                "commune": COMMUNE,
                "code_insee": CODE,
                "lieu": f"Place {IMAGE} {LIGNES}",
                "latitude": LATITUDE + 0.004,
                "longitude": LONGITUDE + 0.004,
                "horaires": "Th 14:00-17:00",
                "frequence": "hebdomadaire",
            }
        ],
    },
    {
        "nom": FORMULE,
        "adresse": MOT,
        "commune": COMMUNE,
        "code_insee": CODE,
        "latitude": LATITUDE - 0.004,
        "longitude": LONGITUDE - 0.004,
        "telephone": "+33199001963",
        "presentation_resume": GABARIT,
        "source": "@SUM(1+1)|cmd",
        "date_maj": JOUR,
        "services": ["Accès internet et matériel informatique"],
    },
)
PIEGES = tuple(Lieu(**champs) for champs in _CHAMPS)
NOMS = tuple(lieu.nom for lieu in PIEGES)
IDENTIFIANTS = ("99/piege-1", "99/piege-2", "99/piege-3")
# What validation must refuse: these never reach a page.
REFUSES: dict[str, dict[str, Any]] = {
    "site javascript": {"site_web": ["javascript:window.__pwned=1"]},
    "rendez-vous javascript": {"prise_rdv": "JaVaScRiPt:window.__pwned=1"},
    "site de données": {"site_web": ["data:text/html,<script>window.__pwned=1</script>"]},
    "balise dans une adresse": {"site_web": [f"https://piege.example/{IMAGE}"]},
    "sens d'écriture retourné": {"nom": "gauche\u202edroite"},
    "saut de ligne invisible": {"presentation_detail": "fin\u2028window.__pwned=1"},
    "téléphone programme": {"telephone": "javascript:alert(1)"},
    "courriel à plusieurs destinataires": {"courriels": ["a@hub.example?bcc=tous@hub.example"]},
    "ancienne adresse hors du site": {"anciens_identifiants": ["../../../etc/passwd"]},
}


def couches(dossier: Path) -> Path:
    """The demonstration's layers, where each text that a file gives is a trap too; return their folder."""
    shutil.copytree(RACINE / "geo", dossier / "geo")
    departement = dossier / "geo" / "99"
    for nom, colonnes in _TEXTES_DES_COUCHES.items():
        with (departement / nom).open(encoding="utf-8", newline="") as flux:
            lignes = list(csv.DictReader(flux, delimiter=";"))
        with (departement / nom).open("w", encoding="utf-8", newline="") as flux:
            ecrivain = csv.DictWriter(flux, lignes[0], delimiter=";")
            ecrivain.writeheader()
            ecrivain.writerows(ligne | {nom: f"{ligne[nom]} {COUCHE}" for nom in colonnes} for ligne in lignes)
    with (departement / "labels.csv").open("w", encoding="utf-8", newline="") as flux:
        ecrivain_brut = csv.writer(flux, delimiter=";")
        ecrivain_brut.writerow(["nom", "commune", "code_insee", "numero", "label", "depuis", "jusqua", "source"])
        ecrivain_brut.writerow([FORMULE, COMMUNE, CODE, PLEINE, COUCHE, "2020-01-01", "", IMAGE])
    manifeste = yaml.safe_load((departement / "manifeste.yml").read_text(encoding="utf-8"))
    for couche in manifeste["couches"]:
        couche |= {"titre": COUCHE, "source": IMAGE, "licence": FORMULE}
    (departement / "manifeste.yml").write_text(yaml.safe_dump(manifeste, allow_unicode=True), encoding="utf-8")
    return dossier / "geo"


def deploiement(dossier: Path) -> Path:
    """Write the attacker's records and a deployment that publishes them; return its configuration file."""
    fiches = dossier / "offers" / "99"
    fiches.mkdir(parents=True)
    for identifiant, lieu in zip(IDENTIFIANTS, PIEGES, strict=True):
        (fiches / f"{identifiant.split('/')[1]}.yml").write_text(to_yaml(lieu), encoding="utf-8")
    configuration = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))
    configuration["dossiers"] |= {"lieux": str(dossier / "offers"), "geo": str(couches(dossier))}
    configuration["date_publication"] = JOUR
    # A deployment as a real one: its fiches carry their data block.
    configuration["demonstration"] = False
    fichier = dossier / "carte.yml"
    fichier.write_text(yaml.safe_dump(configuration, allow_unicode=True), encoding="utf-8")
    return fichier


def problemes(lieu: Lieu, dossier: Path) -> tuple[Problem, ...]:
    """What validation says of one record, with every rule on."""
    (dossier / "99").mkdir(parents=True)
    (dossier / "99" / "piege.yml").write_text(to_yaml(lieu), encoding="utf-8")
    configuration = lire(RACINE / "carte.yml", RACINE)
    configuration = replace(configuration, dossiers=replace(configuration.dossiers, lieux=dossier))
    return entrees.valider(configuration, RACINE).problemes
