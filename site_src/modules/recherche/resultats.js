// Shows places, twenty at a time. A card that stays is kept, so that focus and reading are not lost.

import { estFrais } from "./criteres.js";
import { bouton, el, texteDe } from "../commun/elements.js";
import { estimer } from "./estimation.js";
import * as selection from "../commun/selection.js";
import { telephoneLisible } from "../commun/telephone.js";
import { dateLongue, distance, duree, textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../commun/types.js").Resultat} Resultat */
/** @typedef {{ li: HTMLLIElement, point: Point, etat: HTMLElement, ou: HTMLElement }} Carte */

const PAR_PAGE = 20;
const JOUR_MS = 86_400_000;
const PRES_DU_CENTRE_KM = 1;

/**
 * @param {HTMLElement} liste @param {HTMLButtonElement} suite @param {string} racine path to the site's root
 * @param {Index} index @param {(point: Point) => { etat: string, phrase: string }} dire
 */
export function afficheur(liste, suite, racine, index, dire) {
  /** @type {Resultat[]} */
  let tous = [];
  let montres = 0;
  /** @type {Map<Point, Carte>} */
  let cartes = new Map();

  /** @param {number} jusqua */
  function montrerJusqua(jusqua) {
    const anciennes = cartes;
    cartes = new Map();
    const lignes = tous.slice(0, jusqua).map((resultat) => {
      const connue = anciennes.get(resultat.point) ?? carte(resultat.point);
      cartes.set(resultat.point, connue);
      situer(connue.ou, resultat);
      return connue;
    });
    const attention = document.activeElement;
    lignes.forEach(({ li }, rang) => {
      if (liste.children[rang] !== li) liste.insertBefore(li, liste.children[rang] ?? null);
    });
    while (liste.children.length > lignes.length) liste.lastElementChild?.remove();
    if (attention instanceof HTMLElement && liste.contains(attention)) attention.focus({ preventScroll: true });
    montres = lignes.length;
    const reste = tous.length - montres;
    suite.hidden = reste <= 0;
    suite.textContent = textes.suite(Math.min(reste, PAR_PAGE));
    direEtats();
    direSelection();
  }

  suite.addEventListener("click", () => {
    const premier = montres;
    montrerJusqua(montres + PAR_PAGE);
    liste.children[premier]?.querySelector("a")?.focus();
  });

  /** @param {Point} point @returns {Carte} */
  function carte(point) {
    const lien = el("a", "carte-lieu__lien", texteDe(point.nom));
    lien.href = `${racine}lieux/${point.id.split("/").map(encodeURIComponent).join("/")}/`;
    const etat = el("p", "carte-lieu__etat");
    const ou = el("p");
    const corps = el("article", "carte-lieu", el("h2", "carte-lieu__nom", lien));
    if (point.genre) corps.append(el("p", "discret", texteDe(point.genre)));
    corps.append(ou, etat, etiquettes(point, index));
    if (point.ferme) corps.append(el("p", "carte-lieu__avis", textes.fermeDefinitivement));
    if (!estFrais(point, index, Math.floor(Date.now() / JOUR_MS))) corps.append(el("p", "carte-lieu__avis", textes.perimee(dateLongue(point.verifie))));
    corps.append(actions(point));
    return { li: el("li", "", corps), point, etat, ou };
  }

  /** @param {HTMLElement} ou @param {Resultat} resultat */
  function situer(ou, { point, km }) {
    ou.replaceChildren();
    if (point.sansAccueil) {
      ou.append(el("strong", "", textes.sansAccueil), " ");
    } else if (km !== null && point.approche && km < PRES_DU_CENTRE_KM) {
      // Its commune is where one is: no distance can be told.
      ou.append(`${textes.dansLaCommune} `);
    } else if (km !== null) {
      const environ = point.approche ? `${textes.environ} ` : "";
      ou.append(el("span", "carte-lieu__distance", `${environ}${distance(km)}`), ` ${textes.volDOiseau}, `);
      ou.append(`${duree(estimer(km, index.trajet))}. `);
    }
    const arret = point.arret && `arrêt ${point.arret}`;
    ou.append(texteDe([arret, point.adresse, point.commune].filter(Boolean).join(", ")));
  }

  function direEtats() {
    for (const { point, etat } of cartes.values()) {
      const { etat: nom, phrase } = dire(point);
      etat.className = `carte-lieu__etat etat--${nom}`;
      if (etat.textContent !== phrase) etat.textContent = phrase;
    }
  }

  function direSelection() {
    const choisis = selection.lire(location.hash);
    for (const bouton_ of liste.querySelectorAll("button[data-id]")) {
      const { id = "", nom = "" } = /** @type {HTMLElement} */ (bouton_).dataset;
      const choisi = choisis.includes(id);
      bouton_.textContent = choisi ? textes.retirerCourt : textes.ajouterCourt;
      bouton_.setAttribute("aria-label", choisi ? textes.retirer(nom) : textes.ajouter(nom));
      bouton_.classList.toggle("bouton--choisi", choisi);
    }
  }
  addEventListener("hashchange", direSelection);

  return {
    /** @param {Resultat[]} resultats @param {boolean} garder as many cards as are shown */
    montrer(resultats, garder = false) {
      tous = resultats;
      montrerJusqua(garder ? Math.max(montres, PAR_PAGE) : PAR_PAGE);
    },
    direEtats,
  };
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
