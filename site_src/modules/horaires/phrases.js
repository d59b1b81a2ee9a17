// Opening hours said in French: the sentence of the moment, a day, the coming public holidays.

import { decomposer, jourSemaine } from "./jours.js";
import { FIN_OUVERTE, JOURNEE, anneeCouverte, toujours } from "./regles.js";
import { segmentsDuJour } from "./segments.js";
import { etat, prochainChangement, prochainesOuvertures } from "./temps.js";

/** @typedef {import("./types.js").Horaires} Horaires */
/** @typedef {import("./types.js").Calendrier} Calendrier */
/** @typedef {import("./types.js").Segment} Segment */

export const JOURS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const MOIS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" ");
/** Said beside an hour that hangs on a public holiday of which the hours say nothing. */
export const A_VERIFIER = "(jour férié, à vérifier)";
export const FERIE_INCONNU = "Jour férié : on ne sait pas si c’est ouvert. Vérifiez avant d’y aller.";
// Openings of one week with two public holidays, morning and afternoon.
const FERIES_DE_SUITE = 8;
export const ETATS = {
  ouvert: "ouvert",
  ferme: "fermé",
  sur_rendez_vous: "sur rendez-vous",
  inconnu: "horaires inconnus",
};

/** A number stays with what it counts. @param {string} texte */
export const lier = (texte) => texte.replaceAll(" ", "\u00a0");

/** « à 8 h 30 » is never cut, nor « 9 h – 12 h »; as `lier_heures` of `publish.textes`. @param {string} phrase */
export const lierHeures = (phrase) => phrase.replace(/\d+ h( \d\d)?( – \d+ h( \d\d)?)?/g, lier);

/** 570 → « 9 h 30 », 1440 → « minuit ». @param {number} minute */
export function heure(minute) {
  if (minute === JOURNEE) return "minuit";
  const minutes = minute % 60;
  const heures = `${Math.floor((minute % JOURNEE) / 60)} h`;
  return minutes ? `${heures} ${String(minutes).padStart(2, "0")}` : heures;
}

/** « 1er mai ». @param {number} n */
export function jourEtMois(n) {
  const { mois, jour } = decomposer(n);
  return `${jour === 1 ? "1er" : jour} ${MOIS[mois - 1]}`;
}

/**
 * « Ouvert, ferme à 18 h », « Fermé, ouvre jeudi à 9 h », « Sur rendez-vous », « Horaires inconnus ».
 * @param {Horaires | null} horaires @param {number} instant @param {Calendrier} calendrier
 */
export function phraseEtat(horaires, instant, calendrier) {
  const present = etat(horaires, instant, calendrier);
  if (present === "inconnu") return "Horaires inconnus";
  if (present === "sur_rendez_vous") return "Sur rendez-vous";
  const debut = present === "ouvert" ? "Ouvert" : "Fermé";
  const suite = prochainChangement(horaires, instant, calendrier);
  if (!suite || suite.etat === "inconnu") return debut;
  const quand = moment(calendrier.fuseau.local(suite.instant), calendrier.fuseau.local(instant).jour);
  if (suite.etat === "sur_rendez_vous") return `${debut}, sur rendez-vous ${quand.replace("à", "à partir de")}`;
  return `${debut}, ${suite.etat === "ouvert" ? "ouvre" : "ferme"} ${quand}`;
}

/**
 * « à 18 h », « demain à 9 h », « jeudi à 9 h », « le 3 janvier à 9 h ».
 * @param {{ jour: number, minute: number }} quand @param {number} aujourdHui
 */
function moment({ jour, minute }, aujourdHui) {
  // Midnight closes the evening before.
  const [vu, minutes] = minute ? [jour, minute] : [jour - 1, JOURNEE];
  const ecart = vu - aujourdHui;
  const aHeure = `à ${heure(minutes)}`;
  if (ecart <= 0) return aHeure;
  if (ecart === 1) return `demain ${aHeure}`;
  return ecart < 7 ? `${JOURS[jourSemaine(vu)]} ${aHeure}` : `le ${jourEtMois(vu)} ${aHeure}`;
}

/** « 9 h – 12 h, 14 h – 18 h (sur rendez-vous) », « fermé ». @param {Segment[]} segments */
export function texteDesSegments(segments) {
  /** @type {string[]} */
  const mots = [];
  let finPrecedente = -1;
  for (const s of segments) {
    if (s.etat === "ferme") continue;
    if (s.commentaire === FIN_OUVERTE && finPrecedente === s.debut) mots.push(`${mots.pop()} ou plus tard`);
    else mots.push(segmentEnMots(s));
    finPrecedente = s.fin;
  }
  if (mots.length) return mots.join(", ");
  const motif = segments.find((s) => s.commentaire)?.commentaire;
  return motif ? `fermé (${motif})` : "fermé";
}

/** @param {Segment} s */
function segmentEnMots({ debut, fin, etat: present, commentaire }) {
  if (commentaire === FIN_OUVERTE) return `à partir de ${heure(debut)}`;
  const remarque = commentaire || (present === "ouvert" ? "" : ETATS[present]);
  const entiere = fin - debut === JOURNEE;
  if (remarque && entiere) return remarque;
  const plage = entiere ? "24 heures sur 24" : `${heure(debut)} – ${heure(fin)}`;
  return remarque ? `${plage} (${remarque})` : plage;
}

/**
 * Public holidays of the n days from `debut` (included), and what the place says of each; `precise` is false when it
 * does not say it expressly.
 * @param {Horaires | null} horaires @param {Calendrier} calendrier @param {number} debut
 * @returns {import("./types.js").JourParticulier[]}
 */
export function joursParticuliers(horaires, calendrier, debut, n = 14) {
  const trouves = [];
  for (let jour = debut; jour < debut + n; jour += 1) {
    const nom = calendrier.jour(jour).ferie;
    if (nom !== null) trouves.push({ jour, nom, ...ceQueDit(horaires, calendrier, jour) });
  }
  return trouves;
}

/** Whether a day is a public holiday of which the hours say nothing.
 * @param {Horaires | null} horaires @param {Calendrier} calendrier @param {number} jour */
export const ferieTu = (horaires, calendrier, jour) => joursParticuliers(horaires, calendrier, jour, 1).some((f) => !f.precise);

/**
 * The state of the moment and its sentence. An opening on a public holiday of which the hours say nothing is not known;
 * the next one, on such a day, is to be checked.
 * @param {Horaires | null} horaires @param {number} instant @param {Calendrier} calendrier
 */
export function direMoment(horaires, instant, calendrier) {
  const present = etat(horaires, instant, calendrier);
  const phrase = phraseEtat(horaires, instant, calendrier);
  if (present === "inconnu") return { etat: present, phrase };
  const vise = present === "ferme" ? prochainChangement(horaires, instant, calendrier)?.instant : instant;
  if (vise === undefined || !ferieTu(horaires, calendrier, calendrier.fuseau.local(vise).jour)) return { etat: present, phrase };
  return present === "ferme" ? { etat: present, phrase: `${phrase} ${A_VERIFIER}` } : { etat: "inconnu", phrase: FERIE_INCONNU };
}

/**
 * The next openings, without those of public holidays of which the hours say nothing; and these days.
 * @param {Horaires | null} horaires @param {number} instant @param {Calendrier} calendrier @param {number} n
 */
export function ouverturesSures(horaires, instant, calendrier, n) {
  const toutes = prochainesOuvertures(horaires, instant, calendrier, n + FERIES_DE_SUITE);
  const jourDe = (/** @type {{ debut: number }} */ o) => calendrier.fuseau.local(o.debut).jour;
  const sures = toutes.filter((o) => !ferieTu(horaires, calendrier, jourDe(o))).slice(0, n);
  const fin = sures.length === n ? (sures.at(-1)?.debut ?? Infinity) : Infinity;
  const doutes = [...new Set(toutes.filter((o) => !sures.includes(o) && o.debut < fin).map(jourDe))];
  return { sures, doutes };
}

/** @param {Horaires | null} horaires @param {Calendrier} calendrier @param {number} n */
function ceQueDit(horaires, calendrier, n) {
  if (!horaires) return { texte: ETATS.inconnu, precise: false };
  const segments = segmentsDuJour(horaires, n, calendrier);
  const texte = texteDesSegments(segments);
  const jour = calendrier.jour(n);
  const precise = horaires.regles.some((r) => r.feries || toujours(r) || vise(r, jour));
  if (precise || segments.every((s) => s.etat === "ferme")) return { texte, precise };
  return { texte: `à vérifier (d’habitude : ${texte})`, precise };
}

/** Whether a rule names this very date (one day, not a season).
 * @param {import("./types.js").Regle} r @param {import("./types.js").Jour} j */
const vise = (r, { annee, mois, jour }) =>
  anneeCouverte(r, annee) &&
  r.dates.some(
    ([d, f]) => d.every((v, i) => v === f[i]) && (!d[0] || d[0] === annee) && d[1] === mois && d[2] === jour,
  );
