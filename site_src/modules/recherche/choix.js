// The elements of the choices: boxes by group, folded or not, and a moment of the week.

import { el } from "../commun/elements.js";
import { RECENT, valeursDeType } from "./criteres.js";
import { JOURS, ecrireQuand } from "./etat.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {{ cle: string, valeur: string, champ: HTMLInputElement, compte: HTMLElement, tri: boolean, element: HTMLElement,
 *   vide: boolean }} Case  `tri`: its unknown answers are said too; `vide`: no place answers it */
/** @typedef {{ contenu: HTMLElement, cases: Case[], vides: HTMLDetailsElement, titre: HTMLElement, corps: HTMLElement }} Rangee
 *   choices that stand together: those that no place answers are folded in `vides` */
/** @typedef {{ cle: string, pli: HTMLDetailsElement, nonDits: HTMLElement }} Pli */

/** The day that has a choice of its own. */
export const SAMEDI = "samedi";
const MOMENTS = [
  ["", textes.nImporteQuand],
  ["maintenant", textes.maintenant],
  ["aujourdhui", textes.aujourdHui],
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
  /** @type {Rangee[]} */
  const rangees = [];
  const une = (/** @type {Parameters<typeof nouvelleCase>} */ ...dites) => {
    const nouvelle = nouvelleCase(...dites);
    cases.push(nouvelle);
    return nouvelle;
  };
  const ligne = (/** @type {Parameters<typeof nouvelleCase>} */ ...dites) => une(...dites).element;
  const ranger = (/** @type {HTMLElement} */ contenu, /** @type {Case[]} */ membres) => {
    rangees.push(rangee(contenu, membres));
    return contenu;
  };
  ranger(besoins, index.besoins.map((b) => une("pour", b.cle, b.libelle)));
  const moment = momentPrecis(auMoment);
  const groupeQuand = groupe(textes.quand, ...MOMENTS.map(([v = "", nom = ""]) => ligne("quand", v, nom, "radio")));
  groupeQuand.append(ligne("quand", "jour", textes.unJour, "radio"), moment.element);
  const questions = [...index.questions, { cle: RECENT, libelle: textes.recent, groupe: "conditions" }];
  const lignesDe = (/** @type {string} */ nom) =>
    questions.filter((q) => q.groupe === nom).map((q) => une("avec", q.cle, q.libelle, "checkbox", true));
  const conditions = ranger(groupe(textes.conditions), lignesDe("conditions"));
  const materiel = ranger(groupe(textes.materiel), lignesDe("materiel"));
  const types = { cle: "type", libelle: textes.type, valeurs: valeursDeType(index) };
  const facettes = [...index.facettes, types].filter((f) => f.valeurs.length);
  const plis = facettes.map((f) => {
    const pli = replier(f.cle, f.libelle);
    ranger(pli.contenu, f.valeurs.map((v) => une(f.cle, v.cle, v.libelle)));
    return pli;
  });
  const inconnus = ligne("inconnus", "oui", textes.inconnus);
  autres.append(groupeQuand, conditions, materiel, ...plis.map(({ pli }) => pli), groupe("", inconnus));
  return { cases, moment, plis, rangees };
}

/** @param {string} cle @param {string} valeur @param {string} libelle @param {string} type @param {boolean} tri @returns {Case} */
function nouvelleCase(cle, valeur, libelle, type = "checkbox", tri = false) {
  const champ = el("input");
  champ.type = type;
  champ.name = `choix-${cle}`;
  champ.value = valeur;
  const compte = el("span", "choix__compte");
  const element = el("label", "choix", champ, el("span", "", libelle, " ", compte));
  return { element, cle, valeur, champ, compte, tri, vide: false };
}

/** @param {HTMLElement} contenu @param {Case[]} cases @returns {Rangee} */
function rangee(contenu, cases) {
  const [titre, corps] = [el("summary"), el("div", "pli__choix")];
  const vides = el("details", "pli vides", titre, corps);
  vides.hidden = true;
  contenu.append(...cases.map(({ element }) => element), vides);
  return { contenu, cases, vides, titre, corps };
}

/** Folds away the choices that no place answers; what is ticked, or has the focus, stays. @param {Rangee} rangee */
export function replierLesVides({ contenu, cases, vides, titre, corps }) {
  const attention = document.activeElement;
  const creuse = (/** @type {Case} */ { vide, champ }) => vide && !champ.checked && champ !== attention;
  const creuses = cases.filter(creuse);
  if (cases.every((c) => creuse(c) === (c.element.parentElement === corps))) return;
  corps.append(...creuses.map(({ element }) => element));
  for (const c of cases) if (!creuse(c)) contenu.insertBefore(c.element, vides);
  vides.hidden = !creuses.length;
  titre.textContent = textes.sansReponse(creuses.length);
  if (attention instanceof HTMLElement && contenu.contains(attention)) attention.focus({ preventScroll: true });
}

/** @param {string} cle @param {string} libelle */
function replier(cle, libelle) {
  const contenu = el("div", "pli__choix");
  contenu.setAttribute("role", "group");
  contenu.setAttribute("aria-label", libelle);
  const nonDits = el("p", "choix__compte");
  const pli = el("details", "pli", el("summary", "", libelle), contenu, nonDits);
  return { cle, contenu, pli, nonDits };
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
