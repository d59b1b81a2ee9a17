// The next three dates of a place: what a sheet of paper can say and a state cannot. In full French words, and as days
// and minutes for another language.

import { horairesDe, passagesDeTous } from "../commun/direct.js";
import { dateLongue, heures } from "../fiche/textes.js";
import { textes } from "./textes.js";
import { A_VERIFIER, ouverturesSures } from "../horaires/phrases.js";
import { etat, periodes } from "../horaires/temps.js";

/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */
/** @typedef {import("../horaires/types.js").Horaires} Horaires */
/** @typedef {import("../commun/direct.js").Direct} Direct */
/** @typedef {import("../commun/direct.js").Calendriers} Calendriers */

/** @typedef {{ cle?: "horairesInconnus" | "passagesInconnus" | "surRendezVous" | "rienDePrevu" | "sansInterruption",
 *   jour?: number, plages?: [number, number][], ou?: string, ferie?: boolean }} Moment  `cle`: a ready sentence of
 *   `site_src/langues`; else a day, with its hours in minutes, where, and whether it is a public holiday to check */

const NOMBRE = 3;
const JOUR_MS = 86_400_000;
const HORIZON_JOURS = 14;

/**
 * The heading (a key of `site_src/langues`) and the lines of the next openings of a place, or of the next calls of its
 * service; `moments` says each line without words.
 * @param {Direct | null} direct @param {number} instant @param {Calendriers} calendriers
 * @returns {{ titre: "ouvertures" | "passages", lignes: string[], moments: Moment[] }}
 */
export function prochainesDates(direct, instant, calendriers) {
  if (direct?.arrets && !direct.regles) {
    const moments = passages(direct, instant, calendriers);
    return dire("passages", moments.length ? moments : [{ cle: "passagesInconnus" }]);
  }
  const horaires = direct ? horairesDe(direct) : null;
  if (!direct?.departement || !horaires) return dire("ouvertures", [{ cle: "horairesInconnus" }]);
  return dire("ouvertures", ouvertures(horaires, instant, calendriers(direct.departement, direct.commune)));
}

/** @template {"ouvertures" | "passages"} T @param {T} titre @param {Moment[]} moments */
const dire = (titre, moments) => ({ titre, lignes: moments.map(enFrancais), moments });

/** @param {Moment} moment */
function enFrancais({ cle, jour = 0, plages = [], ou = "", ferie }) {
  if (cle) return textes[cle];
  const texte = [dateLongue(jour), heures(plages), ou].filter(Boolean).join(", ");
  return ferie ? `${texte} ${A_VERIFIER}` : texte;
}

/** @param {Horaires} horaires @param {number} instant @param {Calendrier} calendrier @returns {Moment[]} */
function ouvertures(horaires, instant, calendrier) {
  const { sures, doutes } = ouverturesSures(horaires, instant, calendrier, NOMBRE);
  const feries = doutes.map((jour) => ({ jour, ferie: true }));
  if (sures.length || feries.length) return [...sures.map((o) => ouverture(o, calendrier)), ...feries];
  const etats = new Set([etat(horaires, instant, calendrier)]);
  const { jour } = calendrier.fuseau.local(instant);
  for (const p of periodes(horaires, jour, calendrier, HORIZON_JOURS)) etats.add(p.etat);
  if (etats.has("sur_rendez_vous")) return [{ cle: "surRendezVous" }];
  return [{ cle: etats.has("inconnu") ? "horairesInconnus" : "rienDePrevu" }];
}

/** @param {{ debut: number, fin: number }} o @param {Calendrier} calendrier @returns {Moment} */
function ouverture({ debut, fin }, calendrier) {
  if (fin - debut >= JOUR_MS) return { cle: "sansInterruption" };
  const [de, a] = [calendrier.fuseau.local(debut), calendrier.fuseau.local(fin)];
  return { jour: de.jour, plages: [[de.minute, a.minute || 1440]] };
}

/** @param {Direct} direct @param {number} instant @param {Calendriers} calendriers @returns {Moment[]} */
function passages(direct, instant, calendriers) {
  return passagesDeTous(direct, instant, calendriers, NOMBRE).map(({ jour, plages, ou, aVerifier }) => ({
    jour, plages, ou, ferie: aVerifier,
  }));
}
