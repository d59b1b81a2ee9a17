// The choices made, each with its button to drop it; and when nothing fits, which one to drop.

import { conseiller, enlever, garderSeul, nombreDeLieux, toutEnlever } from "./criteres.js";
import { bouton, el, un } from "../commun/elements.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Critere} Critere */
/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Point} Point */

const LARGE = "(min-width: 60em)";

/** @param {HTMLElement} bloc @param {(etat: Partial<Etat>) => void} changer */
export function bilan(bloc, changer) {
  const faits = /** @type {HTMLElement} */ (un(bloc, "[data-choix-faits]"));
  const conseils = /** @type {HTMLElement} */ (un(bloc, "[data-conseils]"));
  const etatVocal = /** @type {HTMLElement} */ (un(bloc, "[data-etat]"));
  const besoins = /** @type {HTMLDetailsElement} */ (un(bloc, "[data-besoins]"));
  const autres = /** @type {HTMLDetailsElement} */ (un(bloc, "[data-filtres]"));
  const titre = un(autres, "summary");

  /** The button that was pressed goes away: the count takes the focus. @param {Partial<Etat>} etat */
  function appliquer(etat) {
    changer(etat);
    etatVocal.focus();
  }

  /**
   * @param {Etat} etat @param {Critere[]} criteres
   * @param {((etat: Etat) => Point[]) | null} essayer what a state would give; null when there are results
   */
  function montrer(etat, criteres, essayer) {
    faits.hidden = !criteres.length;
    faits.replaceChildren(...criteres.map((c) => el("li", "", retrait(etat, c))));
    titre.textContent = textes.filtres(criteres.filter((c) => c.cle !== "pour").length);
    conseils.replaceChildren(...(essayer ? propositions(etat, criteres, (e) => nombreDeLieux(essayer(e))) : []));
  }

  /** @param {Etat} etat @param {Critere} critere */
  function retrait(etat, critere) {
    const element = bouton("", () => appliquer(enlever(etat, critere)), "choix-fait");
    const croix = el("span", "", "×");
    croix.ariaHidden = "true";
    element.append(critere.libelle, " ", croix);
    element.setAttribute("aria-label", textes.enlever(critere.libelle));
    return element;
  }

  /** @param {Etat} etat @param {Critere[]} criteres @param {(etat: Etat) => number} combien */
  function propositions(etat, criteres, combien) {
    const un_ = conseiller(etat, criteres, combien).map(({ critere, nombre }) =>
      bouton(textes.sans(critere.libelle, nombre), () => appliquer(enlever(etat, critere))),
    );
    const avec = etat.inconnus ? 0 : combien({ ...etat, inconnus: true });
    if (avec) un_.push(bouton(textes.avecInconnus(avec), () => appliquer({ inconnus: true })));
    const sans = toutEnlever(etat);
    if (!un_.length) {
      const seuls = criteres.map((c) => ({ c, seul: garderSeul(etat, c) })).map((x) => ({ ...x, nombre: combien(x.seul) }));
      for (const { c, seul, nombre } of seuls) {
        if (nombre) un_.push(bouton(textes.seulement(c.libelle, nombre), () => appliquer(seul)));
      }
      un_.push(bouton(textes.toutEnlever(combien(sans)), () => appliquer(sans)));
    }
    return un_;
  }

  return {
    montrer,
    /** The choices are open where there is room, and folded on a phone. @param {Etat} etat */
    ouvrirSelonEcran(etat) {
      const large = matchMedia(LARGE).matches;
      besoins.open = large || (!etat.ou && !etat.commune && !etat.point && etat.pour.length > 0);
      autres.open = large;
      besoins.hidden = autres.hidden = false;
    },
  };
}
