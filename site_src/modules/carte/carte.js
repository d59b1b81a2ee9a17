// The map page: shows the interactive map once it works; until then, and without script, the drawn one stays.

import { habiller } from "./commandes.js";
import { suivre } from "./contours.js";
import { carteNommee } from "./leaflet.js";
import { placer } from "./lieux.js";
import { textes } from "./textes.js";

/** @param {HTMLElement} section */
async function demarrer(section) {
  const racine = section.dataset.racine ?? "";
  const etat = /** @type {HTMLElement} */ (section.querySelector("[data-carte-etat]"));
  const filtre = /** @type {HTMLFieldSetElement} */ (section.querySelector("[data-carte-filtre]"));
  try {
    const carte = carteNommee("lieux");
    const completerFond = await suivre(carte, `${racine}donnees/cartes/`);
    const lieux = await placer(carte, `${racine}donnees/recherche/`, racine);
    const masques = new Map(lieux.familles.map((famille) => [famille.cle, famille.masque]));
    const voulu = () => masques.get(choix(filtre)) ?? 0;
    const dire = () => {
      for (const nombre of /** @type {NodeListOf<HTMLElement>} */ (filtre.querySelectorAll("[data-nombre]"))) {
        nombre.textContent = `(${lieux.compter(masques.get(nombre.dataset.nombre ?? "") ?? 0).poses})`;
      }
      const { poses, absents } = lieux.compter(voulu());
      etat.textContent = textes.etat(poses, absents);
    };
    const completer = async () => {
      await completerFond();
      if (await lieux.completer()) lieux.montrer();
      dire();
    };
    retrouver(filtre);
    await completer();
    lieux.filtrer(voulu());
    filtre.addEventListener("change", () => {
      lieux.filtrer(voulu());
      dire();
      memoriser(filtre);
    });
    carte.on("moveend", () => completer().catch(() => (etat.textContent = textes.echec)));
    habiller(carte, textes.carte);
    const cadre = carte.getBounds();
    section.querySelector(".carte-cadre")?.classList.add("carte--prete");
    filtre.hidden = false;
    carte.invalidateSize();
    carte.fitBounds(cadre, { animate: false });
  } catch (erreur) {
    etat.textContent = textes.echec;
    throw erreur;
  }
}

/** The chosen family, empty for all. @param {HTMLFieldSetElement} filtre */
const choix = (filtre) =>
  /** @type {HTMLInputElement | null} */ (filtre.querySelector("input:checked"))?.value ?? "";

/** The choice of the address, so that a filtered map can be shared. @param {HTMLFieldSetElement} filtre */
function retrouver(filtre) {
  const voulue = new URLSearchParams(location.search).get("famille");
  for (const bouton of filtre.querySelectorAll("input")) bouton.checked = bouton.value === (voulue ?? "");
  if (!filtre.querySelector("input:checked")) /** @type {HTMLInputElement} */ (filtre.querySelector("input")).checked = true;
}

/** @param {HTMLFieldSetElement} filtre */
function memoriser(filtre) {
  const famille = choix(filtre);
  history.replaceState(null, "", famille ? `?famille=${encodeURIComponent(famille)}` : location.pathname);
}

const section = /** @type {HTMLElement | null} */ (document.querySelector("[data-carte]"));
if (section) demarrer(section);
