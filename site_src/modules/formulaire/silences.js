// Texts that say nothing, and line breaks written in letters, as `carte.records.rules.textes`, with its words.

import { plier } from "../recherche/normaliser.js";
import { citer } from "./mots.js";
import { textes } from "./personnes.js";

/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */
/** @typedef {import("./types.js").Modele} Modele */

const EN_LETTRES = /(?:\\r)?\\n/;
const DOSSIER = /(?<![\p{L}\p{N}_])[A-Za-z]:\\|\\\\[\p{L}\p{N}_]/u;

/** @param {Fiche} fiche @param {Modele} modele @returns {Faute[]} */
export function textesParlants(fiche, modele) {
  const { silences } = modele;
  return textes(fiche, modele.champs, modele, []).flatMap(([chemin, champ, texte]) => {
    if (champ.forme || champ.vocabulaire) return [];
    if (neDitRien(texte, silences)) {
      const message = (champ.requis ? silences.obligatoire : silences.facultatif).replace("{texte}", citer(texte));
      return [{ chemin, message, regle: "silence", conseil: true }];
    }
    const saut = EN_LETTRES.test(texte) && !DOSSIER.test(texte);
    return saut ? [{ chemin, message: silences.saut, regle: "saut-de-ligne", conseil: true }] : [];
  });
}

/** @param {string} texte @param {Modele["silences"]} silences */
function neDitRien(texte, { mots, long }) {
  const lus = plier(texte).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...texte].length <= long && (lus.length === 0 || mots.includes(lus.join(" ")));
}
