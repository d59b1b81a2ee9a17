"""Every page of a whole build, whatever made it: its security policy, and nothing that the policy would refuse."""

import re
from pathlib import Path

import pytest

from carte.publish.cadre import accessibilite
from sites import RACINE

_POLITIQUE = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
# A script without address, unless it only carries data; a style; a handler.
_INTERDITS = {
    "script en ligne": re.compile(
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")[^>]*>", re.IGNORECASE
    ),
    "style en ligne": re.compile(r"<style\b|<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "gestionnaire": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "adresse javascript": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
}
_EVAL = re.compile(r"\beval\s*\(|\bnew Function\s*\(|\bdocument\.write\s*\(")


@pytest.fixture(scope="module")
def site(site_demonstration: Path) -> Path:
    return site_demonstration


def test_every_page_has_a_strict_policy(site: Path) -> None:
    fautives = {}
    for fichier in sorted(site.rglob("*.html")):
        html = fichier.read_text(encoding="utf-8")
        politique = _POLITIQUE.search(html)
        directives = politique[1] if politique else ""
        voulues = (
            "default-src 'self'",
            "script-src 'self';",
            "style-src 'self';",
            "worker-src 'self'",
            "manifest-src 'self'",
        )
        if not all(voulue in directives for voulue in voulues) or "unsafe" in directives or "http" in directives:
            fautives[fichier.relative_to(site).as_posix()] = directives
    assert fautives == {}


def test_no_page_holds_what_the_policy_refuses(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 100
    fautes = [
        f"{page.relative_to(site)} : {nom} : {trouve[0][:80]}"
        for page in pages
        for nom, motif in _INTERDITS.items()
        if (trouve := motif.search(page.read_text(encoding="utf-8")))
    ]
    assert fautes == []


def test_no_module_of_ours_evaluates_text(site: Path) -> None:
    modules = [*site.rglob("modules/**/*.js"), site / "service.js"]
    assert len(modules) > 5
    assert [m.name for m in modules if _EVAL.search(m.read_text(encoding="utf-8"))] == []


def test_last_audit_covers_every_type_of_page(site: Path) -> None:
    audites = {page["type"] for page in accessibilite.lire(RACINE)["pages"]}
    assert audites == set(accessibilite.types_de_pages(site)), "relancez python scripts/audit_accessibilite.py"


@pytest.mark.parametrize(
    "html",
    ["<p onclick='x'>", '<a href="javascript:x">', "<script>x</script>", '<p class="a" style="b">', "<style>"],
)
def test_the_search_for_faults_finds_them(html: str) -> None:
    assert any(motif.search(html) for motif in _INTERDITS.values())
