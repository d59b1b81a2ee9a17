"""From a key to what it changes on the screen, letter by letter, on a processor four times slower."""

import math
from collections.abc import Sequence

from bench.navigation import Onglet

# Names, halves of names, typos, abbreviations, accents and hyphens left out, postal codes, former communes.
SAISIES = (
    "chateauroux;issoudun;le blanc;st maur;argenton sur creuse;saint-etienne;lyon;marsielle;36000;59;750;"
    "la chatre;neuvy;bourges;sainte severe;villeneuve d ascq;montpelier;aix en provence;l hay les roses;"
    "sait benoit du sault;ardentes;bordeau;gueret;clermont ferand"
).split(";")
PATIENCE_MS = 400
REPOS_MS = 3_000

# Notes, for each key, the time from the event to the frame that shows a change of the proposals or of the results.
_MESURER = """
(() => {
  const zone = document.querySelector("[data-recherche]");
  let touche = null;
  window.__touches = [];
  addEventListener("keydown", (evenement) => { touche = evenement.timeStamp; }, { capture: true });
  new MutationObserver(() => {
    if (touche === null) return;
    const depart = touche;
    touche = null;
    requestAnimationFrame(() => setTimeout(() => {
      window.__touches.push(performance.now() - depart);
      window.__finir?.();
    }));
  }).observe(zone, { childList: true, subtree: true, characterData: true });
})();
"""
# Asking at each frame would make the page draw frames that no reader asks for.
_ATTENDRE = """(patience) => {
  window.__vue = new Promise((finir) => {
    window.__finir = finir;
    setTimeout(finir, patience);
  });
}"""


def delais(un: Onglet, adresse: str, pret: str, *, cadence_ms: int) -> list[float]:
    """Milliseconds of each key that changed something; a key that changes nothing is not one of them.

    `cadence_ms`: rest after each key once it shows; 0 presses the next one at once, as nobody does.
    """
    un.guetter(pret)
    un.page.goto(adresse)
    un.peint(60)
    # The worker of what is kept offline is registered once the results are there.
    un.page.wait_for_timeout(REPOS_MS)
    un.ralentir(reseau=False)
    un.page.evaluate(_MESURER)
    champ = un.page.locator("input[name=ou]")
    for saisie in SAISIES:
        champ.fill("")
        un.page.wait_for_timeout(PATIENCE_MS)
        for lettre in saisie:
            _taper(un, lettre)
            un.page.wait_for_timeout(cadence_ms)
    return list(un.page.evaluate("window.__touches"))


def _taper(un: Onglet, lettre: str) -> None:
    """Press one key, and wait until it shows, or until it is clear that it changes nothing."""
    un.page.evaluate(_ATTENDRE, PATIENCE_MS)
    un.page.keyboard.press(lettre if lettre != " " else "Space")
    un.page.evaluate("window.__vue")


def quantile(valeurs: Sequence[float], part: float) -> float:
    """The smallest value that at least this share of them do not exceed."""
    return sorted(valeurs)[max(0, math.ceil(part * len(valeurs)) - 1)]
