// The elements of the choices: boxes by group, folded or not, and a moment of the week.

import { el } from "../commun/elements.js";
import { RECENT, valeursDeType } from "./criteres.js";
import { JOURS, ecrireQuand } from "./etat.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {{ cle: string, valeur: string, champ: HTMLInputElement, compte: HTMLElement, tri: boolean }} Case  `tri`:
 *   its unknown answers are said too */
/** @typedef {{ cle: string, pli: HTMLDetailsElement, nonDits: HTMLElement }} Pli */

/** The day that has a choice of its own. */
export const SAMEDI = "samedi";
const MOMENTS = [
  ["", textes.nImporteQuand],
  ["maintenant", textes.maintenant],
  [SAMEDI, textes.samedi],
  ["apres-18h", textes.soir],
];

/**
 * Every choice that the index offers, put on the page.
 * @param {HTMLElement} besoins @param {HTMLElement} autres where they go
 * @param {Index} index @param {() => void} auMoment when a moment of the week was chosen
 */
export function construire(besoins, autres, index, auMoment) {
  /** @type {Case[]} */
  const cases = [];
  const ligne = (/** @type {Parameters<typeof nouvelleCase>} */ ...dites) => {
    const { element, ...une } = nouvelleCase(...dites);
    cases.push(une);
    return element;
  };
  besoins.append(...index.besoins.map((b) => ligne("pour", b.cle, b.libelle)));
  const moment = momentPrecis(auMoment);
  const groupeQuand = groupe(textes.quand, ...MOMENTS.map(([v = "", nom = ""]) => ligne("quand", v, nom, "radio")));
  groupeQuand.append(ligne("quand", "jour", textes.unJour, "radio"), moment.element);
  const questions = [...index.questions, { cle: RECENT, libelle: textes.recent, groupe: "conditions" }];
  const lignesDe = (/** @type {string} */ nom) =>
    questions.filter((q) => q.groupe === nom).map((q) => ligne("avec", q.cle, q.libelle, "checkbox", true));
  const conditions = groupe(textes.conditions, ...lignesDe("conditions"));
  const materiel = groupe(textes.materiel, ...lignesDe("materiel"));
  const types = { cle: "type", libelle: textes.type, valeurs: valeursDeType(index) };
  const facettes = [...index.facettes, types].filter((f) => f.valeurs.length);
  const plis = facettes.map((f) => replier(f.cle, f.libelle, f.valeurs.map((v) => ligne(f.cle, v.cle, v.libelle))));
  const inconnus = ligne("inconnus", "oui", textes.inconnus);
  autres.append(groupeQuand, conditions, materiel, ...plis.map(({ pli }) => pli), groupe("", inconnus));
  return { cases, moment, plis };
}

/** @param {string} cle @param {string} valeur @param {string} libelle @param {string} type @param {boolean} tri */
function nouvelleCase(cle, valeur, libelle, type = "checkbox", tri = false) {
  const champ = el("input");
  champ.type = type;
  champ.name = `choix-${cle}`;
  champ.value = valeur;
  const compte = el("span", "choix__compte");
  const element = el("label", "choix", champ, el("span", "", libelle, " ", compte));
  return { element, cle, valeur, champ, compte, tri };
}

/** @param {string} cle @param {string} libelle @param {Node[]} lignes @returns {Pli} */
function replier(cle, libelle, lignes) {
  const contenu = el("div", "pli__choix", ...lignes);
  contenu.setAttribute("role", "group");
  contenu.setAttribute("aria-label", libelle);
  const nonDits = el("p", "choix__compte");
  return { cle, pli: el("details", "pli", el("summary", "", libelle), contenu, nonDits), nonDits };
}

/** @param {string} titre @param {...Node} contenu */
function groupe(titre, ...contenu) {
  const element = el("fieldset", "groupe");
  if (titre) element.append(el("legend", "", titre));
  element.append(...contenu);
  return element;
}

/** A weekday and an hour. @param {() => void} suite */
function momentPrecis(suite) {
  const jour = el("select", "", ...JOURS.map((nom, rang) => new Option(nom, String(rang))));
  const heures = el("input");
  heures.type = "time";
  heures.value = "17:00";
  jour.value = String((new Date().getDay() + 6) % 7);
  const element = el("div", "moment", el("label", "", textes.jour, " ", jour), el("label", "", textes.heure, " ", heures));
  element.addEventListener("change", suite);
  return {
    element,
    lire() {
      const [h = 0, m = 0] = heures.value.split(":").map(Number);
      return ecrireQuand(Number(jour.value), heures.value ? 60 * h + m : null);
    },
    /** @param {{ jour: number, minute: number | null }} quand */
    ecrire(quand) {
      jour.value = String(quand.jour);
      const deux = (/** @type {number} */ n) => String(n).padStart(2, "0");
      const { minute } = quand;
      heures.value = minute === null ? "" : `${deux(Math.floor(minute / 60))}:${deux(minute % 60)}`;
    },
  };
}
