// What a person may have meant: « 36 chateauroux », « lyon 3e », « chateau roux », « mairie de chateauroux », « st denis reunion ».

import { mots, normaliser } from "./normaliser.js";

/** @typedef {{ texte: string, chiffres: string }} Lecture  `chiffres`: beginning of a postal code, or a département */

const ORDINAL = /^\d{1,2}(?:er?|eme|ieme|nde?)$/;
const CODE = /^(?:\d{2,5}|2[ab])$/;
const HORS_NOM = new Set(["arrondissement", "cedex"]);
// What stands before the name of a commune, and is not part of it.
const AVANT = /^(?:hotel de ville|france services|mairie|ville|commune|village|ccas|centre|gare|mediatheque|bibliotheque)(?: (?:de|du|des|d|a))? /;
const VOIE = /^(?:rue|avenue|place|boulevard|chemin|route|allee|impasse|quai) /;
const COLLE = /^(saint|sainte|ste|st|les|le|la|l(?=[aeiouyh][a-z]{3}))([a-z]{3,})$/;

/** The name apart from the figures beside it. @param {string} saisie @returns {Lecture} */
export function separer(saisie) {
  const tous = mots(saisie);
  const noms = tous.filter((mot) => /^[a-z]/.test(mot) && !HORS_NOM.has(mot));
  if (!noms.length || noms.length === tous.length) return { texte: tous.join(" "), chiffres: "" };
  const chiffres = tous.find((mot) => CODE.test(mot) && !ORDINAL.test(mot)) ?? "";
  return { texte: noms.join(" "), chiffres };
}

/** The same name with its words put together, or taken apart: « chateau roux », « saintdenis ». @param {string} texte */
export function autresCoupes(texte) {
  const [premier = "", ...suite] = texte.split(" ");
  const coupes = suite.length ? [premier + suite.join("")] : [];
  const colle = COLLE.exec(premier);
  if (colle) coupes.push(normaliser([colle[1], colle[2], ...suite].join(" ")));
  return coupes;
}

/** The first words, fewer and fewer; none of a street. @param {string} texte */
export function debutsEntiers(texte) {
  const tous = VOIE.test(texte) ? [] : texte.split(" ");
  return tous.slice(1).map((_, rang) => tous.slice(0, -1 - rang).join(" "));
}

/** The name without what stands before it: « mairie de chateauroux ». @param {string} texte */
export const sansAvant = (texte) => texte.replace(AVANT, "");

/**
 * The name, and the département said after it: « saint denis reunion ».
 * @param {string} texte @param {Record<string, string>} noms name of each département
 * @returns {{ texte: string, departement: string } | null}
 */
export function avecDepartement(texte, noms) {
  for (const [departement, nom] of Object.entries(noms)) {
    const fin = ` ${normaliser(nom).replace(/^(?:la|le|les|l) /, "")}`;
    if (texte.endsWith(fin)) return { texte: texte.slice(0, -fin.length).replace(/(?: (?:de|du|d|des|en|la|le|les|l))+$/, ""), departement };
  }
  return null;
}
