"""A small invented world for importers: communes of several départements, rows in the shape of the two sources."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from math import nan

from carte import nomenclature
from carte.imports.modele import ContexteImport
from carte.imports.textes import normaliser
from sites import RACINE

# code → (name, longitude, latitude of its centre); a commune is a disc of 3 km.
COMMUNES = {
    "36901": ("Valbourg", 2.0, 46.0),
    "36902": ("Saint-Aubin-le-Val", 2.5, 46.0),
    "36903": ("Les Essarts", 2.0, 46.5),
    "18901": ("Les Essarts", 5.0, 46.0),
    "18902": ("Port-Neuf", 5.5, 46.0),
    "2A901": ("Portu Novu", 9.0, 42.0),
    "49901": ("Belle-Rive", -0.5, 47.4),
    "98801": ("Nouméville", 166.0, -22.0),
}
ANCIENNES = {"36950": "36901"}


class FausseGeographie:
    """Answers like `territory.Geographie`, by hand; one degree counts for 100 km."""

    def statut(self, code: str) -> str:
        return "actuelle" if code in COMMUNES else "ancienne" if code in ANCIENNES else "inconnue"

    def successeur(self, code: str) -> str | None:
        return ANCIENNES.get(code)

    def nom(self, code: str) -> str | None:
        actuel = ANCIENNES.get(code, code)
        return COMMUNES[actuel][0] if actuel in COMMUNES else None

    def codes_du_nom(self, nom: str, departement: str) -> list[str]:
        cle = normaliser(nom)
        return [c for c, (n, *_) in COMMUNES.items() if normaliser(n) == cle and c.startswith(departement)]

    def communes_des_points(self, lons: Sequence[float], lats: Sequence[float]) -> list[str | None]:
        points = zip(lons, lats, strict=True)
        return [next((code for code in COMMUNES if self._km(code, *point) == 0), None) for point in points]

    def distances_to_commune(self, codes: Sequence[str], lons: Sequence[float], lats: Sequence[float]) -> list[float]:
        return [
            self._km(*triplet) if triplet[0] in COMMUNES else nan for triplet in zip(codes, lons, lats, strict=True)
        ]

    def _km(self, code: str, lon: float, lat: float) -> float:
        _, x, y = COMMUNES[code]
        return max(0.0, 100 * ((lon - x) ** 2 + (lat - y) ** 2) ** 0.5 - 3)


VOCABULAIRES = nomenclature.lire(RACINE / "offers" / "nomenclature")
CONTEXTE = ContexteImport(FausseGeographie(), None, VOCABULAIRES, date(2026, 11, 2), ("36", "18"))

_HUB = {
    "gid": 7,
    "c_gid": 8,
    "c_nom": "Espace des Tilleuls",
    "c_adresse": "4 rue du Lavoir",
    "c_postcode": 1990,
    "c_city": "VALBOURG",
    "c_telephone": "02 99 01 02 03",
    "c_courriel": "accueil@tilleuls.example",
    "c_site_web": "",
    "c_statut_juridique": "",
    "c_etiquettes": "",
    "c_epn": "",
    "c_mediatheque": "",
    "c_msap": "",
    "c_autres": "",
    "c_acces_pmr": "",
    "c_materiel_info": "oui",
    "c_materiel_info_detail": "",
    "c_formation": "non",
    "c_formation_detail": "",
    "c_accompagnement_personnel": "non",
    "c_accompagnement_personnel_detail": "",
    "c_espace_teletravail": "non",
    "c_accompagnement_teletravail": "",
    "c_horaire_ouverture": "",
    "c_jours_semaine": "",
    "c_lat_coor1": 46.001,
    "c_long_coor1": 2.001,
    "c__edit_datemaj": "2021/03/04 10:11:12.130",
    "c_b_epn": 0,
    "c_categories_espace": "{EPN}",
    "c_epci": "CC du Val",
    "c_arr_statut_juridique": "",
    "c_siren_site": "000000000",
    "c_raison_sociale": "",
    "c_varchar_public_cible": "",
}
_FS = {
    "id_fs": "31",
    "insee_dep": "36",
    "lib_fs": "France services de Valbourg",
    "adresse": "4 Rue du Lavoir",
    "complement_adresse": "",
    "insee_com": "36901",
    "code_postal": "01990",
    "lib_com": "Valbourg",
    "latitude": "46.0011",
    "longitude": "2.0011",
    "mail": "fs@valbourg.example",
    "telephone": "02 99 01 02 03",
    "h_lundi": "09:00 - 12:00 / 14:00 - 17:00",
    "h_mardi": "09:00 - 12:00",
    "h_mercredi": "",
    "h_jeudi": "",
    "h_vendredi": "",
    "h_samedi": "",
    "prise_rdv": "Non",
    "commentaire": "",
    "type_fs": "Principal",
    "format_fs": "Fixe",
    "groupe_fs": "",
    "labellisation_fs": "Espace labellisé 01/02/2022",
}


def ligne_hub(**valeurs: object) -> dict[str, object]:
    """One row of the Hub-LO shape, with these values changed."""
    return {**_HUB, **valeurs}


def fichier_hub(*lignes: dict[str, object]) -> bytes:
    return json.dumps(list(lignes), ensure_ascii=False).encode()


def ligne_fs(**valeurs: str) -> dict[str, str]:
    """One row of the France services shape, with these values changed."""
    return {**_FS, **valeurs}


def fichier_fs(*lignes: dict[str, str]) -> bytes:
    tampon = io.StringIO(newline="")
    ecrivain = csv.DictWriter(tampon, list(_FS), quoting=csv.QUOTE_ALL)
    ecrivain.writeheader()
    ecrivain.writerows(lignes)
    return ("\ufeff" + tampon.getvalue()).encode()
