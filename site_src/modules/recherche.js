// Entry of the home page's search: wires the box, the choices, the state and the results.

import { annuaire } from "./communes.js";
import { ouvrir } from "./donnees.js";
import * as adresse from "./etat.js";
import { filtrer, parDistance, parNom } from "./lieux.js";
import { propositions } from "./propositions.js";
import { afficheur } from "./resultats.js";
import { textes } from "./textes.js";

/** @typedef {import("./types.js").Commune} Commune */
/** @typedef {import("./types.js").Etat} Etat */
/** @typedef {import("./types.js").Index} Index */
/** @typedef {import("./types.js").Point} Point */

/** @template {Element} E @param {ParentNode} dans @param {string} selecteur @returns {E} */
function un(dans, selecteur) {
  const element = dans.querySelector(selecteur);
  if (!element) throw new Error(`Élément absent : ${selecteur}`);
  return /** @type {E} */ (element);
}

/** @param {HTMLElement} bloc */
function demarrer(bloc) {
  const champ = /** @type {HTMLInputElement} */ (un(bloc, "input[name=ou]"));
  const etatVocal = /** @type {HTMLElement} */ (un(bloc, "[data-etat]"));
  const donnees = ouvrir(bloc.dataset.donnees ?? "");
  const racine = bloc.dataset.racine ?? "";
  const sortie = afficheur(un(bloc, "[data-resultats]"), un(bloc, "[data-suite]"), racine.replace(/\/?$/, "/"));
  /** @type {Promise<ReturnType<typeof annuaire>> | undefined} */
  let communes;
  let etat = adresse.lire(location.search);
  let demande = 0;

  const dire = (/** @type {string} */ texte) => {
    etatVocal.textContent = texte;
  };

  async function lireCommunes() {
    const index = await donnees.index();
    communes ??= Promise.resolve(annuaire(index.communes));
    return communes;
  }

  const liste = propositions(champ, un(bloc, "#recherche-propositions"), {
    nommer: (/** @type {Commune} */ c) => `${c.nom} (${c.codesPostaux.join(", ") || c.departement})`,
    choisir: (c) => changer({ ...etat, ou: "", commune: c.code }),
    annoncer: (n) => dire(textes.propositions(n)),
  });

  /** @param {Etat} nouveau */
  function changer(nouveau) {
    etat = nouveau;
    history.pushState(null, "", location.pathname + adresse.ecrire(etat));
    return executer();
  }

  /** A later search makes an earlier one silent; a failed load is said, and may be tried again. */
  async function executer() {
    const ceTour = ++demande;
    dire(etat.commune || etat.ou ? textes.chargement : "");
    try {
      const reponse = await repondre(etat);
      if (ceTour !== demande) return;
      sortie.montrer(reponse.resultats, reponse.index);
      dire(reponse.message);
    } catch (erreur) {
      if (ceTour === demande) dire(textes.echec);
      throw erreur;
    }
  }

  /** @param {Etat} e */
  async function repondre(e) {
    const index = await donnees.index();
    const trouver = await lireCommunes();
    const commune = trouver.une(e.commune);
    if (commune) {
      champ.value = commune.nom;
      const points = await donnees.autour(commune);
      return rendre(points, e, index, (p) => parDistance(p, commune, trouver.une), (n) => textes.autour(n, commune.nom));
    }
    champ.value = e.ou;
    if (!e.ou) return { resultats: [], index, message: "" };
    const points = await donnees.tout();
    if (!points) return { resultats: [], index, message: textes.communeDAbord };
    return rendre(points, e, index, (p) => parNom(p, e.ou), (n) => (n ? textes.nommes(n, e.ou) : textes.rien(e.ou)));
  }

  /** What the person typed: one commune, several, or the name of a place. */
  async function soumettre() {
    const saisie = champ.value.trim();
    liste.fermer();
    const trouver = await lireCommunes();
    const exactes = trouver.exactes(saisie);
    const seule = exactes.length === 1 ? exactes[0] : undefined;
    if (seule) return changer({ ...etat, ou: "", commune: seule.code });
    if (exactes.length > 1) {
      liste.montrer(exactes);
      return dire(textes.plusieurs);
    }
    await changer({ ...etat, ou: saisie, commune: "" });
    const proches = trouver.chercher(saisie);
    if (document.activeElement === champ && proches.length) liste.montrer(proches);
  }

  champ.addEventListener("input", async () => {
    const saisie = champ.value;
    const trouver = await lireCommunes();
    if (saisie === champ.value) liste.montrer(saisie.trim().length < 2 ? [] : trouver.chercher(saisie));
  });
  un(bloc, "form").addEventListener("submit", (evenement) => {
    evenement.preventDefault();
    soumettre().catch(() => dire(textes.echec));
  });
  addEventListener("popstate", () => {
    etat = adresse.lire(location.search);
    cocher();
    executer();
  });

  const choix = /** @type {HTMLElement} */ (un(bloc, "[data-besoins-choix]"));
  const cocher = () => {
    for (const case_ of choix.querySelectorAll("input")) case_.checked = etat.pour.includes(case_.value);
  };
  donnees.index().then((index) => {
    choix.replaceChildren(...index.besoins.map(caseBesoin));
    choix.addEventListener("change", () => {
      const pour = [...choix.querySelectorAll("input")].filter((c) => c.checked).map((c) => c.value);
      changer({ ...etat, pour });
    });
    const besoins = /** @type {HTMLDetailsElement} */ (un(bloc, "[data-besoins]"));
    besoins.open = etat.pour.length > 0 || matchMedia("(min-width: 45em)").matches;
    besoins.hidden = false;
    cocher();
  }, () => dire(textes.echec));
  if (etat.commune || etat.ou) executer();
}

/** @param {import("./types.js").Choix} besoin */
function caseBesoin({ cle, libelle }) {
  const label = document.createElement("label");
  const case_ = document.createElement("input");
  case_.type = "checkbox";
  case_.value = cle;
  label.append(case_, libelle);
  return label;
}

/**
 * Filter, then order; never an empty page without saying which choice to drop.
 * @param {Point[]} points @param {Etat} etat @param {Index} index
 * @param {(points: Point[]) => import("./types.js").Resultat[]} ordonner @param {(n: number) => string} compter
 */
function rendre(points, etat, index, ordonner, compter) {
  const besoins = index.besoins.filter((b) => etat.pour.includes(b.cle));
  const resultats = ordonner(filtrer(points, besoins.map((b) => b.masque)));
  if (resultats.length || !besoins.length) return { resultats, index, message: compter(resultats.length) };
  const sans = ordonner(points).length;
  const message = sans ? textes.filtreVide(besoins.map((b) => b.libelle), sans) : compter(0);
  return { resultats, index, message };
}

for (const bloc of document.querySelectorAll("[data-recherche]")) demarrer(/** @type {HTMLElement} */ (bloc));
