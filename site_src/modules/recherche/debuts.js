// Beginnings of names: the build wrote the best known of each in small pages (search/tetes.py), read one letter ahead.

/**
 * @template T
 * @param {{ dossier?: string, tetes?: string }} description
 * @param {(fichier: string) => Promise<Record<string, any>>} lirePage
 * @param {(fichier: string) => Promise<T[]>} lireLignes
 * @param {(lignes: T[], texte: string) => T[]} parmi the rows of a list for a text, best first
 */
export function debuts({ dossier = "", tetes = "" }, lirePage, lireLignes, parmi) {
  /** @param {string} page */
  const fichierDe = (page) => `${dossier}t-${page.replaceAll(" ", "-")}.json`;

  /** What the next letter will need, once this one is shown. @param {string} page */
  function anticiper(page) {
    // A failure is met again, and said, when the page is needed.
    setTimeout(() => lireLignes(fichierDe(page)).catch(() => {}));
  }

  /** Names that begin so, best first; null when the pages do not tell. @param {string} texte @returns {Promise<T[] | null>} */
  return async function premieres(texte) {
    let page = texte.slice(0, 1);
    if (!page || !tetes.includes(page)) return null;
    for (;;) {
      const { debuts: rangs, suites } = await lirePage(fichierDe(page));
      const lignes = await lireLignes(fichierDe(page));
      if (Object.hasOwn(rangs, texte)) {
        if (suites.includes(texte)) anticiper(texte);
        return rangs[texte].map((/** @type {number} */ rang) => lignes[rang]);
      }
      /** @type {string | undefined} */
      const suite = suites.find((/** @type {string} */ s) => texte.startsWith(s));
      if (!suite) return trouverParmi(lignes, texte);
      page = suite;
    }
  };

  /** @param {T[]} lignes @param {string} texte */
  function trouverParmi(lignes, texte) {
    const trouvees = parmi(lignes, texte);
    // Several words may also stand apart, or in another order, which only the drawers know.
    return trouvees.length || !texte.includes(" ") ? trouvees : null;
  }
}
