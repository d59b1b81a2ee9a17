// What a place says of the moment asked: « jeudi 3 décembre : 14 h – 17 h 30 ».

import { prochaineFois } from "../horaires/filtres.js";
import { jourSemaine } from "../horaires/jours.js";
import { A_VERIFIER, ETATS, JOURS, ferieTu, heure, jourEtMois, texteDesSegments } from "../horaires/phrases.js";
import { segmentsDuJour } from "../horaires/segments.js";
import { prochainsPassages } from "../horaires/tournees.js";

/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */
/** @typedef {import("./etat.js").Quand} Quand */

const SEMAINES = 5; // as the questions look ahead
const SOIR = 18 * 60;
const PASSAGES = 15;

/**
 * The day that answers, and its hours; empty when nothing is asked, or when the state of the moment answers.
 * @param {Point} p @param {Quand} quand @param {number} instant @param {Calendrier} calendrier
 */
export function repondre(p, quand, instant, calendrier) {
  if (!quand || quand === "maintenant") return "";
  const jours = joursVises(quand, instant, calendrier);
  const [jour = 0, heures = ""] = p.tournee ? passages(p.tournee, jours, instant, calendrier) : ouvertures(p, quand, jours, instant, calendrier);
  const doute = ferieTu(p.tournee?.horaires ?? p.regles, calendrier, jour) && heures !== ETATS.inconnu ? ` ${A_VERIFIER}` : "";
  return `${JOURS[jourSemaine(jour)]} ${jourEtMois(jour)} : ${heures}${doute}`;
}

/** The days that a question may mean, the soonest first. @param {Exclude<Quand, null>} quand @param {number} instant
 * @param {Calendrier} calendrier @returns {number[]} */
function joursVises(quand, instant, calendrier) {
  const { fuseau } = calendrier;
  const { jour: premier } = fuseau.local(instant);
  if (quand === "aujourdhui") return [premier];
  if (typeof quand === "object" && quand.minute !== null) {
    return [fuseau.local(prochaineFois(quand.jour, quand.minute, instant, calendrier)).jour];
  }
  const tous = Array.from({ length: 7 * SEMAINES }, (_, rang) => premier + rang);
  return typeof quand === "object" ? tous.filter((jour) => jourSemaine(jour) === quand.jour) : tous;
}

/** The first of these days on which the place is open as asked, else the first. @param {Point} p
 * @param {Exclude<Quand, null>} quand @param {number[]} jours @param {number} instant @param {Calendrier} calendrier
 * @returns {[number, string]} */
function ouvertures({ regles }, quand, jours, instant, calendrier) {
  const [premier = 0] = jours;
  if (!regles) return [premier, ETATS.inconnu];
  const apres = quand === "apres-18h" ? SOIR : 0;
  const { jour: aujourdHui, minute } = calendrier.fuseau.local(instant);
  const bon = jours.find((jour) => {
    const depuis = jour === aujourdHui ? Math.max(apres, minute) : apres;
    return segmentsDuJour(regles, jour, calendrier).some((s) => s.etat === "ouvert" && s.fin > depuis);
  });
  return [bon ?? premier, texteDesSegments(segmentsDuJour(regles, bon ?? premier, calendrier))];
}

/** @param {import("../horaires/types.js").Arret} arret @param {number[]} jours @param {number} instant
 * @param {Calendrier} calendrier @returns {[number, string]} */
function passages(arret, jours, instant, calendrier) {
  const [premier = 0] = jours;
  const connus = prochainsPassages(arret, instant, calendrier, PASSAGES);
  if (!connus) return [premier, ETATS.inconnu];
  const passage = connus.find(({ jour }) => jours.includes(jour));
  if (!passage) return [premier, "pas de passage"];
  const heures = passage.plages.map(([debut, fin]) => `${heure(debut)} – ${heure(fin)}`).join(", ");
  return [passage.jour, heures || ETATS.inconnu];
}
