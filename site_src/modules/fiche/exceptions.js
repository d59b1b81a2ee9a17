// The days of the two coming weeks that are not as usual: public holidays, closures, dated rules, school holidays.

import { dateCourte, textes } from "./textes.js";
import { joursParticuliers, texteDesSegments } from "../horaires/phrases.js";
import { correspond } from "../horaires/regles.js";
import { segmentsDuJour } from "../horaires/segments.js";

/** @typedef {import("../horaires/types.js").Horaires} Horaires */
/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */
/** @typedef {import("../horaires/types.js").Regle} Regle */
/** @typedef {{ debut: number, fin: number, texte: string }} Periode  days, both included */

const JOURS = 14;

/**
 * In the order of days; days in a row that say the same are one line.
 * @param {Horaires} horaires @param {Calendrier} calendrier @param {number} debut first day
 * @returns {{ quand: string, texte: string }[]}
 */
export function exceptions(horaires, calendrier, debut) {
  const feries = new Map(joursParticuliers(horaires, calendrier, debut, JOURS).map((f) => [f.jour, f]));
  /** @type {Periode[]} */
  const trouvees = [];
  for (let jour = debut; jour < debut + JOURS; jour += 1) {
    const ferie = feries.get(jour);
    // A closure says more than the holiday that falls in it.
    const ferme = horaires.regles.some((r) => fermeture(r) && correspond(r, calendrier.jour(jour), false));
    if (ferie && !ferme) joindre(trouvees, jour, textes.ferie(ferie.nom, ferie.texte));
    else if (horaires.regles.some((r) => date(r) && correspond(r, calendrier.jour(jour), false))) {
      joindre(trouvees, jour, texteDesSegments(segmentsDuJour(horaires, jour, calendrier)));
    }
  }
  return [...trouvees, ...vacances(horaires, calendrier, debut)]
    .sort((a, b) => a.debut - b.debut)
    .map((p) => ({ quand: textes.periode(dateCourte(p.debut), dateCourte(p.fin)), texte: p.texte }));
}

/** Whether a rule closes whole days, and says why. @param {Regle} r */
const fermeture = (r) => r.sens === "off" && !r.heures.length && r.commentaire !== "" && date(r);

/** Whether a rule speaks of a few dates (a closure, one day), not of a season. @param {Regle} r */
function date(r) {
  if (!r.dates.length && !r.annees.length) return false;
  return r.sens === "off" || r.dates.some(([du, au]) => du.every((v, i) => v === au[i]));
}

/** @param {Horaires} horaires @param {Calendrier} calendrier @param {number} debut */
function vacances(horaires, calendrier, debut) {
  /** @type {Periode[]} */
  const trouvees = [];
  const texte = `${textes.vacances}, ${horaires.vacances ? textes.vacancesDites : textes.vacancesTues}`;
  for (let jour = debut; jour < debut + JOURS; jour += 1) {
    if (calendrier.jour(jour).vacances) joindre(trouvees, jour, texte);
  }
  return trouvees;
}

/** @param {Periode[]} periodes @param {number} jour @param {string} texte */
function joindre(periodes, jour, texte) {
  const derniere = periodes.at(-1);
  if (derniere && derniere.texte === texte && derniere.fin === jour - 1) derniere.fin = jour;
  else periodes.push({ debut: jour, fin: jour, texte });
}
