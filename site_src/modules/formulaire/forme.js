// Whether a record has the shape of the model: required fields, sorts of values, lengths, bounds, days. As pydantic and
// `carte.ecrits.messages` say it.

import { normaliser } from "../recherche/normaliser.js";
import { citer, codeDe, longueur, rogner, vouliezVousDire } from "./mots.js";

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Modele} Modele */
/** @typedef {import("./types.js").Chemin} Chemin */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */

const FAUX_TIRET = /^\s*([\u2010-\u2015\u2212\u2043\u2022\u25aa\u25cf\u00b7\uf0b7*+]|-(?=[^\S ])|(?<=[^\S ])-)/;
const ESPACE_COLLEE = /^[^\S ]|[^\S ]$/;
const DEUX_NOMBRES = /^[([]?-?\d+\.\d+(?:[,;] *| +)-?\d+\.\d+[)\]]?$/;
const CHAMPS_A_LISTER = 16;
const JOUR = /^\d{4}-\d{2}-\d{2}$/;
const JOUR_MOIS_AN = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/;
const AN_MOIS_JOUR = /^(\d{4})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})(?:[T ].*)?$/;
/** @type {Record<string, string>} */
const OUI_NON = { oui: "true", yes: "true", vrai: "true", non: "false", no: "false", faux: "false" };

/** Texts as the model keeps them: without the spaces around. @param {any} valeur @returns {any} */
export function rogne(valeur) {
  if (typeof valeur === "string") return rogner(valeur);
  if (Array.isArray(valeur)) return valeur.map(rogne);
  if (!estTable(valeur)) return valeur;
  return Object.fromEntries(Object.entries(valeur).map(([cle, v]) => [cle, rogne(v)]));
}

/** @param {unknown} valeur @returns {valeur is Fiche} */
const estTable = (valeur) => typeof valeur === "object" && valeur !== null && !Array.isArray(valeur);

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
export const formes = (fiche, modele) => dansLaTable(fiche, modele.champs, modele, [], modele);

/** @typedef {Pick<Modele, "refuses" | "autresNoms">} Cles  what is known of keys that are no field's name */

/** @param {Fiche} table @param {Champ[]} champs @param {Modele} modele @param {Chemin} base @param {Cles} [cles]
 * @returns {Faute[]} */
function dansLaTable(table, champs, modele, base, cles = { refuses: {}, autresNoms: {} }) {
  const noms = champs.map(({ nom }) => nom);
  const fautes = champs.flatMap((champ) => {
    const chemin = [...base, champ.nom];
    if (!(champ.nom in table)) return champ.requis ? [manque(champ, chemin)] : [];
    const valeur = table[champ.nom];
    return valeur === null && !champ.requis ? [] : duChamp(valeur, champ, modele, chemin);
  });
  const inconnus = Object.keys(table).filter((nom) => !noms.includes(nom));
  return [...fautes, ...inconnus.map((nom) => inconnu(nom, noms, [...base, nom], cles))];
}

/** @param {Champ} champ @param {Chemin} chemin @returns {Faute} */
function manque({ nom, aide }, chemin) {
  const precision = aide ? ` (${aide.slice(0, 1).toLowerCase()}${aide.slice(1)})` : "";
  return { chemin, message: `Il manque le champ « ${nom} »${precision}.`, regle: "obligatoire" };
}

/** @param {string} nom @param {string[]} noms @param {Chemin} chemin @param {Cles} cles @returns {Faute} */
function inconnu(nom, noms, chemin, { refuses, autresNoms }) {
  const espace = ESPACE_COLLEE.exec(nom)?.[0];
  if (espace !== undefined && !(nom in refuses)) {
    const message = `Une espace insécable (${codeDe(espace)}) touche « ${citer(rogner(nom))} » : effacez-la.`;
    return { chemin, message, regle: "champ-inconnu" };
  }
  const dits = autresNoms[normaliser(nom)];
  const proche = dits ? ` Vouliez-vous dire « ${dits.join(" » ou « ")} » ?` : vouliezVousDire(nom, noms);
  const liste = noms.length <= CHAMPS_A_LISTER ? ` Champs possibles : ${noms.join(", ")}.` : "";
  const message = refuses[nom] ?? `« ${citer(nom)} » n'est pas un champ connu.${proche || liste}`;
  return { chemin, message, regle: "champ-inconnu" };
}

/** @param {any} valeur @param {Champ} champ @param {Modele} modele @param {Chemin} chemin @returns {Faute[]} */
function duChamp(valeur, champ, modele, chemin) {
  if (champ.liste) {
    if (!Array.isArray(valeur)) return [{ chemin, message: listeAttendue(valeur, champ), regle: "liste" }];
    if (valeur.length < (champ.moins ?? 0)) {
      return [{ chemin, message: `« ${champ.nom} » est une liste vide : il faut au moins une valeur.`, regle: "liste" }];
    }
    return valeur.flatMap((v, rang) => deLaValeur(v, champ, modele, [...chemin, rang]));
  }
  if (!champ.table) return deLaValeur(valeur, champ, modele, chemin);
  if (!estTable(valeur)) return [table(champ, chemin)];
  return Object.entries(valeur).flatMap(([cle, v]) => deLaValeur(v, { ...champ, nom: cle }, modele, [...chemin, cle]));
}

/** @param {Champ} champ @param {Chemin} chemin @returns {Faute} */
const table = ({ nom }, chemin) => ({ chemin, message: `« ${nom} » attend des lignes « champ: valeur », en retrait.`, regle: "table" });

/** @param {any} valeur @param {Champ} champ */
function listeAttendue(valeur, { nom }) {
  const tiret = typeof valeur === "string" && FAUX_TIRET.exec(valeur);
  if (tiret) return `« ${citer(tiret[1])} » ne fait pas une liste : devant chaque valeur, mettez le tiret du clavier « - », puis une espace ordinaire.`;
  if (typeof valeur === "string" && /[|;]|, /.test(valeur)) return `« ${nom} » attend une liste : une valeur par ligne, chacune après un tiret.`;
  const exemple = typeof valeur === "string" ? ` « - ${citer(valeur)} »` : "";
  return `« ${nom} » attend une liste : allez à la ligne et mettez un tiret devant la valeur${exemple}.`;
}

/** One value. @param {any} valeur @param {Champ} champ @param {Modele} modele @param {Chemin} chemin @returns {Faute[]} */
function deLaValeur(valeur, champ, modele, chemin) {
  if (champ.partie) {
    const champs = modele.parties[champ.partie] ?? [];
    return estTable(valeur) ? dansLaTable(valeur, champs, modele, chemin) : [table(champ, chemin)];
  }
  const faute = EXAMENS[champ.sorte]?.(valeur, champ);
  return faute ? [{ chemin, ...faute }] : [];
}

/** @typedef {{ message: string, regle: string } | null} Examen */
/** @type {Record<string, (valeur: any, champ: Champ) => Examen>} */
const EXAMENS = { texte: leTexte, date: laDate, nombre: leNombre, entier: leNombre, oui_non: leOuiNon };

/** @param {any} valeur @param {Champ} champ @returns {Examen} */
function leTexte(valeur, { nom, court, long }) {
  if (typeof valeur !== "string") return { message: texteAttendu(valeur, nom), regle: "texte" };
  const utile = rogner(valeur);
  if (longueur(utile) < (court ?? 0)) return { message: vide(nom), regle: "vide" };
  if (longueur(utile) <= (long ?? Infinity)) return null;
  return { message: `« ${nom} » est trop long : ${longueur(valeur)} caractères, ${long} au plus.`, regle: "longueur" };
}

/** @param {string} nom */
const vide = (nom) => `« ${nom} » est vide : complétez la valeur ou retirez la ligne.`;

/** @param {any} valeur @param {string} nom */
function texteAttendu(valeur, nom) {
  if (valeur === null) return vide(nom);
  if (Array.isArray(valeur)) return `« ${nom} » attend un seul texte, sans tiret ni crochets.`;
  if (estTable(valeur)) return `« ${nom} » attend un texte. S'il contient « : », mettez-le entre guillemets.`;
  return `« ${nom} » attend un texte : mettez la valeur entre guillemets, "${citer(valeur)}".`;
}

/** @param {any} valeur @param {Champ} champ @returns {Examen} */
function leNombre(valeur, champ) {
  const entier = champ.sorte === "entier";
  if (typeof valeur !== "number" || (entier && !Number.isInteger(valeur))) {
    return { message: entier ? entierAttendu(valeur, champ) : nombreAttendu(valeur, champ), regle: "nombre" };
  }
  if (valeur < (champ.min ?? -Infinity)) return { message: `« ${champ.nom} » vaut ${citer(valeur)} : le minimum est ${champ.min}.`, regle: "bornes" };
  if (valeur > (champ.max ?? Infinity)) return { message: `« ${champ.nom} » vaut ${citer(valeur)} : le maximum est ${champ.max}.`, regle: "bornes" };
  return null;
}

/** @param {any} valeur @param {Champ} champ */
function nombreAttendu(valeur, { nom }) {
  const nombre = rogner(ecrit(valeur)).replaceAll(",", ".").replaceAll(" ", "");
  if (DEUX_NOMBRES.test(rogner(ecrit(valeur)))) return `« ${nom} » attend un seul nombre : l'autre s'écrit sur sa propre ligne.`;
  if (/^-?\d+(\.\d+)?$/.test(nombre)) return `« ${nom} » attend un nombre, sans guillemets et avec un point : ${nombre}.`;
  if (/^[-+]?(0\d+|\d*)\.?\d*$/.test(nombre) && /\d/.test(nombre)) {
    return `« ${nom} » attend un nombre écrit simplement : ${Number(Number(nombre).toPrecision(6))}.`;
  }
  return `« ${nom} » attend un nombre, par exemple 46.81234.`;
}

/** @param {any} valeur @param {Champ} champ */
function entierAttendu(valeur, { nom }) {
  const nombre = rogner(ecrit(valeur));
  if (/^-?[0-9]{1,15}$/.test(nombre)) return `« ${nom} » attend un nombre entier, sans guillemets : ${Number(nombre)}.`;
  return `« ${nom} » attend un nombre entier, par exemple 5. Si vous ne le savez pas, retirez la ligne.`;
}

/** @param {any} valeur */
const ecrit = (valeur) => String(valeur);

/** @param {any} valeur @param {Champ} champ @returns {Examen} */
function leOuiNon(valeur, { nom }) {
  if (typeof valeur === "boolean") return null;
  const dit = rogner(ecrit(valeur)).toLowerCase();
  const propose = OUI_NON[dit] ?? dit;
  const suite = propose === "true" || propose === "false" ? `Écrivez ${propose}, sans guillemets.` : "Si vous ne le savez pas, retirez la ligne.";
  return { message: `« ${nom} » attend true (oui) ou false (non). ${suite}`, regle: "oui-non" };
}

/** @param {any} valeur @param {Champ} champ @returns {Examen} */
function laDate(valeur, { nom }) {
  if (typeof valeur === "string" && JOUR.test(valeur) && existe(valeur)) {
    const annee = Number(valeur.slice(0, 4));
    if (annee >= 1800 && annee <= 2199) return null;
    return { message: `Le ${valeur} est hors bornes : l'année va de 1800 à 2199.`, regle: "forme" };
  }
  const texte = rogner(ecrit(valeur));
  const propose = dateProbable(texte);
  const attendue = `« ${nom} » attend une date année-mois-jour`;
  if (propose === null) return { message: `${attendue}, par exemple 2026-03-31.`, regle: "date" };
  if (propose === texte) return { message: `Le ${texte} n'existe pas dans le calendrier.`, regle: "date" };
  return { message: `${attendue}. Vouliez-vous dire « ${propose} » ?`, regle: "date" };
}

/** Whether an ISO day is in the calendar. @param {string} iso */
function existe(iso) {
  const instant = Date.parse(`${iso}T00:00:00Z`);
  return !iso.startsWith("0000") && !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === iso;
}

/** The ISO day that a text most likely means; the text itself when it has that shape but is no real day.
 * @param {string} texte */
function dateProbable(texte) {
  const jma = JOUR_MOIS_AN.exec(texte);
  const amj = jma ? null : AN_MOIS_JOUR.exec(texte);
  if (!jma && !amj) return null;
  const [an = "", mois = "", jour = ""] = jma ? [jma[3], jma[2], jma[1]] : [amj?.[1], amj?.[2], amj?.[3]];
  const iso = `${an}-${mois.padStart(2, "0")}-${jour.padStart(2, "0")}`;
  if (existe(iso)) return iso;
  return JOUR.test(texte) ? texte : null;
}
