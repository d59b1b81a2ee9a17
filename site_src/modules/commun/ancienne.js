// The page that a host serves for an unknown address sends on those that were published once, then moved.

const FEUILLE_PDF = /^lieux\/([0-9][0-9AB][0-9]?\/[a-z0-9]+(?:-[a-z0-9]+)*)\/feuille\.pdf$/;

const boite = /** @type {HTMLElement | null} */ (document.querySelector("[data-ancienne]"));
const racine = new URL(boite?.dataset["ancienne"] ?? "", location.href);
const suite = location.pathname.startsWith(racine.pathname) ? nouvelle(location.pathname.slice(racine.pathname.length)) : "";
const lien = boite?.querySelector("a");
if (boite && lien && suite) {
  lien.href = racine.pathname + suite;
  boite.hidden = false;
  location.replace(lien.href);
}

/** The present address of what was at a site-relative path; empty when nothing was. @param {string} chemin */
function nouvelle(chemin) {
  const feuille = FEUILLE_PDF.exec(chemin);
  return feuille ? `feuille/#feuille=${feuille[1]}` : "";
}
