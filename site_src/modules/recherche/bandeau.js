// The strip that says how many places were chosen for the sheet, and leads to it.

import { el } from "../commun/elements.js";
import { MAX, ecrire, lire, transporter } from "../commun/selection.js";
import { textes } from "./textes.js";

/** @param {HTMLElement} bandeau @param {string} racine path to the site's root */
export function feuille(bandeau, racine) {
  const lien = el("a", "bouton");
  const message = el("p", "discret");
  bandeau.append(lien, message);

  function montrer() {
    const ids = lire(location.hash);
    bandeau.hidden = !ids.length;
    lien.href = `${racine}feuille/${ecrire(ids, "")}`;
    lien.textContent = textes.feuille(ids.length);
    message.textContent = ids.length === MAX ? textes.feuillePleine : "";
  }

  for (const nom of ["hashchange", "popstate"]) addEventListener(nom, montrer);
  transporter();
  montrer();
}
