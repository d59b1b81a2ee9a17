// Finds a commune from what people type: half a name, a postal code, a typo.

import MiniSearch from "minisearch";
import { mots, normaliser, tolerance } from "./normaliser.js";

/** @typedef {import("./types.js").Commune} Commune */

/** @param {Commune[]} communes */
export function annuaire(communes) {
  const parCode = new Map(communes.map((c) => [c.code, c]));
  const noms = new Map(communes.map((c) => [c.code, normaliser(c.nom)]));
  const moteur = new MiniSearch({
    idField: "code",
    fields: ["nom"],
    tokenize: mots,
    processTerm: (mot) => mot,
    searchOptions: { prefix: true, fuzzy: tolerance, combineWith: "AND" },
  });
  moteur.addAll(communes.map((c) => ({ code: c.code, nom: c.nom })));

  /** @param {string} code */
  const une = (code) => parCode.get(code);

  /** @param {string} chiffres */
  const parCodePostal = (chiffres) =>
    communes.filter((c) => c.codesPostaux.some((cp) => cp.startsWith(chiffres)));

  /** Exact name, then beginning of the name, then likeness. @param {string} texte @param {string} code */
  function rang(texte, code) {
    const nom = noms.get(code) ?? "";
    return nom === texte ? 0 : nom.startsWith(texte) ? 1 : 2;
  }

  /** Communes for a text, best first. @param {string} saisie @param {number} [maximum] @returns {Commune[]} */
  function chercher(saisie, maximum = 8) {
    const texte = normaliser(saisie);
    if (!texte) return [];
    const chiffres = texte.replace(/ /g, "");
    if (/^\d{2,5}$/.test(chiffres)) return parCodePostal(chiffres).slice(0, maximum);
    return moteur
      .search(texte)
      .sort((a, b) => rang(texte, a.id) - rang(texte, b.id) || b.score - a.score)
      .slice(0, maximum)
      .flatMap((r) => une(r.id) ?? []);
  }

  /**
   * What a text names without doubt: communes of this very name, or of this full postal code.
   * @param {string} saisie @returns {Commune[]}
   */
  function exactes(saisie) {
    const texte = normaliser(saisie);
    if (/^\d{5}$/.test(texte)) return parCodePostal(texte);
    return communes.filter((c) => noms.get(c.code) === texte);
  }

  return { une, chercher, exactes };
}
