// The map page: shows the interactive map once it works; until then, and without script, the drawn one stays.

import { un } from "../commun/elements.js";
import { habiller } from "./commandes.js";
import { lireJson, suivre } from "./contours.js";
import { choisie, retenir, retrouver } from "./famille.js";
import { carteNommee } from "./leaflet.js";
import { semer } from "./lieux.js";
import { textes } from "./textes.js";

/** @typedef {import("./contours.js").Ensemble} Ensemble */
/** @typedef {[number, number, number, number]} Cadre  west, south, east, north */

/** @param {HTMLElement} section */
async function demarrer(section) {
  const racine = section.dataset.racine ?? "";
  const [contours, base] = [`${racine}donnees/cartes/`, `${racine}donnees/recherche/`];
  const filtre = /** @type {HTMLFieldSetElement} */ (section.querySelector("[data-carte-filtre]"));
  const carte = carteNommee("lieux");
  /** @type {[Ensemble, import("../commun/types.js").Index]} */
  const [ensemble, index] = await Promise.all([lireJson(`${contours}index.json`), lireJson(`${base}index.json`)]);

  // Before anything is drawn: what is drawn for one view is drawn again for the next.
  montrer(section, carte);
  const dire = annonceur(section, filtre);
  const fonds = suivre(carte, ensemble, contours, (manque) => dire({ fonds: manque }));
  const lieux = semer(carte, { index, amas: ensemble.lieux }, { base, racine, dire: (manque) => dire({ lieux: manque }) });
  const choisir = () => {
    lieux.filtrer(choisie(filtre).value);
    dire({});
  };

  retrouver(filtre);
  habiller(carte, textes.carte);
  proposerDAller(section, carte, ensemble);
  choisir();
  filtre.addEventListener("change", () => {
    choisir();
    retenir(filtre);
  });
  const completer = () => {
    lieux.completer();
    fonds();
  };
  carte.on("moveend", completer);
  completer();
}

/** Puts the map in its place, on the whole perimeter: its size is known only now. @param {HTMLElement} section
 * @param {import("leaflet").Map} carte */
function montrer(section, carte) {
  section.querySelector(".carte-cadre")?.classList.add("carte--prete");
  carte.invalidateSize({ animate: false });
  cadrer(carte, /** @type {Cadre} */ ((section.dataset.cadre ?? "").split(",").map(Number)));
}

/** @param {import("leaflet").Map} carte @param {Cadre} cadre */
const cadrer = (carte, [ouest, sud, est, nord]) =>
  carte.fitBounds([[sud, ouest], [nord, est]], { animate: false, padding: [8, 8] });

/** A list that leads to each département, when there are several. @param {HTMLElement} section
 * @param {import("leaflet").Map} carte @param {Ensemble} ensemble */
function proposerDAller(section, carte, { departements }) {
  if (departements.length < 2) return;
  const bloc = /** @type {HTMLElement} */ (section.querySelector("[data-carte-aller]"));
  const liste = /** @type {HTMLSelectElement} */ (bloc.querySelector("select"));
  const noms = departements.map(({ nom, cadre }) => new Option(nom, cadre.join(",")));
  liste.append(...noms.sort((a, b) => a.text.localeCompare(b.text, "fr")));
  liste.addEventListener("change", () => cadrer(carte, /** @type {Cadre} */ (liste.value.split(",").map(Number))));
  bloc.hidden = false;
}

/**
 * Says what the build counted for the chosen family, and what could not be loaded.
 * @param {HTMLElement} section @param {HTMLFieldSetElement} filtre
 */
function annonceur(section, filtre) {
  /** @type {Record<string, boolean>} */
  const manques = {};
  return (/** @type {Record<string, boolean>} */ nouveaux) => {
    Object.assign(manques, nouveaux);
    ecrire(section, "[data-carte-manque]", Object.values(manques).some(Boolean) ? textes.partielle : "");
    ecrire(section, "[data-carte-etat]", choisie(filtre).dataset.phrase ?? "");
  };
}

/** What has not changed is not said again. @param {HTMLElement} section @param {string} ou @param {string} texte */
function ecrire(section, ou, texte) {
  const element = un(section, ou);
  if (element.textContent !== texte) element.textContent = texte;
}

const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-carte]"));
if (section) {
  demarrer(section).catch((erreur) => {
    section.querySelector(".carte-cadre")?.classList.remove("carte--prete");
    ecrire(section, "[data-carte-manque]", textes.echec);
    throw erreur;
  });
}
