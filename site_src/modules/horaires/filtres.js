// Questions of the search: open at an instant, on a weekday at an hour, on Saturdays, after 18:00. null: not known.

import { jourSemaine } from "./jours.js";
import { segmentsDuJour } from "./segments.js";
import { etat } from "./temps.js";

/** @typedef {import("./types.js").Horaires} Horaires */
/** @typedef {import("./types.js").Calendrier} Calendrier */

const SEMAINES = 5; // the first Saturday of the month and one week in two both fall in five weeks
/** Any time of a weekday. @param {number} jour 0 is Monday */
export const ceJour = (jour) => ({ jours: [jour], debut: 0, fin: 1440 });
export const APRES_18_H = { jours: [0, 1, 2, 3, 4, 5, 6], debut: 1080, fin: 1440 };

/**
 * Open without appointment at an instant: null by appointment or when not known.
 * @param {Horaires | null} horaires @param {number} instant @param {Calendrier} calendrier @returns {boolean | null}
 */
export function ouvertA(horaires, instant, calendrier) {
  const present = etat(horaires, instant, calendrier);
  return present === "ouvert" || (present === "ferme" ? false : null);
}

/**
 * Open without appointment at some time of a day, from a minute on: null only by appointment or when not known.
 * @param {Horaires | null} horaires @param {number} jour @param {number} minute @param {Calendrier} calendrier
 * @returns {boolean | null}
 */
export function ouvertEncore(horaires, jour, minute, calendrier) {
  if (!horaires) return null;
  const suite = segmentsDuJour(horaires, jour, calendrier).filter((s) => s.etat !== "ferme" && s.fin > minute);
  return suite.some((s) => s.etat === "ouvert") || (suite.length ? null : false);
}

/**
 * The next time that a weekday (0 is Monday) and a minute come: « jeudi à 17 h ».
 * @param {number} jour @param {number} minute @param {number} depuis @param {Calendrier} calendrier
 */
export function prochaineFois(jour, minute, depuis, { fuseau }) {
  const { jour: aujourdHui } = fuseau.local(depuis);
  const prochain = aujourdHui + ((jour - jourSemaine(aujourdHui) + 7) % 7);
  const instant = fuseau.instant(prochain, minute);
  return instant >= depuis ? instant : fuseau.instant(prochain + 7, minute);
}

/**
 * Whether an opening of these weekdays touches [debut, fin[ in the five weeks from the day of `depuis`: true when open
 * without appointment, null when only by appointment or not known.
 * @param {Horaires | null} horaires @param {{ jours: number[], debut: number, fin: number }} creneau
 * @param {number} depuis @param {Calendrier} calendrier @returns {boolean | null}
 */
export function ouvertPendant(horaires, { jours, debut, fin }, depuis, calendrier) {
  if (!horaires) return null;
  const { jour: premier } = calendrier.fuseau.local(depuis);
  let doute = false;
  for (let jour = premier; jour < premier + 7 * SEMAINES; jour += 1) {
    if (!jours.includes(jourSemaine(jour))) continue;
    for (const s of segmentsDuJour(horaires, jour, calendrier)) {
      if (s.etat === "ferme" || s.fin <= debut || s.debut >= fin) continue;
      if (s.etat === "ouvert") return true;
      doute = true;
    }
  }
  return doute ? null : false;
}
