// « Ajouter à la feuille »: the choice lives in the address, so it follows the visitor from page to page.

import { textes } from "./textes.js";
import { basculer, ecrire, lire, retenir, transporter } from "../commun/selection.js";

/** Show the button and keep it true to the address. @param {HTMLElement} fiche carries `data-fiche`, the place's id */
export function proposerFeuille(fiche) {
  const id = fiche.dataset.fiche ?? "";
  const bouton = /** @type {HTMLButtonElement | null} */ (fiche.querySelector("[data-selection-bouton]"));
  const voir = /** @type {HTMLElement | null} */ (fiche.querySelector("[data-selection-voir]"));
  const lien = voir?.querySelector("a");
  const etat = fiche.querySelector("[data-selection-etat]");
  const boite = /** @type {HTMLElement | null} */ (fiche.querySelector("[data-selection]"));
  if (!bouton || !voir || !lien || !etat || !boite) return;

  function montrer() {
    const ids = lire(location.hash);
    bouton && (bouton.textContent = ids.includes(id) ? textes.retirer : textes.ajouter);
    voir && (voir.hidden = !ids.length);
    lien && (lien.hash = ecrire(ids, ""));
    etat && (etat.textContent = textes.choisis(ids.length));
  }
  boite.hidden = false;
  bouton.addEventListener("click", () => {
    const avant = lire(location.hash);
    const apres = basculer(avant, id);
    retenir(apres);
    if (apres === avant) etat.textContent = textes.feuillePleine;
  });
  addEventListener("hashchange", montrer);
  montrer();
  transporter();
}
