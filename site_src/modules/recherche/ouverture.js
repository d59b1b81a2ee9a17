// When a place, or a stop of a mobile service, can be met: through the opening engine, with each place's own calendar.

import { lireCalendriers } from "../horaires/calendrier.js";
import { APRES_18_H, ceJour, ouvertA, ouvertEncore, ouvertPendant, prochaineFois } from "../horaires/filtres.js";
import { jourSemaine } from "../horaires/jours.js";
import { A_VERIFIER, FERIE_INCONNU, JOURS, direMoment, ferieTu, heure, jourEtMois, ouverturesSures } from "../horaires/phrases.js";
import { prochainsPassages } from "../horaires/tournees.js";
import { repondre } from "./moment.js";

/** @typedef {import("../commun/types.js").Point} Point */
/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */
/** @typedef {import("../horaires/types.js").Passage} Passage */
/** @typedef {import("./etat.js").Quand} Quand */

const SEMAINES_MS = 5 * 7 * 86_400_000;
const PASSAGES = 15; // in five weeks

/** @param {import("../horaires/types.js").DonneesCalendriers} donnees */
export function horloge(donnees) {
  const calendriers = lireCalendriers(donnees);
  /** @param {Point} p */
  const calendrierDe = (p) => calendriers(p.departement, p.codeInsee);

  /** Whether a place suits a moment; null when it is not known, or only by appointment.
   * @param {Point} p @param {Quand} quand @param {number} instant @returns {boolean | null} */
  function convient(p, quand, instant) {
    if (!quand) return true;
    const calendrier = calendrierDe(p);
    if (quand === "aujourdhui") return encore(p, instant, calendrier);
    if (quand === "apres-18h") return pendant(p, APRES_18_H, instant, calendrier);
    if (quand !== "maintenant" && quand.minute === null) return pendant(p, ceJour(quand.jour), instant, calendrier);
    const vise = quand === "maintenant" ? instant : prochaineFois(quand.jour, quand.minute ?? 0, instant, calendrier);
    const la = p.tournee ? present(p.tournee, vise, calendrier) : ouvertA(p.regles, vise, calendrier);
    // Hours that say nothing of a public holiday do not say that one is open.
    return la && ferieTu(p.tournee?.horaires ?? p.regles, calendrier, calendrier.fuseau.local(vise).jour) ? null : la;
  }

  /** The next instant at which someone is there, Infinity when not known. @param {Point} p @param {number} instant */
  function prochaine(p, instant) {
    const calendrier = calendrierDe(p);
    if (!p.tournee) {
      const debut = ouverturesSures(p.regles, instant, calendrier, 1).sures[0]?.debut;
      return debut === undefined ? Infinity : Math.max(debut, instant);
    }
    const passage = prochainsPassages(p.tournee, instant, calendrier, 1)?.[0];
    return passage ? calendrier.fuseau.instant(passage.jour, passage.plages[0]?.[0] ?? 0) : Infinity;
  }

  /** What is said now: the state (for its colour) and its sentence. @param {Point} p @param {number} instant */
  function dire(p, instant) {
    const calendrier = calendrierDe(p);
    if (p.tournee) return direPassage(p.tournee, instant, calendrier);
    return direMoment(p.regles, instant, calendrier);
  }

  /** What is said of the moment asked. @param {Point} p @param {Quand} quand @param {number} instant */
  const auMoment = (p, quand, instant) => repondre(p, quand, instant, calendrierDe(p));

  return { convient, prochaine, dire, auMoment };
}

/** Whether one can still come today. @param {Point} p @param {number} instant @param {Calendrier} calendrier */
function encore(p, instant, calendrier) {
  const { jour, minute } = calendrier.fuseau.local(instant);
  const la = p.tournee ? passe(p.tournee, instant, jour, calendrier) : ouvertEncore(p.regles, jour, minute, calendrier);
  return la && ferieTu(p.tournee?.horaires ?? p.regles, calendrier, jour) ? null : la;
}

/** Whether a mobile service still calls on a day. @param {import("../horaires/types.js").Arret} arret
 * @param {number} instant @param {number} jour @param {Calendrier} calendrier @returns {boolean | null} */
function passe(arret, instant, jour, calendrier) {
  const passages = prochainsPassages(arret, instant, calendrier, PASSAGES);
  if (!passages) return null;
  const passage = passages.find((x) => x.jour === jour);
  return passage ? passage.plages.length > 0 || null : false;
}

/** @param {Point} p @param {typeof APRES_18_H} creneau @param {number} instant @param {Calendrier} calendrier */
function pendant(p, creneau, instant, calendrier) {
  if (!p.tournee) return ouvertPendant(p.regles, creneau, instant, calendrier);
  const passages = prochainsPassages(p.tournee, instant, calendrier, PASSAGES);
  if (!passages) return null;
  const dernier = calendrier.fuseau.local(instant + SEMAINES_MS).jour;
  const bons = passages.filter((x) => x.jour < dernier && creneau.jours.includes(jourSemaine(x.jour)));
  if (bons.some((x) => x.plages.some(([debut, fin]) => debut < creneau.fin && fin > creneau.debut))) return true;
  return bons.some((x) => !x.plages.length) ? null : false;
}

/** Whether a mobile service stands at its stop. @param {import("../horaires/types.js").Arret} arret
 * @param {number} instant @param {Calendrier} calendrier @returns {boolean | null} */
function present(arret, instant, calendrier) {
  const passages = prochainsPassages(arret, instant, calendrier, 1);
  if (!passages) return null;
  const { jour, minute } = calendrier.fuseau.local(instant);
  const passage = passages[0];
  if (passage?.jour !== jour) return false;
  return passage.plages.length ? passage.plages.some(([debut, fin]) => debut <= minute && minute < fin) : null;
}

/** @param {import("../horaires/types.js").Arret} arret @param {number} instant @param {Calendrier} calendrier */
function direPassage(arret, instant, calendrier) {
  const passages = prochainsPassages(arret, instant, calendrier, 1);
  const { jour, minute } = calendrier.fuseau.local(instant);
  const passage = passages?.[0];
  if (!passage) return { etat: "inconnu", phrase: "Prochain passage inconnu" };
  const ici = passage.jour === jour && passage.plages.find(([debut, fin]) => debut <= minute && minute < fin);
  const ferie = ferieTu(arret.horaires, calendrier, passage.jour);
  if (ici && ferie) return { etat: "inconnu", phrase: FERIE_INCONNU };
  if (ici) return { etat: "ouvert", phrase: `Sur place, jusqu’à ${heure(ici[1])}` };
  const doute = ferie ? ` ${A_VERIFIER}` : "";
  return { etat: "ferme", phrase: `Prochain passage : ${jourDuPassage(passage, jour)}${doute}` };
}

/** « lundi 23 novembre, 14 h – 17 h ». @param {Passage} passage @param {number} aujourdHui */
function jourDuPassage({ jour, plages }, aujourdHui) {
  const nom = jour === aujourdHui ? "aujourd’hui" : `${JOURS[jourSemaine(jour)]} ${jourEtMois(jour)}`;
  return [nom, ...plages.map(([debut, fin]) => `${heure(debut)} – ${heure(fin)}`)].join(", ");
}
