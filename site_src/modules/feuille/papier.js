// How the sheets will lie on paper: measured, since what a place has to say may be long.

const MM = 96 / 25.4;
const LARGEUR_MM = 182; // A4 and the margins of `@page feuille`
const HAUTEUR_MM = 277;
const ENTRE_DEUX_MM = 8; // what separates two sheets of one page

/**
 * The number of pages of A4 that will be printed. Two sheets that do not hold on one page are set apart (`data-seule`).
 * @param {HTMLElement} boite of the sheets @param {boolean} serre two on a page
 */
export function mettreSurPapier(boite, serre) {
  const feuilles = /** @type {HTMLElement[]} */ ([...boite.querySelectorAll(".feuille-lieu:not(.a-l-ecran)")]);
  for (const feuille of feuilles) delete feuille.dataset["seule"];
  const hauteurs = commeImprimees(boite, () => feuilles.map(({ offsetHeight }) => offsetHeight / MM));
  let [pages, reste] = [0, 0];
  feuilles.forEach((feuille, rang) => {
    const hauteur = hauteurs[rang] ?? 0;
    const place = serre && rang > 0 && ENTRE_DEUX_MM + hauteur <= reste;
    pages += place ? 0 : 1;
    // No third one on a page.
    reste = place ? 0 : HAUTEUR_MM - hauteur;
    if (serre) feuille.dataset["seule"] = place ? "non" : "oui";
  });
  return pages;
}

/** What is measured while the rules of paper apply: nothing is painted meanwhile.
 * @template T @param {HTMLElement} boite @param {() => T} mesurer @returns {T} */
function commeImprimees(boite, mesurer) {
  const { style } = boite;
  const duPapier = [...document.styleSheets].flatMap(reglesDuPapier);
  const ecrire = (/** @type {string} */ media) => {
    for (const regle of duPapier) regle.media.mediaText = media;
  };
  const place = scrollY;
  ecrire("all");
  style.width = `${LARGEUR_MM}mm`;
  try {
    return mesurer();
  } finally {
    style.width = "";
    ecrire("print");
    scrollTo({ top: place, behavior: "instant" });
  }
}

/** Those that apply to paper alone, in whatever holds them. @param {CSSStyleSheet | CSSGroupingRule} dans @returns {CSSMediaRule[]} */
function reglesDuPapier(dans) {
  return [...dans.cssRules].flatMap((regle) => {
    if (regle instanceof CSSMediaRule && regle.media.mediaText === "print") return [regle];
    return regle instanceof CSSGroupingRule ? reglesDuPapier(regle) : [];
  });
}
