// Hours of a place from the data of the site, and whether a rule speaks of a day.

import { decomposer, depuisIso, paques } from "./jours.js";

/** @typedef {import("./types.js").DonneesRegle} DonneesRegle */
/** @typedef {import("./types.js").Regle} Regle */
/** @typedef {import("./types.js").Jour} Jour */
/** @typedef {import("./types.js").Segment} Segment */

export const JOURNEE = 1440;
export const FIN_OUVERTE = "heure de fin non précisée"; // comment of the unknown hours after `09:00+`
/** @type {Record<string, import("./types.js").Etat>} */
const ETAT_DU_SENS = { open: "ouvert", off: "ferme", unknown: "inconnu", rdv: "sur_rendez_vous" };
/**
 * Hours with their temporary closures (the last rules: they win); null when neither is known.
 * @param {DonneesRegle[] | null} donnees @param {import("./types.js").Fermeture[]} [fermetures]
 * @returns {import("./types.js").Horaires | null}
 */
export function lireHoraires(donnees, fermetures = []) {
  const regles = [...(donnees ?? []), ...fermetures.map(fermer)].map(lireRegle);
  if (!regles.length) return null;
  // « PH off » alone does not say that the place never opens.
  const defaut = regles.every((r) => r.sens === "off") ? "inconnu" : "ferme";
  return { regles, defaut, vacances: regles.some((r) => r.vacances) };
}

/** @param {import("./types.js").Fermeture} fermeture @returns {DonneesRegle} */
function fermer({ du, au, motif }) {
  return { sens: "off", commentaire: motif || "fermeture temporaire", dates: [[borneDu(du), borneDu(au)]] };
}

/** @param {string} iso @returns {import("./types.js").Borne} */
function borneDu(iso) {
  const { annee, mois, jour } = decomposer(depuisIso(iso));
  return [annee, mois, jour];
}

/**
 * A rule with its defaults. Keys are written one by one: objects of one shape are read several times faster.
 * @param {DonneesRegle} d @returns {Regle}
 */
function lireRegle(d) {
  const [sens, commentaire, heures] = [d.sens ?? "open", d.commentaire ?? "", d.heures ?? []];
  return {
    separateur: d.separateur ?? ";",
    sens,
    commentaire,
    annees: d.annees ?? [],
    dates: d.dates ?? [],
    semaines: d.semaines ?? [],
    jours: d.jours ?? 127,
    rangs: d.rangs ?? [],
    feries: d.feries ?? false,
    vacances: d.vacances ?? false,
    conjonction: d.conjonction ?? false,
    heures,
    plages: plages(sens, commentaire, heures),
    nuit: heures.some(([, fin]) => fin > JOURNEE),
  };
}

/**
 * The hours of a rule; after an open end the state is unknown until midnight.
 * @param {string} sens @param {string} commentaire @param {[number, number, boolean][]} heures
 */
function plages(sens, commentaire, heures) {
  const etat = ETAT_DU_SENS[sens] ?? "inconnu";
  if (!heures.length) return [{ debut: 0, fin: JOURNEE, etat, commentaire }];
  /** @type {Segment[]} */
  const trouvees = [];
  for (const [debut, fin, ouverte] of heures) {
    if (fin > debut) trouvees.push({ debut, fin, etat, commentaire });
    if (ouverte && fin < JOURNEE) {
      const suite = sens === "off" || sens === "rdv" ? etat : "inconnu";
      trouvees.push({ debut: fin, fin: JOURNEE, etat: suite, commentaire: commentaire || FIN_OUVERTE });
    }
  }
  return trouvees;
}

/** Whether a rule speaks of a day. @param {Regle} r @param {Jour} jour @param {boolean} vacances */
export function correspond(r, jour, vacances) {
  return (
    anneeCouverte(r, jour.annee) &&
    (!r.semaines.length || dans(r.semaines, jour.semaine)) &&
    (!r.dates.length || r.dates.some(([debut, fin]) => dansLesDates(debut, fin, jour))) &&
    bonJour(r, jour, vacances)
  );
}

/** @param {Regle} r @param {number} annee */
export const anneeCouverte = (r, annee) => !r.annees.length || dans(r.annees, annee);

/** Whether a rule is « 24/7 »: open, without a word of days nor of hours; public holidays are among all days.
 * @param {Regle} r */
export const toujours = (r) =>
  r.sens === "open" &&
  r.jours === 127 &&
  !(r.heures.length || r.rangs.length || r.annees.length || r.dates.length || r.semaines.length || r.feries || r.vacances);

/** Whether a rule names this weekday. @param {Regle} r @param {number} jourSemaine */
export const nomme = (r, jourSemaine) =>
  ((r.jours >> jourSemaine) & 1) === 1 || r.rangs.some(([jour]) => jour === jourSemaine);

/** @param {Regle} r @param {Jour} j @param {boolean} vacances */
function bonJour(r, j, vacances) {
  const semaine =
    ((r.jours >> j.jourSemaine) & 1) === 1 ||
    r.rangs.some(([jour, rang]) => jour === j.jourSemaine && (rang === j.rang || rang === j.rangFin));
  if (!r.feries && !r.vacances) return semaine;
  const fete = (r.feries && j.ferie !== null) || (r.vacances && vacances);
  return r.conjonction ? semaine && fete : semaine || fete;
}

/** @param {import("./types.js").Pas[]} suites @param {number} n */
const dans = (suites, n) => suites.some(([debut, fin, pas]) => debut <= n && n <= fin && (n - debut) % pas === 0);

/** @param {import("./types.js").Borne} du @param {import("./types.js").Borne} au @param {Jour} jour */
function dansLesDates(du, au, jour) {
  const [debut, fin] = [rangDeBorne(du, jour.annee), rangDeBorne(au, jour.annee)];
  const n = 100 * jour.mois + jour.jour;
  if (du[0] || au[0]) return debut <= 10_000 * jour.annee + n && 10_000 * jour.annee + n <= fin;
  return debut <= fin ? debut <= n && n <= fin : n >= debut || n <= fin;
}

/** A number that sorts as its date; Easter is that of the year.
 * @param {import("./types.js").Borne} borne @param {number} annee */
function rangDeBorne([an, mois, jour], annee) {
  const date = mois ? { mois, jour } : decomposer(paques(an || annee) + jour);
  return 10_000 * an + 100 * date.mois + date.jour;
}
