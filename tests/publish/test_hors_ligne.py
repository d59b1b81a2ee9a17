"""What the build prepares for offline: exact pages in small bundles, a version that follows the content, icons."""

import base64
import gzip
import json
import random
import struct
import zlib
from pathlib import Path

import pytest

from carte.publication import Chantier
from carte.publish import horsligne
from carte.publish.atlas import Atlas
from carte.publish.cadre.icones import ICONES, dessin, png
from carte.publish.horsligne.paquets import paquet
from publish import monde
from publish.conftest import Socle
from publish.noeud import executer
from sites import RACINE


def deballer(contenu: bytes) -> dict[str, str]:
    """The inverse of `paquet`, as the worker does it."""
    brut = json.loads(contenu)
    lignes: list[str] = brut["lignes"]
    return {
        chemin: "\n".join(
            ligne
            for debut, nombre in zip(suites[::2], suites[1::2], strict=True)
            for ligne in lignes[debut : debut + nombre]
        )
        for chemin, suites in brut["pages"].items()
    }


@pytest.mark.parametrize(
    "pages",
    [
        {},
        {"a/": ""},
        {"a/": "<p>\n\n</p>\n", "b/": "\n<p>\n\n\n"},
        {"a/": "1\n2\n3\n2\n1", "b/": "3\n2\n1\n4", "c/": "1\n2\n3"},
        {"a/": "é « » \u202f\u2028\\n \"'\r\n"},
    ],
    ids=["vide", "page vide", "lignes vides", "suites", "caractères"],
)
def test_bundle_gives_back_the_exact_pages(pages: dict[str, str]) -> None:
    assert deballer(paquet(pages)) == pages


def test_shared_lines_are_stored_once() -> None:
    commun = "\n".join(f"<p>ligne {n}</p>" for n in range(200))
    un = len(paquet({"a/": commun}))
    assert len(paquet({f"{n}/": f"{commun}\n{n}" for n in range(50)})) < un * 1.5


@pytest.mark.parametrize("niveau", [0, 1, 9], ids=["non compressé", "rapide", "petit"])
@pytest.mark.parametrize("seul", [False, True], ids=["navigateur récent", "sans décompression"])
def test_the_worker_reads_what_the_build_compressed(node: str, tmp_path: Path, niveau: int, seul: bool) -> None:
    """Long repeats, few letters, random bytes: every sort of block, in browsers that can and in those that cannot."""
    tirage = random.Random(niveau)
    textes = [b"", b"a", b"abc" * 40_000, tirage.randbytes(90_000), paquet({"a/": "Béta\n" * 3000, "b/": "é" * 70_000})]
    textes.append(bytes(tirage.choices(b"<p>Lieu d'acc\xc3\xa8s", k=200_000)))
    fichiers = [tmp_path / f"{rang}.bin" for rang in range(len(textes))]
    for fichier, texte in zip(fichiers, textes, strict=True):
        fichier.write_bytes(gzip.compress(texte, niveau, mtime=0))
    source = (RACINE / "site_src" / "service" / "gonfler.js").read_text(encoding="utf-8")
    code = f"""
    import {{ readFileSync }} from "node:fs";
    import {{ crc32 }} from "node:zlib";
    import vm from "node:vm";
    const vue = {{ Response, Blob, Uint8Array, DataView, DecompressionStream, self: {{}} }};
    if (!{json.dumps(seul)}) vue.self.DecompressionStream = DecompressionStream;
    const decompresser = vm.runInNewContext({json.dumps(source)} + "; decompresser", vue);
    const lus = [];
    for (const fichier of {json.dumps([str(fichier) for fichier in fichiers])}) {{
      const reponse = await decompresser(new Response(readFileSync(fichier)));
      lus.push(crc32(new Uint8Array(await reponse.arrayBuffer())));
    }}
    const telle = await (await decompresser(new Response('{{"lignes":[]}}'))).text();
    console.log(JSON.stringify([lus, telle]));
    """
    lus, telle = executer(node, code)
    assert lus == [zlib.crc32(texte) for texte in textes]
    assert telle == '{"lignes":[]}'


def test_a_bundle_that_was_cut_is_not_kept(node: str) -> None:
    coupe = base64.b64encode(gzip.compress(b"abcdef" * 500, 9, mtime=0)[:30]).decode()
    source = (RACINE / "site_src" / "service" / "gonfler.js").read_text(encoding="utf-8")
    code = f"""
    import vm from "node:vm";
    const vue = {{ Response, Uint8Array, DataView, self: {{}} }};
    const decompresser = vm.runInNewContext({json.dumps(source)} + "; decompresser", vue);
    const coupe = new Response(Buffer.from({json.dumps(coupe)}, "base64"));
    console.log(JSON.stringify(await decompresser(coupe).then(() => "gardé", () => "refusé")));
    """
    assert executer(node, code) == "refusé"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for chemin in ("", "carte/", "lieux/", "lieux/99/alpha/", "lieux/96/voisin/", "noms/99/", "communes/", "epci/",
                   "communes/99001/", "communes/99002/", "communes/99003/", "epci/E1/", "rapports/99/",
                   "methode/"):  # fmt: skip
        (tmp_path / chemin).mkdir(parents=True, exist_ok=True)
        (tmp_path / chemin / "index.html").write_text(f"<h1>{chemin}</h1>", encoding="utf-8")
    for chemin in ("donnees/recherche/index.json", "donnees/recherche/99.json", "donnees/cartes/99.json",
                   "donnees/recherche/communes/d-99.json", "donnees/recherche/communes/99.json",
                   "donnees/recherche/lieux/99.json", "donnees/recherche/96/99.json", "donnees/lieux/99.csv",
                   "donnees/lieux.json", "assets/carte-x/modules/a.js", "assets/carte-x/LICENSE.txt"):  # fmt: skip
        (tmp_path / chemin).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / chemin).write_text("{}", encoding="utf-8")
    (tmp_path / "assets/carte-x/modules/a-l-etranger.js").write_text("", encoding="utf-8")
    page = '<script type="module" src="../assets/carte-x/modules/a.js"></script>'
    (tmp_path / "carte/index.html").write_text(page, encoding="utf-8")
    return tmp_path


def plan(site: Path, atlas: Atlas) -> dict[str, object]:
    horsligne.ecrire(monde.configuration(), atlas, Chantier.sur(site))
    lu: dict[str, object] = json.loads(
        (site / "service.js").read_text(encoding="utf-8").split("\n")[0][len("const PLAN = ") : -1]
    )
    return lu


def test_plan_lists_files_that_exist(site: Path, atlas: Atlas) -> None:
    lu = plan(site, atlas)
    module = "assets/carte-x/modules/a.js"
    assert lu["coquille"] == ["", "carte/", "lieux/", module, "donnees/recherche/index.json"]
    departement = lu["departements"]["99"]  # type: ignore[index]
    assert departement["adresses"] == [
        "donnees/cartes/99.json", "donnees/lieux/99.csv", "donnees/recherche/99.json",
        "donnees/recherche/communes/d-99.json",
    ], "neither a bucket of names nor a neighbour's file that bear its number"  # fmt: skip
    assert departement["automatique"]
    assert not lu["departements"]["96"]["automatique"]  # type: ignore[index]
    assert lu["departements"]["96"]["adresses"] == ["donnees/recherche/96/99.json"]  # type: ignore[index]
    pages = deballer(gzip.decompress((site / departement["paquet"]).read_bytes()))
    assert set(pages) == {"lieux/99/alpha/", "noms/99/", "epci/E1/", *(f"communes/9900{n}/" for n in (1, 2, 3))}


@pytest.mark.parametrize("chemin", ["communes/99001/index.html", "rapports/99/index.html", "donnees/lieux.json"])
def test_any_change_gives_a_new_version(site: Path, atlas: Atlas, chemin: str) -> None:
    avant = plan(site, atlas)["version"]
    for ancien in (site / "donnees" / "hors-ligne").iterdir():
        ancien.unlink()
    assert plan(site, atlas)["version"] == avant
    for ancien in (site / "donnees" / "hors-ligne").iterdir():
        ancien.unlink()
    (site / chemin).write_text("autre", encoding="utf-8")
    assert plan(site, atlas)["version"] != avant


@pytest.mark.parametrize(("nom", "cote"), [(nom, cote) for nom, (cote, _) in ICONES.items()])
def test_icons_are_png_of_their_size(socle: Socle, nom: str, cote: int) -> None:
    octets = (socle.dossier / "assets" / "icones" / nom).read_bytes()
    assert octets[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", octets[16:24]) == (cote, cote)


def test_icon_is_a_pin_and_its_file_decodes() -> None:
    image = dessin(64, 0.9)
    assert tuple(image[0, 0]) == (11, 93, 87)
    assert tuple(image[12, 20]) == (253, 250, 244)
    octets = png(image)
    longueur = struct.unpack(">I", octets[33:37])[0]
    brut = zlib.decompress(octets[41 : 41 + longueur])
    assert brut[1 : 1 + 64 * 3] == image[0].tobytes()
