// The sheet to hand over: the places of the address become sheets of paper, printed by the browser.

import { chargerCalendriers } from "../commun/calendriers.js";
import { prochainesDates } from "./ouvertures.js";
import { textes } from "./textes.js";
import { dateLongue, lier } from "../fiche/textes.js";
import { lire, retenir, transporter } from "../commun/selection.js";

/** @typedef {import("../commun/direct.js").Direct} Direct */
/** @typedef {import("../commun/direct.js").Calendriers} Calendriers */
/** @typedef {{ nom: string, services: string[], adresse: string[], telephone: string, situation: string[],
 *   apporter: string[], plan: boolean, alt_plan: string, direct: Direct | null }} Lieu  written by `publish.feuille` */

const PAR_PAGE = 2; // two to four places share pages, two by two; one place has the whole page
const JOUR_MS = 86_400_000;

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-feuille]"));
if (page) {
  const racine = page.dataset.racine ?? "";
  page.querySelector("[data-feuille-imprimer]")?.addEventListener("click", imprimer);
  transporter();
  const refaire = () => composer(page, racine);
  addEventListener("hashchange", refaire);
  await refaire();
}

/** The number of pages is promised for the letters of the site: they come first. */
async function imprimer() {
  await document.fonts.ready;
  print();
}

/** @param {HTMLElement} cadre @param {string} racine */
async function composer(cadre, racine) {
  const ids = lire(location.hash);
  dire(cadre, "[data-feuille-etat]", ids.length ? textes.chargement : textes.vide);
  const calendriers = chargerCalendriers(racine);
  const feuilles = await Promise.all(ids.map((id) => feuille(id, racine, calendriers, cadre.dataset)));
  if (lire(location.hash).join() !== ids.join()) return; // the choice changed meanwhile
  const pages = ids.length > 1 ? Math.ceil(ids.length / PAR_PAGE) : ids.length;
  const boite = cadre.querySelector("[data-feuille-lieux]");
  boite?.classList.toggle("feuilles--plusieurs", ids.length > 1);
  boite?.replaceChildren(...feuilles);
  dire(cadre, "[data-feuille-etat]", ids.length ? textes.pret : textes.vide);
  dire(cadre, "[data-feuille-pages]", textes.pages(ids.length, pages));
  cacher(cadre, "[data-feuille-commandes]", !ids.length);
  cacher(cadre, "[data-feuille-accueil]", ids.length > 0);
}

/**
 * @param {string} id @param {string} racine @param {Promise<Calendriers>} calendriers @param {DOMStringMap} options
 * @returns {Promise<HTMLElement>}
 */
async function feuille(id, racine, calendriers, options) {
  const dossier = `${racine}lieux/${id}/`;
  try {
    const reponse = await fetch(`${dossier}feuille.json`);
    if (reponse.ok) return mettreEnPage(id, dossier, await reponse.json(), await calendriers, options);
    await reponse.body?.cancel();
    return absente(id, dossier, textes.absente);
  } catch {
    return absente(id, dossier, textes.echec); // no network: said, and the others are still printed
  }
}

/** @param {string} id @param {string} dossier @param {string} pourquoi */
function absente(id, dossier, pourquoi) {
  return el("article", { className: "feuille-lieu" }, [el("p", {}, [`${pourquoi} (${id})`]), boutons(id, dossier)]);
}

/** @param {string} id @param {string} dossier @param {Lieu} lieu @param {Calendriers} calendriers
 * @param {DOMStringMap} options */
function mettreEnPage(id, dossier, lieu, calendriers, options) {
  const { titre, lignes } = prochainesDates(lieu.direct, Date.now(), calendriers);
  const maintenant = new Date();
  const jour = Date.UTC(maintenant.getFullYear(), maintenant.getMonth(), maintenant.getDate()) / JOUR_MS;
  return el("article", { className: "feuille-lieu" }, [
    el("h2", { className: "feuille-lieu__nom" }, [lieu.nom]),
    el("p", { className: "feuille-lieu__services" }, [lieu.services.join(" · ")]),
    el("h3", {}, [titre]),
    liste(lignes, "feuille-lieu__dates"),
    el("div", { className: "feuille-lieu__corps" }, [
      el("div", {}, [
        ...(lieu.telephone ? [el("h3", {}, [textes.telephone]), el("p", { className: "feuille-lieu__tel" }, [lieu.telephone])] : []),
        ...(lieu.adresse.length ? [el("h3", {}, [textes.adresse]), adresse(lieu.adresse)] : []),
        ...lieu.situation.map((phrase) => el("p", {}, [phrase])),
      ]),
      ...(lieu.plan ? [image(`${dossier}plan.svg`, lieu.alt_plan, 400, 300, "feuille-lieu__plan")] : []),
      el("p", { className: "feuille-lieu__code" }, [image(`${dossier}qr.svg`, textes.codeAlt, 140, 140), textes.code]),
    ]),
    el("div", { className: "feuille-lieu__apporter" }, [el("h3", {}, [textes.aApporter]), liste(lieu.apporter)]),
    el("div", { className: "feuille-lieu__notes" }, [el("h3", {}, [textes.notes]), el("p", {}), el("p", {})]),
    el("p", { className: "feuille-lieu__edition" }, [
      ...("fictif" in options ? [el("strong", {}, [textes.fictif]), " "] : []),
      textes.edition(dateLongue(jour), lier(options.jour ?? "")),
    ]),
    boutons(id, dossier),
  ]);
}

/** @param {string} id @param {string} dossier */
function boutons(id, dossier) {
  const bouton = el("button", { type: "button", className: "bouton bouton--discret" }, [textes.retirer]);
  bouton.addEventListener("click", () => retenir(lire(location.hash).filter((autre) => autre !== id)));
  return el("p", { className: "feuille-lieu__boutons a-l-ecran" }, [
    el("a", { href: dossier }, [textes.voirFiche]),
    el("a", { href: `${dossier}feuille.pdf` }, [textes.pdf]),
    bouton,
  ]);
}

/** @param {string[]} lignes */
function adresse(lignes) {
  return el("address", {}, lignes.flatMap((ligne, rang) => (rang ? [document.createElement("br"), ligne] : [ligne])));
}

/** @param {string[]} lignes */
function liste(lignes, className = "") {
  return el("ul", { className }, lignes.map((ligne) => el("li", {}, [ligne])));
}

/** @param {string} src @param {string} alt @param {number} width @param {number} height */
function image(src, alt, width, height, className = "") {
  return el("img", { src, alt, width, height, className });
}

/**
 * An element whose children are elements or plain texts: nothing is ever read as HTML.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} nom @param {Partial<HTMLElementTagNameMap[T]>} attributs @param {(Node | string)[]} [enfants]
 * @returns {HTMLElementTagNameMap[T]}
 */
function el(nom, attributs, enfants = []) {
  const element = Object.assign(document.createElement(nom), attributs);
  element.append(...enfants);
  return element;
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
