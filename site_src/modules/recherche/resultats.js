// Shows places, twenty at a time. A card that stays is kept, so that focus and reading are not lost.

import { bouton, el, texteDe } from "../commun/elements.js";
import * as selection from "../commun/selection.js";
import { telephoneLisible } from "../commun/telephone.js";
import { lierHeures } from "../horaires/phrases.js";
import { estAncien, estFrais } from "./criteres.js";
import { estimer } from "./estimation.js";
import { dateLongue, distance, duree, textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Depart} Depart */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../commun/types.js").Resultat} Resultat */
/** @typedef {{ li: HTMLLIElement, point: Point, rang: HTMLElement, moment: HTMLElement, etat: HTMLElement, ou: HTMLElement }} Carte */

const PAR_PAGE = 20;
const JOUR_MS = 86_400_000;
const PRES_DU_CENTRE_KM = 1;

export class Afficheur {
  /** @type {Resultat[]} */
  #tous = [];
  #montres = 0;
  /** @type {Depart | null} */
  #depart = null;
  /** @type {Map<Point, Carte>} */
  #cartes = new Map();

  /** What follows the cards. @type {(montres: Resultat[]) => void} */
  apres = () => undefined;

  /**
   * @param {HTMLElement} liste @param {HTMLButtonElement} suite @param {string} racine path to the site's root
   * @param {Index} index @param {(point: Point) => { etat: string, phrase: string, moment: string }} dire
   */
  constructor(liste, suite, racine, index, dire) {
    this.liste = liste;
    this.suite = suite;
    this.racine = racine;
    this.index = index;
    this.dire = dire;
    suite.addEventListener("click", () => {
      const premier = this.#montres;
      this.#montrerJusqua(premier + PAR_PAGE);
      liste.children[premier]?.querySelector("a")?.focus();
    });
    addEventListener("hashchange", () => direSelection(liste));
  }

  /** @param {Resultat[]} resultats @param {boolean} garder as many cards as are shown
   * @param {Depart | null} [depart] where one starts from */
  montrer(resultats, garder = false, depart = null) {
    this.#tous = resultats;
    this.#depart = depart;
    this.#montrerJusqua(garder ? Math.max(this.#montres, PAR_PAGE) : PAR_PAGE);
  }

  /** How many cards are shown. */
  get montres() {
    return this.#montres;
  }

  /** So many cards, the next time that places are shown with what is kept. @param {number} nombre */
  prevoir(nombre) {
    this.#montres = nombre;
  }

  direEtats() {
    for (const { point, etat, moment } of this.#cartes.values()) {
      const { etat: nom, phrase: coupable, moment: momentDit } = this.dire(point);
      const [phrase, dit] = [lierHeures(coupable), lierHeures(momentDit)];
      moment.hidden = !dit;
      if (moment.textContent !== dit) moment.textContent = dit;
      etat.className = `carte-lieu__etat etat--${nom}`;
      if (etat.textContent !== phrase) etat.textContent = phrase;
    }
  }

  /** @param {number} jusqua */
  #montrerJusqua(jusqua) {
    const anciennes = this.#cartes;
    this.#cartes = new Map();
    const lignes = this.#tous.slice(0, jusqua).map((resultat, rang) => {
      const connue = anciennes.get(resultat.point) ?? carte(resultat.point, this.index, this.racine);
      this.#cartes.set(resultat.point, connue);
      connue.rang.textContent = String(rang + 1);
      situer(connue.ou, resultat, this.#depart, this.index);
      return connue;
    });
    placer(this.liste, lignes.map(({ li }) => li));
    this.#montres = lignes.length;
    const reste = this.#tous.length - this.#montres;
    this.suite.hidden = reste <= 0;
    this.suite.textContent = textes.suite(Math.min(reste, PAR_PAGE));
    this.direEtats();
    direSelection(this.liste);
    this.apres(this.#tous.slice(0, this.#montres));
  }
}

/** Puts these lines in the list, and moves those only that are not in their place. @param {HTMLElement} liste
 * @param {HTMLElement[]} lignes */
function placer(liste, lignes) {
  const attention = document.activeElement;
  lignes.forEach((li, rang) => {
    if (liste.children[rang] !== li) liste.insertBefore(li, liste.children[rang] ?? null);
  });
  while (liste.children.length > lignes.length) liste.lastElementChild?.remove();
  if (attention instanceof HTMLElement && liste.contains(attention)) attention.focus({ preventScroll: true });
}

/** @param {Point} point @param {Index} index @param {string} racine @returns {Carte} */
function carte(point, index, racine) {
  const lien = el("a", "carte-lieu__lien", texteDe(point.nom));
  lien.href = `${racine}lieux/${point.id.split("/").map(encodeURIComponent).join("/")}/`;
  const rang = el("span", "carte-lieu__rang");
  const moment = el("p", "carte-lieu__moment");
  const etat = el("p", "carte-lieu__etat");
  const ou = el("p");
  const corps = el("article", "carte-lieu", el("h2", "carte-lieu__nom", rang, " ", lien));
  corps.append(moment, etat, ou);
  if (point.genre) corps.append(el("p", "discret", texteDe(point.genre)));
  corps.append(etiquettes(point, index));
  if (point.ferme) corps.append(el("p", "carte-lieu__avis", textes.fermeDefinitivement));
  const aujourdHui = Math.floor(Date.now() / JOUR_MS);
  const frais = estFrais(point, index, aujourdHui);
  if (!frais) corps.append(el("p", "carte-lieu__avis", textes.perimee(dateLongue(point.verifie), Boolean(point.telephone))));
  corps.append(actions(point));
  const li = el("li", estAncien(point, index, aujourdHui) ? "carte-lieu--ancien" : "", corps);
  return { li, point, rang, moment, etat, ou };
}

/** @param {HTMLElement} ou @param {Resultat} resultat @param {Depart | null} depart @param {Index} index */
function situer(ou, { point, km, entre }, depart, { trajets }) {
  ou.replaceChildren();
  if (point.sansAccueil) {
    ou.append(el("strong", "", textes.sansAccueil), " ");
  } else if (km !== null && point.approche && km < PRES_DU_CENTRE_KM) {
    // Its commune is where one is: no distance can be told.
    ou.append(`${textes.dansLaCommune} `);
  } else if (km !== null) {
    const environ = point.approche || depart?.approche ? `${textes.environ} ` : "";
    const { durees, passage } = estimer(km, trajets, [depart?.route ?? null, point.route], entre);
    const temps = passage ? textes.sansRoute(entre) : duree(durees);
    ou.append(el("span", "carte-lieu__distance", `${environ}${distance(km)}`), ` ${textes.volDOiseau}${temps && `, ${temps}`}. `);
  }
  // A stop that is known by its commune alone is not said twice.
  const lieux = [point.arret, point.adresse, point.commune].filter((nom, rang, tous) => nom && tous.indexOf(nom) === rang);
  ou.append(texteDe(`${point.arret && textes.arret}${lieux.join(", ")}`));
}

/** On each button, whether its place is chosen for the sheet. @param {HTMLElement} liste */
function direSelection(liste) {
  const choisis = selection.lire(location.hash);
  for (const element of liste.querySelectorAll("button[data-id]")) {
    const { id = "", nom = "" } = /** @type {HTMLElement} */ (element).dataset;
    const choisi = choisis.includes(id);
    element.textContent = choisi ? textes.retirerCourt : textes.ajouterCourt;
    element.setAttribute("aria-label", choisi ? textes.retirer(nom) : textes.ajouter(nom));
    element.classList.toggle("bouton--choisi", choisi);
  }
}

/** @param {Point} point @param {Index} index */
function etiquettes({ services, oui, pass }, index) {
  const liste = el("ul", "etiquettes");
  for (const famille of index.familles) {
    if (services & famille.masque) liste.append(el("li", `famille--${famille.cle}`, famille.libelle));
  }
  index.questions.forEach(({ cle, libelle }, rang) => {
    if (!((oui >> rang) & 1)) return;
    liste.append(el("li", "", cle === "pass" ? textes.pass(dateLongue(pass)) : libelle));
  });
  return liste;
}

/** @param {Point} point */
function actions({ telephone, id, nom }) {
  const ligne = el("p", "carte-lieu__actions");
  if (telephone) {
    const lien = el("a", "", `${textes.appeler} ${telephoneLisible(telephone)}`);
    lien.href = `tel:${telephone}`;
    ligne.append(lien);
  }
  const basculer = () => selection.retenir(selection.basculer(selection.lire(location.hash), id));
  const choisir = bouton(textes.ajouterCourt, basculer, "bouton bouton--discret bouton--petit");
  choisir.dataset.id = id;
  choisir.dataset.nom = nom;
  ligne.append(choisir);
  return ligne;
}
