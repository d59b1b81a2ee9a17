// What a place says when its point is chosen.

import { telephoneLisible } from "../commun/telephone.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Point} Point */

/** Texts come from records: they only ever enter the page as text. @param {Point} point @param {string} racine */
export function bulle(point, racine) {
  const contenu = document.createElement("div");
  const lien = document.createElement("a");
  lien.href = `${racine}lieux/${point.id.split("/").map(encodeURIComponent).join("/")}/`;
  lien.append(isole(point.nom));
  const titre = document.createElement("strong");
  titre.append(lien);
  contenu.append(ligne(titre));
  if (point.sansAccueil) contenu.append(ligne(document.createTextNode(textes.sansAccueil)));
  const arret = point.arret && `Arrêt : ${point.arret}`;
  for (const texte of [point.genre, [arret, point.adresse, point.commune].filter(Boolean).join(", ")]) {
    if (texte) contenu.append(ligne(isole(texte)));
  }
  if (point.approche) contenu.append(ligne(document.createTextNode(textes.approche)));
  contenu.append(ligne(isole(point.horaires || textes.sansHoraires)));
  if (point.telephone) contenu.append(ligne(appel(point.telephone)));
  return contenu;
}

/** @param {string} texte */
function isole(texte) {
  const element = document.createElement("bdi");
  element.textContent = texte;
  return element;
}

/** @param {Node} contenu */
function ligne(contenu) {
  const p = document.createElement("p");
  p.append(contenu);
  return p;
}

/** @param {string} numero what the telephone dials, checked by the build */
function appel(numero) {
  const lien = document.createElement("a");
  lien.href = `tel:${numero}`;
  lien.textContent = `${textes.appeler} ${telephoneLisible(numero)}`;
  return lien;
}
