"""The nine gestures of a hub, each as a person does it: by hand, then with the tool."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from playwright.sync_api import expect

from gestes_personne import FICHE, Compte, GesteManque, Personne

LIGNES_DU_TABLEUR = 12


@dataclass(frozen=True)
class Geste:
    """One of the nine; `avant` without the tool (None: nobody does it by hand), `apres` with it."""

    nom: str
    avant: Callable[[Personne], None] | None
    apres: Callable[[Personne], None]


def _ligne(p: Personne, champ: str, nouveau: str) -> None:
    """By hand: one field of the record, the day of the change, and the check."""
    fichier = p.ouvre(f"offers/{FICHE}.yml")
    _remplacer(p, fichier, champ, nouveau)
    if champ != "verifie_le":
        _remplacer(p, fichier, "date_maj", f"date_maj: {_jour(p)}")
    p.enregistre()
    p.commande("valider", f"offers/{FICHE}.yml")


def _jour(p: Personne) -> str:
    return str(yaml.safe_load((p.atelier / "carte.yml").read_text(encoding="utf-8"))["date_publication"])


def _remplacer(p: Personne, fichier: Path, champ: str, nouveau: str) -> None:
    """The line of a field, or a new one at the end of the file."""
    lignes = fichier.read_text(encoding="utf-8").splitlines(keepends=True)
    trouvees = [ligne for ligne in lignes if ligne.startswith(f"{champ}:")]
    avant = trouvees[0] if trouvees else lignes[-1]
    apres = f"{nouveau}\n" if trouvees else f"{lignes[-1]}{nouveau}\n"
    p.ecrit(fichier, avant, apres, nouveau.partition(": ")[2] if trouvees else f"{nouveau}\n")


def telephone_avant(p: Personne) -> None:
    p.lit(40)  # how a number is written in a record
    _ligne(p, "telephone", 'telephone: "+33254111111"')


def telephone_apres(p: Personne) -> None:
    p.corrige()
    p.va("Contact et rendez-vous")
    p.frappe("0254111111", dans_la_page=True, raccourci=2)
    p.remet()


def horaires_avant(p: Personne) -> None:
    p.lit(150)  # how hours are written in a record
    p.pense(5)  # one day after another
    _ligne(p, "horaires", "horaires: Mo-Fr 09:00-12:00,14:00-17:30")


def horaires_apres(p: Personne) -> None:
    p.corrige()
    p.va("Horaires")
    p.frappe("9h-12h 14h-17h30", dans_la_page=True, raccourci=2)
    p.pense()
    p.touche(p.page.get_by_role("button", name="Recopier lundi jusqu’à vendredi"))
    p.pense()
    p.touche(p.page.get_by_label("Samedi"))
    p.frappe(" ", dans_la_page=True, raccourci=2)
    p.remet()


def ajouter_avant(p: Personne) -> None:
    p.lit(300)  # which fields, which words of which vocabulary
    texte = (
        "# yaml-language-server: $schema=../lieu.schema.json\n"
        'nom: Mairie de Valbourg\nadresse: 1 place du Marché\ncode_postal: "99000"\ncommune: Valbourg\n'
        'code_insee: "99058"\nservices:\n  - Aide aux démarches administratives\ntelephone: "+33254111112"\n'
        f"horaires: Mo-Fr 09:00-12:00\nsource: Mairie\ndate_maj: {_jour(p)}\n"
    )
    p.pense(texte.count("\n"))  # each line is thought of
    p.frappe(texte)
    (p.atelier / "offers/99/mairie-de-valbourg.yml").write_text(texte, encoding="utf-8")
    p.pense()
    p.touche()
    p.frappe("code insee valbourg\n")  # looked for elsewhere
    p.enregistre()
    p.commande("valider", "offers/99/mairie-de-valbourg.yml")


def ajouter_apres(p: Personne) -> None:
    page = p.page
    page.goto(f"{p.adresse}contribuer/")
    p.pense()
    p.touche(page.locator("main p a[href='../ajouter/']"))
    expect(page.locator("form.formulaire")).to_be_visible()
    p.lit(60)
    champs = {
        "Nom (obligatoire)": "Mairie de Valbourg",
        "Adresse": "1 place du Marché",
        "Code postal": "99000",
        "Commune (obligatoire)": "Valbourg",
        "Téléphone": "0254111112",
        "Lundi": "9h-12h",
        "Source (obligatoire)": "Mairie",
    }
    for nom, texte in champs.items():
        p.pense()
        p.touche(page.get_by_label(nom, exact=True).first)
        p.frappe(texte, dans_la_page=True)
        if nom == "Lundi":
            p.touche(page.get_by_role("button", name="Recopier lundi jusqu’à vendredi"))
    p.pense()
    p.touche(page.get_by_label("Oui", exact=True).first)
    p.remet()


def confirmer_avant(p: Personne) -> None:
    _ligne(p, "verifie_le", f"verifie_le: {_jour(p)}")


def confirmer_apres(p: Personne) -> None:
    p.corrige()
    p.pense()
    p.touche(p.page.get_by_role("button", name="Tout est toujours exact"))
    p.depose()


def importer_avant(p: Personne) -> None:
    ajouter_avant(p)
    une = replace(p.compte)
    for nom in ("etapes", "touches", "pointages", "mentaux"):
        setattr(p.compte, nom, getattr(une, nom) * LIGNES_DU_TABLEUR)


def importer_apres(p: Personne) -> None:
    tetes = ["N° fiche", "Nom du lieu", "Adresse", "Code postal", "Ville", "Téléphone", "Horaires d'ouverture"]
    lignes = [";".join([*tetes, "Aide aux démarches", "Mis à jour le"])]
    for n in range(1, LIGNES_DU_TABLEUR + 1):
        ou = f"{n};Mairie annexe n° {n};{n} rue des Lilas;99000;Valbourg;02 54 22 33 {n:02d}"
        lignes.append(f"{ou};Du lundi au vendredi 9h-12h;oui;05/10/2026")
    (p.atelier / "mairies.csv").write_text("\n".join([*lignes, ""]), encoding="utf-8")
    p.commande("importer", "--deviner", "mairies.csv")
    p.lit(120)  # what each column was taken for
    fichier = p.ouvre("sources/mairies.yml")
    p.ecrit(fichier, 'nom: "mairies"', 'nom: "Mairies du Val"', "Mairies du Val")
    p.ecrit(fichier, "licence: à préciser", "licence: Licence Ouverte 2.0", "Licence Ouverte 2.0")
    p.enregistre()
    dit = p.commande("importer", "mairies", "mairies.csv")
    if f"{LIGNES_DU_TABLEUR} fiches écrites" not in dit:
        raise GesteManque(dit)
    p.lit(30)


def effet_apres(p: Personne) -> None:
    telephone_avant(p)
    p.compte = Compte()
    dit = p.commande("comparer", "HEAD")
    if "elephone" not in dit.replace("é", "e").lower():
        raise GesteManque(dit)
    p.lit(len(dit.split()))


def relire_avant(p: Personne) -> None:
    for fichier in sorted((p.atelier / "offers/99").glob("*.yml")):
        p.touche()
        p.lit(15)  # its dates and its closures, among the rest
        p.pense()
        if "date_maj" not in fichier.read_text(encoding="utf-8"):
            raise GesteManque(fichier.name)


def relire_apres(p: Personne) -> None:
    dit = p.commande("relire")
    if "à relire" not in dit:
        raise GesteManque(dit)
    p.lit(80)  # the rule, and the first records


def _doubler(p: Personne) -> None:
    """A second record of the same place, under another name, as two inventories give."""
    texte = (p.atelier / f"offers/{FICHE}.yml").read_text(encoding="utf-8")
    texte = re.sub(r"^anciens_identifiants:\n(?: +- .*\n)+", "", texte, flags=re.MULTILINE)
    (p.atelier / "offers/99/bibliotheque-municipale.yml").write_text(
        texte.replace("nom: Médiathèque de Valbourg", "nom: Médiathèque municipale de Valbourg"), encoding="utf-8"
    )


def doublon_avant(p: Personne) -> None:
    _doubler(p)
    p.ouvre(f"offers/{FICHE}.yml")
    p.lit(200)
    fichier = p.ouvre("offers/99/bibliotheque-municipale.yml")
    p.lit(200)
    p.pense(3)
    p.touche()  # one of the two is deleted: its address ends
    fichier.unlink()
    p.commande("valider")


def doublon_apres(p: Personne) -> None:
    _doubler(p)
    dit = p.commande("valider")
    if "doublon_de" not in dit:
        raise GesteManque(dit)
    p.lit(50)  # the advice, with the line to write
    fichier = p.ouvre("offers/99/bibliotheque-municipale.yml")
    _remplacer(p, fichier, "doublon_de", f"doublon_de: {FICHE}")
    p.enregistre()
    p.commande("valider")


def fermer_avant(p: Personne) -> None:
    p.lit(60)  # a record is not deleted: which field says so
    _ligne(p, "date_fermeture", f"date_fermeture: {_jour(p)}")


def fermer_apres(p: Personne) -> None:
    p.corrige()
    p.pense()
    p.touche(p.page.get_by_role("button", name="Ce lieu a fermé"))
    p.remet()


GESTES = (
    Geste("corriger un téléphone", telephone_avant, telephone_apres),
    Geste("corriger des horaires", horaires_avant, horaires_apres),
    Geste("ajouter un lieu", ajouter_avant, ajouter_apres),
    Geste("confirmer une fiche", confirmer_avant, confirmer_apres),
    Geste(f"importer un tableur de {LIGNES_DU_TABLEUR} lignes", importer_avant, importer_apres),
    Geste("voir l'effet d'un changement", None, effet_apres),
    Geste("trouver les fiches à relire", relire_avant, relire_apres),
    Geste("trancher un doublon", doublon_avant, doublon_apres),
    Geste("fermer un lieu", fermer_avant, fermer_apres),
)
