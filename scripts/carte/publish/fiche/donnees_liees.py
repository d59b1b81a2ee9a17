"""What search engines read of a fiche: a data block of schema.org, of facts that the page says too.

The block is data: no browser runs it, and no `<` of a record survives in it. A demonstration has none: its places are
invented, and no engine must offer them.
"""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from carte.hours import Horaires
from carte.publish.direct import fermetures_en_donnees, horaires_compris
from carte.publish.textes import lien_telephone, sans_bidi
from carte.records import dires

if TYPE_CHECKING:
    from carte.config import Configuration
    from carte.records import Enregistrement
    from carte.records.modele import Lieu

_JOURS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MINUIT = 1440
# The words of schema.org for a day of closure: it opens and closes at midnight.
_FERME = {"opens": "00:00", "closes": "00:00"}
# What ends a data block, opens a comment in it, or breaks a line of a program.
_ECHAPPES = {ord(signe): f"\\u{ord(signe):04x}" for signe in "<>&\u2028\u2029"}


def donnees_liees(enregistrement: "Enregistrement", configuration: "Configuration") -> Markup:
    """The data block of a fiche, empty for a demonstration."""
    if configuration.demonstration:
        return Markup("")
    texte = json.dumps(_lieu(enregistrement, configuration), ensure_ascii=False, separators=(",", ":"))
    return Markup('<script type="application/ld+json">{}</script>').format(
        Markup(texte.translate(_ECHAPPES))  # noqa: S704 - no sign of markup is left
    )


def _lieu(enregistrement: "Enregistrement", configuration: "Configuration") -> dict[str, Any]:
    lieu, jour = enregistrement.lieu, configuration.date_publication
    decrit = {
        "@context": "https://schema.org",
        "@type": "Place",
        "name": sans_bidi(lieu.nom),
        "url": f"{configuration.url}lieux/{enregistrement.identifiant}/",
        "telephone": lieu.telephone if lieu.telephone and lien_telephone(lieu.telephone) else None,
        **(_ou_et_quand(lieu, jour) if dires.recoit_a_son_adresse(lieu, jour) else {}),
    }
    return {cle: valeur for cle, valeur in decrit.items() if valeur}


def _ou_et_quand(lieu: "Lieu", jour: date) -> dict[str, Any]:
    adresse = {
        "streetAddress": sans_bidi(lieu.adresse or ""),
        "postalCode": lieu.code_postal,
        "addressLocality": sans_bidi(lieu.commune),
        "addressCountry": "FR",
    }
    ou = dires.position(lieu)
    fermes = [
        {"@type": "OpeningHoursSpecification", **_FERME, "validFrom": f["du"], "validThrough": f["au"]}
        for f in fermetures_en_donnees(lieu, jour)
    ]
    return {
        "address": {"@type": "PostalAddress", **{cle: valeur for cle, valeur in adresse.items() if valeur}},
        "geo": {"@type": "GeoCoordinates", "latitude": ou[0], "longitude": ou[1]} if ou else None,
        "openingHoursSpecification": _ouvertures(horaires_compris(lieu.horaires)),
        "specialOpeningHoursSpecification": fermes,
    }


def _ouvertures(horaires: Horaires | None) -> list[dict[str, str]]:
    """The week, only where it is the same all year round and open to all: else the page alone can say it."""
    if horaires is None or not _simples(horaires):
        return []
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": jour, "opens": _heure(debut), "closes": _heure(fin)}
        for jour, plages in zip(_JOURS, horaires.semaine(), strict=True)
        for debut, fin in plages
        if fin <= _MINUIT
    ]


def _simples(horaires: Horaires) -> bool:
    return not any(
        r.datee or r.semaines or r.rangs or r.commentaire or r.vacances or any(ouverte for *_, ouverte in r.heures)
        for r in horaires.regles
        if not (r.feries and r.sens == "off")
    ) and all(r.sens in ("open", "off") for r in horaires.regles)


def _heure(minute: int) -> str:
    return "23:59" if minute == _MINUIT else f"{minute // 60:02d}:{minute % 60:02d}"
