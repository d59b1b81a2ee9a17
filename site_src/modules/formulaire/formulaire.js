// The pages « Ajouter un lieu » and « Corriger cette fiche »: the questions, the draft, the check, the ways out.

import { bouton, el, un } from "../commun/elements.js";
import { allerA, viser } from "./aller.js";
import { estIdentifiant } from "./avis.js";
import { effacerBrouillon, garderBrouillon, lireBrouillon } from "./brouillon.js";
import { composer } from "./champs.js";
import { changements, slugDe, vus } from "./message.js";
import { sous } from "./parties.js";
import { DEDUITS, OUVERTES, sections } from "./plan.js";
import { CHAMPS_DES_SERVICES, composerServices } from "./services.js";
import { proposerSorties } from "./sortie.js";
import { SECTIONS, textes } from "./textes.js";
import { verifier } from "./verifier.js";
import { SituerLaFiche } from "./situer.js";
import { enYaml, lignesDuChamp } from "./yaml.js";

/** @typedef {import("./types.js").Champ} Champ */
/** @typedef {import("./types.js").Composant} Composant */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */
/** @typedef {import("./types.js").Modele} Modele */
/** @typedef {import("./sortie.js").Destinataire & { modele: Modele, departements: [string, string][] }} Donnees */

const NEUVE = "nouveau";
const GARDER_MS = 400;

/** Today where the person is, ISO. */
function aujourdHui() {
  const d = new Date();
  return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

class Formulaire {
  /** @type {Map<string, Composant>} by field */
  #composants = new Map();
  /** @type {Map<string, HTMLElement>} by section */
  #places = new Map();
  #verifie = Object.assign(el("input"), { type: "checkbox" });
  #attente = 0;

  /**
   * @param {HTMLElement} page @param {Donnees} donnees @param {Fiche} base the record to correct, empty for a new one
   * @param {string} identifiant empty for a new one @param {number} commentaires of its file, that the site does not publish
   */
  constructor(page, donnees, base, identifiant, commentaires) {
    this.page = page;
    this.donnees = donnees;
    this.base = base;
    this.identifiant = identifiant;
    this.commentaires = commentaires;
    this.ou = new SituerLaFiche(page.dataset, donnees.departements, identifiant, this.#composants, () => this.lire());
    this.form = el("form", "formulaire");
    this.form.noValidate = true;
    this.bilan = el("div", "formulaire__bilan");
    this.sorties = el("div", "formulaire__sorties");
    this.brouillon = el("p", "formulaire__brouillon");
    this.brouillon.setAttribute("role", "status");
    const garde = lireBrouillon(this.cle);
    this.remplir(garde ? { ...base, ...garde.fiche } : base);
    if (garde) this.direBrouillon(textes.brouillonRepris(new Date(garde.quand).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" })));
    this.suivre();
  }

  get cle() {
    return this.identifiant || NEUVE;
  }

  /** @param {Fiche} fiche */
  remplir(fiche) {
    const { modele } = this.donnees;
    this.#composants.clear();
    for (const [section, champs] of sections(modele.champs)) this.#places.set(section, this.#section(section, champs, fiche, modele));
    const envoyer = Object.assign(el("button", "bouton", textes.preparer), { type: "submit" });
    this.form.replaceChildren(...this.#places.values(), el("p", "formulaire__verifier", envoyer), this.brouillon, this.bilan, this.sorties);
  }

  /** @param {string} section @param {Champ[]} champs @param {Fiche} fiche @param {Modele} modele */
  #section(section, champs, fiche, modele) {
    const deduits = champs.filter(({ nom }) => DEDUITS.has(nom));
    const demandes = champs.filter((champ) => !deduits.includes(champ));
    const composes = (/** @type {Champ[]} */ ceux) => ceux.map((champ) => this.#champ(champ, fiche, modele));
    const contenu = section === "services" ? [this.#services(fiche, modele)] : composes(demandes);
    const titre = SECTIONS[section] ?? section;
    const replies = deduits.length ? [el("details", "repli", el("summary", "", textes.deduits), ...composes(deduits))] : [];
    const suite = section === "ou" ? this.ou.elements() : section === "source" ? [this.#verification()] : [];
    if (OUVERTES.has(section)) return el("section", "", el("h2", "", titre), ...contenu, ...suite, ...replies);
    const repli = el("details", "repli formulaire__section", el("summary", "", titre), ...contenu);
    repli.open = champs.some(({ nom }) => fiche[nom] !== undefined && fiche[nom] !== null) && Boolean(this.identifiant);
    return repli;
  }

  /** @param {Champ} champ @param {Fiche} fiche @param {Modele} modele */
  #champ(champ, fiche, modele) {
    const composant = composer(champ, fiche[champ.nom], modele);
    this.#composants.set(champ.nom, composant);
    return composant.element;
  }

  /** @param {Fiche} fiche @param {Modele} modele */
  #services(fiche, modele) {
    const composant = composerServices(fiche, modele);
    this.#composants.set("services", composant);
    return composant.element;
  }

  #verification() {
    return el("label", "formulaire__case", this.#verifie, el("span", "", textes.verifie));
  }

  suivre() {
    const garder = () => {
      this.#oublier();
      const tient = garderBrouillon(this.cle, this.#ecrits());
      this.direBrouillon(tient ? textes.brouillonGarde : textes.brouillonRefuse, tient);
    };
    this.form.addEventListener("input", () => {
      this.#oublier();
      this.#attente = window.setTimeout(garder, GARDER_MS);
    });
    // A page that goes away keeps what was being written.
    addEventListener("pagehide", () => this.#attente && garder());
    this.form.addEventListener("submit", (evenement) => {
      evenement.preventDefault();
      this.ou.completer(this.base).then(() => this.preparer(this.fiche(), textes.pret));
    });
  }

  /** What was about to be kept is not: it is being kept, or has just been erased. */
  #oublier() {
    clearTimeout(this.#attente);
    this.#attente = 0;
  }

  /** @param {string} mots @param {boolean} [effacable] */
  direBrouillon(mots, effacable = true) {
    const effacer = bouton(textes.effacer, () => {
      this.#oublier();
      effacerBrouillon(this.cle);
      this.#verifie.checked = false;
      this.remplir(this.base);
      this.bilan.replaceChildren();
      this.sorties.replaceChildren();
      this.direBrouillon(textes.efface, false);
    }, "bouton bouton--discret bouton--petit");
    this.brouillon.replaceChildren(mots, ...(effacable ? [" ", effacer] : []));
  }

  /** What is written: every field that the form offers, undefined when nothing is said. @returns {Fiche} */
  lire() {
    /** @type {Fiche} */
    const fiche = {};
    for (const [nom, composant] of this.#composants) {
      if (nom === "services") Object.assign(fiche, composant.lire());
      else fiche[nom] = composant.lire();
    }
    return fiche;
  }

  /** What a draft keeps: only what the person wrote, so that the rest follows the record when it changes meanwhile. */
  #ecrits() {
    const dit = (/** @type {any} */ valeur) => JSON.stringify(valeur ?? null);
    return Object.fromEntries(Object.entries(vides(this.lire())).filter(([nom, v]) => dit(v) !== dit(this.base[nom])));
  }

  /** The whole record: what is written over what the form has no question for. */
  fiche() {
    const lue = { ...this.base, ...this.lire() };
    const fiche = Object.fromEntries(Object.entries(lue).filter(([, v]) => v !== undefined && v !== null));
    if (!this.identifiant || changements(this.base, fiche, this.donnees.modele).length) fiche.date_maj = aujourdHui();
    if (this.#verifie.checked) fiche.verifie_le = aujourdHui();
    return fiche;
  }

  /** @param {Fiche} fiche @param {string} annonce */
  async preparer(fiche, annonce) {
    const { modele } = this.donnees;
    const dehors = await this.ou.fautes(fiche);
    const incompris = [...this.#composants].flatMap(([nom, c]) => (c.fautes?.() ?? []).map((f) => ({ ...f, chemin: [nom, ...f.chemin] })));
    const fautes = [...incompris, ...verifier(fiche, modele, aujourdHui(), this.identifiant), ...dehors];
    for (const [nom, composant] of this.#composants) composant.montrer(nom === "services" ? desServices(fautes) : sous(fautes, nom));
    const graves = fautes.filter(({ conseil }) => !conseil);
    this.bilan.replaceChildren(...this.#direFautes(graves, fautes.filter(({ conseil }) => conseil)));
    this.sorties.replaceChildren();
    if (graves.length) {
      /** @type {HTMLElement} */ (un(this.bilan, "h2")).focus();
      return;
    }
    const changes = changements(this.base, fiche, modele);
    const change = changes.filter(({ nom }) => nom !== "date_maj");
    if (this.identifiant && !change.length) {
      this.bilan.replaceChildren(el("p", "avis", textes.rienChange));
      return;
    }
    const identifiant = this.identifiant || `${this.ou.departement}/${slugDe(fiche.nom)}`;
    const lignes = changes.map(({ nom }) => /** @type {[string, string]} */ ([nom, lignesDuChamp(fiche, nom, modele)]));
    const quoi = {
      nom: fiche.nom,
      identifiant,
      yaml: enYaml(fiche, modele),
      change: change.map(({ texte }) => texte),
      vus: vus(this.base, change, modele),
      neuve: !this.identifiant,
      commentaires: this.commentaires,
      lignes,
    };
    proposerSorties(this.sorties, quoi, this.donnees, annonce);
  }

  /** @param {Faute[]} graves @param {Faute[]} conseils */
  #direFautes(graves, conseils) {
    const ligne = (/** @type {Faute} */ faute) => {
      const nom = String(faute.chemin[0] ?? "");
      const cible = this.ou.cible(faute) ?? this.#composants.get(CHAMPS_DES_SERVICES.includes(nom) ? "services" : nom)?.element;
      return cible ? el("li", "", bouton(faute.message, () => viser(cible), "formulaire__aller")) : el("li", "", faute.message);
    };
    const titre = el("h2", "", textes.fautes(graves.length));
    titre.tabIndex = -1;
    return [
      ...(graves.length ? [titre, el("ul", "", ...graves.map(ligne))] : []),
      ...(conseils.length ? [el("p", "", textes.conseils), el("ul", "", ...conseils.map(ligne))] : []),
    ];
  }

  /** The two gestures of one tap, on a record that exists. */
  gestes() {
    const exact = bouton(textes.toujoursExact, () => this.preparer({ ...this.base, verifie_le: aujourdHui() }, textes.prete));
    const ferme = bouton(textes.fermePourToujours, () => {
      const controle = this.#composants.get("date_fermeture")?.element.querySelector("input");
      if (!controle) return;
      controle.value ||= aujourdHui();
      controle.dispatchEvent(new Event("input", { bubbles: true }));
      viser(controle);
    });
    return el("div", "formulaire__gestes", el("p", "champ__aide", textes.exactAide), el("ul", "actions", el("li", "", exact), el("li", "", ferme)), el("p", "champ__aide", textes.fermeAide), allerA(() => this.#places));
  }
}

/** What was taken away is written as such: a draft that says nothing of a field leaves it as it was. @param {Fiche} fiche */
const vides = (fiche) => Object.fromEntries(Object.entries(fiche).map(([nom, v]) => [nom, v ?? null]));

/** @param {Faute[]} fautes */
const desServices = (fautes) => fautes.filter(({ chemin }) => CHAMPS_DES_SERVICES.includes(String(chemin[0])));

/** @param {string} adresse @returns {Promise<any>} null when there is no such file */
async function lireJson(adresse) {
  const reponse = await fetch(adresse);
  if (reponse.status === 404) {
    await reponse.arrayBuffer(); // an answer that nobody reads stays open
    return null;
  }
  if (!reponse.ok) throw new Error(`${adresse} : ${reponse.status}`);
  return reponse.json();
}

/** @param {HTMLElement} page */
async function demarrer(page) {
  const racine = page.dataset.racine ?? "";
  const corrige = page.dataset.formulaire === "corriger";
  const [place, etat] = [un(page, "[data-formulaire-place]"), un(page, "[data-formulaire-etat]")];
  const identifiant = corrige ? (new URLSearchParams(location.hash.slice(1)).get("fiche") ?? "") : "";
  if (corrige && !estIdentifiant(identifiant)) {
    etat.replaceChildren(textes.sansFiche, " ", Object.assign(el("a", "", textes.listeDesLieux), { href: `${racine}lieux/` }));
    place.replaceChildren();
    return;
  }
  etat.textContent = textes.chargement;
  const [donnees, lue] = await Promise.all([
    /** @type {Promise<Donnees>} */ (lireJson(`${racine}donnees/formulaire/modele.json`)),
    /** @type {Promise<{ fiche: Fiche, commentaires: number, en_clair: Record<string, string> } | null>} */ (
      corrige ? lireJson(`${racine}lieux/${identifiant}/fiche.json`) : Promise.resolve({ fiche: {}, commentaires: 0, en_clair: {} })
    ),
  ]);
  if (!lue) {
    etat.textContent = textes.absente;
    place.replaceChildren();
    return;
  }
  etat.textContent = "";
  donnees.modele.enClair = lue.en_clair;
  const formulaire = new Formulaire(page, donnees, lue.fiche, identifiant, lue.commentaires);
  if (corrige) un(page, "h1").textContent = `${textes.titreCorriger} : ${lue.fiche.nom}`;
  place.replaceChildren(...(corrige ? [formulaire.gestes()] : []), formulaire.form);
}

const page = /** @type {HTMLElement | null} */ (document.querySelector("[data-formulaire]"));
if (page) {
  const lancer = () =>
    demarrer(page).catch((erreur) => {
      un(page, "[data-formulaire-etat]").textContent = textes.echec;
      throw erreur;
    });
  // A link to the content of the page changes the fragment too: the form stays.
  addEventListener("hashchange", () => location.hash.includes("fiche=") && lancer());
  lancer();
}
