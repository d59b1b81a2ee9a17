// The interactive map of a report: folium's script, Leaflet and the data are loaded only when the reader asks.

import { habiller } from "../carte/commandes.js";
import { dessiner, dessinerAutour, lireJson } from "../carte/contours.js";
import { carteNommee } from "../carte/leaflet.js";
import { textes } from "../carte/textes.js";
import { feuille, script } from "../commun/charger.js";

/**
 * @typedef {{ cle: string, libelle: string, nombre: number }} Classe
 * @typedef {{ cle: string, titre: string, classes: Classe[], communes: Record<string, [string, string]> }} Theme
 */

/** A failed load says so and may be tried again. @param {HTMLElement} bloc @param {HTMLButtonElement} bouton */
export async function ouvrir(bloc, bouton) {
  const etat = un(bloc, "[data-carte-etat]");
  etat.textContent = textes.chargement;
  un(bloc, "[data-carte-contenu]").hidden = false;
  try {
    await charger(bloc);
    etat.textContent = "";
    bouton.hidden = true;
    un(bloc, "[data-carte-theme]").focus();
  } catch (erreur) {
    etat.textContent = textes.echec;
    bouton.disabled = false;
    throw erreur;
  }
}

/** @param {HTMLElement} bloc */
async function charger(bloc) {
  const racine = bloc.dataset.racine ?? "";
  const departement = bloc.dataset.departement ?? "";
  const bibliotheque = new URL("../vendor/leaflet/", import.meta.url).href;
  await Promise.all([feuille(`${bibliotheque}leaflet.css`), feuille("carte.css"), script(`${bibliotheque}leaflet.js`)]);
  await script("carte.js");
  const [ensemble, contours, themes] = await Promise.all([
    lireJson(`${racine}donnees/cartes/index.json`),
    lireJson(`${racine}donnees/cartes/${departement}.json`),
    /** @type {Promise<Theme[]>} */ (lireJson("carte.json")),
  ]);
  const carte = carteNommee("rapport");
  habiller(carte, textes.carteRapport);
  dessinerAutour(carte, ensemble, departement);
  const communes = dessiner(carte, contours, () => "");
  const choix = /** @type {HTMLSelectElement} */ (un(bloc, "[data-carte-theme]"));
  choix.replaceChildren(...themes.map((theme) => new Option(theme.titre, theme.cle)));
  const montrer = () => {
    const theme = themes.find((t) => t.cle === choix.value) ?? themes[0];
    if (theme) colorer(communes, theme, un(bloc, "[data-carte-legende]"));
  };
  choix.addEventListener("change", montrer);
  montrer();
}

/** @param {import("leaflet").GeoJSON} communes @param {Theme} theme @param {HTMLElement} legende */
function colorer(communes, theme, legende) {
  communes.eachLayer((calque) => {
    const trace = /** @type {any} */ (calque);
    const [classe = "inconnu", mots = textes.inconnu] = theme.communes[trace.feature.properties.code] ?? [];
    const element = /** @type {SVGPathElement} */ (trace.getElement());
    element.classList.remove("n0", "n1", "n2", "n3", "n4", "inconnu");
    element.classList.add(classe);
    const texte = document.createElement("span");
    texte.textContent = mots;
    trace.unbindPopup();
    trace.bindPopup(texte);
  });
  legende.replaceChildren(...theme.classes.map(entree));
}

/** @param {Classe} classe */
function entree({ cle, libelle, nombre }) {
  const SVG = "http://www.w3.org/2000/svg";
  const image = document.createElementNS(SVG, "svg");
  image.setAttribute("viewBox", "0 0 24 16");
  image.setAttribute("class", "legende__cle");
  image.setAttribute("aria-hidden", "true");
  const carre = document.createElementNS(SVG, "rect");
  for (const [nom, valeur] of Object.entries({ class: `commune ${cle}`, x: "1", y: "1", width: "22", height: "14" })) {
    carre.setAttribute(nom, valeur);
  }
  image.append(carre);
  const element = document.createElement("li");
  element.append(image, `${libelle} (${textes.communes(nombre)})`);
  return element;
}

/** @param {HTMLElement} bloc @param {string} selecteur */
function un(bloc, selecteur) {
  const element = /** @type {HTMLElement | null} */ (bloc.querySelector(selecteur));
  if (!element) throw new Error(`${selecteur} : absent`);
  return element;
}
