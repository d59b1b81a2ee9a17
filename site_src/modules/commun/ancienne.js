// The page that a host serves for an unknown address sends on those that were published once, then moved.

const FEUILLE_PDF = /^lieux\/([0-9][0-9AB][0-9]?\/[a-z0-9]+(?:-[a-z0-9]+)*)\/feuille\.pdf$/;

// A commune's page, in the one folder or in its département's: a site that grows changes from the former to the latter.
const COMMUNE = /^communes\/(?:[0-9AB]{2,3}\/)?(([0-9]{2}|2[AB])[0-9]{3})\/?$/;

const boite = /** @type {HTMLElement | null} */ (document.querySelector("[data-ancienne]"));
const racine = new URL(boite?.dataset["ancienne"] ?? "", location.href);
const ancienne = location.pathname.startsWith(racine.pathname) ? location.pathname.slice(racine.pathname.length) : "";
const feuille = FEUILLE_PDF.exec(ancienne);
const commune = COMMUNE.exec(ancienne);
if (feuille) aller(`${racine.pathname}feuille/#feuille=${feuille[1]}`);
else if (commune) void adresseDe(commune[1] ?? "", commune[2] ?? "").then(aller);

/** @param {string} adresse  empty: nothing was there */
function aller(adresse) {
  const lien = boite?.querySelector("a");
  if (!boite || !lien || !adresse) return;
  lien.href = adresse;
  boite.hidden = false;
  location.replace(lien.href);
}

/**
 * The address of a commune's answers, as the list of its département gives it; that list is the whole site's when there is
 * only one. @param {string} code @param {string} departement
 */
async function adresseDe(code, departement) {
  const outreMer = code.slice(0, 3);
  for (const liste of [`lieux/${/^9[78]/.test(code) ? outreMer : departement}/`, "lieux/"]) {
    const adresse = new URL(liste, racine);
    const reponse = await fetch(adresse);
    const page = new DOMParser().parseFromString(reponse.ok ? await reponse.text() : "", "text/html");
    const lien = page.querySelector(`a[href*="communes/"]:is([href$="/${code}/"], [href$="#c${code}"])`)?.getAttribute("href");
    if (lien && new URL(lien, adresse).href !== location.href) return new URL(lien, adresse).href;
  }
  return "";
}
