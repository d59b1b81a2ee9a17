// The state of a place along time: now, the next change, the coming openings. Exact on nights when clocks change.

import { segmentA, segmentsDuJour } from "./segments.js";

/** @typedef {import("./types.js").Etat} Etat */
/** @typedef {import("./types.js").Horaires} Horaires */
/** @typedef {import("./types.js").Calendrier} Calendrier */
/** @typedef {import("./types.js").Periode} Periode */

const HORIZON = 60; // days looked ahead: beyond, « no change known »
const MINUTE_MS = 60_000;

/** No hours at all is « inconnu », never « ferme ».
 * @param {Horaires | null} horaires @param {number} instant @param {Calendrier} calendrier @returns {Etat} */
export function etat(horaires, instant, calendrier) {
  if (!horaires) return "inconnu";
  const { jour, minute } = calendrier.fuseau.local(instant);
  return segmentA(segmentsDuJour(horaires, jour, calendrier), minute).etat;
}

/**
 * First later instant at which the state differs, with that state; null beyond 60 days.
 * @param {Horaires | null} horaires @param {number} instant @param {Calendrier} calendrier
 * @returns {{ instant: number, etat: Etat } | null}
 */
export function prochainChangement(horaires, instant, calendrier) {
  if (!horaires) return null;
  const present = etat(horaires, instant, calendrier);
  const { jour } = calendrier.fuseau.local(instant);
  for (const p of morceaux(horaires, jour, calendrier, HORIZON + 1)) {
    if (p.fin > instant && p.etat !== present) return { instant: p.debut, etat: p.etat };
  }
  return null;
}

/**
 * Stretches of constant state from a local midnight, over that many days; neighbours of equal state joined.
 * @param {Horaires} horaires @param {number} debut @param {Calendrier} calendrier @param {number} jours
 * @returns {Generator<Periode>}
 */
export function* periodes(horaires, debut, calendrier, jours) {
  /** @type {Periode | null} */
  let courante = null;
  for (const morceau of morceaux(horaires, debut, calendrier, jours)) {
    if (courante && courante.etat === morceau.etat) {
      courante = { debut: courante.debut, fin: morceau.fin, etat: courante.etat };
      continue;
    }
    if (courante) yield courante;
    courante = morceau;
  }
  if (courante) yield courante;
}

/**
 * The next n openings, the present one first when open; within 60 days (24/7 is cut at the horizon).
 * @param {Horaires | null} horaires @param {number} instant @param {Calendrier} calendrier
 * @returns {{ debut: number, fin: number }[]}
 */
export function prochainesOuvertures(horaires, instant, calendrier, n = 3) {
  if (!horaires) return [];
  const veille = calendrier.fuseau.local(instant).jour - 1;
  const trouvees = [];
  for (const { debut, fin, etat: present } of periodes(horaires, veille, calendrier, HORIZON + 2)) {
    if (trouvees.length === n) break;
    if (present === "ouvert" && fin > instant) trouvees.push({ debut, fin });
  }
  return trouvees;
}

/**
 * @param {Horaires} horaires @param {number} debut @param {Calendrier} calendrier @param {number} jours
 * @returns {Generator<Periode>}
 */
function* morceaux(horaires, debut, calendrier, jours) {
  for (let jour = debut; jour < debut + jours; jour += 1) {
    const minuit = calendrier.fuseau.minuit(jour);
    const segments = segmentsDuJour(horaires, jour, calendrier);
    const bascule = calendrier.fuseau.bascule(jour);
    if (!bascule) {
      yield* entre(segments, 0, Infinity, minuit);
    } else {
      // A day of 23 or 25 hours: an hour is skipped or comes twice.
      const { minute, saut } = bascule;
      yield* entre(segments, 0, minute, minuit);
      yield* entre(segments, minute + saut, Infinity, minuit - saut * MINUTE_MS);
    }
  }
}

/**
 * The part of a day between two minutes of its clock.
 * @param {import("./types.js").Segment[]} segments @param {number} de @param {number} a
 * @param {number} origine instant of the minute 0 on that clock @returns {Generator<Periode>}
 */
function* entre(segments, de, a, origine) {
  for (const s of segments) {
    const [debut, fin] = [Math.max(s.debut, de), Math.min(s.fin, a)];
    if (debut < fin) yield { debut: origine + debut * MINUTE_MS, fin: origine + fin * MINUTE_MS, etat: s.etat };
  }
}
