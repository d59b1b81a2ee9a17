// The calendar of a place: its time zone, its public holidays, its school holidays, from the data of the site.

import { Fuseau } from "./fuseau.js";
import { decomposer, depuisIso, jourSemaine, numero, paques, semaineIso } from "./jours.js";

/** @typedef {import("./types.js").Calendrier} Calendrier */
/** @typedef {import("./types.js").DonneesCalendriers} Donnees */
/** @typedef {import("./types.js").Feries} Feries */

/**
 * Gives the calendar of a département (and commune), each one built once. Throws a RangeError for a département that
 * the data do not hold: another clock would be a guess.
 * @param {Donnees} donnees @returns {(departement: string, codeInsee?: string) => Calendrier}
 */
export function lireCalendriers(donnees) {
  /** @type {Map<string, Calendrier>} */
  const connus = new Map();
  return (departement, codeInsee = "") => {
    const propre = donnees.communes[codeInsee];
    const cle = propre ? `${departement} ${propre}` : departement;
    const connu = connus.get(cle) ?? calendrier(donnees, departement, propre);
    connus.set(cle, connu);
    return connu;
  };
}

/**
 * @param {Donnees} donnees @param {string} departement @param {string | undefined} fuseau of the commune
 * @returns {Calendrier}
 */
function calendrier(donnees, departement, fuseau) {
  const propre = donnees.departements[departement];
  if (!propre) throw new RangeError(`« ${departement} » n’est pas un code de département connu.`);
  const ferie = lireFeries(donnees.nationaux, propre);
  const vacances = lireVacances(donnees.ecole, propre.zone);
  /** @type {Map<number, import("./types.js").Jour>} */
  const vus = new Map();
  return {
    fuseau: new Fuseau(fuseau ?? propre.fuseau),
    jour(n) {
      let vu = vus.get(n);
      if (!vu) {
        vu = { ...dansLeMois(n), semaine: semaineIso(n), ferie: ferie(n), vacances: vacances(n) };
        vus.set(n, vu);
      }
      return vu;
    },
  };
}

/** @param {number} n */
function dansLeMois(n) {
  const date = decomposer(n);
  const longueur = decomposer(numero(date.annee, date.mois + 1, 0)).jour;
  const rang = Math.floor((date.jour - 1) / 7) + 1;
  return { ...date, jourSemaine: jourSemaine(n), rang, rangFin: -Math.floor((longueur - date.jour) / 7) - 1 };
}

/** @param {Feries} nationaux @param {Feries} locaux @returns {(jour: number) => string | null} */
function lireFeries(nationaux, locaux) {
  /** @type {Map<number, Map<number, string>>} */
  const annees = new Map();
  return (jour) => {
    const { annee } = decomposer(jour);
    const deLAnnee = annees.get(annee) ?? feriesDe(annee, nationaux, locaux);
    annees.set(annee, deLAnnee);
    return deLAnnee.get(jour) ?? null;
  };
}

/** @param {number} annee @param {Feries[]} listes */
function feriesDe(annee, ...listes) {
  /** @type {Map<number, string>} */
  const jours = new Map();
  for (const [mois, jour, nom] of listes.flatMap((l) => l.fixes)) jours.set(numero(annee, mois, jour), nom);
  for (const [ecart, nom] of listes.flatMap((l) => l.mobiles)) {
    // A movable feast on a fixed one (Ascension on 1 or 8 May) keeps both names.
    const jour = paques(annee) + ecart;
    const fixe = jours.get(jour);
    jours.set(jour, fixe ? `${fixe} et ${nom}` : nom);
  }
  return jours;
}

/**
 * @param {Donnees["ecole"]} ecole @param {string | null} zone
 * @returns {(jour: number) => boolean | null} null when the calendar of that day is not known
 */
function lireVacances(ecole, zone) {
  const [du, au] = [depuisIso(ecole.du), depuisIso(ecole.au)];
  const ponts = new Set(ecole.ponts.map(depuisIso));
  const plages = (zone && ecole.zones[zone]?.map(([d, f]) => ({ d: depuisIso(d), f: depuisIso(f) }))) || null;
  return (jour) => {
    if (!plages || jour < du || jour > au || ponts.has(jour)) return null;
    return plages.some(({ d, f }) => d <= jour && jour <= f);
  };
}
