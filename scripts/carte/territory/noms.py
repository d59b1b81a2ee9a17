"""Names of communes as people write them, brought to one spelling for comparison."""

import re

from carte.lettres import plier

_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes", "s": "sur", "ss": "sous"}
_ARTICLE_FINAL = re.compile(r"^(?P<nom>.+?)\s*\((?P<article>l['’]|la|le|les|los|las)\)$", re.IGNORECASE)
_CEDEX = re.compile(r"\bcedex\b.*$", re.IGNORECASE)


def cle_du_nom(nom: str) -> str:
    """One spelling for a commune's name: no accent, case, hyphen or abbreviation of Saint; postal CEDEX dropped.

    `Châtre (La)`, `LA CHATRE CEDEX` and `La Châtre` give the same key; `s/` reads as « sur ».
    """
    texte = _CEDEX.sub("", nom.strip()).strip()
    if trouve := _ARTICLE_FINAL.match(texte):
        texte = f"{trouve['article']} {trouve['nom']}"
    return " ".join(_ABREGES.get(mot, mot) for mot in re.findall(r"[a-z0-9]+", plier(texte)))
