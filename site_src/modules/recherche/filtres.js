// The choices on the page, kept in step with the state and its counts.

import { SAMEDI, construire, replierLesVides } from "./choix.js";
import { compter, facette, question } from "./criteres.js";
import { lireQuand } from "./etat.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("./choix.js").Case} Case */

// What is folded with a whole group, and not for want of an answer.
const REPLIE = "details.besoins:not([open]), details.pli:not(.vides):not([open])";

export class Filtres {
  /** @type {Etat | undefined} */
  #etat;
  #cases;
  #moment;
  #plis;
  #rangees;
  // What is folded is counted when it opens.
  #chiffrerEnVue = () => {};

  /**
   * @param {HTMLElement} besoins @param {HTMLElement} autres where the choices go
   * @param {Index} index @param {(etat: Partial<Etat>) => void} changer
   */
  constructor(besoins, autres, index, changer) {
    this.index = index;
    this.blocs = [besoins, autres];
    const { cases, moment, plis, rangees } = construire(besoins, autres, index, () => changer({ quand: this.#moment.lire() }));
    this.#cases = cases;
    this.#moment = moment;
    this.#plis = plis;
    this.#rangees = rangees;
    for (const bloc of this.blocs) {
      bloc.addEventListener("change", ({ target }) => {
        const touche = cases.find(({ champ }) => champ === target);
        if (touche && this.#etat) changer(this.#nouveau(touche, this.#etat));
      });
    }
    for (const pli of [besoins.closest("details"), autres.closest("details"), ...plis.map((p) => p.pli)]) {
      pli?.addEventListener("toggle", () => pli.open && this.#chiffrerEnVue());
    }
  }

  /** The folds that are open, by their names. @returns {string[]} */
  ouverts() {
    return this.#replis().flatMap((repli, rang) => (repli?.open ? String(rang) : []));
  }

  /** @param {string[]} noms */
  ouvrir(noms) {
    this.#replis().forEach((repli, rang) => repli && (repli.open = noms.includes(String(rang))));
  }

  #replis() {
    const [besoins, autres] = this.blocs.map((bloc) => bloc.closest("details"));
    return [besoins, autres, ...this.#plis.map(({ pli }) => pli), ...this.#rangees.map(({ vides }) => vides)];
  }

  /** Ticks what the state says. @param {Etat} present */
  cocher(present) {
    this.#etat = present;
    const quand = lireQuand(present.quand);
    const precis = quand !== null && typeof quand === "object" && present.quand !== SAMEDI;
    if (precis) this.#moment.ecrire(quand);
    this.#moment.element.hidden = !precis;
    for (const { cle, valeur, champ } of this.#cases) {
      if (cle === "quand") champ.checked = valeur === (precis ? "jour" : quand ? present.quand : "");
      else if (cle === "inconnus") champ.checked = present.inconnus;
      else champ.checked = listeDe(present, cle).includes(valeur);
    }
    for (const { cle, pli } of this.#plis) if (listeDe(present, cle).length) pli.open = true;
  }

  /**
   * Counts beside each choice: how many places it would give.
   * @param {Etat} present @param {(groupe: string) => Point[]} sans points that fit all the other groups
   * @param {import("./criteres.js").Convient} convient @param {number} aujourdHui
   */
  chiffrer(present, sans, convient, aujourdHui) {
    this.#chiffrerEnVue = () => this.chiffrer(present, sans, convient, aujourdHui);
    for (const une of this.#cases) {
      const { cle, valeur, champ, compte, tri } = une;
      if (champ.closest(REPLIE)) continue;
      const test = testDe(cle, valeur, present, this.index, convient, aujourdHui);
      if (!test) {
        compte.textContent = "";
        continue;
      }
      const { oui, inconnus: doute } = compter(sans(cle === "avec" ? `avec ${valeur}` : cle), test);
      une.vide = oui === 0;
      compte.textContent = `(${oui}${tri && doute ? `, ${textes.nonDits(doute)}` : ""})`;
    }
    this.#rangees.forEach(replierLesVides);
    for (const { cle, nonDits } of this.#plis) {
      const { inconnus: doute } = compter(sans(cle), (p) => (vide(p, cle) ? null : false));
      nonDits.textContent = doute ? textes.nonDits(doute) : "";
    }
  }

  /** @param {Case} touche @param {Etat} present @returns {Partial<Etat>} */
  #nouveau({ cle, valeur, champ }, present) {
    if (cle === "quand") return { quand: valeur === "jour" ? this.#moment.lire() : valeur };
    if (cle === "inconnus") return { inconnus: champ.checked };
    const cochees = this.#cases.filter((c) => c.cle === cle && c.champ.checked).map((c) => c.valeur);
    if (cle === "pour") return { pour: cochees };
    return cle === "avec" ? { avec: cochees } : { choix: { ...present.choix, [cle]: cochees } };
  }
}

/** @param {Point} p @param {string} cle */
const vide = (p, cle) => (cle === "type" ? !p.types.length : !p.facettes[cle]?.length);

/** @param {Etat} etat @param {string} cle */
const listeDe = (etat, cle) => (cle === "pour" ? etat.pour : cle === "avec" ? etat.avec : (etat.choix[cle] ?? []));

/**
 * What a choice asks, with those already made in a group where all must hold.
 * @param {string} cle @param {string} valeur @param {Etat} etat @param {Index} index
 * @param {import("./criteres.js").Convient} convient @param {number} aujourdHui
 * @returns {import("./criteres.js").Test | null}
 */
function testDe(cle, valeur, etat, index, convient, aujourdHui) {
  if (cle === "quand") {
    const voulu = lireQuand(etat.quand);
    const quand = valeur !== "jour" ? lireQuand(valeur) : typeof voulu === "object" && etat.quand !== SAMEDI ? voulu : null;
    return quand ? (p) => convient(p, quand) : null;
  }
  if (cle === "avec") return question(valeur, index, aujourdHui);
  if (cle === "pour") {
    const voulus = index.besoins.filter((b) => b.cle === valeur || etat.pour.includes(b.cle));
    return (p) => voulus.every((b) => p.services & b.masque);
  }
  const toutes = index.facettes.find((f) => f.cle === cle)?.toutes;
  return cle === "inconnus" ? null : facette(cle, toutes ? [...(etat.choix[cle] ?? []), valeur] : [valeur], index);
}
