"""A world small enough to draw: four communes along a meridian, 0.1° (11.1 km) apart, and places in them.

46.3  99003 Gamma       no EPCI, no place
46.1  99002 Béta-sur-Lône
46.0  99001 Alpha       and, 0.1° to the east, 96001 Voisine (outside the perimeter)
"""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from geopandas import GeoDataFrame
from pandas import DataFrame
from shapely.geometry import box

from carte import nomenclature
from carte.config import Configuration, Dossiers
from carte.federation.modele import Federation
from carte.publish.libelles import Libelles
from carte.records import doutes
from carte.records.modele import Enregistrement, Lieu
from carte.territory import Geographie, Territoire, situer

if TYPE_CHECKING:
    from carte.picture import Picture

RACINE = Path(__file__).resolve().parents[2]
JOUR = date(2026, 11, 2)
_COMMUNES = [
    ("99001", "Alpha", "99", "E1", 46.0, 2.0, True),
    ("99002", "Béta-sur-Lône", "99", "E1", 46.1, 2.0, True),
    ("99003", "Gamma", "99", None, 46.3, 2.0, True),
    ("96001", "Voisine", "96", None, 46.0, 2.1, False),
]

# What a malicious record would try: a script, a broken attribute, a direction override, a formula, a very long text.
SCRIPT = "<script>alert(1)</script>"
ATTRIBUT = '" onmouseover="alert(2)" x=\''
RETOURNE = "gauche\u202edroite"
LONG = "Texte <b>très</b> long. " * 420


def configuration(**changements: Any) -> Configuration:
    """The world's deployment: a demonstration, at an address with a path."""
    dossiers = Dossiers(lieux=RACINE / "offers", geo=RACINE / "geo", sortie=RACINE / "build")
    base = Configuration(
        nom="Carte d'essai",
        hub="Hub <d'essai>",
        courriel="contact@hub.example",
        url="https://carte.example/essai/",
        departements=("99",),
        date_publication=JOUR,
        dossiers=dossiers,
        demonstration=True,
    )
    return replace(base, **changements)


def territoire() -> Territoire:
    """Squares around each commune's point; 99009 was merged into 99001."""
    lignes = [
        {
            "code_insee": code, "nom": nom, "code_departement": dep, "code_region": "99", "code_epci": epci,
            "population": 100.0, "surface_km2": 20.0, "lat": lat, "lon": lon, "point_source": "mairie",
            "codes_postaux": [f"{dep}000"], "dans_perimetre": propre, "origine": "perimetre" if propre else "voisin",
            "geometry": box(lon - 0.04, lat - 0.04, lon + 0.04, lat + 0.04),
        }
        for code, nom, dep, epci, lat, lon, propre in _COMMUNES
    ]  # fmt: skip
    epci = {"code_epci": ["E1"], "nom": ["CC des Deux Lettres"], "type": ["CC"], "codes_departements": [["99"]]}
    return Territoire(
        communes=GeoDataFrame(lignes, geometry="geometry", crs="EPSG:4326"),
        epci=DataFrame({**epci, "membres": [["99001", "99002"]], "population": [200.0]}),
        departements=DataFrame({"code": ["96", "99"], "nom": ["Pays-Voisin", "Val-d'Exemple"], "code_region": "99"}),
        regions=DataFrame({"code": ["99"], "nom": ["Exemple"]}),
        successeurs={"99009": "99001"},
        millesimes={"cog": "2026"},
    )


def fiche(slug: str = "lieu", departement: str = "99", **champs: Any) -> Enregistrement:
    """A valid record with the least a record needs, in Alpha."""
    minimum = {
        "nom": "Médiathèque d'Alpha",
        "commune": "Alpha",
        "code_insee": "99001",
        "services": ["Aide aux démarches administratives"],
        "telephone": "+33123456789",
        "source": "Hub d'essai",
        "date_maj": date(2026, 10, 1),
    }
    identifiant = f"{departement}/{slug}"
    return Enregistrement(identifiant, f"offers/{identifiant}.yml", Lieu(**{**minimum, **champs}))


def situees(*fiches: Enregistrement, ou: Territoire | None = None) -> tuple[Enregistrement, ...]:
    """The records as a deployment locates them."""
    return situer(fiches, Geographie(ou or territoire()))


def hostile() -> Enregistrement:
    """A record that tries everything at once, past a validation that would have refused some of it."""
    return fiche(
        "hostile",
        nom=f"{SCRIPT} {RETOURNE}",
        adresse=ATTRIBUT,
        telephone="javascript:alert(3)",
        courriels=["a@b.example?bcc=tous@hub.example", f"{ATTRIBUT}@b.example"],
        site_web=["javascript:alert(4)", "data:text/html,<script>alert(5)</script>", f"https://x.example/{ATTRIBUT}"],
        prise_rdv="JaVaScRiPt:alert(6)",
        fiche_acces_libre="//x.example/sans-protocole",
        presentation_resume=SCRIPT,
        presentation_detail=LONG[:10_000],
        structure_parente=ATTRIBUT,
        autres_formations_labels=[SCRIPT],
        horaires='Mo-Fr 09:00-12:00 "<img src=x onerror=alert(7)>"',
        labels=[{"nom": SCRIPT, "numero": ATTRIBUT, "source": SCRIPT}],
        permanences=[{"operateur": SCRIPT, "horaires": "Mo 09:00-10:00", "detail": SCRIPT, "telephone": ATTRIBUT}],
        tournee=[{"commune": SCRIPT, "lieu": ATTRIBUT, "frequence": SCRIPT}],
        source=SCRIPT,
    )


@cache
def vocabulaires() -> dict[str, nomenclature.Vocabulaire]:
    return nomenclature.lire(RACINE / "offers" / "nomenclature")


@cache
def libelles() -> Libelles:
    return Libelles.lire(vocabulaires())


def picture(*fiches: Enregistrement, **changements: Any) -> "Picture":
    """A picture of these records, with what the pages for people read of it."""
    placees = situees(*fiches)
    morceaux = {
        "configuration": configuration(**changements),
        "vocabulaires": vocabulaires(),
        "enregistrements": placees,
        "doutes": tuple(doutes(placees)),
        "territoire": territoire(),
        "indicateurs": SimpleNamespace(definitions=()),
        "millesimes": {"cog": "2026"},
        "federation": Federation(),
    }
    return cast("Picture", SimpleNamespace(**morceaux))
