"""Every text can be read against what lies under it: in every state, light, dark and on paper, at rest and pointed at.

What axe cannot decide counts as a fault: text written on its own colour is one of those things.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from navigateur.conftest import Visite, visiter
from navigateur.etats import GESTES, INSTANT, Etat, ouvertures
from sites import RACINE

AXE = RACINE / "node_modules" / "axe-core" / "axe.min.js"
ETROIT, LARGE = 360, 1280
SCHEMAS: tuple[Literal["light", "dark"], ...] = ("light", "dark")
POINTABLES = "a, button, summary, label, input, select, [role=option], [tabindex]"

# A table of a thousand lines is painted as its first two: brothers made of the same things are taken out.
_ELAGUER = """() => {
  document.querySelectorAll("details").forEach((d) => { d.open = true; });
  const dire = ({ name, value }) => name === "class" || name.startsWith("aria-") && value.length < 12 ? value : name;
  const signe = (e) => [e.tagName, ...[...e.attributes].map(dire).sort(), e.matches(":target, :checked")];
  const profond = new Map();
  const lire = (e) => {
    const texte = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    profond.set(e, `${signe(e)}${texte}(${[...new Set([...e.children].map(lire))].sort()})`);
    return profond.get(e);
  };
  lire(document.body);
  for (const parent of [document.body, ...document.body.querySelectorAll("*")]) {
    const vus = new Map();
    for (const enfant of [...parent.children]) {
      const nombre = (vus.get(profond.get(enfant)) ?? 0) + 1;
      vus.set(profond.get(enfant), nombre);
      if (nombre > 2) enfant.remove();
    }
  }
}"""
# axe cannot tell what lies under a text that another element covers, or that its own frame cuts: everything is laid
# flat, on a ground wide enough that no word leaves its cell, on lines that hold their letters whole. Media queries
# still see the width of the screen.
_A_PLAT = """* { overflow: visible !important; transform: none !important; line-height: 2 !important }
*:not(.hors-vue, .carte-cache) { position: static !important; margin: 0 !important }
.carte-cadre, .plan__cadre, .leaflet-container { height: auto !important; max-height: none !important }
html { width: 4000px !important }"""
# All that can be pressed is pointed at at once: a class stands for these states in a copy of each rule that names one.
_POINTER = """pointables => {
  const doubler = (groupe) => {
    for (let rang = groupe.cssRules.length - 1; rang >= 0; rang -= 1) {
      const regle = groupe.cssRules[rang];
      if (!regle.selectorText) { if (regle.cssRules) doubler(regle); continue; }
      if (!/:(hover|focus|active)/.test(regle.selectorText) || /::-/.test(regle.selectorText)) continue;
      const copie = regle.cssText.replace(/:(hover|focus-visible|focus|active)(?![-\\w])/g, ".essai-pointe");
      groupe.insertRule(copie, rang + 1);
    }
  };
  for (const feuille of document.styleSheets) doubler(feuille);
  document.querySelectorAll(pointables).forEach((e) => e.classList.add("essai-pointe"));
}"""
# The names of communes lie across tones of the map. Their halo decides: see below.
HALOS = (".carte-etiquette", ".carte-nom")
# Texts in the same place of the tree, painted alike as all that holds them, have one contrast: two of each are asked.
# Laid flat, nothing else lies under a text. A report has a thousand texts, and a hundred ways to paint them.
_CONTRASTE = """async ([plat, halos]) => {
  const peintures = new Map(), vus = new Map();
  const peindre = (e) => {
    if (e && !peintures.has(e)) {
      const s = getComputedStyle(e);
      // What axe leaves out, hidden or disabled, must not stand for what it reads.
      const peint = [s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.filter, s.mixBlendMode, s.visibility,
        s.fontSize, s.fontWeight, s.textShadow, s.display, (e.control ?? e).disabled, e.ariaDisabled];
      peintures.set(e, `${peindre(e.parentElement)} ${e.tagName}.${e.getAttribute("class")}${peint}`);
    }
    return peintures.get(e) ?? "";
  };
  const nouveau = (e) => {
    if (e.closest(halos) || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) return false;
    vus.set(peindre(e), (vus.get(peindre(e)) ?? 0) + 1);
    return vus.get(peindre(e)) <= 2;
  };
  const feuille = new CSSStyleSheet();
  feuille.replaceSync(plat);
  document.adoptedStyleSheets = [feuille];
  // A sign, or a single letter, is read too.
  const options = { ...axe._audit.checks["color-contrast"].options, ignoreUnicode: false, ignoreLength: true };
  axe.configure({ checks: [{ id: "color-contrast", options }] });
  const textes = [...document.body.querySelectorAll("*")].filter(nouveau);
  const seuls = { runOnly: ["color-contrast"], resultTypes: ["violations", "incomplete"] };
  const { violations, incomplete } = await axe.run({ include: textes, exclude: halos.split(", ") }, seuls);
  return [...violations, ...incomplete].flatMap(({ nodes }) => nodes).map(({ target, any: [{ data }] }) =>
    `${target.join(" ")} : ${data?.fgColor} sur ${data?.bgColor} (${data?.contrastRatio} ${data?.messageKey ?? ""})`);
}"""


@pytest.mark.parametrize("etat", GESTES, ids=lambda etat: etat.nom)
def test_every_gesture_leaves_a_page_that_can_be_read(navigateur: Browser, base: str, etat: Etat) -> None:
    assert sorted(_fautes(navigateur, base, etat)) == []


def test_every_type_of_page_can_be_read(navigateur: Browser, base: str, site_demo: Path) -> None:
    fautes = {etat.nom: sorted(_fautes(navigateur, base, etat)) for etat in ouvertures(site_demo)}
    assert {nom: f for nom, f in fautes.items() if f} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_on_maps_are_read_on_their_halo(visite: Visite, theme: Literal["light", "dark"]) -> None:
    """A halo as wide as a line surrounds each letter: what is under it does not count."""
    visite.page.emulate_media(color_scheme=theme)
    page = visite.ouvrir("/carte/")
    for nom in HALOS:
        assert page.locator(nom).count()
    encre, halo = (
        page.evaluate("nom => getComputedStyle(document.body).getPropertyValue(nom)", f"--carte-{nom}")
        for nom in ("nom", "halo")
    )
    assert _rapport(encre, halo) >= 4.5


def _rapport(une: str, autre: str) -> float:
    """Contrast of two colours (`#rrggbb`) as WCAG 2 counts it, 1 to 21."""
    clair, sombre = sorted((_luminance(une), _luminance(autre)), reverse=True)
    return (clair + 0.05) / (sombre + 0.05)


def _luminance(couleur: str) -> float:
    canaux = [int(couleur.strip()[rang : rang + 2], 16) / 255 for rang in (1, 3, 5)]
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return sum(poids * c for poids, c in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True))


def _fautes(navigateur: Browser, base: str, etat: Etat) -> set[str]:
    """What cannot be read, or cannot be decided, in one state: « selector : colours, where »."""
    options = {"viewport": {"width": ETROIT, "height": 740}, "service_workers": "block", "reduced_motion": "reduce"}
    fautes: set[str] = set()
    for visite in visiter(navigateur, base, **options):
        visite.page.clock.install(time=INSTANT)
        etat.avant(visite.page)
        page = visite.ouvrir("/" + etat.chemin)
        etat.geste(page)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate(_ELAGUER)
        fautes |= {
            f"{faute}, {ou}"
            for ou in _presentations(page)
            for faute in page.evaluate(_CONTRASTE, [_A_PLAT, ", ".join(HALOS)])
        }
    return fautes


def _presentations(page: Page) -> Iterator[str]:
    """Show the page in each scheme and width, on paper, then with everything pointed at; says which."""
    for largeur in (LARGE, ETROIT):
        page.set_viewport_size({"width": largeur, "height": 740})
        for schema in SCHEMAS:
            page.emulate_media(color_scheme=schema)
            yield f"{schema} {largeur}"
    page.emulate_media(media="print")
    yield "imprimé"
    page.evaluate(_POINTER, POINTABLES)
    for schema in SCHEMAS:
        page.emulate_media(media="screen", color_scheme=schema)
        yield f"{schema} {ETROIT}, pointé"
