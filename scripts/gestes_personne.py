"""A person who corrects records, by hand or with the tool: each act is really done, and counted for the KLM model."""

import resource
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# Seconds of the keystroke-level model (Card, Moran and Newell, 1980); reading at 250 words a minute.
TOUCHE, POINTAGE, MENTAL, MOT_LU = 0.28, 1.10, 1.35, 0.24
FICHE = "99/mediatheque-de-valbourg"


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
