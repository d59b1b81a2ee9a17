// Shows places. Texts come from records: they only ever enter the page as text, never as HTML.

import { distance, textes } from "./textes.js";

/** @typedef {import("./types.js").Index} Index */
/** @typedef {import("./types.js").Resultat} Resultat */

const PAR_PAGE = 20;

/**
 * @template {keyof HTMLElementTagNameMap} B
 * @param {B} balise @param {string} [classe] @param {...(Node | string)} contenu
 * @returns {HTMLElementTagNameMap[B]}
 */
function el(balise, classe = "", ...contenu) {
  const element = document.createElement(balise);
  if (classe) element.className = classe;
  element.append(...contenu);
  return element;
}

/** A record's text, kept from turning the direction of ours. @param {string} texte */
const texteDe = (texte) => el("bdi", "", texte);

/** @param {HTMLElement} liste @param {HTMLButtonElement} suite @param {string} racine path to the site's root */
export function afficheur(liste, suite, racine) {
  /** @type {Resultat[]} */
  let tous = [];
  let montres = 0;
  /** @type {Index | undefined} */
  let index;

  function continuer() {
    const page = tous.slice(montres, montres + PAR_PAGE);
    const elements = page.map((r) => carte(r));
    liste.append(...elements);
    montres += page.length;
    suite.hidden = montres >= tous.length;
    return elements[0];
  }

  suite.addEventListener("click", () => continuer()?.querySelector("a")?.focus());

  /** @param {Resultat} resultat */
  function carte({ point, km, approche }) {
    const lien = el("a", "", texteDe(point.nom));
    lien.href = `${racine}lieux/${point.id.split("/").map(encodeURIComponent).join("/")}/`;
    const ou = el("p");
    if (km !== null) ou.append(el("span", "carte-lieu__distance", mesure(km, approche)), ", ");
    ou.append(texteDe([point.arret, point.adresse, point.commune].filter(Boolean).join(", ")));
    const corps = el("article", "carte-lieu", el("h2", "carte-lieu__nom", lien));
    if (point.types) corps.append(el("p", "discret", texteDe(point.types)));
    corps.append(ou, el("p", "", texteDe(point.horaires || textes.sansHoraires)), etiquettes(point.services));
    if (point.telephone) corps.append(appel(point.telephone));
    return el("li", "", corps);
  }

  /** @param {number} services */
  function etiquettes(services) {
    const liste = el("ul", "etiquettes");
    for (const famille of index?.familles ?? []) {
      if (services & famille.masque) liste.append(el("li", `famille--${famille.cle}`, famille.libelle));
    }
    return liste;
  }

  return {
    /** @param {Resultat[]} resultats @param {Index} [donnees] */
    montrer(resultats, donnees) {
      tous = resultats;
      montres = 0;
      index = donnees;
      liste.replaceChildren();
      continuer();
    },
  };
}

/** @param {number} km @param {boolean} approche */
function mesure(km, approche) {
  return `${approche ? `${textes.environ} ` : ""}${distance(km)} ${textes.volDOiseau}`;
}

/** @param {string} telephone digits and an optional leading +, checked by the build */
function appel(telephone) {
  const [numero = "", lisible = numero] = telephone.split("|");
  const lien = el("a", "", `${textes.appeler} ${lisible}`);
  lien.href = `tel:${numero}`;
  return el("p", "", lien);
}
