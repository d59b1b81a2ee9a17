"""The rows that gave no record, one line each, for a person: a page to read on a phone, and a table for a spreadsheet.

Only what helps to find the place again is there: somebody's own e-mail, mobile or name stays in the source's file.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from carte.imports.bilan import TITRES, Bilan, Sort, Suite, bilan_en_texte, ecrire_sans_ecraser, table_csv
from carte.imports.modele import Nature
from carte.imports.personnes import MASQUE, sans_personne
from carte.imports.textes import normaliser

COLONNES = ("identifiant", "nom", "sort", "raison", "valeurs")
_VALEURS_MAX, _LONGUEUR_MAX = 12, 120


@dataclass(frozen=True, slots=True)
class Refus:
    """One row without a record: why, and what of it helps to find the place."""

    identifiant: str
    nom: str
    sort: str
    raison: str
    valeurs: Mapping[str, str]


def ecrire(bilan: Bilan, journal: Path) -> None:
    """Write the page beside the listing `journal`, and the table when a row has no record (or had none before)."""
    ecrire_sans_ecraser(journal.with_suffix(".html"), en_html(bilan))
    table = journal.with_name(f"{journal.stem}-refus.csv")
    if refuses(bilan) or table.exists():
        ecrire_sans_ecraser(table, en_csv(bilan))


def refuses(bilan: Bilan) -> list[Refus]:
    """The refused rows, then those that the source itself leaves aside, in the order of the file."""
    return [
        Refus(suite.identifiant, suite.nom, str(suite.sort), _raison(suite), dict(_utiles(suite)))
        for sort in (Sort.REFUSEE, Sort.DE_COTE)
        for suite in bilan.suites
        if suite.sort is sort
    ]


def _raison(suite: Suite) -> str:
    dites = [r.message for r in suite.remarques if r.nature in (Nature.REFUS, Nature.ECARTEE)]
    autres = [r.message for r in suite.remarques if r.nature is Nature.CONTRADICTION]
    return " ".join(dict.fromkeys((*dites, *autres))) or "Autre ligne du même lieu."


def _utiles(suite: Suite) -> Iterator[tuple[str, str]]:
    """The first values that say something, once each, cut to be read."""
    vues = {normaliser(suite.nom), ""}
    for colonne, valeur in (suite.ligne or {}).items():
        texte = " ".join(sans_personne(colonne, valeur).split())
        if normaliser(texte) in vues or texte == MASQUE:
            continue
        vues.add(normaliser(texte))
        yield colonne, texte if len(texte) <= _LONGUEUR_MAX else texte[:_LONGUEUR_MAX].rstrip() + "…"
        if len(vues) > _VALEURS_MAX + 1:
            return


def en_csv(bilan: Bilan) -> str:
    """One line per row without a record; a header alone when there is none."""
    lignes = [
        {
            **{nom: str(getattr(refus, nom)) for nom in COLONNES[:-1]},
            "valeurs": " ; ".join(f"{colonne} : {valeur}" for colonne, valeur in refus.valeurs.items()),
        }
        for refus in refuses(bilan)
    ]
    return table_csv(COLONNES, lignes)


def en_html(bilan: Bilan) -> str:
    """The whole page: counts that add up to the rows read, then one card per row. No script, nothing from elsewhere."""
    comptes = [(TITRES[sort], bilan.nombre(sort)) for sort in Sort if bilan.nombre(sort)]
    lignes = "".join(f"<tr><th scope=row>{escape(titre)}</th><td>{nombre}</td></tr>\n" for titre, nombre in comptes)
    total = sum(nombre for _, nombre in comptes)
    trouves = refuses(bilan)
    raisons = Counter(refus.raison for refus in trouves)
    resume = "".join(f"<li>{nombre} : {escape(raison)}</li>\n" for raison, nombre in raisons.most_common())
    titre = f"Import « {bilan.source} » : ce que sont devenues les lignes"
    return _PAGE.format(
        titre=escape(titre),
        departements=escape(", ".join(bilan.departements)),
        detecte="".join(f"<p>{escape(phrase)}</p>\n" for phrase in bilan.detecte),
        lignes=lignes,
        total=total,
        raisons=f"<ul>{resume}</ul>" if trouves else "<p>Aucune ligne n’est sans fiche.</p>",
        cartes="".join(map(_carte, trouves)),
        bilan=escape(bilan_en_texte(bilan)),
    )


def _carte(refus: Refus) -> str:
    valeurs = "".join(f"<dt>{escape(c)}</dt><dd>{escape(v)}</dd>\n" for c, v in refus.valeurs.items())
    return (
        f"<article><h3>{escape(refus.nom or refus.identifiant)}</h3>\n"
        f"<p class=raison>{escape(refus.sort.capitalize())} : {escape(refus.raison)}</p>\n"
        f"<dl>{valeurs}</dl><p class=id>{escape(refus.identifiant)}</p></article>\n"
    )


_PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex"><title>{titre}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 0 auto; padding: 1rem; color: #1d2a2a;
  overflow-wrap: anywhere; }}
h1 {{ font-size: 1.4rem; line-height: 1.25; }} h2 {{ font-size: 1.15rem; margin-top: 2rem; }}
h3 {{ font-size: 1rem; margin: 0; }}
table {{ border-collapse: collapse; width: 100%; }} th {{ font-weight: normal; text-align: left; }}
th, td {{ padding: .35rem .5rem; border-bottom: 1px solid #b9c7c5; vertical-align: top; }}
td {{ text-align: right; white-space: nowrap; }} tfoot th, tfoot td {{ font-weight: bold; }}
article {{ border: 1px solid #7d8f8c; border-radius: .4rem; padding: .75rem; margin: .75rem 0; }}
.raison {{ margin: .25rem 0 .5rem; }} .id {{ margin: .5rem 0 0; color: #4a5a58; font-size: .85rem; }}
dl {{ margin: 0; display: grid; grid-template-columns: minmax(6rem, 1fr) 2fr; gap: .1rem .75rem; }}
dt {{ color: #4a5a58; }} dd {{ margin: 0; }} pre {{ white-space: pre-wrap; font-size: .85rem; }}
</style></head><body>
<h1>{titre}</h1>
<p>Départements : {departements}.</p>
{detecte}<h2>Toutes les lignes, comptées une fois</h2>
<table><tbody>
{lignes}</tbody><tfoot><tr><th scope=row>Lignes lues</th><td>{total}</td></tr></tfoot></table>
<h2>Les lignes sans fiche</h2>
{raisons}
{cartes}<h2>Le bilan</h2>
<pre>{bilan}</pre>
<p>Les noms de personnes, leurs mobiles et leurs courriels ne sont pas recopiés ici : ils restent dans le
fichier d’origine.</p>
</body></html>
"""
