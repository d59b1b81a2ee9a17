// What is asked of the places: who fits, how many would fit, and which choice to drop when nothing fits. Pure functions.

import { FACETTES, lireQuand } from "./etat.js";

/** @typedef {import("../commun/types.js").Critere} Critere */
/** @typedef {import("../commun/types.js").Etat} Etat */
/** @typedef {import("../commun/types.js").Index} Index */
/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {(point: Point) => boolean | null} Test  null: the record does not say */
/** @typedef {(point: Point, quand: import("./etat.js").Quand) => boolean | null} Convient */
/** @typedef {{ oui: number, inconnus: number }} Compte  places, not stops */

export const RECENT = "recent";

/**
 * The questions asked, one by group of choices: within a group, choices add up as the group says.
 * @param {Etat} etat @param {Index} index @param {Convient} convient @param {number} aujourdHui
 * @returns {Map<string, Test>}
 */
export function groupes(etat, index, convient, aujourdHui) {
  /** @type {Map<string, Test>} */
  const tests = new Map();
  const besoins = index.besoins.filter((b) => etat.pour.includes(b.cle));
  if (besoins.length) tests.set("pour", (p) => besoins.every((b) => p.services & b.masque));
  const quand = lireQuand(etat.quand);
  if (quand) tests.set("quand", (p) => convient(p, quand));
  const { zone } = etat;
  if (zone) tests.set("zone", (p) => dansLaZone(p, zone));
  for (const cle of etat.avec) {
    const test = question(cle, index, aujourdHui);
    if (test) tests.set(`avec ${cle}`, test);
  }
  for (const cle of FACETTES) {
    const test = facette(cle, etat.choix[cle] ?? [], index);
    if (test) tests.set(cle, test);
  }
  return tests;
}

/** Whether a place is in what the map shows; null when it is not known where it is. @param {Point} point
 * @param {import("../commun/types.js").Zone} zone */
const dansLaZone = ({ lat, lon }, [ouest, sud, est, nord]) =>
  lat === null || lon === null ? null : ouest <= lon && lon <= est && sud <= lat && lat <= nord;

/** Whether a record is fresh today, as on its fiche and in the report. @param {Pick<Point, "verifie">} point
 * @param {Pick<Index, "fraisPendant">} index @param {number} aujourdHui */
export const estFrais = ({ verifie }, { fraisPendant }, aujourdHui) => aujourdHui <= verifie + fraisPendant;

/** @param {string} cle @param {Index} index @param {number} aujourdHui @returns {Test | null} */
export function question(cle, index, aujourdHui) {
  if (cle === RECENT) return (p) => estFrais(p, index, aujourdHui);
  const rang = index.questions.findIndex((q) => q.cle === cle);
  if (rang < 0) return null;
  return (p) => ((p.connu >> rang) & 1 ? ((p.oui >> rang) & 1) === 1 : null);
}

/** Whether a record is so old that it leaves the first results. @param {Pick<Point, "verifie">} point
 * @param {Pick<Index, "ancienPendant">} index @param {number} aujourdHui */
export const estAncien = ({ verifie }, { ancienPendant }, aujourdHui) => aujourdHui > verifie + ancienPendant;

/** @param {string} cle @param {string[]} choisies @param {Index} index @returns {Test | null} */
export function facette(cle, choisies, index) {
  if (cle === "type") {
    const types = choisies.filter((t) => t in index.types);
    return types.length ? (p) => (p.types.length ? p.types.some((t) => types.includes(t)) : null) : null;
  }
  const decrite = index.facettes.find((f) => f.cle === cle);
  const voulus = (decrite?.valeurs ?? []).filter((v) => choisies.includes(v.cle)).map((v) => v.rang);
  if (!decrite || !voulus.length) return null;
  return (p) => {
    const propres = p.facettes[cle] ?? [];
    if (!propres.length) return null;
    /** @param {number} rang */
    const a = (rang) => propres.includes(rang);
    return decrite.toutes ? voulus.every(a) : voulus.some(a);
  };
}

/**
 * The points that fit, and for each group those that fit all the others.
 * @param {Point[]} points @param {Map<string, Test>} tests @param {boolean} inconnus keep what is not known
 */
export function trier(points, tests, inconnus) {
  const noms = [...tests.keys()];
  const fonctions = [...tests.values()];
  /** @type {Point[]} */
  const gardes = [];
  /** @type {Map<string, Point[]>} */
  const presque = new Map(noms.map((nom) => [nom, []]));
  for (const point of points) {
    let refus = -1;
    let nombre = 0;
    for (let i = 0; i < fonctions.length && nombre < 2; i += 1) {
      const reponse = fonctions[i]?.(point);
      if (reponse === true || (reponse === null && inconnus)) continue;
      refus = i;
      nombre += 1;
    }
    if (!nombre) gardes.push(point);
    else if (nombre === 1) presque.get(noms[refus] ?? "")?.push(point);
  }
  /** Points that fit every group but this one. @param {string} nom */
  const sans = (nom) => gardes.concat(presque.get(nom) ?? []);
  return { gardes, sans };
}

/** Places that answer yes, and places whose record does not say. @param {Point[]} points @param {Test} test
 * @returns {Compte} */
export function compter(points, test) {
  const [oui, inconnus] = [new Set(), new Set()];
  for (const p of points) {
    const reponse = test(p);
    if (reponse) oui.add(p.id);
    else if (reponse === null) inconnus.add(p.id);
  }
  for (const id of oui) inconnus.delete(id);
  return { oui: oui.size, inconnus: inconnus.size };
}

/** @param {Point[]} points */
export const nombreDeLieux = (points) => new Set(points.map((p) => p.id)).size;

/** Every choice of a state, in words, in the order of the page. @param {Etat} etat @param {Index} index
 * @param {{ quand: (texte: string) => string, recent: string, zone: string }} mots @returns {Critere[]} */
export function criteres(etat, index, mots) {
  const besoins = index.besoins.filter((b) => etat.pour.includes(b.cle));
  const questions = [...index.questions, { cle: RECENT, libelle: mots.recent }];
  const facettes = [...index.facettes, { cle: "type", valeurs: valeursDeType(index) }];
  return [
    ...besoins.map((b) => ({ cle: "pour", valeur: b.cle, libelle: b.libelle })),
    ...(lireQuand(etat.quand) ? [{ cle: "quand", valeur: etat.quand, libelle: mots.quand(etat.quand) }] : []),
    ...(etat.zone ? [{ cle: "zone", valeur: "", libelle: mots.zone }] : []),
    ...questions.filter((q) => etat.avec.includes(q.cle)).map((q) => ({ cle: "avec", valeur: q.cle, libelle: q.libelle })),
    ...facettes.flatMap(({ cle, valeurs }) =>
      valeurs
        .filter((v) => etat.choix[cle]?.includes(v.cle))
        .map((v) => ({ cle, valeur: v.cle, libelle: v.libelle })),
    ),
  ];
}

/** @param {Index} index */
export const valeursDeType = (index) => Object.entries(index.types).map(([cle, libelle]) => ({ cle, libelle }));

/** @param {Etat} etat @param {Critere} critere @returns {Etat} */
export function enlever(etat, { cle, valeur }) {
  const sans = (/** @type {string[]} */ liste) => liste.filter((v) => v !== valeur);
  if (cle === "quand") return { ...etat, quand: "" };
  if (cle === "zone") return { ...etat, zone: null };
  if (cle === "pour") return { ...etat, pour: sans(etat.pour) };
  if (cle === "avec") return { ...etat, avec: sans(etat.avec) };
  return { ...etat, choix: { ...etat.choix, [cle]: sans(etat.choix[cle] ?? []) } };
}

/** With one choice alone, from the same place. @param {Etat} etat @param {Critere} critere @returns {Etat} */
export function garderSeul(etat, { cle, valeur }) {
  const vide = toutEnlever(etat);
  if (cle === "quand") return { ...vide, quand: valeur };
  if (cle === "zone") return { ...vide, zone: etat.zone };
  if (cle === "pour" || cle === "avec") return { ...vide, [cle]: [valeur] };
  return { ...vide, choix: { [cle]: [valeur] } };
}

/** Without any choice, from the same place. @param {Etat} etat @returns {Etat} */
export const toutEnlever = (etat) => ({ ...etat, pour: [], quand: "", avec: [], choix: {}, inconnus: false, zone: null });

/**
 * When nothing fits: each single choice whose removal gives places, and how many, the best first.
 * @param {Etat} etat @param {Critere[]} choix @param {(etat: Etat) => number} combien
 */
export function conseiller(etat, choix, combien) {
  return choix
    .map((critere) => ({ critere, nombre: combien(enlever(etat, critere)) }))
    .filter(({ nombre }) => nombre > 0)
    .sort((a, b) => b.nombre - a.nombre);
}
