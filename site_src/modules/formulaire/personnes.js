// What in a record is somebody rather than a place: pointed at before it is published, never refused. As
// `carte.records.personnes` and its rule, with their lists and their words.

import { plier } from "../recherche/normaliser.js";
import { citer } from "./mots.js";
import { compact, international } from "./numeros.js";

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Chemin} Chemin */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */
/** @typedef {import("./types.js").Modele} Modele */
/** @typedef {import("./types.js").Personnes} Personnes */
/** @typedef {[string, string]} Trace  what it is, and the text */

const COURRIEL = /[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu;
const NUMERO = /(?:\+|(?<![\p{L}\p{N}_])00)?\d(?:[\s.()\u00a0\u202f-]{0,3}\d){8,13}/gu;
const CIVILITE = /(?<![\p{L}\p{N}_])(?:M\.|Mr\.?|Mme\.?|Mlle|[Mm]adame|[Mm]onsieur)\s+(?:[A-ZÀ-Ý][\p{L}\p{N}_’'-]+\s+)?[A-ZÀ-Ý][\p{L}\p{N}_’'-]+/gu;
const DEUX_MOTS = /(?<![\p{L}\p{N}_’'-])(?=([A-ZÀ-Ý][\p{L}\p{N}_’'-]+)\s+([A-ZÀ-Ý][\p{L}\p{N}_’'-]+))/gu;
const MOTS_AVANT = 3;

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
export function donneesPersonnelles(fiche, modele) {
  const { personnes } = modele;
  return textes(fiche, modele.champs, modele, []).flatMap(([chemin, champ, texte]) => {
    if (accord(fiche, String(chemin[0]))) return [];
    return tracesDe(champ, texte, chemin, modele).map(([genre, trouve]) => {
      const phrase = (personnes.phrases[genre] ?? "").replace("{texte}", citer(trouve));
      return { chemin, message: `${phrase} ${personnes.accord.replace("{champ}", String(chemin[0]))}`, regle: "personne", conseil: true };
    });
  });
}

/** Every text of a record, with its field. @param {Fiche} table @param {Champ[]} champs @param {Modele} modele @param {Chemin} base
 * @returns {[Chemin, Champ, string][]} */
export function textes(table, champs, modele, base) {
  return champs.flatMap((champ) => {
    const contenu = table[champ.nom] ?? null;
    const chemin = [...base, champ.nom];
    /** @type {[Chemin, any][]} */
    const places = !champ.liste ? [[chemin, contenu]] : (contenu ?? []).map((/** @type {any} */ v, /** @type {number} */ rang) => [[...chemin, rang], v]);
    if (champ.table || contenu === null) return [];
    if (champ.partie) return places.flatMap(([place, v]) => textes(v, modele.parties[champ.partie ?? ""] ?? [], modele, place));
    return champ.sorte === "texte" ? places.map(([place, v]) => /** @type {[Chemin, Champ, string]} */ ([place, champ, v])) : [];
  });
}

/** @param {Champ} champ @param {string} texte @param {Chemin} chemin @param {Modele} modele @returns {Trace[]} */
function tracesDe(champ, texte, chemin, { personnes, telephone }) {
  if (champ.forme === "courriel") {
    const genre = courriel(texte, personnes);
    return genre ? [[genre, texte]] : [];
  }
  if (champ.forme === "telephone") return mobile(texte, personnes) ? [["mobile", texte]] : [];
  if (champ.forme || champ.vocabulaire || personnes.sansNom.includes(String(chemin[0]))) return [];
  /** @type {Trace[]} */
  const courriels = (texte.match(COURRIEL) ?? []).filter((c) => courriel(c, personnes) === "courriel").map((c) => ["courriel", c]);
  /** @type {Trace[]} */
  const numeros = (texte.match(NUMERO) ?? []).filter((n) => mobile(international(n, telephone) ?? "", personnes)).map((n) => ["mobile", n]);
  return [...courriels, ...numeros, ...noms(texte, personnes).map((nom) => /** @type {Trace} */ (["nom", nom]))];
}

/** @param {string} adresse @param {Personnes} personnes */
function courriel(adresse, { prenoms, fournisseurs, lieux, services }) {
  const pliee = plier(adresse);
  const [boite, domaine] = [pliee.slice(0, Math.max(0, pliee.lastIndexOf("@"))), pliee.slice(pliee.lastIndexOf("@") + 1)];
  const mots = boite.split(/[._\-+\p{Nd}]+/u).filter(Boolean);
  const [premier = "", dernier = ""] = [mots[0], mots.at(-1)];
  const nommee = (mots.length === 2 || mots.length === 3) && !mots.some((mot) => lieux.includes(mot) || services.includes(mot));
  const initiale = nommee && mots.length === 2 && premier.length === 1 && dernier.length > 2;
  const prenom = nommee && (prenoms.includes(premier) || prenoms.includes(dernier));
  const grandPublic = fournisseurs.includes(domaine);
  if (initiale || prenom || (grandPublic && mots.length === 1 && prenoms.includes(premier))) return "courriel";
  return grandPublic ? "fournisseur" : "";
}

/** @param {string} numero @param {Personnes} personnes */
const mobile = (numero, { mobiles }) => mobiles.some((debut) => compact(numero).startsWith(debut));

/** @param {string} texte @param {Personnes} personnes */
function noms(texte, { prenoms, lieux, titres }) {
  const trouves = (texte.match(CIVILITE) ?? []).filter((nom) => !plier(nom).split(/\s+/).some((mot) => titres.includes(mot)));
  for (const trouve of texte.matchAll(DEUX_MOTS)) {
    const [, premier = "", second = ""] = trouve;
    const avant = (plier(texte.slice(0, trouve.index)).match(/[\p{L}\p{N}_-]+/gu) ?? []).slice(-MOTS_AVANT);
    const prenom = plier(premier).split(/[-’']/)[0] ?? "";
    if (prenoms.includes(prenom) && ![...avant, plier(second)].some((mot) => lieux.includes(mot))) trouves.push(`${premier} ${second}`);
  }
  const uniques = [...new Set(trouves)];
  return uniques.filter((nom) => !uniques.some((autre) => nom !== autre && autre.includes(nom)));
}

/** Whether the origin of a field says that it is agreed to. @param {Fiche} fiche @param {string} champ */
function accord(fiche, champ) {
  const origine = fiche.provenance?.[champ];
  return Boolean(origine) && plier(`${origine.source} ${origine.texte ?? ""}`).split(/\s+/).includes("accord");
}
