// To a part of the form: whatever is folded around it opens, and its first control has the focus.

import { bouton, el } from "../commun/elements.js";
import { SECTIONS, textes } from "./textes.js";

const CONTROLES = "input, select, textarea, button, summary";

/** To the first control at fault of an element, else to its first one. @param {HTMLElement} element */
export function viser(element) {
  for (let repli = element.closest("details"); repli; repli = repli.parentElement?.closest("details") ?? null) repli.open = true;
  const fautif = /** @type {HTMLElement | null} */ (element.querySelector("[aria-invalid]"));
  const controle = element.matches(CONTROLES) ? element : fautif && visible(fautif) ? fautif : premier(element);
  controle?.focus();
  controle?.scrollIntoView({ block: "center" });
}

/** @param {HTMLElement} element */
const visible = (element) => element.getClientRects().length > 0;

/** What stands in a folded list is not there yet: its title is. @param {HTMLElement} element */
const premier = (element) =>
  /** @type {HTMLElement[]} */ ([...element.querySelectorAll(CONTROLES)]).find((c) => visible(c) && !(c.matches("summary") && c.parentElement === element));

/** Buttons that lead to each section. @param {() => Map<string, HTMLElement>} places by section, as they are now */
export function allerA(places) {
  const liens = [...places().keys()].map((section) => el("li", "", bouton(SECTIONS[section] ?? section, () => {
    const place = places().get(section);
    if (place) viser(place);
  }, "formulaire__aller")));
  return el("nav", "formulaire__sommaire", el("h2", "", textes.quoiCorriger), el("ul", "", ...liens));
}
