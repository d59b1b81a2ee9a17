// What a place carries to say its state today (`carte.publish.direct` writes it), and its next calls.

import { depuisIso } from "../horaires/jours.js";
import { ferieTu } from "../horaires/phrases.js";
import { lireHoraires } from "../horaires/regles.js";
import { prochainsPassages } from "../horaires/tournees.js";

/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */
/** @typedef {import("../horaires/types.js").DonneesRegle} DonneesRegle */
/** @typedef {import("../horaires/types.js").Fermeture} Fermeture */
/** @typedef {{ departement?: string, commune?: string }} Horloge */
/** @typedef {Horloge & { ou: string, regles: DonneesRegle[] | null, frequence: string, ancre: string | null }} Arret */
/** @typedef {Horloge & { regles?: DonneesRegle[], fermetures?: Fermeture[], arrets?: Arret[],
 *   permanences?: (DonneesRegle[] | null)[] }} Direct  what `carte.publish.direct` writes */
/** @typedef {(departement: string, codeInsee?: string) => Calendrier} Calendriers */

/** Its hours with its closures; null when the hours are not known: closures alone say no opening.
 * @param {Direct} direct */
export const horairesDe = (direct) => (direct.regles ? lireHoraires(direct.regles, direct.fermetures) : null);

/**
 * The next sure calls of a stop; none when its dates or its clock are not known.
 * @param {Arret} arret @param {Fermeture[] | undefined} fermetures @param {number} instant
 * @param {Calendriers} calendriers @param {number} n
 */
export function passagesDe(arret, fermetures, instant, calendriers, n) {
  if (!arret.departement) return [];
  const ancre = arret.ancre === null ? null : depuisIso(arret.ancre);
  const horaires = lireHoraires(arret.regles, fermetures);
  const calendrier = calendriers(arret.departement, arret.commune);
  const passages = prochainsPassages({ horaires, frequence: arret.frequence, ancre }, instant, calendrier, n) ?? [];
  return passages.map((p) => ({ ...p, aVerifier: ferieTu(horaires, calendrier, p.jour) }));
}

/** The first n calls of all the stops together, with where (`ou`).
 * @param {Direct} direct @param {number} instant @param {Calendriers} calendriers @param {number} n */
export function passagesDeTous(direct, instant, calendriers, n) {
  const tous = (direct.arrets ?? []).flatMap((arret) =>
    passagesDe(arret, direct.fermetures, instant, calendriers, n).map((p) => ({ ...p, ou: arret.ou })),
  );
  tous.sort((a, b) => a.jour - b.jour || (a.plages[0]?.[0] ?? 0) - (b.plages[0]?.[0] ?? 0));
  return tous.slice(0, n);
}
