"""Where the figures come from: the page, paper and the package name the same sources, of the same dates."""

import json
import re
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import frictionless
import pytest

from carte.couches.registre import lire_publications, lire_registre
from carte.picture import Picture
from carte.publication import Chantier
from carte.publish import maps, opendata, pdf, report
from carte.publish.report import phrases
from carte.publish.report.absents import non_evalues
from carte.publish.report.sujet import Sujet
from carte.publish.report.tableaux import Cellule
from carte.publish.sources import FERMETURE_CUIVRE, sources
from carte.territory import Couche
from carte.territory.manifeste import couches_presentes
from publish.pdf_lu import flux

CODE = "99"


def _avec(demo: Picture, *couches: Couche) -> Picture:
    """The demonstration with another manifest."""
    return replace(demo, territoire=replace(demo.territoire, couches={CODE: couches}))


def _couche(fichier: str, source: str, millesime: str = "2024") -> Couche:
    return Couche(fichier, f"Titre de {fichier}", source, millesime, "Licence Ouverte 2.0", "")


def _fragment(picture: Picture) -> str:
    return report.pages(report.preparer(picture, maps.preparer(picture)), "assets/carte-x")[f"rapports/{CODE}.html"]


def _lignes(fragment: str) -> list[str]:
    """The rows of the table of sources."""
    debut = fragment.index('id="tableau-dates"')
    return fragment[debut : fragment.index("</table>", debut)].split("<tr>")[2:]


@pytest.mark.usefixtures("avec_poppler")
def test_the_page_paper_and_the_package_say_the_same_sources(demo: Picture, tmp_path: Path) -> None:
    editions = report.preparer(demo, maps.preparer(demo))
    lignes = _lignes(report.pages(editions, "assets/carte-x")[f"rapports/{CODE}.html"])
    octets = pdf.produire(editions[CODE])
    lu = subprocess.run(["pdftotext", "-layout", "-", "-"], input=octets, capture_output=True, check=True)
    papier = re.sub(r"\s+", " ", lu.stdout.decode())
    opendata.ecrire(demo, Chantier.sur(tmp_path))
    chemin = tmp_path / "donnees" / "datapackage.json"
    assert frictionless.Package(str(chemin)).validate().valid
    paquet = json.loads(chemin.read_text(encoding="utf-8"))["sources"]

    attendues = sources(demo, CODE)
    assert len(attendues) == len(lignes) == len(paquet) > 20
    liens = {bytes(lien).decode() for lien in re.findall(rb"/URI ?\((https://[^)]+)\)", flux(octets))}
    for source, ligne, decrite in zip(attendues, lignes, paquet, strict=True):
        cellules = [unescape(re.sub("<[^>]+>", "", c)).replace("\u00a0", " ") for c in re.split("<t[hd][ >]", ligne)]
        millesime = phrases.millesime(source.millesime)
        assert source.titre in cellules[1]
        assert cellules[2].endswith(millesime)
        assert decrite["millesime"] == source.millesime
        assert decrite["title"] == f"{source.titre} : {source.complet}"
        assert decrite["licence"] == source.licence
        assert millesime.replace("\u00a0", " ") in papier
        if source.adresse:
            assert f'<a href="{source.adresse}">' in ligne
            assert decrite["path"] == source.adresse
            assert not liens or source.adresse in liens
    cuivre, debit = (next(s for s in attendues if nom in s.cle) for nom in (FERMETURE_CUIVRE, "debit_filaire"))
    assert cuivre.millesime != debit.millesime
    assert f"Calendrier de fermeture : {phrases.millesime(cuivre.millesime)}." in papier


def test_a_producer_of_the_registry_is_the_link_and_each_of_two_has_its_own(demo: Picture) -> None:
    montagne, littoral = lire_publications("relief.csv")
    deux = f"{montagne.source} ; {littoral.source}"
    arcep, orange = (lire_publications(f)[0] for f in ("arcep/commune_debit_filaire.csv", FERMETURE_CUIVRE))
    lues = sources(
        _avec(
            demo,
            _couche("relief.csv", deux, "2023, 2025"),
            _couche("arcep/commune_debit_filaire.csv", arcep.source, "inconnu"),
            _couche(FERMETURE_CUIVRE, orange.source, "inconnu"),
            _couche("publication-precedente/lieux.csv", "Hub"),
        ),
        CODE,
    )
    par_cle = [(s.cle, s.producteur, s.millesime, s.adresse, s.modele) for s in lues if s.cle.count(".")]
    assert par_cle == [
        ("relief.csv", montagne.source, "2023", montagne.adresse, ""),
        ("relief.csv", littoral.source, "2025", littoral.adresse, ""),
        # Its own rows say when; those of the schedule do not.
        ("arcep/commune_debit_filaire.csv", arcep.source, demo.millesimes["debit"], arcep.adresse, ""),
        (FERMETURE_CUIVRE, orange.source, "inconnu", orange.adresse, ""),
    ]


def test_no_address_of_a_manifest_is_a_link(demo: Picture) -> None:
    hostiles = ('javascript:alert(1)"><script>x</script>', "data:text/html,<b>x</b>", "https://ailleurs.example/")
    fichiers = ("menages.csv", "frr.csv", "a-moi.csv")
    picture = _avec(demo, *(Couche(f, a, a, a, a, "") for f, a in zip(fichiers, hostiles, strict=True)))
    assert [s.producteur for s in sources(picture, CODE) if s.cle in fichiers] == list(hostiles)
    connues = (
        *(table.fichier for table in lire_registre()),
        "communes.geojson",
        "arcep/commune_debit_filaire.csv",
        "cog",
        "population",
    )
    publiees = {publiee.adresse for nom in connues for publiee in lire_publications(nom)}
    lignes = "".join(_lignes(_fragment(picture)))
    assert all(unescape(lignes).count(hostile) >= 3 for hostile in hostiles)
    assert "<script" not in lignes
    assert "<b>" not in lignes
    assert set(re.findall(r'href="([^"]*)"', lignes)) <= publiees
    paquet = opendata.datapackage(picture, [])["sources"]
    assert {s["path"] for s in paquet if "path" in s} <= {*publiees, demo.configuration.url}


def test_a_file_that_no_manifest_declares_is_there_and_unknown(demo: Picture, tmp_path: Path) -> None:
    dossier = tmp_path / "geo" / CODE
    dossier.mkdir(parents=True)
    (dossier / "menages.csv").write_text("code_insee;menages\n", encoding="utf-8")
    (source,) = (s for s in sources(_avec(demo, *couches_presentes(dossier)), CODE) if s.cle == "menages.csv")
    assert (source.producteur, source.licence, source.millesime) == ("inconnu", "inconnu", "inconnu")
    assert source.titre == "Ménages, et ménages sans voiture"


def test_every_layer_of_the_registry_says_where_it_is_found() -> None:
    assert all(p.adresse.startswith("https://") for t in lire_registre() for p in lire_publications(t.fichier))


def test_what_is_not_evaluated_names_the_file_and_where_it_is(demo: Picture) -> None:
    territoire = replace(demo.territoire, couches={CODE: (_couche("labels.csv", "Liste"),)})
    sans = {
        "A5": "le nombre de ménages n’est pas fourni (menages.csv)",
        "N1": "rien n’est fourni (population_age.csv, taux_risque.csv)",
        "O7": "la carte est faite de la liste elle-même (labels.csv)",
    }
    communes = demo.debit.communes.assign(statut_cuivre=None)
    picture = replace(
        demo,
        territoire=territoire,
        indicateurs=replace(demo.indicateurs, non_evalues=sans),
        debit=replace(demo.debit, communes=communes),
        evolution=None,
        simulations=None,
    )
    rangees = non_evalues(Sujet(picture, CODE)).rangees
    dits = {(r.cellules[0].texte, r.titre): r.cellules[2] for r in rangees}
    remedes = {code: cellule for (code, _), cellule in dits.items() if code != "–"}
    (menages,), (ages, taux) = remedes["A5"].liens, remedes["N1"].liens
    assert menages[0].startswith("menages.csv (Insee") and menages[1].startswith("https://www.insee.fr/")
    assert remedes["A5"].detail == "téléchargé par « carte couches »"
    assert ages[0].startswith("population_age.csv") and taux[0].startswith("taux_risque.csv")
    assert "à prendre sur cette page" in remedes["N1"].detail
    assert dits["–", "Fermeture du réseau cuivre"].liens[0][1] == lire_publications(FERMETURE_CUIVRE)[0].adresse
    assert remedes["O7"] == Cellule("Un autre labels.csv, comme le dit le motif")
    # What the other parts say « non évalué » of is here too: no region, one point a commune.
    assert {"A9", "A3", "A6", "G6", "G9"} <= remedes.keys()
    assert "publication_precedente" in remedes["G9"].texte
