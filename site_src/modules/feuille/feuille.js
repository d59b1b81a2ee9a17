// The sheet to hand over: the places of the address become sheets of paper, printed by the browser.

import { chargerCalendriers } from "../commun/calendriers.js";
import { proposerPartage } from "../commun/partage.js";
import { lire, retenir, transporter } from "../commun/selection.js";
import { el } from "./elements.js";
import { FRANCAIS, chargerLangue, codeChoisi, retenirLangue } from "./langues.js";
import { mettreEnPage } from "./miseenpage.js";
import { mettreSurPapier } from "./papier.js";
import { lirePaquet } from "./paquets.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/direct.js").Calendriers} Calendriers */
/** @typedef {{ langue: import("./langues.js").Choisie, fr: import("./langues.js").Choisie, calendriers: Calendriers, fictif: boolean }} Cadre */

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-feuille]"));
if (page) {
  page.querySelector("[data-feuille-imprimer]")?.addEventListener("click", imprimer);
  transporter();
  choisirLaLangue(page);
  const refaire = () => composer(page);
  addEventListener("hashchange", refaire);
  await refaire();
}

/** The number of pages is promised for the letters of the site: they come first. */
async function imprimer() {
  // To measure for paper may ask for letters again.
  do await document.fonts.ready;
  while (document.fonts.status === "loading");
  print();
}

/** @param {HTMLElement} cadre */
function choisirLaLangue(cadre) {
  const choix = /** @type {HTMLSelectElement | null} */ (cadre.querySelector("[data-feuille-langue]"));
  choix?.addEventListener("change", () => retenirLangue(choix.value));
}

/** @param {HTMLElement} cadre */
async function composer(cadre) {
  const fragment = location.hash;
  const ids = lire(fragment);
  dire(cadre, "[data-feuille-etat]", ids.length ? textes.chargement : textes.vide);
  const decor = ids.length ? await decorer(cadre, codeChoisi(fragment)) : null;
  const feuilles = decor ? await Promise.all(ids.map((id) => feuille(id, cadre.dataset.racine ?? "", decor))) : [];
  if (location.hash !== fragment) return; // the choice changed meanwhile
  const nombre = feuilles.filter((une) => !une.classList.contains("a-l-ecran")).length;
  const boite = /** @type {HTMLElement} */ (cadre.querySelector("[data-feuille-lieux]"));
  // Two to four places share pages, two by two; one place, or another language, has the whole page.
  const serre = decor?.langue.code === FRANCAIS && nombre > 1;
  boite.classList.toggle("feuilles--plusieurs", serre);
  boite.classList.toggle("feuilles--traduites", Boolean(decor && decor.langue.code !== FRANCAIS));
  boite.replaceChildren(...feuilles);
  dire(cadre, "[data-feuille-etat]", !ids.length ? textes.vide : !decor ? textes.echecDuSite : nombre ? textes.pret : textes.rien);
  const compter = () => dire(cadre, "[data-feuille-pages]", textes.pages(nombre, mettreSurPapier(boite, serre)));
  cacher(cadre, "[data-feuille-commandes]", !nombre);
  cacher(cadre, "[data-feuille-choix]", !nombre);
  cacher(cadre, "[data-feuille-accueil]", ids.length > 0);
  if (decor) annoncerLaLangue(cadre, decor.langue);
  partager(cadre, nombre);
  if (!nombre) return;
  compter();
  // On a poor line the letters of the site come after the sheet, and change what holds on a page.
  await document.fonts.ready;
  if (location.hash === fragment) compter();
}

/** @param {HTMLElement} cadre @param {string} code @returns {Promise<Cadre | null>} null without network */
async function decorer({ dataset }, code) {
  const ou = { racine: dataset.racine ?? "", lettres: dataset.lettres ?? "" };
  try {
    const [fr, calendriers, langue] = await Promise.all([
      chargerLangue(FRANCAIS, ou),
      chargerCalendriers(ou.racine),
      code === FRANCAIS ? null : chargerLangue(code, ou).catch(() => null), // an unknown language: French
    ]);
    return { fr, langue: langue ?? fr, calendriers, fictif: "fictif" in dataset };
  } catch {
    return null; // no network: said by the page
  }
}

/** @param {HTMLElement} cadre @param {import("./langues.js").Choisie} langue */
function annoncerLaLangue(cadre, { code, mots }) {
  const choix = /** @type {HTMLSelectElement | null} */ (cadre.querySelector("[data-feuille-langue]"));
  if (choix) choix.value = code;
  const avis = cadre.querySelector("[data-feuille-avis]");
  if (avis instanceof HTMLElement) avis.hidden = !mots["nonRelue"];
}

/** @param {HTMLElement} cadre @param {number} combien */
function partager(cadre, combien) {
  const boite = /** @type {HTMLElement | null} */ (cadre.querySelector("[data-partage]"));
  if (!boite) return;
  boite.hidden = !combien;
  if (combien) proposerPartage(boite, { titre: textes.titrePartage(combien), adresse: location.href });
}

/** @param {string} id @param {string} racine @param {Cadre} decor @returns {Promise<HTMLElement>} */
async function feuille(id, racine, decor) {
  const dossier = `${racine}lieux/${id}/`;
  try {
    const lieu = (await lirePaquet(id, racine))[id];
    if (!lieu) return absente(id, "", textes.absente);
    const page = mettreEnPage(lieu, dossier, decor);
    page.append(boutons(id, dossier));
    return page;
  } catch {
    return absente(id, dossier, textes.echec); // no network: said, and the others are still printed
  }
}

/** Said on the screen, never printed. @param {string} id @param {string} dossier empty: no record to see @param {string} pourquoi */
function absente(id, dossier, pourquoi) {
  return el("article", { className: "feuille-lieu a-l-ecran" }, [el("p", {}, [`${pourquoi} (${id})`]), boutons(id, dossier)]);
}

/** @param {string} id @param {string} dossier */
function boutons(id, dossier) {
  const bouton = el("button", { type: "button", className: "bouton bouton--discret" }, [textes.retirer]);
  bouton.addEventListener("click", () => retenir(lire(location.hash).filter((autre) => autre !== id)));
  return el("p", { className: "feuille-lieu__boutons a-l-ecran", lang: "fr", dir: "ltr" }, [
    ...(dossier ? [el("a", { href: dossier }, [textes.voirFiche])] : []),
    bouton,
  ]);
}

/** @param {HTMLElement} cadre @param {string} ou @param {string} texte */
function dire(cadre, ou, texte) {
  const element = cadre.querySelector(ou);
  if (element) element.textContent = texte;
}

/** @param {HTMLElement} cadre @param {string} ou @param {boolean} cache */
function cacher(cadre, ou, cache) {
  const element = /** @type {HTMLElement | null} */ (cadre.querySelector(ou));
  if (element) element.hidden = cache;
}
