"""Targets of imports: an inventory of any source, and the small cleanings of what one writes."""

import shutil
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from carte.ecrits.formes import SLUG, avis_courriel, avis_url
from carte.erreurs import ErreurCarte
from carte.imports import personnes, textes
from carte.imports.bilan import Sort
from carte.imports.deviner import deviner
from carte.imports.importer import importer
from carte.records import Contexte, bloque, lire
from carte.records.rules.formes import FORMES
from fuzz.cible import Cible
from imports.monde import VOCABULAIRES, FausseGeographie, fichier_fs, fichier_hub, ligne_fs, ligne_hub
from imports.test_textes import _MORCEAUX

_D_INVENTAIRE = tuple(
    mot.encode()
    for mot in (
        *(
            "oui",
            "non",
            "lundi 9h-12h",
            "09:00 - 12:00",
            "02 99 01 02 03",
            "a@b.fr",
            "https://a.fr",
            "36901",
            "2021/13/45",
        ),
        *(
            "{EPN}",
            "null",
            '"',
            ";",
            "\\ud83d",
            "\\u0000",
            "é",
            "Jean Dupont",
            "06 12 34 56 78",
            "1e400",
            "-0",
            "\u202e",
            "=",
        ),
        *(
            "../../etc",
            "<b>",
            "x" * 400,
            "itinérant",
            "semaine paire",
            "sur rdv",
            "46,05",
            "NaN",
            "[]",
            "{}",
            "\\n",
            "\t",
        ),
    )
)


def inventaire(dossier: Path) -> Cible:
    """Each row read has one fate; what is written validates; the same file again changes nothing; a guess is YAML."""
    cadre = Contexte(date(2026, 11, 2), VOCABULAIRES, FausseGeographie())
    numeros = count()

    def passer(source: str, racine: Path) -> bool:
        bilan = importer(
            source, racine / "inventaire-20240801", ["36"], FausseGeographie(), racine / "offers", cadre,
            racine / "imports/liste.json",
        )  # fmt: skip
        assert bilan.lues == sum(bilan.nombre(sort) for sort in Sort)
        lus = lire(racine / "offers", cadre)
        assert not bloque(lus.problemes), lus.problemes
        return True

    def essayer(octets: bytes) -> bool:
        tete, _, contenu = octets.partition(b"\n")
        source = tete.decode("utf-8", "replace")
        if source not in ("hub-lo", "france-services", "standard"):
            return False
        racine = dossier / str(next(numeros))
        (racine / "offers").mkdir(parents=True)
        try:
            (racine / "inventaire-20240801").write_bytes(contenu)
            _refuse(lambda: deviner(contenu, "essai", VOCABULAIRES))
            if _refuse(lambda: passer(source, racine)):
                return False
            avant = {f: f.read_bytes() for f in (racine / "offers").rglob("*.yml")}
            passer(source, racine)
            assert {f: f.read_bytes() for f in (racine / "offers").rglob("*.yml")} == avant
        finally:
            shutil.rmtree(racine)
        return True

    hub = fichier_hub(
        ligne_hub(), ligne_hub(gid=20, c_nom="Le Bureau", c_adresse="9 rue Haute", c_horaire_ouverture="9h-12h")
    )
    fs = fichier_fs(
        ligne_fs(), ligne_fs(id_fs="32", lib_fs="Bus", commentaire="fermé en août", h_samedi="semaine paire")
    )
    return Cible("inventaire", (b"hub-lo\n" + hub, b"france-services\n" + fs), essayer, _D_INVENTAIRE, 1, cout=40)


def _refuse(faire: Callable[[], object]) -> bool:
    """Whether it is refused, in French, as everything that the program refuses."""
    try:
        faire()
    except ErreurCarte as refus:
        message = refus.format_message()
        assert message
        assert "Error" not in message, message
        return True
    return False


def nettoyeurs(_: Path) -> Cible:
    """What is taken validates; a text cleaned twice is cleaned once; no mobile is left in what is shown."""

    def essayer(octets: bytes) -> bool:
        texte = octets.decode("utf-8", "replace")[:300]
        pris = [(avis_url, site) for site in textes.sites(texte)[0]]
        pris += [(avis_courriel, courriel) for courriel in textes.courriels(texte)[0]]
        numeros, _entier = textes.telephones(texte, "36")
        pris += [(FORMES["telephone"], numero) for numero in numeros]
        for forme, valeur in pris:
            assert forme(valeur) is None, valeur
        repare = textes.reparer(texte)
        assert repare == textes.sans_invisibles(repare) or "\\" in texte or "Ã" in texte or "â" in texte, repare
        nettoye = textes.nettoyer(texte)
        assert textes.nettoyer(nettoye) == nettoye
        assert SLUG.fullmatch(textes.slug(texte))
        assert textes.normaliser(textes.normaliser(texte)) == textes.normaliser(texte)
        lettres, _ = textes.en_lettres(texte)
        lettres.encode()
        masque = personnes.sans_personne("commentaire", texte)
        assert personnes.sans_personne("commentaire", masque) == masque, masque
        return bool(pris)

    morceaux = tuple(morceau.encode() for morceau in _MORCEAUX)
    textes_sains = (
        *("02 54 00 11 22 ou 06.12.34.56.78", "contact@mairie.fr, jean.dupont@gmail.com", "www.a.fr ; https://b.fr/x"),
        *("MÃ©diathÃ¨que d\\u2019\\x20ici\\x20", "M. Jean Dupont, le mardi : +33 (0)2 54 00 11 22"),
    )
    graines = tuple(texte.encode() for texte in textes_sains)
    return Cible("nettoyeurs", graines, essayer, morceaux, cout=0.4)
