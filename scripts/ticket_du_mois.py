"""Puts in one issue of a hub's repository the records to read again, and replaces its text each month.

For GitLab and for Forgejo or Gitea; on GitHub, `fraicheur_du_mois.sh` does the same with `gh`. The text was made by
`carte relire --format markdown` from the records of the published branch alone; nothing of it is run. Where the forge
is, and the key that writes, come by the environment.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import requests

TITRE = "Les fiches à relire"
MARQUE = "<!-- carte : les fiches à relire -->"
TAILLE_MAX = 65_000
_PAR_PAGE, _PAGES_MAX = 50, 40
_ATTENTE_S = 30


@dataclass(frozen=True, slots=True)
class Forge:
    """How a forge spells its issues: their address, the key's header, the open ones, their number and their text."""

    tickets: str
    entete: Mapping[str, str]
    ouverts: Mapping[str, str | int]
    taille: str
    numero: str
    texte: str
    remplacer: str


def gitlab(environ: Mapping[str, str], jeton: str) -> Forge:
    """GitLab CI says its address; the key is a project's, of role Reporter, for `api`. Only its own issues are seen."""
    adresse = f"{environ['CI_API_V4_URL']}/projects/{environ['CI_PROJECT_ID']}/issues"
    ouverts = {"state": "opened", "scope": "created_by_me"}
    return Forge(adresse, {"PRIVATE-TOKEN": jeton}, ouverts, "per_page", "iid", "description", "PUT")


def forgejo(environ: Mapping[str, str], jeton: str) -> Forge:
    """Forgejo's and Gitea's actions name themselves as GitHub's do; the key is the one of the job."""
    adresse = f"{environ['GITHUB_SERVER_URL']}/api/v1/repos/{environ['GITHUB_REPOSITORY']}/issues"
    ouverts = {"state": "open", "type": "issues"}
    return Forge(adresse, {"Authorization": f"token {jeton}"}, ouverts, "limit", "number", "body", "PATCH")


FORGES: Mapping[str, Callable[[Mapping[str, str], str], Forge]] = {"gitlab": gitlab, "forgejo": forgejo}


def publier(forge: Forge, texte: str) -> str:
    """Replace the text of our open issue, or open one when there is something to read again; says what was done.

    Raises requests.RequestException.
    """
    ancien = next(_les_notres(forge), None)
    if ancien is not None:
        _demander(forge, forge.remplacer, f"/{ancien}", json={forge.texte: texte})
        return f"Le ticket {ancien} est à jour."
    if "\n- [ ] " not in texte:
        return "Aucune fiche à relire : aucun ticket n'est ouvert."
    ouvert = _demander(forge, "POST", "", json={"title": TITRE, forge.texte: texte})
    return f"Le ticket {int(ouvert[forge.numero])} est ouvert."


def _les_notres(forge: Forge) -> Iterator[int]:
    for page in range(1, _PAGES_MAX + 1):
        tickets = _demander(forge, "GET", "", params={**forge.ouverts, forge.taille: _PAR_PAGE, "page": page})
        yield from (
            int(ticket[forge.numero]) for ticket in tickets if (ticket.get(forge.texte) or "").startswith(MARQUE)
        )
        if not tickets:
            return


def _demander(forge: Forge, methode: str, suite: str, **contenu: Any) -> Any:
    # Sent elsewhere, the key would go with it.
    reponse = requests.request(
        methode, f"{forge.tickets}{suite}", headers=forge.entete, timeout=_ATTENTE_S, allow_redirects=False, **contenu
    )
    if not 200 <= reponse.status_code < 300:
        raise requests.HTTPError(response=reponse)
    return reponse.json()


def main(arguments: list[str], environ: Mapping[str, str] = os.environ) -> None:
    """`ticket_du_mois.py gitlab|forgejo a-relire.md`"""
    if len(arguments) != 2 or arguments[0] not in FORGES:
        _finir("usage : ticket_du_mois.py gitlab|forgejo FICHIER", 2)
    texte = Path(arguments[1]).read_text(encoding="utf-8")
    if not texte.startswith(f"{MARQUE}\n") or len(texte) > TAILLE_MAX:
        _finir("Ce texte n'est pas celui de Carte : rien n'est publié.", 1)
    jeton = environ.get("CARTE_JETON", "")
    if not jeton:
        _finir(f"Il manque la variable CARTE_JETON : aucun ticket n'est écrit. La liste :\n\n{texte}", 0)
    try:
        forge = FORGES[arguments[0]](environ, jeton)
    except KeyError as absente:
        _finir(f"Il manque la variable {absente.args[0]}, que donne la forge : aucun ticket n'est écrit.", 1)
    try:
        _finir(publier(forge, texte), 0)
    except requests.RequestException as panne:
        code = f" (réponse {panne.response.status_code})" if panne.response is not None else ""
        _finir(f"La forge n'a pas accepté{code} : vérifiez les droits de CARTE_JETON. Aucun ticket n'est écrit.", 1)


def _finir(phrase: str, code: int) -> NoReturn:
    print(phrase)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
