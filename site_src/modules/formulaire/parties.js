// The parts of a record: one of a kind (the equipment), or as many as there are (closures, stops).

import { bouton, el } from "../commun/elements.js";
import { composer, nouvelId, placeDesFautes } from "./champs.js";
import { textes } from "./textes.js";

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Composant} Composant */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Modele} Modele */

/** @typedef {{ element: HTMLDetailsElement, dedans: ReturnType<typeof contenu>, titre: HTMLElement }} Rangee */

/** The faults of one part of a value, their paths from it. @param {Faute[]} fautes @param {string | number} cle */
export const sous = (fautes, cle) =>
  fautes.filter(({ chemin }) => chemin[0] === cle).map((faute) => ({ ...faute, chemin: faute.chemin.slice(1) }));

/** @param {Faute[]} fautes @param {string | number} cle */
const sur = (fautes, cle) => fautes.map((faute) => ({ ...faute, chemin: [cle, ...faute.chemin] }));

/** Controls of a list of fields. @param {Champ[]} champs @param {any} valeur @param {Modele} modele */
function contenu(champs, valeur, modele) {
  const avant = typeof valeur === "object" && valeur !== null ? valeur : {};
  const dedans = champs.map((champ) => ({ champ, composant: composer(champ, avant[champ.nom], modele) }));
  const lire = () => {
    const lus = dedans.map(({ champ, composant }) => [champ.nom, composant.lire()]).filter(([, v]) => v !== undefined);
    return lus.length ? Object.fromEntries(lus) : undefined;
  };
  return {
    elements: dedans.map(({ composant }) => composant.element),
    lire,
    montrer: (/** @type {Faute[]} */ fautes) => dedans.forEach(({ champ, composant }) => composant.montrer(sous(fautes, champ.nom))),
    fautes: () => dedans.flatMap(({ champ, composant }) => sur(composant.fautes?.() ?? [], champ.nom)),
  };
}

/** @param {Champ} champ @param {any} valeur @param {Modele} modele @returns {Composant} */
export function groupe(champ, valeur, modele) {
  // A part that may be left out asks for nothing while nothing is said of it.
  const champs = (modele.parties[champ.partie ?? ""] ?? []).map((un) => ({ ...un, siDite: !champ.requis }));
  const dedans = contenu(champs, valeur, modele);
  const element = el("fieldset", "formulaire__groupe", el("legend", "", champ.titre));
  const { faute, montrer } = placeDesFautes(element);
  element.append(faute, ...dedans.elements);
  return { element, ...dedans, montrer: (fautes) => (montrer(ici(fautes)), dedans.montrer(fautes)) };
}

/** @param {Faute[]} fautes */
const ici = (fautes) => fautes.filter(({ chemin }) => !chemin.length);

/** @param {Champ} champ @param {any} valeur @param {Modele} modele @returns {Composant} */
export function rangees(champ, valeur, modele) {
  /** @type {Rangee[]} */
  let toutes = [];
  const place = el("div");
  const element = el("fieldset", "formulaire__groupe", el("legend", "", champ.titre), ...(champ.aide === champ.titre ? [] : [el("p", "champ__aide", `${champ.aide}.`)]));
  const { faute, montrer } = placeDesFautes(element);
  const renommer = () => toutes.forEach(({ titre, dedans }, rang) => (titre.textContent = textes.element(modeleDe(champ), rang + 1, premierTexte(dedans.lire()))));
  const plus = bouton(`${textes.ajouter} : ${modeleDe(champ).toLowerCase()}`, () => ajouter({}, true));

  /** @param {any} v @param {boolean} aller */
  function ajouter(v, aller) {
    const dedans = contenu(modele.parties[champ.partie ?? ""] ?? [], v, modele);
    const titre = Object.assign(el("summary"), { id: nouvelId("rangee") });
    const corps = el("div", "", ...dedans.elements);
    corps.setAttribute("role", "group");
    corps.setAttribute("aria-labelledby", titre.id);
    /** @type {Rangee} */
    const une = { dedans, titre, element: el("details", "repli", titre, corps) };
    une.element.open = aller;
    corps.append(bouton(textes.retirer, () => retirer(une)));
    une.element.addEventListener("change", renommer);
    toutes.push(une);
    place.append(une.element);
    renommer();
    if (aller) une.element.querySelector("input, select, textarea")?.dispatchEvent(new Event("input", { bubbles: true }));
    if (aller) /** @type {HTMLElement | null} */ (une.element.querySelector("input, select, textarea"))?.focus();
  }

  /** @param {Rangee} une */
  function retirer(une) {
    toutes = toutes.filter((autre) => autre !== une);
    une.element.remove();
    renommer();
    plus.focus();
    plus.dispatchEvent(new Event("input", { bubbles: true }));
  }

  for (const v of Array.isArray(valeur) ? valeur : []) ajouter(v, false);
  element.append(faute, place, plus);
  return {
    element,
    lire: () => (toutes.length ? toutes.map(({ dedans }) => dedans.lire() ?? {}) : undefined),
    montrer: (fautes) => {
      montrer(ici(fautes));
      toutes.forEach(({ dedans, element: pli }, rang) => {
        const siennes = sous(fautes, rang);
        if (siennes.length) pli.open = true;
        dedans.montrer(siennes);
      });
    },
    fautes: () => toutes.flatMap(({ dedans }, rang) => sur(dedans.fautes(), rang)),
  };
}

/** What tells one from the others: its commune, who comes, a day. @param {any} lue */
const premierTexte = (lue) => String(Object.values(lue ?? {}).find((v) => typeof v === "string") ?? "");

/** « Fermetures temporaires » → « Fermeture ». @param {Champ} champ */
const modeleDe = ({ partie }) => NOMS[partie ?? ""] ?? partie ?? "";

/** @type {Record<string, string>} */
const NOMS = { Fermeture: "Fermeture", Permanence: "Permanence", Arret: "Arrêt", Label: "Label" };
