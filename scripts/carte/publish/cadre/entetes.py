"""What a host adds to every answer: the policy of the pages said again, and what a page cannot say of itself."""

from collections.abc import Mapping

from carte.publish.cadre.contexte import GEOPLATEFORME, POLITIQUE, permettre_les_adresses

_A_COPIER = "Écrit par scripts/ecrire_entetes.py d'après la politique que portent les pages : à copier tel quel."


def entetes(*, adresse: bool, tuiles: bool) -> Mapping[str, str]:
    """Name → value of each header, for the options of a deployment.

    A browser applies this policy and that of the page, so that the widest of all the pages is the one to send: each
    page keeps what it alone refuses. Nothing is said of frames: other sites are invited to show the search.
    """
    politique = POLITIQUE
    if adresse:
        politique = permettre_les_adresses(politique)
    if tuiles:
        politique = politique.replace("img-src 'self' data:", f"img-src 'self' data: {GEOPLATEFORME}")
    return {
        "Content-Security-Policy": politique,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    }


def fichiers(valeurs: Mapping[str, str]) -> Mapping[str, str]:
    """Name of a file → its text, for each server that takes headers from a file."""
    netlify = "".join(f"  {nom}: {valeur}\n" for nom, valeur in valeurs.items())
    apache = "".join(f'  Header always set {nom} "{valeur}"\n' for nom, valeur in valeurs.items())
    nginx = "".join(f'add_header {nom} "{valeur}" always;\n' for nom, valeur in valeurs.items())
    return {
        "_headers": f"# {_A_COPIER}\n# Netlify, Cloudflare Pages : à la racine du site publié.\n/*\n{netlify}",
        "apache.conf": (
            f"# {_A_COPIER}\n# Apache, avec mod_headers : dans <VirtualHost>, ou dans le fichier .htaccess du site.\n"
            f"<IfModule mod_headers.c>\n{apache}</IfModule>\n"
        ),
        "nginx.conf": (
            f"# {_A_COPIER}\n# nginx : dans « server », et dans chaque « location » qui a ses propres add_header.\n"
            f"{nginx}"
        ),
    }
