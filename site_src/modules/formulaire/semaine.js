// A week in French, and the same in OpenStreetMap's opening_hours, both ways. What a week cannot hold is not read here:
// it is kept as it is. Every text written here is one that `carte.hours` reads: a test draws weeks and compares.

/**
 * @typedef {{ plages: [number, number][], rdv: boolean }} Jour  minutes from midnight; `rdv`: by appointment
 * @typedef {{ jours: Jour[], feries: "" | "fermes" }} Semaine  Monday first; `feries`: public holidays, empty when unsaid
 */

const JOURS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
const RDV = "sur rendez-vous";
const MINUIT = 1440;
const REGLE = /^([A-Z][A-Za-z,-]*) (.+)$/;
const PLAGE = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/;
const FERME = /^(?:fermée?s?|off|-)?$/i;
// « 9h-12h 14h-17h »: what comes after a blank may begin another range.
const PLAGE_FRANCAISE = /(?:de\s+)?(\d{1,2})\s*(?:heures?|h|:)?\s*(\d{2})?\s*(?:-|–|—|à|a|jusqu['’]à)\s*(?:(\d{1,2})\s*(?:heures?|h|:)?(?:\s*(\d{2})(?!\s*(?:h|:|-|–|—|à)))?|(minuit|midi))/giy;
const LIAISON = /\s*(?:,|;|\/|et|puis|\+|\s)\s*/giy;
const SUR_RDV = /\s*\(?\s*(?:uniquement\s+)?sur\s+(?:rendez[\s-]?vous|rdv)\s*\)?\s*$/i;

/** A week of which nothing is said. @returns {Semaine} */
export const vide = () => ({ jours: JOURS.map(() => ({ plages: [], rdv: false })), feries: "" });

/** @param {Semaine} semaine */
export const estVide = ({ jours }) => jours.every(({ plages, rdv }) => !plages.length && !rdv);

/** The week that a text says; null when a week cannot hold it. @param {string} texte @returns {Semaine | null} */
export function lireOsm(texte) {
  const semaine = vide();
  /** @type {Set<number>} */
  const dits = new Set();
  for (const regle of texte.split(";").map((morceau) => morceau.trim())) {
    if (regle === "PH off") {
      semaine.feries = "fermes";
      continue;
    }
    const [, selecteur = "", heures = ""] = REGLE.exec(regle) ?? [];
    const [jours, jour] = [joursDe(selecteur), lireHeures(heures)];
    // After « PH off », a plain rule would open again on public holidays: the order says something that a week does not.
    if (!jours || !jour || semaine.feries || jours.some((j) => dits.has(j))) return null;
    for (const j of jours) {
      dits.add(j);
      semaine.jours[j] = jour;
    }
  }
  return estVide(semaine) ? null : semaine;
}

/** @param {string} selecteur « Mo-We,Fr » @returns {number[] | null} */
function joursDe(selecteur) {
  const trouves = selecteur.split(",").flatMap((morceau) => {
    const [du = "", au = du, ...reste] = morceau.split("-");
    const [debut, fin] = [JOURS.indexOf(du), JOURS.indexOf(au)];
    if (debut < 0 || fin < debut || reste.length) return [-1];
    return JOURS.map((_, rang) => rang).slice(debut, fin + 1);
  });
  return trouves.includes(-1) || new Set(trouves).size < trouves.length ? null : trouves;
}

/** @param {string} heures « 09:00-12:00,14:00-18:00 "sur rendez-vous" » or « off » @returns {Jour | null} */
function lireHeures(heures) {
  if (heures === "off") return { plages: [], rdv: false };
  const rdv = heures.endsWith(` "${RDV}"`);
  const plages = (rdv ? heures.slice(0, -RDV.length - 3) : heures).split(",").map(lirePlage);
  const lues = /** @type {[number, number][]} */ (plages.filter(Boolean));
  return lues.length === plages.length && enOrdre(lues) ? { plages: lues, rdv } : null;
}

/** @param {string} texte @returns {[number, number] | null} */
function lirePlage(texte) {
  const m = PLAGE.exec(texte);
  return m ? bornes(Number(m[1]) * 60 + Number(m[2]), Number(m[3]) * 60 + Number(m[4])) : null;
}

/** @param {number} debut @param {number} fin @returns {[number, number] | null} */
const bornes = (debut, fin) => (debut < fin && fin <= MINUIT ? [debut, fin] : null);

/** @param {[number, number][]} plages */
const enOrdre = (plages) => plages.every(([debut], rang) => !rang || debut > (plages[rang - 1]?.[1] ?? 0));

/** The text of a week; empty when it says nothing. @param {Semaine} semaine */
export function ecrireOsm({ jours, feries }) {
  /** @type {Map<string, number[]>} */
  const groupes = new Map();
  jours.forEach(({ plages, rdv }, rang) => {
    if (!plages.length) return;
    const heures = `${plages.map(([debut, fin]) => `${horloge(debut)}-${horloge(fin)}`).join(",")}${rdv ? ` "${RDV}"` : ""}`;
    groupes.set(heures, [...(groupes.get(heures) ?? []), rang]);
  });
  if (!groupes.size) return "";
  const regles = [...groupes].map(([heures, rangs]) => `${selecteur(rangs)} ${heures}`);
  return [...regles, ...(feries ? ["PH off"] : [])].join("; ");
}

/** @param {number} minute */
const horloge = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** « Mo-We,Fr » @param {number[]} rangs */
function selecteur(rangs) {
  /** @type {[number, number][]} */
  const suites = [];
  for (const rang of rangs) {
    const derniere = suites.at(-1);
    if (derniere && derniere[1] === rang - 1) derniere[1] = rang;
    else suites.push([rang, rang]);
  }
  const morceaux = suites.flatMap(([du, au]) => (au === du + 1 ? [JOURS[du], JOURS[au]] : [du === au ? JOURS[du] : `${JOURS[du]}-${JOURS[au]}`]));
  return morceaux.join(",");
}

/** « 9 h – 12 h, 14 h – 17 h 30 sur rendez-vous »; empty when closed. @param {Jour} jour */
export function enFrancais({ plages, rdv }) {
  const mots = plages.map(([debut, fin]) => `${heure(debut)} – ${heure(fin)}`).join(", ");
  return rdv && mots ? `${mots} ${RDV}` : mots;
}

/** @param {number} minute */
const heure = (minute) => `${Math.floor(minute / 60)} h${minute % 60 ? ` ${String(minute % 60).padStart(2, "0")}` : ""}`;

/** What a person writes of a day: « 9h-12h et 14h-17h30 », « fermé », nothing; null when it is not understood.
 * @param {string} ecrit @returns {Jour | null} */
export function lireFrancais(ecrit) {
  const texte = ecrit.trim();
  if (FERME.test(texte)) return { plages: [], rdv: false };
  const rdv = SUR_RDV.test(texte);
  const heures = texte.replace(SUR_RDV, "");
  /** @type {[number, number][]} */
  const plages = [];
  for (let ici = 0; ici < heures.length; ) {
    if (plages.length) ici += longueurDe(LIAISON, heures, ici);
    PLAGE_FRANCAISE.lastIndex = ici;
    const m = PLAGE_FRANCAISE.exec(heures);
    const plage = m && bornes(minutes(m[1], m[2]), m[5] ? (m[5].toLowerCase() === "midi" ? 720 : MINUIT) : minutes(m[3], m[4]));
    if (!m || !plage) return null;
    plages.push(plage);
    ici += m[0].length;
    if (!heures.slice(ici).trim()) break;
  }
  return plages.length && enOrdre(plages) ? { plages, rdv } : null;
}

/** @param {RegExp} motif sticky @param {string} texte @param {number} ici */
function longueurDe(motif, texte, ici) {
  motif.lastIndex = ici;
  return motif.exec(texte)?.[0].length ?? 0;
}

/** Infinite when it is no time of day. @param {string | undefined} heures @param {string | undefined} reste */
function minutes(heures, reste) {
  const [h, m] = [Number(heures), Number(reste ?? 0)];
  return m < 60 ? h * 60 + m : Infinity;
}
