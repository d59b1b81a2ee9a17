"""The box on every commune of the country: what people type, and the commune they mean among the first three."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from carte import entrees, territory
from carte.publication import Chantier
from carte.publish.atlas import Atlas, Commune, Partie
from carte.publish.search import annuaire
from carte.publish.search.trajets import Trajets
from carte.territory.cog import Nature
from publish.monde import RACINE
from publish.noeud import executer

PREMIERES = 3
# What is typed → the code of the commune meant.
SAISIES = {
    "monpellier": "34172",
    "marsielle": "13055",
    "arseille": "13055",
    "bordo": "33063",
    "ordeaux": "33063",
    "bordeaux cedex": "33063",
    "nantess": "44109",
    "tolouse": "31555",
    "strasbourd": "67482",
    "lile": "59350",
    "lillle": "59350",
    "rheims": "51454",
    "kemper": "29232",
    "villeurbane": "69266",
    "clermont ferant": "63113",
    "boulogne bilancourt": "92012",
    "ajacio": "2A004",
    "renes": "35238",
    "pari 12": "75056",
    "paris 12e": "75056",
    "75012": "75056",
    "75012 paris": "75056",
    "lyon 3e": "69123",
    "lyon 3ème arrondissement": "69123",
    "lyon part dieu": "69123",
    "marseille 8": "13055",
    "13008": "13055",
    "ste foy": "85214",
    "sainte-foy-lès-lyon": "69202",
    "st denis reunion": "97411",
    "saint denis 93": "93066",
    "97400": "97411",
    "stdenis": "97411",
    "montreuil 93": "93048",
    "montreuil sous bois": "93048",
    "l'isle d'abeau": "38193",
    "lhay les roses": "94038",
    "hay les roses": "94038",
    "les saintes maries": "13096",
    "leblanc": "36018",
    "le bl": "36018",
    "la rochele": "17300",
    "chateau roux": "36044",
    "chatoroux": "36044",
    "chatauroux": "36044",
    "cahteauroux": "36044",
    "hateauroux": "36044",
    "xhateauroux": "36044",
    "36 chateauroux": "36044",
    "chateauroux 36000": "36044",
    "chateauroux (36)": "36044",
    "mairie de chateauroux": "36044",
    "360": "36044",
    "36044": "36044",
    "isoudun": "36088",
    "hissoudun": "36088",
    "issoudun en berry": "36088",
    "busancais": "36031",
    "valencay": "36228",
    "egzon": "36070",
    "neuvi st sepulcre": "36141",
    "sait benoit du sault": "36182",
    "la chatre indre": "36046",
    "annecy le vieux": "74010",
    "2a004": "2A004",
    "y": "80829",
    "eu": "76255",
    "mohon": "56134",
}

# What names one start without doubt, below the commune as well.
NOMMEES = {
    "Paris 13e": ["75113"],
    "paris 13": ["75113"],
    "PARIS 13ème arrondissement": ["75113"],
    "75013": ["75113"],
    "75013 Paris": ["75113"],
    "paris 75013": ["75113"],
    "paris 1er": ["75101"],
    "paris 1": ["75101"],
    "75116": ["75116"],
    "75113": ["75113"],
    "lyon 3": ["69383"],
    "69005": ["69385"],
    "Marseille 8e": ["13208"],
    "13208": ["13208"],
    "paris": ["75056"],
    "75056": ["75056"],
    "paris 21": ["75056"],
    "Annecy-le-Vieux": ["74011"],
}


def _parties(cog: territory.Cog, communes: dict[str, Commune]) -> list[Partie]:
    return [
        Partie(p.code, p.nom, communes[p.commune], p.codes_postaux, None, None, p.nature is not Nature.ARRONDISSEMENT)
        for p in cog.parties.values()
    ]


def _atlas() -> Atlas:
    """What the gazetteer reads of an atlas, from the official geographic code alone: positions are left out."""
    cog = territory.lire_cog([RACINE / entrees.COG_NATIONAL])
    communes = {
        c.code: Commune(c.code, c.nom, c.departement, None, c.codes_postaux, None, None, True)
        for c in cog.actuelles.values()
    }
    populations = {c.code: c.population or 0.0 for c in cog.actuelles.values()}
    departements = {code: departement.nom for code, departement in cog.departements.items()}
    morceaux = SimpleNamespace(
        communes=communes,
        populations=populations,
        noms_anciens=cog.noms_anciens,
        departements=departements,
        parties=_parties(cog, communes),
    )
    return cast(Atlas, morceaux)


@pytest.fixture(scope="module")
def trouvees(node: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Codes proposed for each text, all asked in one run."""
    dossier: Path = tmp_path_factory.mktemp("pays")
    atlas = _atlas()
    decrit = annuaire.ecrire(atlas, Trajets((), {}), Chantier.sur(dossier))
    donnees = json.dumps(
        [str(dossier / "donnees" / "recherche"), decrit, atlas.departements, list(SAISIES), list(NOMMEES)]
    )
    code = f"""
        import {{ readFile }} from "node:fs/promises";
        import {{ Annuaire }} from "./recherche/communes.js";
        const [dossier, description, noms, saisies, nommees] = {donnees};
        const lire = async (f) => JSON.parse(await readFile(`${{dossier}}/${{f}}`, "utf8"));
        const a = new Annuaire(description, lire, noms);
        const reponses = {{}};
        for (const saisie of saisies) reponses[saisie] = ((await a.chercher(saisie)) ?? []).map((c) => c.code);
        reponses.nommees = {{}};
        const code = (c) => c.partie || c.code;
        for (const saisie of nommees) reponses.nommees[saisie] = (await a.exactes(saisie)).map(code);
        reponses.parCode = [(await a.une("75113"))?.nom, (await a.une("75056"))?.nom, (await a.une("74011"))?.nom];
        console.log(JSON.stringify(reponses));
    """
    return cast(dict[str, Any], executer(node, code))


@pytest.mark.parametrize(("saisie", "code"), SAISIES.items(), ids=list(SAISIES))
def test_the_commune_meant_is_among_the_first(trouvees: dict[str, list[str]], saisie: str, code: str) -> None:
    assert code in trouvees[saisie][:PREMIERES]


@pytest.mark.parametrize(("saisie", "codes"), NOMMEES.items(), ids=list(NOMMEES))
def test_a_start_below_the_commune(trouvees: dict[str, Any], saisie: str, codes: list[str]) -> None:
    assert trouvees["nommees"][saisie] == codes


def test_the_address_of_a_part_leads_to_it(trouvees: dict[str, Any]) -> None:
    assert trouvees["parCode"] == ["Paris 13e arrondissement", "Paris", "Annecy-le-Vieux"]
