// What a set of rules says of one day: `;` forgets what came before, `,` paints over, `||` paints what is closed.

import { JOURNEE, correspond } from "./regles.js";

/** @typedef {import("./types.js").Segment} Segment */
/** @typedef {import("./types.js").Horaires} Horaires */
/** @typedef {import("./types.js").Calendrier} Calendrier */

/** @type {WeakMap<Horaires, { calendrier: Calendrier, jours: Map<number, Segment[]> }>} */
const memoire = new WeakMap();
const JOURS_RETENUS = 100;

/**
 * The whole day (0 to 1440) in segments; what depends on unknown school holidays is « inconnu ».
 * @param {Horaires} horaires @param {number} n @param {Calendrier} calendrier
 */
export function segmentsDuJour(horaires, n, calendrier) {
  const jours = retenus(horaires, calendrier);
  let segments = jours.get(n);
  if (!segments) {
    segments = calculer(horaires, n, calendrier);
    if (jours.size >= JOURS_RETENUS) jours.clear();
    jours.set(n, segments);
  }
  return segments;
}

/** @param {Horaires} horaires @param {Calendrier} calendrier */
function retenus(horaires, calendrier) {
  let connu = memoire.get(horaires);
  if (!connu || connu.calendrier !== calendrier) {
    connu = { calendrier, jours: new Map() };
    memoire.set(horaires, connu);
  }
  return connu.jours;
}

/** @param {Horaires} horaires @param {number} n @param {Calendrier} calendrier */
function calculer(horaires, n, calendrier) {
  const avec = peindreJour(horaires, n, calendrier, true);
  const doute = horaires.vacances && [n, n - 1].some((jour) => calendrier.jour(jour).vacances === null);
  return doute ? accorder(avec, peindreJour(horaires, n, calendrier, false)) : avec;
}

/**
 * @param {Horaires} horaires @param {number} n @param {Calendrier} calendrier
 * @param {boolean} hypothese about school holidays when the calendar does not know
 */
function peindreJour({ regles, defaut }, n, calendrier, hypothese) {
  const [jour, veille] = [calendrier.jour(n), calendrier.jour(n - 1)];
  /** @type {Segment[]} */
  let segments = [{ debut: 0, fin: JOURNEE, etat: defaut, commentaire: "" }];
  for (const r of regles) {
    const aujourdHui = correspond(r, jour, jour.vacances ?? hypothese);
    if (aujourdHui && r.separateur === ";" && (r.sens !== "off" || !r.heures.length)) {
      segments = [{ debut: 0, fin: JOURNEE, etat: "ferme", commentaire: "" }];
    }
    const hier = r.nuit && correspond(r, veille, veille.vacances ?? hypothese);
    if (!aujourdHui && !hier) continue;
    for (const plage of r.plages) {
      if (hier && plage.fin > JOURNEE) {
        segments = peindre(segments, { ...plage, debut: 0, fin: plage.fin - JOURNEE }, r.separateur === "||");
      }
      if (aujourdHui) segments = peindre(segments, plage, r.separateur === "||");
    }
  }
  return recoller(segments);
}

/** @param {Segment[]} segments @param {Segment} nouveau @param {boolean} secours only covers what is closed */
function peindre(segments, nouveau, secours) {
  /** @type {Segment[]} */
  const resultat = [];
  for (const s of segments) {
    if (s.fin <= nouveau.debut || s.debut >= nouveau.fin || (secours && s.etat !== "ferme")) {
      resultat.push(s);
      continue;
    }
    if (s.debut < nouveau.debut) resultat.push({ ...s, fin: nouveau.debut });
    resultat.push({ ...nouveau, debut: Math.max(s.debut, nouveau.debut), fin: Math.min(s.fin, nouveau.fin) });
    if (s.fin > nouveau.fin) resultat.push({ ...s, debut: nouveau.fin });
  }
  return resultat;
}

/** Both hypotheses about school holidays: « inconnu » wherever they differ.
 * @param {Segment[]} a @param {Segment[]} b */
function accorder(a, b) {
  const debuts = [...new Set([...a, ...b].map((s) => s.debut))].sort((x, y) => x - y);
  return recoller(
    debuts.map((debut, rang) => {
      const [gauche, droite] = [segmentA(a, debut), segmentA(b, debut)];
      const fin = debuts[rang + 1] ?? JOURNEE;
      if (gauche.etat === droite.etat) return { ...gauche, debut, fin };
      return { debut, fin, etat: "inconnu", commentaire: "" };
    }),
  );
}

/** The segment that holds a minute (0 to 1439). @param {Segment[]} segments @param {number} minute @returns {Segment} */
export function segmentA(segments, minute) {
  const trouve = segments.find((s) => s.debut <= minute && minute < s.fin);
  if (!trouve) throw new RangeError(`La minute ${minute} n’est pas dans la journée.`);
  return trouve;
}

/** Joins neighbours that say the same. @param {Segment[]} segments */
function recoller(segments) {
  /** @type {Segment[]} */
  const joints = [];
  for (const s of segments) {
    const dernier = joints.at(-1);
    if (dernier && dernier.etat === s.etat && dernier.commentaire === s.commentaire) {
      joints[joints.length - 1] = { ...dernier, fin: s.fin };
    } else {
      joints.push(s);
    }
  }
  return joints;
}
