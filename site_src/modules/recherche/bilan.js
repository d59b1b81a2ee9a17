// The choices made, each with its button to drop it; and when nothing fits, which one to drop.

import { conseiller, enlever, estFrais, garderSeul, nombreDeLieux, toutEnlever } from "./criteres.js";
import { bouton, el, un } from "../commun/elements.js";
import { PREMIERES } from "./lieux.js";
import { dateLongue, textes } from "./textes.js";

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
    this.nombreDeTus = 0;
    this.tus = /** @type {HTMLElement} */ (un(bloc, "[data-tus]"));
    this.age = /** @type {HTMLElement} */ (un(bloc, "[data-age]"));
    this.voir = /** @type {HTMLButtonElement} */ (un(bloc, "[data-voir]"));
    this.voir.addEventListener("click", () => this.#fermer());
  }

  /**
   * @param {Etat} etat @param {Critere[]} criteres
   * @param {((etat: Etat) => Point[]) | null} essayer what a state would give; null when there are results
   */
  montrer(etat, criteres, essayer) {
    this.faits.hidden = !criteres.length;
    this.faits.replaceChildren(...criteres.map((c) => el("li", "", this.#retrait(etat, c))));
    const autres = criteres.filter((c) => c.cle !== "pour").length;
    this.titre.replaceChildren(textes.filtres(autres), autres ? "" : el("span", "filtres__indice", textes.indice));
    const issues = essayer ? sorties(etat, criteres, this.nombreDeTus, (e) => nombreDeLieux(essayer(e))) : [];
    this.conseils.replaceChildren(...issues.map(([texte, vers]) => bouton(texte, () => this.#appliquer(vers))));
  }

  /** How many places a moment leaves out because they do not say it; one may ask for them. @param {number} n */
  direTus(n) {
    this.nombreDeTus = n;
    this.tus.hidden = !n;
    this.tus.replaceChildren(
      ...(n ? [`${textes.horairesTus(n)} · `, bouton(textes.lesMontrer, () => this.#appliquer({ inconnus: true }), "lien")] : []),
    );
  }

  /** @param {Point[]} points shown @param {import("../commun/types.js").Index} index @param {number} aujourdHui
   * @param {number} reculees old records that come after others, for their age */
  direAge(points, index, aujourdHui, reculees) {
    const anciennes = nombreDeLieux(points.filter((p) => !estFrais(p, index, aujourdHui)));
    const age = points.length ? textes.age(dateLongue(index.publie), anciennes, nombreDeLieux(points)) : "";
    this.age.textContent = reculees ? `${age} ${textes.reculees(reculees, index.ancienPendant + 1, PREMIERES)}` : age;
  }

  /** @param {number} n places that fit */
  direNombre(n) {
    this.voir.textContent = textes.voirLieux(n);
  }

  /** The choices are folded, and the places come. */
  #fermer() {
    this.besoins.open = this.autres.open = false;
    this.etatVocal.focus({ preventScroll: true });
    this.etatVocal.scrollIntoView({ block: "start" });
  }

  /** The choices are open where there is room, and folded on a phone. @param {Etat} etat */
  ouvrirSelonEcran(etat) {
    const large = matchMedia(LARGE).matches;
    this.besoins.open = large || (!etat.ou && !etat.commune && !etat.point && etat.pour.length > 0);
    this.autres.open = large;
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
 * @param {Etat} etat @param {Critere[]} criteres @param {number} tus places that are proposed already, for want of known hours
 * @param {(etat: Etat) => number} combien @returns {[string, Partial<Etat>][]}
 */
function sorties(etat, criteres, tus, combien) {
  /** @type {[string, Partial<Etat>][]} */
  const issues = conseiller(etat, criteres, combien).map(({ critere, nombre }) => [
    textes.sans(critere.libelle, nombre),
    enlever(etat, critere),
  ]);
  const avec = etat.inconnus ? 0 : combien({ ...etat, inconnus: true });
  if (avec > tus) issues.push([textes.avecInconnus(avec), { inconnus: true }]);
  if (issues.length) return issues;
  for (const critere of criteres) {
    const seul = garderSeul(etat, critere);
    const nombre = combien(seul);
    if (nombre) issues.push([textes.seulement(critere.libelle, nombre), seul]);
  }
  const sans = toutEnlever(etat);
  return [...issues, [textes.toutEnlever(combien(sans)), sans]];
}
