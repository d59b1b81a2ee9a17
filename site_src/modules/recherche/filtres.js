// The choices on the page: built once from the index, then kept in step with the state and its counts.

import { RECENT, compter, facette, question, valeursDeType } from "./criteres.js";
import { el } from "../commun/elements.js";
import { JOURS, ecrireQuand, lireQuand } from "./etat.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {{ cle: string, valeur: string, champ: HTMLInputElement, compte: HTMLElement, tri: boolean }} Case  `tri`:
 *   its unknown answers are said too */

const MOMENTS = [
  ["", textes.nImporteQuand],
  ["maintenant", textes.maintenant],
  ["samedi", textes.samedi],
  ["apres-18h", textes.soir],
];

/**
 * @param {HTMLElement} besoins @param {HTMLElement} autres where the choices go
 * @param {Index} index @param {(etat: Partial<Etat>) => void} changer
 */
export function filtres(besoins, autres, index, changer) {
  /** @type {Case[]} */
  const cases = [];
  /** @type {Etat | undefined} */
  let etat;

  /** @param {string} cle @param {string} valeur @param {string} libelle @param {string} type @param {boolean} tri */
  function ligne(cle, valeur, libelle, type = "checkbox", tri = false) {
    const champ = el("input");
    champ.type = type;
    champ.name = `choix-${cle}`;
    champ.value = valeur;
    const compte = el("span", "choix__compte");
    cases.push({ cle, valeur, champ, compte, tri });
    return el("label", "choix", champ, el("span", "", libelle, " ", compte));
  }

  besoins.append(...index.besoins.map((b) => ligne("pour", b.cle, b.libelle)));
  const moment = momentPrecis(() => changer({ quand: moment.lire() }));
  const groupeQuand = groupe(textes.quand, ...MOMENTS.map(([v = "", nom = ""]) => ligne("quand", v, nom, "radio")));
  groupeQuand.append(ligne("quand", "jour", textes.unJour, "radio"), moment.element);
  const questions = [...index.questions, { cle: RECENT, libelle: textes.recent }];
  const conditions = groupe(textes.conditions, ...questions.map((q) => ligne("avec", q.cle, q.libelle, "checkbox", true)));
  const types = { cle: "type", libelle: textes.type, valeurs: valeursDeType(index) };
  const plis = [...index.facettes, types].filter((f) => f.valeurs.length).map((f) => {
    const contenu = el("div", "pli__choix", ...f.valeurs.map((v) => ligne(f.cle, v.cle, v.libelle)));
    contenu.setAttribute("role", "group");
    contenu.setAttribute("aria-label", f.libelle);
    const nonDits = el("p", "choix__compte");
    const pli = el("details", "pli", el("summary", "", f.libelle), contenu, nonDits);
    return { cle: f.cle, pli, nonDits };
  });
  const inconnus = ligne("inconnus", "oui", textes.inconnus);
  autres.append(groupeQuand, conditions, ...plis.map(({ pli }) => pli), groupe("", inconnus));

  for (const bloc of [besoins, autres]) {
    bloc.addEventListener("change", ({ target }) => {
      const touche = cases.find(({ champ }) => champ === target);
      if (touche && etat) changer(nouveau(touche, etat));
    });
  }

  /** @param {Case} touche @param {Etat} present @returns {Partial<Etat>} */
  function nouveau({ cle, valeur, champ }, present) {
    if (cle === "quand") return { quand: valeur === "jour" ? moment.lire() : valeur };
    if (cle === "inconnus") return { inconnus: champ.checked };
    const cochees = cases.filter((c) => c.cle === cle && c.champ.checked).map((c) => c.valeur);
    if (cle === "pour") return { pour: cochees };
    return cle === "avec" ? { avec: cochees } : { choix: { ...present.choix, [cle]: cochees } };
  }

  // What is folded is counted when it opens.
  let chiffrerEnVue = () => {};
  for (const pli of [besoins.closest("details"), autres.closest("details"), ...plis.map((p) => p.pli)]) {
    pli?.addEventListener("toggle", () => pli.open && chiffrerEnVue());
  }

  /** Ticks what the state says. @param {Etat} present */
  function cocher(present) {
    etat = present;
    const quand = lireQuand(present.quand);
    const precis = quand !== null && typeof quand === "object";
    if (precis) moment.ecrire(quand);
    moment.element.hidden = !precis;
    for (const { cle, valeur, champ } of cases) {
      if (cle === "quand") champ.checked = valeur === (precis ? "jour" : quand ? present.quand : "");
      else if (cle === "inconnus") champ.checked = present.inconnus;
      else champ.checked = listeDe(present, cle).includes(valeur);
    }
    for (const { cle, pli } of plis) if (listeDe(present, cle).length) pli.open = true;
  }

  /**
   * Counts beside each choice: how many places it would give.
   * @param {Etat} present @param {(groupe: string) => Point[]} sans points that fit all the other groups
   * @param {import("./criteres.js").Convient} convient @param {number} aujourdHui
   */
  function chiffrer(present, sans, convient, aujourdHui) {
    chiffrerEnVue = () => chiffrer(present, sans, convient, aujourdHui);
    for (const { cle, valeur, champ, compte, tri } of cases) {
      if (champ.closest("details:not([open])")) continue;
      const test = testDe(cle, valeur, present, index, convient, aujourdHui);
      if (!test) {
        compte.textContent = "";
        continue;
      }
      const { oui, inconnus: doute } = compter(sans(cle === "avec" ? `avec ${valeur}` : cle), test);
      compte.textContent = `(${oui}${tri && doute ? `, ${textes.nonDits(doute)}` : ""})`;
    }
    for (const { cle, nonDits } of plis) {
      const { inconnus: doute } = compter(sans(cle), (p) => (vide(p, cle) ? null : false));
      nonDits.textContent = doute ? textes.nonDits(doute) : "";
    }
  }

  return { cocher, chiffrer };
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
    const quand = valeur !== "jour" ? lireQuand(valeur) : typeof voulu === "object" ? voulu : null;
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
  element.addEventListener("change", () => heures.value && suite());
  return {
    element,
    lire() {
      const [h = 17, m = 0] = heures.value.split(":").map(Number);
      return ecrireQuand(Number(jour.value), 60 * h + m);
    },
    /** @param {{ jour: number, minute: number }} quand */
    ecrire(quand) {
      jour.value = String(quand.jour);
      const deux = (/** @type {number} */ n) => String(n).padStart(2, "0");
      heures.value = `${deux(Math.floor(quand.minute / 60))}:${deux(quand.minute % 60)}`;
    },
  };
}
