// Entry of the home page's search: the one state, from the address to the results and back.

import { un } from "../commun/elements.js";
import { feuille } from "./bandeau.js";
import { ouvrir } from "./donnees.js";
import * as adresse from "./etat.js";
import { RIEN, faitSuite, lots } from "./lots.js";
import { PAR_LOT } from "./noms.js";
import { Retour } from "./retour.js";
import { NULLE_PART, Saisie } from "./saisie.js";
import { textes } from "./textes.js";
import { Vue } from "./vue.js";

/** @typedef {import("../commun/types.js").Etat} Etat */

const MINUTE_MS = 60_000;
const LIEUX = /** @type {const} */ (["ou", "commune", "point"]);
const CHARGES = /** @type {const} */ ([...LIEUX, "zone"]);

class Recherche {
  #etat = adresse.lire(location.search);
  #lot = RIEN;
  #demande = 0;
  #ouverts = PAR_LOT;
  #remarque = "";
  // Without a position nor a commune: all the places, to choose from.
  #partout = false;
  /** @type {Vue | null} */
  #vue = null;

  /** @param {HTMLElement} bloc */
  constructor(bloc) {
    this.bloc = bloc;
    this.racine = (bloc.dataset.racine ?? "").replace(/\/?$/, "/");
    this.donnees = ouvrir(bloc.dataset.donnees ?? "");
    this.etatVocal = /** @type {HTMLElement} */ (un(bloc, "[data-etat]"));
    this.horsTerritoire = /** @type {HTMLElement} */ (un(bloc, "[data-hors]"));
    this.boite = new Saisie(bloc, this.donnees, {
      changer: this.changer,
      dire: this.dire,
      rater: this.rater,
      rienTrouve: () => !this.#lot.points.length,
      depart: () => this.#depart(),
      sansPosition: () => this.#montrerPartout(),
    });
    this.retour = new Retour(() => this.#place());
    this.#resserrer();
    this.boite.ecrire(this.#etat.ou);
    addEventListener("popstate", () => this.#revenir());
    feuille(un(bloc, "[data-feuille]"), this.racine);
  }

  async demarrer() {
    const { index } = await this.donnees.pret();
    const vue = new Vue(this.bloc, this.racine, index, { changer: this.changer, dire: this.dire });
    this.#vue = vue;
    vue.plusLoin.addEventListener("click", () => this.#chercherPlusLoin(vue));
    vue.bilan.ouvrirSelonEcran(this.#etat);
    const { plis, ouverts, carte } = this.retour.attendue ?? {};
    if (plis) vue.choix.ouvrir(plis);
    if (carte) vue.aupres.basculer(true);
    setInterval(() => this.#suivreLHeure(vue), MINUTE_MS);
    const { ou, commune, point } = this.#etat;
    await (ou && !commune && !point ? this.boite.entendre(ou) : this.#suivre(true, ouverts));
  }

  /** @param {string} texte */
  dire = (texte) => {
    if (this.etatVocal.textContent !== texte) this.etatVocal.textContent = texte;
  };

  /** What could not be loaded is said, with what the device keeps. */
  rater = () => {
    this.dire(textes.echec);
    document.documentElement.toggleAttribute("data-cherche", true); // near the box, not under what explains it
    this.#nommerLesGardes().catch(() => {}); // even the names are missing: what was said stays
  };

  async #nommerLesGardes() {
    const gardes = await this.donnees.gardes();
    if (gardes.length && this.etatVocal.textContent === textes.echec) this.dire(textes.nonGarde(gardes));
  }

  /** @param {Partial<Etat>} nouveau @param {string} note what to say besides @param {boolean} hors out of the territory */
  changer = (nouveau, note = "", hors = false) => {
    if (this.#demande) this.retour.noter();
    const ailleurs = LIEUX.some((cle) => cle in nouveau);
    this.#etat = { ...this.#etat, ...(ailleurs ? { zone: null } : {}), ...nouveau };
    this.#remarque = note;
    this.#partout = false;
    this.horsTerritoire.hidden = !hors;
    // The address that opened the page is replaced by what it meant.
    const ecrire = this.#demande ? "pushState" : "replaceState";
    history[ecrire](this.#demande ? null : history.state, "", location.pathname + adresse.ecrire(this.#etat) + location.hash);
    this.#resserrer();
    if (ailleurs) scrollTo({ top: 0, behavior: "instant" });
    return this.#suivre(ailleurs || "zone" in nouveau);
  };

  #depart() {
    const { ou, commune, point } = this.#etat;
    return commune || point ? { ou, commune, point } : NULLE_PART;
  }

  #revenir() {
    const nouveau = adresse.lire(location.search);
    const ailleurs = CHARGES.some((cle) => String(nouveau[cle]) !== String(this.#etat[cle]));
    this.#etat = nouveau;
    this.#partout = false;
    this.#resserrer();
    const place = this.retour.reprendre();
    this.#suivre(ailleurs, place?.ouverts).catch(this.rater);
  }

  /**
   * A later search makes an earlier one silent; a failed load is said, and may be tried again.
   * @param {boolean} ailleurs one searches somewhere else, and not only otherwise @param {number} ouverts
   */
  async #suivre(ailleurs, ouverts = PAR_LOT) {
    const ceTour = ++this.#demande;
    if (ailleurs) this.#ouverts = ouverts;
    else if (this.#lot.voisins === "compris") return this.#montrer(false);
    const { ou, commune, point } = this.#etat;
    if (ou || commune || point) this.dire(textes.chargement);
    try {
      for await (const trouve of lots(this.#etat, this.donnees, this.#ouverts, this.#partout, (texte) => this.boite.ecrire(texte))) {
        if (ceTour !== this.#demande) return;
        const suite = faitSuite(this.#lot, trouve);
        this.#lot = trouve;
        this.#montrer(suite);
      }
    } catch (erreur) {
      if (ceTour === this.#demande) this.rater();
      throw erreur;
    }
  }

  /** @param {boolean} garder as many places as are shown */
  #montrer(garder) {
    const place = this.retour.attendue;
    if (place) this.#vue?.sortie.prevoir(place.montres);
    this.#vue?.montrer(this.#lot, this.#etat, garder || place !== null, this.#remarque);
    this.retour.retrouver(this.#lot.voisins !== "attendus");
  }

  /** Once there is a search, what comes before its results takes less room (see the style sheet). */
  #resserrer() {
    const demandee = this.#partout || this.#remarque !== "" || adresse.ecrire(this.#etat) !== "";
    document.documentElement.toggleAttribute("data-cherche", demandee);
  }

  #montrerPartout() {
    const { commune, point, ou } = this.#etat;
    if (commune || point || ou) return;
    this.#partout = true;
    this.#resserrer();
    this.#suivre(true).catch(this.rater);
  }

  /** Where one is on the page. @returns {import("./retour.js").Place} */
  #place() {
    const vue = this.#vue;
    return { y: scrollY, montres: vue?.sortie.montres ?? 0, ouverts: this.#ouverts, plis: vue?.choix.ouverts() ?? [], carte: vue?.aupres.ouvert ?? false };
  }

  /** @param {Vue} vue */
  async #chercherPlusLoin(vue) {
    await this.#suivre(true, this.#ouverts + PAR_LOT);
    if (vue.plusLoin.hidden) this.etatVocal.focus();
  }

  /** What is said of the hours follows the clock, except under the eyes of who reads. @param {Vue} vue */
  #suivreLHeure(vue) {
    const lit = document.activeElement?.closest("[data-resultats]");
    if (this.#etat.quand === "maintenant" && !lit && this.#lot.points.length) this.#montrer(true);
    else vue.sortie.direEtats();
  }
}

for (const bloc of document.querySelectorAll("[data-recherche]")) {
  const element = /** @type {HTMLElement} */ (bloc);
  new Recherche(element).demarrer().catch((erreur) => {
    un(element, "[data-etat]").textContent = textes.echec;
    throw erreur;
  });
}
