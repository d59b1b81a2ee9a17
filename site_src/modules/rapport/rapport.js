// The report: its tables can be sorted, its interactive map is loaded when asked, its folded parts open to be printed.

import { rendreEnCartes } from "./cartes.js";
import { rendreTriable } from "./tri.js";

for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("table.chiffres"))) {
  rendreEnCartes(table);
}

for (const table of /** @type {NodeListOf<HTMLTableElement>} */ (document.querySelectorAll("[data-triable]"))) {
  rendreTriable(table);
}

const carte = /** @type {HTMLElement | null} */ (document.querySelector("[data-carte-rapport]"));
const bouton = /** @type {HTMLButtonElement | null | undefined} */ (carte?.querySelector("[data-carte-ouvrir]"));
if (carte && bouton) {
  carte.hidden = false;
  bouton.addEventListener("click", async () => {
    bouton.disabled = true;
    const { ouvrir } = await import("./carte.js");
    await ouvrir(carte, bouton);
  });
}

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
