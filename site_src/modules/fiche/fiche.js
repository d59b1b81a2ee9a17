// A fiche: what changes with time is said by script, for today, from the hours that the page carries.

import { chargerCalendriers } from "../commun/calendriers.js";
import { horairesDe, passagesDe, passagesDeTous } from "../commun/direct.js";
import { proposerPartage } from "../commun/partage.js";
import { exceptions } from "./exceptions.js";
import { dateCourte, heures, textes } from "./textes.js";
import { proposerFeuille } from "./selection.js";
import { A_VERIFIER, direMoment, lierHeures, ouverturesSures } from "../horaires/phrases.js";
import { lireHoraires } from "../horaires/regles.js";

/** @typedef {import("../horaires/types.js").Calendrier} Calendrier */
/** @typedef {import("../horaires/types.js").Horaires} Horaires */
/** @typedef {import("../commun/direct.js").Direct} Direct */
/** @typedef {import("../commun/direct.js").Calendriers} Calendriers */

const RAFRAICHIR_MS = 30_000;
const PASSAGES = 2;

const fiche = /** @type {HTMLElement | null} */ (document.querySelector("[data-fiche]"));
if (fiche) {
  proposerFeuille(fiche);
  partager(fiche);
  deplierPourImprimer();
  direSonAge(fiche);
  if (fiche.dataset.direct) await animer(fiche, JSON.parse(fiche.dataset.direct));
}

/** @param {HTMLElement} page @param {Direct} direct */
async function animer(page, direct) {
  if (!direct.departement) return;
  const calendriers = await chargerCalendriers(page.dataset.racine ?? "").catch(() => null);
  if (calendriers) suivre(page, direct, direct.departement, calendriers);
  // Without network, the hours that are written stay true.
}

/** @param {HTMLElement} page @param {Direct} direct @param {string} departement @param {Calendriers} calendriers */
function suivre(page, direct, departement, calendriers) {
  const calendrier = calendriers(departement, direct.commune);
  const horaires = horairesDe(direct);
  let jourDit = NaN;

  function dire() {
    const instant = Date.now();
    const dit = horaires
      ? direMoment(horaires, instant, calendrier)
      : { etat: "", phrase: phraseTournee(direct, instant, calendriers) };
    ecrire(page.querySelector("[data-etat]"), lierHeures(dit.phrase));
    page.dataset.present = dit.etat;
    direPermanences(page, direct, instant, calendrier);
    direArrets(page, direct, instant, calendriers);
    const { jour } = calendrier.fuseau.local(instant);
    if (jour === jourDit) return;
    jourDit = jour;
    if (horaires) direExceptions(page, exceptions(horaires, calendrier, jour));
  }
  dire();
  setInterval(dire, RAFRAICHIR_MS);
  document.addEventListener("visibilitychange", dire);
}

/** @param {boolean} aVerifier */
function doute(aVerifier) {
  return aVerifier ? ` ${A_VERIFIER}` : "";
}

/** The next call of a service that has no hours of its own; empty when none is sure.
 * @param {Direct} direct @param {number} instant @param {Calendriers} calendriers */
function phraseTournee(direct, instant, calendriers) {
  const [prochain] = passagesDeTous(direct, instant, calendriers, 1);
  if (!prochain) return "";
  const { jour, plages, ou, aVerifier } = prochain;
  const quand = [dateCourte(jour), heures(plages), ou].filter(Boolean).join(", ");
  return `${textes.prochainPassage} ${quand}${doute(aVerifier)}`;
}

/** @param {HTMLElement} page @param {Direct} direct @param {number} instant @param {Calendrier} calendrier */
function direPermanences(page, direct, instant, calendrier) {
  (direct.permanences ?? []).forEach((regles, rang) => {
    const horaires = lireHoraires(regles, direct.fermetures);
    const [prochaine] = ouverturesSures(horaires, instant, calendrier, 1).sures;
    const { fuseau } = calendrier;
    const [debut, fin] = [prochaine?.debut, prochaine?.fin].map((t) => (t === undefined ? null : fuseau.local(t)));
    const quand = debut && fin ? `${dateCourte(debut.jour)}, ${heures([[debut.minute, fin.minute || 1440]])}` : "";
    ecrire(page.querySelector(`[data-permanence="${rang}"]`), quand && `${textes.prochainePermanence} ${quand}`);
  });
}

/** @param {HTMLElement} page @param {Direct} direct @param {number} instant @param {Calendriers} calendriers */
function direArrets(page, direct, instant, calendriers) {
  (direct.arrets ?? []).forEach((arret, rang) => {
    const case_ = page.querySelector(`[data-arret="${rang}"] [data-prochain]`);
    const passages = passagesDe(arret, direct.fermetures, instant, calendriers, PASSAGES);
    // No sure date: the page keeps what it said at its publication, unless that day is past.
    if (!passages.length) return ecrire(case_, "");
    const titre = passages.length > 1 ? textes.prochainsPassages : textes.prochainPassage;
    ecrire(case_, `${titre} ${passages.map(({ jour, aVerifier }) => dateCourte(jour) + doute(aVerifier)).join(", ")}`);
  });
}

/** @param {HTMLElement} page @param {{ quand: string, texte: string }[]} lignes */
function direExceptions(page, lignes) {
  const boite = page.querySelector("[data-exceptions]");
  if (!boite) return;
  const titre = document.createElement("h3");
  titre.textContent = textes.exceptions;
  const liste = document.createElement("ul");
  for (const { quand, texte } of lignes) {
    const point = document.createElement("li");
    const jour = document.createElement("strong");
    jour.textContent = quand;
    point.append(jour, " : ", texte);
    liste.append(point);
  }
  const rien = document.createElement("p");
  rien.className = "discret";
  rien.textContent = textes.rienDeParticulier;
  boite.replaceChildren(...(lignes.length ? [titre, liste] : [rien]));
}

/** A live region speaks when its text changes: the same text is not written again.
 * @param {Element | null} element @param {string} texte */
function ecrire(element, texte) {
  if (element && element.textContent !== texte) element.textContent = texte;
}

/** A record ages after its publication: the page knows its last fresh day. @param {HTMLElement} page */
function direSonAge(page) {
  const { frais, aJour = "" } = page.dataset;
  if (!frais || new Date().toISOString().slice(0, 10) <= frais) return;
  const avis = document.createElement("p");
  const fort = document.createElement("strong");
  fort.textContent = "verifiee" in page.dataset ? textes.ancienne(aJour) : textes.datee(aJour);
  avis.className = "avis";
  avis.append(fort, " ", page.querySelector('.actions a[href^="tel:"]') ? textes.appelez : textes.renseignezVous);
  page.querySelector("[data-etat]")?.after(avis);
}

/** @param {HTMLElement} page */
function partager(page) {
  const boite = /** @type {HTMLElement | null} */ (page.querySelector("[data-partage]"));
  const { partage: titre = "", partageTel } = boite?.dataset ?? {};
  // The choice of places that the address carries is the visitor's own.
  const { origin, pathname } = location;
  if (boite) proposerPartage(boite, { titre, adresse: origin + pathname, lignes: partageTel ? [partageTel] : [] });
}

/** Paper unfolds nothing by itself. */
function deplierPourImprimer() {
  /** @type {Set<HTMLDetailsElement>} */
  const ouverts = new Set();
  addEventListener("beforeprint", () => {
    for (const repli of document.querySelectorAll("details")) {
      if (!repli.open) ouverts.add(repli);
      repli.open = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const repli of ouverts) repli.open = false;
    ouverts.clear();
  });
}
