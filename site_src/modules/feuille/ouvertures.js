// The next three dates of a place, in full French words: what a sheet of paper can say and a state cannot.

import { horairesDe, passagesDeTous } from "../commun/direct.js";
import { dateLongue, heures } from "../fiche/textes.js";
import { textes } from "./textes.js";
import { A_VERIFIER, ouverturesSures } from "../horaires/phrases.js";
import { etat, periodes } from "../horaires/temps.js";

/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */
/** @typedef {import("../horaires/types.js").Horaires} Horaires */
/** @typedef {import("../commun/direct.js").Direct} Direct */
/** @typedef {import("../commun/direct.js").Calendriers} Calendriers */

const NOMBRE = 3;
const JOUR_MS = 86_400_000;
const HORIZON_JOURS = 14;

/**
 * The heading and the lines of the next openings of a place, or of the next calls of its service.
 * @param {Direct | null} direct @param {number} instant @param {Calendriers} calendriers
 * @returns {{ titre: string, lignes: string[] }}
 */
export function prochainesDates(direct, instant, calendriers) {
  if (direct?.arrets && !direct.regles) {
    const lignes = passages(direct, instant, calendriers);
    return { titre: textes.passages, lignes: lignes.length ? lignes : [textes.passagesInconnus] };
  }
  const horaires = direct ? horairesDe(direct) : null;
  if (!direct?.departement || !horaires) return { titre: textes.ouvertures, lignes: [textes.horairesInconnus] };
  const calendrier = calendriers(direct.departement, direct.commune);
  return { titre: textes.ouvertures, lignes: ouvertures(horaires, instant, calendrier) };
}

/** @param {Horaires} horaires @param {number} instant @param {Calendrier} calendrier */
function ouvertures(horaires, instant, calendrier) {
  const { sures, doutes } = ouverturesSures(horaires, instant, calendrier, NOMBRE);
  const feries = doutes.map((jour) => `${dateLongue(jour)} ${A_VERIFIER}`);
  if (sures.length || feries.length) return [...sures.map((o) => ouverture(o, calendrier)), ...feries];
  const etats = new Set([etat(horaires, instant, calendrier)]);
  const { jour } = calendrier.fuseau.local(instant);
  for (const p of periodes(horaires, jour, calendrier, HORIZON_JOURS)) etats.add(p.etat);
  if (etats.has("sur_rendez_vous")) return [textes.surRendezVous];
  return [etats.has("inconnu") ? textes.horairesInconnus : textes.rienDePrevu];
}

/** @param {{ debut: number, fin: number }} o @param {Calendrier} calendrier */
function ouverture({ debut, fin }, calendrier) {
  const [de, a] = [calendrier.fuseau.local(debut), calendrier.fuseau.local(fin)];
  const quand = dateLongue(de.jour);
  if (fin - debut >= JOUR_MS) return textes.sansInterruption;
  return `${quand}, ${heures([[de.minute, a.minute || 1440]])}`;
}

/** @param {Direct} direct @param {number} instant @param {Calendriers} calendriers */
function passages(direct, instant, calendriers) {
  return passagesDeTous(direct, instant, calendriers, NOMBRE).map(({ jour, plages, ou, aVerifier }) => {
    const texte = [dateLongue(jour), heures(plages), ou].filter(Boolean).join(", ");
    return aVerifier ? `${texte} ${A_VERIFIER}` : texte;
  });
}
