// The browser's readers given anything: node tests/fuzz/navigateur.mjs <target> <executions> <seed>
// Prints {"executions": n, "fautes": [[text, why], …]}: an address of the search, its « when », a week of the form.

import { ecrire, ecrireQuand, FACETTES, lire, lireQuand } from "../../site_src/modules/recherche/etat.js";
import { ecrireOsm, enFrancais, lireFrancais, lireOsm } from "../../site_src/modules/formulaire/semaine.js";

const HOSTILES = [
  ...["36044", "2A004", "46.8,1.7", "91,0", "1e999,0", "1,2,3,4", "3,2,1,4", "oui", "a,b,a,,", "0x10,0b1", "-0,0", "jeudi-9h30"],
  ...["<img src=x onerror=alert(1)>", "javascript:alert(1)", "'\"`&=", "é€\u202e", "constructor,__proto__", "NaN,Infinity"],
  ...["%", "%e9", "%00", "+", "\ud800", "1,2,3,4,5", " 1 ,\t2", "180.0000001,0", "89.9999,-180"],
];
const CLES = ["ou", "commune", "point", "pour", "quand", "avec", "inconnus", "zone", ...FACETTES, "__proto__", ""];
const MOMENTS = ["maintenant", "aujourdhui", "apres-18h", "lundi", "jeudi-9h30", "samedi-24h", "toString-9h", "mardi-09h60"];
const SEMAINES = ["Mo-Fr 09:00-12:00,14:00-17:30; PH off", 'Mo,We 09:00-12:00 "sur rendez-vous"; Sa off', "Mo-Su 00:00-24:00"];
const JOURNEES = ["9h-12h et 14h-17h30", "de 9 h à midi sur rdv", "fermé", "20h - minuit", "09:00–12:00 / 14 heures à 18:00", "9h-12h puis 13h-15h"];
const JETONS = ["-", ",", ";", ":", " ", "h", "Mo", "Su", "PH", "off", "24:00", "00:00", "12", "99", "à", "et", '"', "\u00a0", "é", "/", "?", "&", "=", "#", "\0"];

/** The same suite of numbers from 0 to 1 for the same seed (mulberry32). @param {number} graine */
function suite(graine) {
  let etat = graine >>> 0;
  return () => {
    etat = (etat + 0x6d2b79f5) >>> 0;
    let t = Math.imul(etat ^ (etat >>> 15), etat | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @typedef {() => number} Hasard */
const entier = (/** @type {Hasard} */ hasard, /** @type {number} */ n) => Math.floor(hasard() * n);
/** @template T @param {Hasard} hasard @param {T[]} choix @returns {T} */
const un = (hasard, choix) => /** @type {T} */ (choix[entier(hasard, choix.length)]);

/** A text cut, stretched and sown with other pieces. @param {Hasard} hasard @param {string} texte */
function abimer(hasard, texte) {
  for (let reste = entier(hasard, 4); reste; reste--) {
    const ici = entier(hasard, texte.length + 1);
    const jeton = hasard() < 0.7 ? un(hasard, JETONS) : String.fromCharCode(entier(hasard, hasard() < 0.8 ? 128 : 65536));
    texte = texte.slice(0, ici) + jeton + texte.slice(ici + entier(hasard, 4));
  }
  return texte;
}

/** @param {Hasard} hasard */
function uneAdresse(hasard) {
  const morceaux = Array.from({ length: 1 + entier(hasard, 6) }, () => {
    const nombres = () => Array.from({ length: 1 + entier(hasard, 5) }, () => (hasard() * 400 - 200).toFixed(entier(hasard, 8))).join(",");
    const valeur = abimer(hasard, hasard() < 0.5 ? un(hasard, HOSTILES) : hasard() < 0.5 ? nombres() : un(hasard, MOMENTS));
    return `${un(hasard, CLES)}=${hasard() < 0.8 ? encodeURIComponent(valeur.toWellFormed()) : valeur}`;
  });
  return `?${morceaux.join(un(hasard, ["&", "&&", ";"]))}${un(hasard, ["", "", "%", "#", "&"])}`;
}

/** Why an address is read badly; empty when it is not: bounded, without repetition, written back without loss. @param {string} adresse */
function deLAdresse(adresse) {
  const etat = lire(adresse), ecrite = ecrire(etat), relu = lire(ecrite);
  const borne = (/** @type {number} */ x, /** @type {number} */ n) => Number.isFinite(x) && Math.abs(x) <= n;
  if (etat.commune !== "" && !/^\d[\dAB]\d{3}$/.test(etat.commune)) return "commune";
  if (etat.point && !(etat.point.length === 2 && borne(etat.point[0], 90) && borne(etat.point[1], 180))) return "point";
  if (etat.zone && !(etat.zone.every((x) => borne(x, 180)) && etat.zone[0] < etat.zone[2] && etat.zone[1] < etat.zone[3])) return "zone";
  const listes = [etat.pour, etat.avec, ...Object.values(etat.choix)];
  if (!listes.every((l) => new Set(l).size === l.length && !l.includes(""))) return "liste";
  // A point is written to 100 m: the address that was written once is written again alike.
  if (JSON.stringify({ ...relu, point: null }) !== JSON.stringify({ ...etat, point: null })) return "perdu";
  if (ecrire(relu) !== ecrite) return "pas stable";
  if (etat.point && !relu.point) return "point perdu";
  return /[<>"]/.test(ecrite) ? "signe dangereux" : "";
}

/** @param {string} texte */
function duMoment(texte) {
  const lu = lireQuand(texte);
  if (lu === null || typeof lu === "string") return "";
  if (!(lu.jour >= 0 && lu.jour < 7 && (lu.minute === null || (lu.minute >= 0 && lu.minute < 1440)))) return "hors bornes";
  return JSON.stringify(lireQuand(ecrireQuand(lu.jour, lu.minute))) === JSON.stringify(lu) ? "" : "perdu";
}

/** @param {string} texte */
function deLaSemaine(texte) {
  const lue = lireOsm(texte);
  if (!lue) return "";
  const relue = lireOsm(ecrireOsm(lue));
  return JSON.stringify(relue) === JSON.stringify(lue) || !ecrireOsm(lue) ? "" : "perdu";
}

const CONNUS = /\d+|heures?|h|minuit|midi|uniquement|sur|rendez|vous|rdv|jusqu['’]à|de|à|a|et|puis|ferm[ée]+s?|off/gi;

/** Every figure of what is read was written, no word is lost, and what is written of it is read alike. @param {string} texte */
function deLaJournee(texte) {
  const lue = lireFrancais(texte);
  if (!lue) return "";
  if (/[\p{L}\p{N}]/u.test(texte.replace(CONNUS, " "))) return "mot perdu";
  if (!lue.plages.every(([debut, fin], rang) => debut >= 0 && debut < fin && fin <= 1440 && debut > (lue.plages[rang - 1]?.[1] ?? -1))) return "plages";
  const ecrits = (texte.match(/\d+/g) ?? []).length + (texte.match(/minuit|midi/gi) ?? []).length;
  if (lue.plages.length * 2 > ecrits) return "inventé";
  return JSON.stringify(lireFrancais(enFrancais(lue))) === JSON.stringify(lue) || !lue.plages.length ? "" : "perdu";
}

/** @type {Record<string, { tirer: (hasard: Hasard) => string, faute: (texte: string) => string }>} */
const CIBLES = {
  adresse: { tirer: uneAdresse, faute: deLAdresse },
  moment: { tirer: (h) => abimer(h, un(h, MOMENTS)), faute: duMoment },
  semaine: { tirer: (h) => abimer(h, un(h, SEMAINES)), faute: deLaSemaine },
  journee: { tirer: (h) => abimer(h, un(h, JOURNEES)), faute: deLaJournee },
};

const [nom = "", nombre = "1000", graine = "0"] = process.argv.slice(2);
const cible = CIBLES[nom];
if (!cible) throw new Error(`Cible inconnue : ${nom}. Cibles : ${Object.keys(CIBLES).join(", ")}.`);
const hasard = suite(Number(graine));
/** @type {[string, string][]} */
const fautes = [];
for (let rang = 0; rang < Number(nombre) && fautes.length < 5; rang++) {
  const texte = cible.tirer(hasard);
  const faute = cible.faute(texte);
  if (faute) fautes.push([texte, faute]);
}
console.log(JSON.stringify({ executions: Number(nombre), fautes }));
