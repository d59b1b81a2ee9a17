// The choices made, each with its button to drop it; and when nothing fits, which one to drop.

import { conseiller, enlever, garderSeul, nombreDeLieux, toutEnlever } from "./criteres.js";
import { bouton, el, un } from "../commun/elements.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Critere} Critere */
/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Point} Point */

const LARGE = "(min-width: 60em)";

export class Bilan {
  /** @param {HTMLElement} bloc @param {(etat: Partial<Etat>) => void} changer */
  constructor(bloc, changer) {
    this.changer = changer;
    this.faits = /** @type {HTMLElement} */ (un(bloc, "[data-choix-faits]"));
    this.conseils = /** @type {HTMLElement} */ (un(bloc, "[data-conseils]"));
    this.etatVocal = /** @type {HTMLElement} */ (un(bloc, "[data-etat]"));
    this.besoins = /** @type {HTMLDetailsElement} */ (un(bloc, "[data-besoins]"));
    this.autres = /** @type {HTMLDetailsElement} */ (un(bloc, "[data-filtres]"));
    this.titre = un(this.autres, "summary");
  }

  /**
   * @param {Etat} etat @param {Critere[]} criteres
   * @param {((etat: Etat) => Point[]) | null} essayer what a state would give; null when there are results
   */
  montrer(etat, criteres, essayer) {
    this.faits.hidden = !criteres.length;
    this.faits.replaceChildren(...criteres.map((c) => el("li", "", this.#retrait(etat, c))));
    this.titre.textContent = textes.filtres(criteres.filter((c) => c.cle !== "pour").length);
    const issues = essayer ? sorties(etat, criteres, (e) => nombreDeLieux(essayer(e))) : [];
    this.conseils.replaceChildren(...issues.map(([texte, vers]) => bouton(texte, () => this.#appliquer(vers))));
  }

  /** The choices are open where there is room, and folded on a phone. @param {Etat} etat */
  ouvrirSelonEcran(etat) {
    const large = matchMedia(LARGE).matches;
    this.besoins.open = large || (!etat.ou && !etat.commune && !etat.point && etat.pour.length > 0);
    this.autres.open = large;
    this.besoins.hidden = this.autres.hidden = false;
  }

  /** The button that was pressed goes away: the count takes the focus. @param {Partial<Etat>} etat */
  #appliquer(etat) {
    this.changer(etat);
    this.etatVocal.focus();
  }

  /** @param {Etat} etat @param {Critere} critere */
  #retrait(etat, critere) {
    const element = bouton("", () => this.#appliquer(enlever(etat, critere)), "choix-fait");
    const croix = el("span", "", "×");
    croix.ariaHidden = "true";
    element.append(critere.libelle, " ", croix);
    element.setAttribute("aria-label", textes.enlever(critere.libelle));
    return element;
  }
}

/**
 * When nothing fits: what to do, in words, and the state that it leads to. No single choice to drop: one to keep alone.
 * @param {Etat} etat @param {Critere[]} criteres @param {(etat: Etat) => number} combien @returns {[string, Partial<Etat>][]}
 */
function sorties(etat, criteres, combien) {
  /** @type {[string, Partial<Etat>][]} */
  const issues = conseiller(etat, criteres, combien).map(({ critere, nombre }) => [
    textes.sans(critere.libelle, nombre),
    enlever(etat, critere),
  ]);
  const avec = etat.inconnus ? 0 : combien({ ...etat, inconnus: true });
  if (avec) issues.push([textes.avecInconnus(avec), { inconnus: true }]);
  if (issues.length) return issues;
  for (const critere of criteres) {
    const seul = garderSeul(etat, critere);
    const nombre = combien(seul);
    if (nombre) issues.push([textes.seulement(critere.libelle, nombre), seul]);
  }
  const sans = toutEnlever(etat);
  return [...issues, [textes.toutEnlever(combien(sans)), sans]];
}
