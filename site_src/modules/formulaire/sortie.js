// Once the record is right: what changes, the file, and the ways out. Nothing is sent by the site.

import { bouton, el } from "../commun/elements.js";
import { adresseForge, mailto, message } from "./message.js";
import { textes } from "./textes.js";

/** @typedef {{ courriel: string, depot: { forge: string, nouvelle: string, modifier: string } | null }} Destinataire */
/** @typedef {{ nom: string, identifiant: string, yaml: string, change: string[], vus: string[], neuve: boolean,
 *   commentaires: number, lignes: [string, string][] }} Quoi  `commentaires`: how many the file has, which the site does not
 *   publish; `lignes`: those of each field that changes, empty when it says nothing any more */

/** @param {HTMLElement} boite @param {Quoi} quoi @param {Destinataire} destinataire @param {string} annonce */
export function proposerSorties(boite, quoi, destinataire, annonce) {
  const titre = el("h2", "", annonce);
  titre.tabIndex = -1;
  const ecrit = message(quoi);
  const adresse = mailto(destinataire.courriel, ecrit);
  const etat = el("p");
  etat.setAttribute("role", "status");
  const moyens = [
    adresse ? lien(textes.envoyer, adresse) : courrielACompleter(destinataire.courriel, ecrit, etat),
    bouton(textes.telecharger, () => telecharger(`${quoi.identifiant.split("/")[1]}.yml`, quoi.yaml)),
    bouton(textes.copier, () => copier(ecrit.corps, etat)),
  ];
  const change = quoi.change.length && !quoi.neuve ? [el("p", "", textes.changements), el("ul", "", ...quoi.change.map((c) => el("li", "", c)))] : [];
  const fichier = el("details", "repli", el("summary", "", textes.apercu), el("pre", "formulaire__yaml", quoi.yaml));
  boite.replaceChildren(
    titre,
    ...change,
    el("ul", "actions", ...moyens.map((moyen) => el("li", "", moyen))),
    ...(adresse ? [] : [el("p", "champ__aide", textes.tropLong(destinataire.courriel))]),
    etat,
    ...(destinataire.depot ? parLaForge(quoi, destinataire.depot, etat) : []),
    fichier,
  );
  titre.focus();
}

/** A message too long for an address: it is copied, and the mail program opens on an empty one.
 * @param {string} courriel @param {{ sujet: string, corps: string }} ecrit @param {HTMLElement} etat */
function courrielACompleter(courriel, { sujet, corps }, etat) {
  const vers = lien(textes.ouvrir, mailto(courriel, { sujet, corps: textes.coller }) ?? "");
  vers.addEventListener("click", () => copier(corps, etat));
  return vers;
}

/** @param {Quoi} quoi @param {{ forge: string, nouvelle: string, modifier: string }} depot @param {HTMLElement} etat */
function parLaForge(quoi, depot, etat) {
  const garder = !quoi.neuve && quoi.commentaires > 0;
  const vers = lien(textes.forge, adresseForge(depot, quoi));
  vers.className = "bouton bouton--discret";
  vers.rel = "noopener noreferrer";
  vers.target = "_blank";
  if (garder) return [el("p", "", textes.forgeCommentaires(quoi.commentaires)), ...quoi.lignes.map(uneLigne), el("p", "", vers)];
  vers.addEventListener("click", () => copier(quoi.yaml, etat));
  return [el("p", "", textes.forgeAide), el("p", "", vers)];

  /** @param {[string, string]} champ */
  function uneLigne([nom, texte]) {
    if (!texte) return el("p", "", textes.retirerLignes(nom));
    return el("div", "", el("p", "", textes.remplacerLignes(nom)), el("pre", "formulaire__yaml", texte), bouton(textes.copierLignes(nom), () => copier(texte, etat), "bouton bouton--discret bouton--petit"));
  }
}

/** @param {string} texte @param {string} href */
const lien = (texte, href) => Object.assign(el("a", "bouton", texte), { href });

/** @param {string} nom @param {string} texte */
function telecharger(nom, texte) {
  const href = URL.createObjectURL(new Blob([texte], { type: "application/yaml" }));
  const ancre = Object.assign(el("a"), { href, download: nom });
  document.body.append(ancre);
  ancre.click();
  ancre.remove();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** @param {string} texte @param {HTMLElement} etat */
async function copier(texte, etat) {
  try {
    await navigator.clipboard.writeText(texte);
    etat.textContent = textes.copie;
  } catch {
    etat.textContent = textes.nonCopie;
  }
}
