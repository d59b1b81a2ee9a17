"""What the form says of a commune and of a point, from what the site publishes, beside what the check says."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carte import territory
from carte.publish.formulaire import donnees
from carte.records import Enregistrement
from carte.records.rules.territoire import territoire
from carte.records.write import nombre_de_commentaires
from publish.monde import RACINE
from publish.noeud import executer

if TYPE_CHECKING:
    from carte.picture import Picture

# Degrees from the place's own point: there, in the next field, in another commune, in another region.
ECARTS = (0.0, 0.001, 0.03, 0.2, 3.0)


def _de_la_page(node: str, site: Path, fiches: list[Any], dossier: Path) -> list[dict[str, Any]]:
    (dossier / "fiches.json").write_text(json.dumps(fiches), encoding="utf-8")
    return executer(
        node,
        f"""
        import {{ readFile }} from "node:fs/promises";
        globalThis.fetch = async (f) => ({{ ok: true, json: async () => JSON.parse(await readFile(f, "utf8")) }});
        globalThis.requestAnimationFrame = (suite) => setTimeout(suite);
        const {{ ouvrirTerritoire }} = await import("./formulaire/territoire.js");
        const {{ examiner }} = ouvrirTerritoire({json.dumps(f"{site}/")});
        const fiches = JSON.parse(await readFile({json.dumps(str(dossier / "fiches.json"))}, "utf8"));
        const lus = [];
        for (const fiche of fiches) lus.push(await examiner(fiche, "99"));
        console.log(JSON.stringify(lus));
        process.exit(0);
        """,
    )


def test_a_point_far_from_its_commune_is_told_as_the_check_tells_it(
    node: str, demo: "Picture", site_demonstration: Path, tmp_path: Path
) -> None:
    geographie = territory.Geographie(demo.territoire)
    bases = [e.lieu for e in demo.enregistrements if e.departement == "99" and e.lieu.latitude and e.lieu.code_insee]
    lieux = [
        base.model_copy(update={"latitude": round((base.latitude or 0) + ecart, 5)})
        for base in bases[:12]
        for ecart in ECARTS
    ]
    fiches = [lieu.model_dump(mode="json", exclude_none=True) for lieu in lieux]
    dits = _de_la_page(node, site_demonstration, fiches, tmp_path)
    fautes: dict[int, str] = {
        rang: faute.message
        for rang, faute in territoire([Enregistrement(f"99/x{n}", "x.yml", u) for n, u in enumerate(lieux)], geographie)
        if faute.chemin == ("latitude",)
    }
    assert len(fautes) >= 3 * 12 - 12
    for rang, dit in enumerate(dits):
        messages = [faute["message"] for faute in dit["fautes"] if faute["chemin"] == ["latitude"]]
        ecart = ECARTS[rang % len(ECARTS)]
        if ecart in (0.0, 0.2, 3.0):
            assert bool(messages) is (rang in fautes), (fiches[rang]["nom"], ecart, messages, fautes.get(rang))
        if messages:
            # Outlines of the web are simplified: the same commune, the same distance but for a few hundred metres.
            assert messages[0].rpartition(" de ")[2].startswith(geographie.nom(fiches[rang]["code_insee"]) or "?")
            assert rang in fautes or ecart == 0.03


def test_a_commune_is_found_by_its_name_its_postal_code_or_its_code(
    node: str, site_demonstration: Path, tmp_path: Path
) -> None:
    fiches = [
        {"commune": "valbourg"},
        {"commune": "Valbour"},
        {"commune": "Valbourg", "code_insee": "99058"},
        {"commune": "Valbourg", "code_insee": "99001"},
        {"commune": "Nulle-Part", "code_insee": "75056", "latitude": 46.5, "longitude": -5.5},
        {"commune": 3, "latitude": "x"},
    ]
    dits = _de_la_page(node, site_demonstration, fiches, tmp_path)
    assert [[c["code"] for c in dit["communes"]] for dit in dits] == [["99058"], [], ["99058"], ["99058"], [], []]
    messages = [[faute["message"] for faute in dit["fautes"]] for dit in dits]
    assert messages[0] == messages[2] == messages[5] == []
    assert messages[1] == [
        "« Valbour » n’est le nom d’aucune commune du département 99. "
        "Vouliez-vous dire : Valbourg, Beaupré-lès-Valbourg ?"
    ]
    assert messages[3] == ["Le code 99001 est celui de « Aigremousse », pas de « Valbourg »."]
    assert messages[4] == []  # a commune that this site does not know is the check's to judge


def test_comments_are_counted_and_never_published(demo: "Picture") -> None:
    octets = (RACINE / "offers/99/mediatheque-de-valbourg.yml").read_bytes()
    assert nombre_de_commentaires(octets) == 0
    commentee = octets.replace(b"nom:", b"# Vu avec Mme Durand\nnom:", 1) + b"# fin\n"
    commentee = commentee.replace(b"commune: Valbourg\n", b"commune: Valbourg # chef-lieu\n", 1)
    assert nombre_de_commentaires(commentee) == 3
    assert nombre_de_commentaires(octets.replace(b"nom: ", b'nom: "C# et ', 1).replace(b"\n", b'"\n', 2)) == 0
    un = next(e for e in demo.enregistrements if e.identifiant == "99/mediatheque-de-valbourg")
    assert set(donnees(un)) == {"fiche", "commentaires", "en_clair"}
    mensuel = Enregistrement(
        "99/x", "x.yml", un.lieu.model_copy(update={"horaires": "Tu[2] 10:00-12:00; SH off"}), (), (), 2
    )
    assert donnees(mensuel)["commentaires"] == 2
    assert donnees(mensuel)["en_clair"] == {
        "Tu[2] 10:00-12:00; SH off": "mardi 10 h – 12 h (2e mardi du mois), vacances scolaires fermé"
    }
