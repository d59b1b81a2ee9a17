"""What imports wrote last, so that a record a person has changed since is never overwritten.

The file `empreintes.json` sits beside the listings. Without it every existing record counts as changed by hand:
the safe side.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from carte.ecriture import remplacer
from carte.imports.modele import ImportImpossible


def empreinte(texte: str) -> str:
    """SHA-256 of a text, whatever the line ends of the machine that checked it out."""
    return hashlib.sha256(texte.replace("\r\n", "\n").encode()).hexdigest()


@dataclass
class Empreintes:
    """`fiches`: record id → digest of its file as written; `lignes`: row id → digest of what it converts to.

    `avant`: the digests of before an import that was stopped while it wrote; empty once it has ended.
    """

    fiches: dict[str, str] = field(default_factory=dict)
    lignes: dict[str, str] = field(default_factory=dict)
    avant: dict[str, str] = field(default_factory=dict)

    def intacte(self, identifiant: str, texte: str) -> bool:
        """Whether this file is still exactly what an import wrote."""
        return empreinte(texte) in (self.fiches.get(identifiant), self.avant.get(identifiant))

    def inchangee(self, ligne: str, texte: str) -> bool:
        """Whether the row gives what it gave at its last import."""
        return self.lignes.get(ligne) == empreinte(texte)


def lire(fichier: Path) -> Empreintes:
    """Read the file; absent: nothing was imported yet. Raises ImportImpossible when it is damaged."""
    if not fichier.exists():
        return Empreintes()
    try:
        brut = json.loads(fichier.read_text(encoding="utf-8"))
        return Empreintes(dict(brut["fiches"]), dict(brut["lignes"]), dict(brut.get("avant", {})))
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as erreur:
        raise ImportImpossible(f"{fichier} est abîmé : rétablissez-le, ou supprimez-le.") from erreur


def ecrire(empreintes: Empreintes, fichier: Path) -> None:
    """Replace the file. `avant` is in it only while records are being written."""
    avant = {"avant": empreintes.avant} if empreintes.avant else {}
    contenu = {"fiches": empreintes.fiches, "lignes": empreintes.lignes, **avant}
    texte = json.dumps(contenu, ensure_ascii=False, indent=1, sort_keys=True)
    remplacer(fichier, f"{texte}\n".encode())
