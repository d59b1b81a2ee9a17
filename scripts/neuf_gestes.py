"""Refait les neuf gestes d'un hub dans un double de la démonstration, à la main puis avec l'outil, et écrit le tableau.

Chaque geste est fait pour de bon : le formulaire dans un navigateur, les commandes dans ce double, que `carte valider`
accepte. Les minutes sont une estimation (modèle KLM, les constantes plus bas), pas un temps chronométré. Il
faut un navigateur Chromium et le site construit. Le résultat est docs/neuf-gestes.md.

Code de sortie : 0 si les neuf gestes réussissent, 1 sinon.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from playwright.sync_api import Locator, Page, ViewportSize, expect, sync_playwright

import verifier_outils
from carte.commandes import MARQUE_HUB
from carte.serveur import serveur

RACINE = Path(__file__).resolve().parents[1]
DOCUMENT = RACINE / "docs" / "neuf-gestes.md"
TELEPHONE: ViewportSize = {"width": 360, "height": 640}
# Seconds of the keystroke-level model (Card, Moran and Newell, 1980); reading at 250 words a minute.
TOUCHE, POINTAGE, MENTAL, MOT_LU = 0.28, 1.10, 1.35, 0.24
FICHE = "99/mediatheque-de-valbourg"
LIGNES_DU_TABLEUR = 12
_TITRES = "geste|à la main : étapes|minutes|avec l'outil : étapes|minutes|processeur (s)"


class GesteManque(Exception):
    """A gesture that did not end as it should."""


@dataclass
class Compte:
    """What a person does: `etapes`: taps, texts and commands; `machine`: processor of the commands, seconds."""

    etapes: int = 0
    touches: int = 0
    pointages: int = 0
    mentaux: int = 0
    mots: int = 0
    machine: float = 0.0

    @property
    def secondes(self) -> float:
        """Of the person, as the model estimates them; the machine is not waited for."""
        return self.touches * TOUCHE + self.pointages * POINTAGE + self.mentaux * MENTAL + self.mots * MOT_LU


@dataclass
class Personne:
    """Does things for real in a copy of the demonstration, and counts them. `page`: what one sees of the site."""

    atelier: Path
    page: Page
    adresse: str
    compte: Compte = field(default_factory=Compte)

    def pense(self, fois: int = 1) -> None:
        """Look for what comes next, or decide."""
        self.compte.mentaux += fois

    def lit(self, mots: int) -> None:
        """Read a rule, or an answer."""
        self.compte.mots += mots

    def touche(self, quoi: Locator | None = None) -> None:
        """Point at something; on the page, it is really clicked."""
        self.compte.etapes += 1
        self.compte.pointages += 1
        if quoi is not None:
            quoi.click()

    def frappe(self, texte: str, *, dans_la_page: bool = False, raccourci: int = 0) -> None:
        """Type a text, after `raccourci` keys (select all, save)."""
        self.compte.etapes += 1
        self.compte.touches += len(texte) + raccourci
        if dans_la_page:
            if raccourci:
                self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type(texte)

    def ouvre(self, fichier: str) -> Path:
        """Find a file in its folder and open it: the folder, its name among the others, the editor."""
        self.pense()
        self.touche()
        self.touche()
        return self.atelier / fichier

    def ecrit(self, fichier: Path, avant: str, apres: str, tape: str) -> None:
        """Change a text of a file that is open: find the line, point at its value, type the new one."""
        self.pense()
        self.touche()
        self.frappe(tape)
        texte = fichier.read_text(encoding="utf-8")
        if avant not in texte:
            raise GesteManque(f"{fichier.name} : « {avant} » n'y est pas.")
        fichier.write_text(texte.replace(avant, apres, 1), encoding="utf-8")

    def enregistre(self) -> None:
        """Save, and close."""
        self.frappe("", raccourci=2)

    def commande(self, *mots: str, accepte: tuple[int, ...] = (0,)) -> str:
        """Type a command of `carte` and run it; its output. Raises GesteManque on another exit code than `accepte`."""
        self.pense()
        self.frappe(f"carte {' '.join(mots)}\n")
        avant = resource.getrusage(resource.RUSAGE_CHILDREN)
        fait = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "carte", *mots], cwd=self.atelier, capture_output=True, text=True, check=False
        )
        apres = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.compte.machine += apres.ru_utime + apres.ru_stime - avant.ru_utime - avant.ru_stime
        if fait.returncode not in accepte:
            raise GesteManque(f"carte {' '.join(mots)} : {fait.returncode}\n{fait.stdout}{fait.stderr}")
        return fait.stdout + fait.stderr

    def corrige(self) -> None:
        """From the fiche to its form."""
        self.page.goto(f"{self.adresse}lieux/{FICHE}/")
        self.pense()
        self.touche(self.page.get_by_role("link", name="Corriger cette fiche"))
        expect(self.page.locator("form.formulaire")).to_be_visible()

    def va(self, section: str) -> None:
        """To a section of the form, its first question having the focus."""
        self.pense()
        self.touche(self.page.get_by_role("navigation").get_by_role("button", name=section))

    def remet(self, dossier: str = "offers/99") -> None:
        """Check, download, put the file in its folder, and let the program accept it."""
        self.pense()
        self.touche(self.page.get_by_role("button", name="Vérifier et préparer"))
        self.depose(dossier)

    def depose(self, dossier: str = "offers/99") -> None:
        """Download what is ready, and put it where it goes."""
        self.pense()
        with self.page.expect_download() as attendu:
            self.touche(self.page.get_by_role("button", name="Télécharger le fichier"))
        nom = attendu.value.suggested_filename
        self.frappe(f"mv ~/{nom} {dossier}/\n")
        attendu.value.save_as(self.atelier / dossier / nom)
        self.commande("valider", f"{dossier}/{nom}")


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


def copier(dossier: Path) -> None:
    """The demonstration as a hub's repository: records, layers, configuration, one commit."""
    for nom in ("offers", "geo"):
        shutil.copytree(RACINE / nom, dossier / nom)
    shutil.copy(RACINE / "carte.yml", dossier / "carte.yml")
    (dossier / MARQUE_HUB).touch()
    git = ["git", "-c", "user.name=Hub", "-c", "user.email=hub@hub.example"]
    for suite in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Début"]):
        subprocess.run([*git, *suite], cwd=dossier, check=True)  # noqa: S603


def chronometrer(un: Callable[[Personne], None], page: Page, adresse: str) -> Compte:
    """Do it in a new copy. Raises GesteManque when it does not end as it should."""
    with tempfile.TemporaryDirectory() as place:
        atelier = Path(place)
        copier(atelier)
        personne = Personne(atelier, page, adresse)
        un(personne)
        return personne.compte


def tableau(comptes: list[tuple[Geste, Compte | None, Compte]]) -> str:
    """The Markdown table."""
    lignes = [f"| {_TITRES.replace('|', ' | ')} |", f"|{'---|' * (_TITRES.count('|') + 1)}"]
    for geste, avant, apres in comptes:
        sans = (str(avant.etapes), _minutes(avant)) if avant else ("—", "—")
        cellules = (geste.nom, *sans, str(apres.etapes), _minutes(apres), f"{apres.machine:.1f}".replace(".", ","))
        lignes.append(f"| {' | '.join(cellules)} |")
    return "\n".join(lignes)


def _minutes(compte: Compte) -> str:
    return f"{compte.secondes / 60:.1f}".replace(".", ",")


def document(table: str) -> str:
    """The page of the docs."""
    return f"""# Les neuf gestes d'un hub

Écrit par `python scripts/neuf_gestes.py`, qui refait chaque geste sur une copie de la démonstration : dans le
formulaire, sur un écran de 360 pixels, ou par les commandes. `carte valider` accepte chaque fichier qui en sort.

{table}

Une étape est un appui, un texte écrit ou une commande. Les minutes sont une **estimation**, pas la mesure d'une
personne : {_virgule(TOUCHE)} s par touche, {_virgule(POINTAGE)} s par appui, {_virgule(MENTAL)} s par décision (modèle
KLM de Card, Moran et Newell) et {_virgule(MOT_LU)} s par mot à lire. Ni l'appel au lieu, ni l'attente de la machine n'y
sont. « À la main » veut dire : en écrivant soi-même le fichier de la fiche, avec `carte valider` pour le relire ;
quelqu'un qui n'a jamais ouvert un tel fichier n'y arrive pas seul, ce que le modèle ne compte pas. Par le formulaire,
le dépôt du fichier dans le dossier et sa vérification sont comptés.

- Corriger ou confirmer une fiche ne prend pas moins de minutes par le formulaire à qui sait écrire le fichier : presque
  tout y est la frappe des commandes qui rangent le fichier reçu. Ce qui change est qui peut le faire.
- Voir l'effet d'un changement ne se fait pas à la main : il faudrait construire deux sites et comparer leurs rapports.
- Trancher un doublon à la main supprime une fiche et son adresse ; avec `doublon_de`, les deux adresses mènent à la
  même fiche.
- Importer à la main, c'est écrire les {LIGNES_DU_TABLEUR} fiches une à une.
"""


def _virgule(nombre: float) -> str:
    return f"{nombre:.2f}".replace(".", ",")


def mesurer(site: Path) -> list[tuple[Geste, Compte | None, Compte]]:
    """Each gesture, by hand and with the tool. Raises GesteManque, or Playwright's timeout."""
    jour = yaml.safe_load((RACINE / "carte.yml").read_text(encoding="utf-8"))["date_publication"]
    http = serveur(site, 0)
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        with sync_playwright() as p:
            navigateur = p.chromium.launch(executable_path=verifier_outils.chromium())
            page = navigateur.new_page(viewport=TELEPHONE, has_touch=True, service_workers="block")
            page.set_default_timeout(15_000)
            page.clock.set_fixed_time(f"{jour}T10:00:00+01:00")
            adresse = f"http://127.0.0.1:{http.server_port}/"
            return [
                (g, chronometrer(g.avant, page, adresse) if g.avant else None, chronometrer(g.apres, page, adresse))
                for g in GESTES
            ]
    finally:
        http.shutdown()


def main() -> int:
    """Measure and write; says what failed."""
    lecteur = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    lecteur.add_argument("--site", type=Path, default=RACINE / "build" / "site", help="le site construit")
    choix = lecteur.parse_args()
    if not (choix.site / "index.html").is_file():
        print("Le site n'est pas encore construit. Lancez d'abord : make site")
        return 1
    try:
        comptes = mesurer(choix.site)
    except GesteManque as manque:
        print(f"Un geste n'a pas abouti : {manque}")
        return 1
    DOCUMENT.write_text(document(tableau(comptes)), encoding="utf-8")
    print(f"Écrit : {DOCUMENT.relative_to(RACINE)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
