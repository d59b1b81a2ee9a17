// What a text asks besides a place: « impôts Issoudun », « imprimer à La Châtre », « jeudi 17h ». Pure functions.

import { FACETTES, JOURS } from "./etat.js";
import { mots } from "./normaliser.js";
import { direQuand } from "./textes.js";

/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {{ cible: string, libelle: string, sinon: string, mots: string[] }} Entree  see `publish.search.lexique` */
/** @typedef {{ mots: Map<string, Entree[]>, longueur: number }} Lexique */
/** @typedef {{ etat: Partial<Etat>, libelles: string[], reste: string, absents: { libelle: string, repli: boolean }[] }} Demande  `etat`: the
 *   choices understood, and their words; `reste`: the other words, perhaps a place; `absents`: what no place here says, and
 *   whether those of a need are shown instead */

// They join what is asked to a place, and say nothing alone.
const LIAISONS = new Set(
  "a au aux d de des du en dans pres proche vers sur pour avec et ou un une je j ai il elle on veux voudrais cherche chercher trouver besoin faire aide aider lieu lieux endroit mon ma mes son sa ses leur leurs ouvert ouverte ouverts ouvertes me se s qui".split(" "),
);
const ARTICLES = new Set(["le", "la", "les", "l"]);
const HEURE = /^(\d{1,2})h(\d{2})?$/;
// Who wants to learn, or to buy, does not ask for the computers of the place.
const BESOINS_DE_MATERIEL = new Set(["apprendre", "equiper"]);

/** @param {Entree[]} entrees @returns {Lexique} */
export function lexique(entrees) {
  /** @type {Map<string, Entree[]>} */
  const parMots = new Map();
  let longueur = 1;
  for (const entree of entrees) {
    for (const phrase of entree.mots) {
      const cle = singulier(phrase.split(" "));
      parMots.set(cle, [...(parMots.get(cle) ?? []), entree]);
      longueur = Math.max(longueur, phrase.split(" ").length);
    }
  }
  return { mots: parMots, longueur };
}

/** One word for its plural. @param {string[]} tous */
const singulier = (tous) => tous.map((mot) => (mot.length > 3 ? mot.replace(/[sx]$/, "") : mot)).join(" ");

/**
 * The choices that a text makes, and its other words.
 * @param {string} saisie @param {Lexique} lexiqueLu @param {Index} index @returns {Demande}
 */
export function comprendre(saisie, lexiqueLu, index) {
  const tous = heuresCollees(mots(saisie));
  /** @type {Partial<Etat>} */
  const etat = {};
  /** @type {Demande["absents"]} */
  const absents = [];
  /** @type {string[]} */
  const libelles = [];
  /** @type {string[]} */
  const reste = [];
  for (let rang = 0; rang < tous.length; ) {
    const moment = unMoment(tous, rang);
    const trouve = moment ?? plusLongue(tous, rang, lexiqueLu, index);
    if (!trouve) reste.push(tous[rang] ?? "");
    else {
      libelles.push("quand" in trouve ? direQuand(trouve.quand) : trouve.entree.libelle);
      if ("quand" in trouve) etat.quand = trouve.quand;
      else retenir(etat, trouve, absents);
    }
    rang += trouve?.pris ?? 1;
  }
  if (etat.pour?.some((besoin) => BESOINS_DE_MATERIEL.has(besoin))) delete etat.avec;
  // Few records say what printers they have, or what languages are spoken: those that do not say must not be hidden.
  if (etat.avec || etat.choix?.langue || etat.choix?.charge) etat.inconnus = true;
  return { etat, libelles, reste: lePlus(reste), absents };
}

/** Whether a text asked something besides a place. @param {Demande} demande */
export const demande = ({ etat, absents }) => Object.keys(etat).length > 0 || absents.length > 0;

/** « 17 h 30 » and « 17 heures » as « 17h30 ». @param {string[]} tous */
function heuresCollees(tous) {
  const texte = tous.join(" ").replace(/\b(\d{1,2}) ?h(?:eures?)?(?: ?(\d{2}))?\b/g, (_, h, m = "") => `${h}h${m}`);
  return texte.split(" ").filter(Boolean);
}

/** A weekday, with an hour or not. @param {string[]} tous @param {number} rang */
function unMoment(tous, rang) {
  const jour = singulier([tous[rang] ?? ""]);
  if (!JOURS.includes(jour)) return null;
  const pris = tous[rang + 1] === "a" ? 2 : 1;
  const [, h, m = ""] = HEURE.exec(tous[rang + pris] ?? "") ?? [];
  if (h === undefined || Number(h) > 23) return { quand: jour, pris: 1 };
  return { quand: `${jour}-${Number(h)}h${m}`, pris: pris + 1 };
}

/** The longest phrase from here, and the first of its meanings that some place answers.
 * @param {string[]} tous @param {number} rang @param {Lexique} lexiqueLu @param {Index} index */
function plusLongue(tous, rang, { mots: parMots, longueur }, index) {
  for (let pris = Math.min(longueur, tous.length - rang); pris > 0; pris -= 1) {
    const entrees = parMots.get(singulier(tous.slice(rang, rang + pris)));
    const entree = entrees?.find(({ cible }) => offert(cible, index)) ?? entrees?.[0];
    if (entree) return { entree, pris, offert: offert(entree.cible, index) };
  }
  return null;
}

/** Whether a choice is one of the page's. @param {string} cible @param {Index} index */
function offert(cible, index) {
  const [cle = "", valeur = ""] = cible.split("=");
  if (cle === "quand") return true;
  if (cle === "type") return valeur in index.types;
  const choix = { pour: index.besoins, avec: index.questions }[cle] ?? index.facettes.find((f) => f.cle === cle)?.valeurs ?? [];
  return choix.some((c) => c.cle === valeur);
}

/** @param {Partial<Etat>} etat @param {{ entree: Entree, offert: boolean }} trouve @param {Demande["absents"]} absents */
function retenir(etat, { entree, offert: present }, absents) {
  const { cible, sinon, libelle } = entree;
  if (!present) absents.push({ libelle, repli: sinon !== "" });
  const [cle = "", valeur = ""] = present ? cible.split("=") : sinon ? ["pour", sinon] : [];
  if (!cle) return;
  const ajouter = (/** @type {string[]} */ liste) => [...new Set([...liste, valeur])];
  if (cle === "quand") etat.quand = valeur;
  else if (cle === "pour") etat.pour = ajouter(etat.pour ?? []);
  else if (cle === "avec") etat.avec = ajouter(etat.avec ?? []);
  else if (FACETTES.includes(cle)) etat.choix = { ...etat.choix, [cle]: ajouter(etat.choix?.[cle] ?? []) };
}

/** What is left, without the words that only join; an article may begin a name. @param {string[]} reste */
function lePlus(reste) {
  const liaison = (/** @type {string | undefined} */ mot) => mot !== undefined && LIAISONS.has(mot);
  let debut = 0;
  let fin = reste.length;
  while (debut < fin && liaison(reste[debut])) debut += 1;
  while (fin > debut && (liaison(reste[fin - 1]) || ARTICLES.has(reste[fin - 1] ?? ""))) fin -= 1;
  const garde = reste.slice(debut, fin);
  return garde.every((mot) => liaison(mot) || ARTICLES.has(mot)) ? "" : garde.join(" ");
}
