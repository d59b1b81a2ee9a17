"""The layers as geo/README.md lists them: what each is, where it comes from, what it serves, what its absence costs."""

from pathlib import Path

from carte.couches.rangement import en_table
from carte.couches.registre import TableNationale, lire_autres, lire_registre

RANGEMENT = ("<!-- rangement", "<!-- fin du rangement -->")
COUCHES = ("<!-- couches", "<!-- fin des couches -->")


def en_table_des_couches() -> str:
    """The layers of the registry, then what it declares beside them."""
    lignes = [_ligne(table) for table in lire_registre()]
    autres = [f"| {x.nom} | {_lien(x.source, x.page)} | {x.licence} | {x.comment} |" for x in lire_autres()]
    return "\n".join(
        [
            "| Fichier | Source | Licence | Chiffres servis | Sans ce fichier |",
            "|---|---|---|---|---|",
            *lignes,
            "",
            "| Ce qui n'est pas une couche | Source | Licence | Comment |",
            "|---|---|---|---|",
            *autres,
        ]
    )


def ecrire(readme: Path) -> None:
    """Put both tables where the page's marks are."""
    texte = readme.read_text(encoding="utf-8")
    for (debut, fin), table in ((RANGEMENT, en_table()), (COUCHES, en_table_des_couches())):
        avant, _, suite = texte.partition(debut)
        marque, _, reste = suite.partition("-->")
        texte = f"{avant}{debut}{marque}-->\n\n{table}\n\n{fin}{reste.partition(fin)[2]}"
    readme.write_text(texte, encoding="utf-8")


def _ligne(table: TableNationale) -> str:
    adresse = table.adresse or table.page
    essai = "" if table.verifiee or not table.adresse else " (adresse non essayée)"
    servis = ", ".join(table.sert)
    return f"| `{table.fichier}` | {_lien(table.source, adresse)}{essai} | {table.licence} | {servis} | {table.sans} |"


def _lien(texte: str, adresse: str) -> str:
    return f"[{texte}]({adresse})" if adresse else texte
