// The map beside the list: shown where there is room, one tap away on a phone; what it needs is loaded then.

import { un } from "../commun/elements.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Depart} Depart */
/** @typedef {import("../commun/types.js").Resultat} Resultat */
/** @typedef {import("../commun/types.js").Zone} Zone */

const A_COTE = "(min-width: 62.5em)"; // as the style sheet

export class Aupres {
  /** @type {Promise<import("./plan.js").Plan> | null} */
  #plan = null;
  /** @type {[Resultat[], Depart | null, Zone | null] | null} */
  #dernier = null;

  /** @param {HTMLElement} bloc @param {string} racine @param {(zone: Zone) => void} chercherIci */
  constructor(bloc, racine, chercherIci) {
    this.racine = racine;
    this.chercherIci = chercherIci;
    this.bloc = /** @type {HTMLElement} */ (un(bloc, "[data-plan]"));
    this.bouton = /** @type {HTMLButtonElement} */ (un(bloc, "[data-plan-bouton]"));
    this.etat = /** @type {HTMLElement} */ (un(bloc, "[data-plan-etat]"));
    this.bouton.addEventListener("click", () => this.basculer(!this.ouvert));
    const liste = un(bloc, "[data-resultats]");
    for (const geste of ["focusin", "pointerover"]) liste.addEventListener(geste, ({ target }) => this.#viser(liste, target));
    matchMedia(A_COTE).addEventListener("change", () => this.#suivre());
  }

  get ouvert() {
    return this.bouton.getAttribute("aria-expanded") === "true";
  }

  /** @param {boolean} ouvert */
  basculer(ouvert) {
    this.bouton.setAttribute("aria-expanded", String(ouvert));
    this.bouton.textContent = ouvert ? textes.fermerPlan : textes.ouvrirPlan;
    this.#suivre();
  }

  /** @param {Resultat[]} resultats those that have a card @param {Depart | null} depart @param {Zone | null} zone */
  montrer(resultats, depart, zone) {
    this.#dernier = [resultats, depart, zone];
    this.#suivre();
  }

  #suivre() {
    const [resultats, , zone] = this.#dernier ?? [[], null, null];
    const aMontrer = resultats.length > 0 || zone !== null;
    const aCote = matchMedia(A_COTE).matches;
    const voulu = aMontrer && (this.ouvert || aCote);
    this.bouton.hidden = aCote || !aMontrer;
    this.bloc.hidden = !voulu;
    if (voulu) this.#dessiner().catch(() => (this.etat.textContent = textes.planEchec));
  }

  async #dessiner() {
    this.#plan ??= this.#charger();
    const plan = await this.#plan;
    if (!this.#dernier) return;
    plan.ajuster();
    plan.montrer(...this.#dernier);
  }

  async #charger() {
    this.etat.textContent = textes.planChargement;
    try {
      // A file of its own, that the page names: it comes only now.
      const { ouvrir } = await import(new URL(this.bloc.dataset.module ?? "", document.baseURI).href);
      const plan = await ouvrir(this.bloc, this.racine, this.chercherIci);
      this.etat.textContent = "";
      return plan;
    } catch (erreur) {
      this.#plan = null; // it may be tried again
      throw erreur;
    }
  }

  /** @param {Element} liste @param {EventTarget | null} cible */
  #viser(liste, cible) {
    const li = cible instanceof Element ? cible.closest("li") : null;
    const rang = li ? [...liste.children].indexOf(li) : -1;
    this.#plan?.then((plan) => plan.viser(rang)).catch(() => undefined);
  }
}
