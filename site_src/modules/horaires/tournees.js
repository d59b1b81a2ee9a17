// The coming dates of a stop of a mobile service: only those that its hours, rhythm and anchor make sure.
// The rules are said in full in the Python module of the same name (`carte.hours.tournees`).

import { jourSemaine } from "./jours.js";
import { correspond, nomme } from "./regles.js";
import { segmentsDuJour } from "./segments.js";

/** @typedef {import("./types.js").Arret} Arret */
/** @typedef {import("./types.js").Passage} Passage */
/** @typedef {import("./types.js").Calendrier} Calendrier */
/** @typedef {import("./types.js").Segment} Segment */
/** @typedef {import("./types.js").Regle} Regle */
/** @typedef {(jour: number) => boolean | null} Rythme  whether the rhythm calls on a day; null: cannot be told */

const HORIZON = 366; // days looked ahead
/** @type {Record<string, number>} */
const SEMAINES = { hebdomadaire: 1, quinzaine: 2, "trois semaines": 3 };
/** @type {Record<string, number>} */
const MOIS = { mensuelle: 1, bimestrielle: 2, trimestrielle: 3 };

/**
 * The next n sure calls, within 366 days; a call of today counts until its last hour. null: no date is known; an empty
 * list: nothing is sure within the horizon.
 * @param {Arret} arret @param {number} depuis @param {Calendrier} calendrier @returns {Passage[] | null}
 */
export function prochainsPassages(arret, depuis, calendrier, n = 3) {
  const rythme = lireRythme(arret, calendrier);
  const { jour: premier, minute } = calendrier.fuseau.local(depuis);
  /** @type {Passage[]} */
  const trouves = [];
  for (let jour = premier; jour < premier + HORIZON && trouves.length < n; jour += 1) {
    const prevu = jour === arret.ancre || (rythme ? rythme(jour) : false);
    if (prevu === null || (prevu && incertain(arret, jour, calendrier))) break;
    const passage = prevu ? passageDu(arret, jour, calendrier) : null;
    const fin = passage?.plages.at(-1)?.[1] ?? Infinity;
    if (passage && (jour > premier || fin > minute)) trouves.push(passage);
  }
  return trouves.length || rythme ? trouves : null;
}

/** @param {Segment} s */
const certain = (s) => s.etat === "ouvert" || s.etat === "sur_rendez_vous";

/** Whether the day hangs on unknown school holidays.
 * @param {Arret} arret @param {number} n @param {Calendrier} calendrier */
function incertain({ horaires }, n, calendrier) {
  if (!horaires?.vacances || calendrier.jour(n).vacances !== null) return false;
  const segments = segmentsDuJour(horaires, n, calendrier);
  return segments.some((s) => s.etat === "inconnu") && !segments.some(certain);
}

/**
 * The call of a day that the rhythm gives, null when the hours deny it.
 * @param {Arret} arret @param {number} n @param {Calendrier} calendrier @returns {Passage | null}
 */
function passageDu({ horaires, ancre }, n, calendrier) {
  if (!horaires) return { jour: n, plages: [] };
  const segments = segmentsDuJour(horaires, n, calendrier);
  const ferme = segments.every((s) => s.etat === "ferme");
  if (ferme && (n !== ancre || fermeExpres(horaires.regles, calendrier.jour(n)))) return null;
  return { jour: n, plages: unir(segments.filter(certain)) };
}

/** Whether a rule says `off` of this whole day. @param {Regle[]} regles @param {import("./types.js").Jour} jour */
const fermeExpres = (regles, jour) =>
  regles.some((r) => r.sens === "off" && !r.heures.length && correspond(r, jour, jour.vacances ?? false));

/** Touching segments joined. @param {Segment[]} segments in order @returns {[number, number][]} */
function unir(segments) {
  /** @type {[number, number][]} */
  const unis = [];
  for (const { debut, fin } of segments) {
    const dernier = unis.at(-1);
    if (dernier && dernier[1] === debut) dernier[1] = fin;
    else unis.push([debut, fin]);
  }
  return unis;
}

/** The days of call that the rhythm gives, null when it cannot tell.
 * @param {Arret} arret @param {Calendrier} calendrier @returns {Rythme | null} */
function lireRythme({ horaires, frequence, ancre }, calendrier) {
  const ouvrantes = horaires?.regles.filter((r) => r.sens !== "off") ?? [];
  const fixes = frequence === "hebdomadaire" || ouvrantes.every((r) => fixe(r, frequence));
  if (ouvrantes.length && fixes) return () => true;
  if (ancre === null) return null;
  const [semaines, mois] = [SEMAINES[frequence], MOIS[frequence]];
  if (semaines) return parSemaines(ancre, semaines, ouvrantes.length > 0);
  if (mois && ouvrantes.some((r) => nomme(r, jourSemaine(ancre)))) return parMois(ancre, mois, calendrier);
  return null;
}

/** Whether a rule gives the dates of such a rhythm by itself. @param {Regle} r @param {string} frequence */
function fixe(r, frequence) {
  if (r.dates.length && r.dates.every(([d, f]) => d.every((v, i) => v === f[i]))) return true;
  const alterne = r.semaines.length > 0 || (r.rangs.length > 0 && !r.jours);
  // `Mo[1]` alone comes every month.
  if (frequence === "bimestrielle" || frequence === "trimestrielle") return alterne && r.dates.length > 0;
  return alterne && frequence !== "ponctuelle";
}

/** @param {number} ancre @param {number} pas @param {boolean} decrit by its hours @returns {Rythme} */
function parSemaines(ancre, pas, decrit) {
  const lundi = ancre - jourSemaine(ancre);
  return (n) => Math.floor((n - lundi) / 7) % pas === 0 && (decrit || jourSemaine(n) === jourSemaine(ancre));
}

/** The weekday and rank of the anchor: an anchor that may be « fourth » or « last » holds where both agree.
 * @param {number} ancre @param {number} pas @param {Calendrier} calendrier @returns {Rythme} */
function parMois(ancre, pas, calendrier) {
  const a = calendrier.jour(ancre);
  return (n) => {
    const j = calendrier.jour(n);
    if ((12 * (j.annee - a.annee) + j.mois - a.mois) % pas || j.jourSemaine !== a.jourSemaine) return false;
    const memeRang = j.rang === a.rang;
    return a.rangFin !== -1 || memeRang === (j.rangFin === -1) ? memeRang : null;
  };
}
