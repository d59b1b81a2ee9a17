"""What other sites take of this one: the parameters of the search's address, and a badge of the territory."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from carte.publication import Chantier
from carte.publish.search.facettes import QUESTIONS, composer
from carte.publish.textes import date_longue, pluriel, sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.picture import Picture
    from carte.publish.atlas import Atlas
    from carte.publish.libelles import Libelles

BADGE = "badge.svg"
# Width of a letter of the system's fonts at 13 px, a little more than the mean: nobody knows which font will be there.
_LETTRE, _MARGE, _NOM_MAX = 7.0, 10, 60


@dataclass(frozen=True, slots=True)
class Parametre:
    """One parameter of the search's address: what it means, and what it may hold (value, words); none: see `sens`."""

    cle: str
    sens: str
    valeurs: tuple[tuple[str, str], ...] = ()


def parametres(libelles: "Libelles") -> tuple[Parametre, ...]:
    """Every parameter that the search reads (`etat.js`), in the order in which it writes them."""
    questions = dict.fromkeys((q.cle, q.libelle) for q in QUESTIONS)
    facettes = (f.en_donnees(range(len(f.valeurs))) for f in composer(libelles))
    return (
        Parametre("ou", "ce que l’on écrirait dans la case : une commune, un code postal, un nom de lieu, une demande"),
        Parametre(
            "commune", "le code Insee de la commune (pas le code postal) ; sûr, même si deux communes ont le même nom"
        ),
        Parametre("point", "latitude et longitude, séparées par une virgule : 46.493,2.571"),
        Parametre(
            "pour", "ce que l’on vient faire", tuple((c, libelle) for c, (libelle, _) in libelles.besoins.items())
        ),
        Parametre(
            "quand",
            "maintenant, aujourdhui, apres-18h, un jour (samedi) ou un jour et une heure (jeudi-17h, lundi-9h30)",
        ),
        Parametre("avec", "ce que la fiche doit dire", (*questions, ("recent", "Fiche récente"))),
        *(
            Parametre(str(f["cle"]), str(f["libelle"]), tuple((v["cle"], v["libelle"]) for v in f["valeurs"]))  # type: ignore[attr-defined]
            for f in facettes
        ),
        Parametre("type", "le type de lieu", tuple(libelles.mots["typologies"].items())),
        Parametre(
            "inconnus",
            "oui : montrer aussi les lieux dont la fiche ne le dit pas",
            (("oui", "Aussi ceux qui ne le disent pas"),),
        ),
        Parametre(
            "zone", "un rectangle : ouest, sud, est, nord, en degrés, séparés par des virgules : 1.5,46.4,2.1,46.9"
        ),
    )


def modele(libelles: "Libelles", atlas: "Atlas") -> dict[str, object]:
    """What the page « Intégrer la carte » shows."""
    return {"parametres": parametres(libelles), "exemple": exemple(atlas)}


def exemple(atlas: "Atlas") -> tuple[str, str]:
    """Code and name of the site's largest commune, for examples that work; empty without any."""
    propres = sorted(atlas.propres, key=lambda c: (-atlas.populations.get(c.code, 0.0), c.code))
    return (propres[0].code, propres[0].nom) if propres else ("", "")


def ecrire_badges(picture: "Picture", atlas: "Atlas", site: Chantier) -> list[str]:
    """Write `badge.svg`, and one per département when there are several; return their site-relative paths."""
    configuration, jour = picture.configuration, picture.configuration.date_publication
    siennes = [e for e in picture.enregistrements if e.departement in configuration.departements]
    ouverts = [e.departement for e in siennes if not dires.ferme_pour_toujours(e.lieu, jour)]
    badges = {BADGE: badge(configuration.nom, len(ouverts), jour)}
    if len(configuration.departements) > 1:
        badges |= {
            f"badge-{code}.svg": badge(atlas.nom_du_departement(code), ouverts.count(code), jour)
            for code in configuration.departements
        }
    for chemin, texte in badges.items():
        site.ecrire(chemin, texte)
    return list(badges)


def badge(nom: str, nombre: int, jour: date) -> str:
    """A small picture: the territory, how many places, and the date; its title says the same. No font, no script."""
    court = sans_bidi(nom)
    court = court if len(court) <= _NOM_MAX else court[: _NOM_MAX - 1].rstrip() + "…"
    lignes = (court, f"{pluriel(nombre, 'lieu', 'lieux')} d’aide au numérique", f"au {date_longue(jour)}")
    largeur = max(round(_LETTRE * len(ligne)) for ligne in lignes) + 2 * _MARGE
    textes = "".join(_ligne(ligne, rang, gras=rang == 0) for rang, ligne in enumerate(lignes))
    titre = escape(" : ".join(lignes[:2]) + f", {lignes[2]}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{largeur}" height="68" viewBox="0 0 {largeur} 68" role="img">'
        f"<title>{titre}</title>"
        f'<rect x="0.5" y="0.5" width="{largeur - 1}" height="67" rx="6" fill="#fdfaf4" stroke="#0b5f55"/>'
        f'<g font-family="system-ui, sans-serif" font-size="13" fill="#1b1a17">{textes}</g></svg>\n'
    )


def _ligne(texte: str, rang: int, *, gras: bool) -> str:
    poids = ' font-weight="bold"' if gras else ""
    return f'<text x="{_MARGE}" y="{21 + 19 * rang}"{poids}>{escape(texte)}</text>'
