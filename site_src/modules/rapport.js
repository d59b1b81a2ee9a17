// The report: its tables can be sorted, its interactive map is loaded when asked, its folded parts open to be printed.

import { preparerCarte } from "./rapport-carte.js";
import { rendreTriable } from "./rapport-tri.js";

for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("[data-triable]"))) {
  rendreTriable(table);
}

const carte = /** @type {HTMLElement | null} */ (document.querySelector("[data-carte-rapport]"));
if (carte) preparerCarte(carte);

/** @type {Set<HTMLDetailsElement>} */
const ouverts = new Set();
addEventListener("beforeprint", () => {
  for (const repli of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details:not([open])"))) {
    repli.open = true;
    ouverts.add(repli);
  }
});
addEventListener("afterprint", () => {
  for (const repli of ouverts) repli.open = false;
  ouverts.clear();
});
