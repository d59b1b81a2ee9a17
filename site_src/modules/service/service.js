// What is not needed to read the page: the site's letters where they were put off, the service worker, and the notice that the
// page comes from what the device kept.

import { boutonGarder } from "./garder.js";

// Bundled, this module is served from assets/<version>/modules/.
const racine = new URL("../../../", import.meta.url);
// The first results come before what will be needed without network.
const REPIT = 1500;
const PATIENCE = 30_000;
const RETOUR = "La connexion est revenue : rechargez la page pour lire les informations les plus récentes.";

/** A slow line is not an absent one: the gravest of the two is said. @param {"lent" | "horsLigne" | "nouvelle"} quoi */
function montrer(quoi) {
  const avis = (/** @type {string} */ nom) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-${nom}]`));
  const [horsLigne, lent, nouvelle] = [avis("hors-ligne"), avis("reseau-lent"), avis("nouvelle-publication")];
  if (horsLigne && quoi === "horsLigne") horsLigne.hidden = false;
  if (nouvelle && quoi === "nouvelle") nouvelle.hidden = false;
  if (lent && quoi !== "nouvelle") lent.hidden = !horsLigne?.hidden;
}

/** The line is back: what is read came from the device all the same, and the page may be loaded again. */
function revenir() {
  const avis = document.querySelector("[data-hors-ligne]");
  if (!(avis instanceof HTMLElement) || avis.hidden) return;
  const dit = avis.textContent;
  avis.textContent = RETOUR;
  addEventListener("offline", () => (avis.textContent = dit), { once: true });
}

if (!navigator.onLine) montrer("horsLigne");
addEventListener("offline", () => montrer("horsLigne"));
addEventListener("online", revenir);

// The worker has them already: nothing to wait for.
if (navigator.serviceWorker?.controller) habiller();
if (document.readyState === "complete") attendre();
else addEventListener("load", attendre);

if ("serviceWorker" in navigator) {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type === "nouvelle") montrer("nouvelle");
    if (data.type === "garde" && (data.garde === "lent" || data.garde === "horsLigne")) montrer(data.garde);
  });
  for (const bloc of document.querySelectorAll("[data-garder]")) boutonGarder(/** @type {HTMLElement} */ (bloc), serviceWorker);
}

function attendre() {
  const occupe = chercheEncore();
  setTimeout(() => (occupe || chercheEncore() ? attendre() : continuer()), REPIT);
}

function continuer() {
  habiller();
  if ("serviceWorker" in navigator) inscrire(navigator.serviceWorker);
}

/** The letters of the site, on a page that put them off. */
function habiller() {
  const feuille = document.querySelector("link[data-polices]");
  if (feuille instanceof HTMLLinkElement) feuille.media = "all";
}

/** Whether a search is under way, with nothing to read yet: on a slow device it may take longer than the respite. */
function chercheEncore() {
  const bloc = document.querySelector("[data-recherche]");
  if (!bloc || bloc.querySelector("[data-resultats] li") || performance.now() > PATIENCE) return false;
  return location.search !== "" || Boolean(bloc.querySelector("input")?.value);
}

/** @param {ServiceWorkerContainer} serviceWorker */
async function inscrire(serviceWorker) {
  try {
    await serviceWorker.register(new URL("service.js", racine), { scope: racine.pathname, updateViaCache: "none" });
    const { active } = await serviceWorker.ready;
    // What was loaded before the worker was there counts as opened too.
    active?.postMessage({ type: "ouvert", chemins: chemins() });
  } catch (erreur) {
    console.info("Ce site ne peut pas être gardé hors connexion sur cet appareil.", erreur);
  }
}

/** Site-relative paths of this page and of the data it loaded. */
function chemins() {
  const adresses = [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];
  return adresses
    .filter((adresse) => adresse.startsWith(racine.href))
    .map((adresse) => adresse.slice(racine.href.length).replace(/[?#].*$/, ""));
}
