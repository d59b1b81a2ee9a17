// Where the place of a record is: its map, and what its commune tells (its code, its département), said as it is written.

import { bouton, el } from "../commun/elements.js";
import { codeDe } from "../recherche/communes.js";
import { sous } from "./parties.js";
import { proposerCarte } from "./point.js";
import { ouvrirTerritoire } from "./territoire.js";
import { textes } from "./textes.js";

/** @typedef {import("../commun/types.js").Commune} Commune */
/** @typedef {import("./types.js").Composant} Composant */
/** @typedef {import("./types.js").Faute} Faute */
/** @typedef {import("./types.js").Fiche} Fiche */

const DITS = ["commune", "code_insee", "code_postal", "latitude", "longitude"];
const A_MONTRER = ["commune", "latitude"];

export class SituerLaFiche {
  #choix = el("select", "champ__saisie");
  #etat = el("p", "champ__aide");
  #reponses = el("ul", "formulaire__choix");
  #tour = 0;
  #deduit = "";

  /**
   * @param {DOMStringMap} page `racine`, `geocodage` @param {[string, string][]} departements code, name
   * @param {string} identifiant empty for a new record @param {Map<string, Composant>} composants by field
   * @param {() => Fiche} lire what is written
   */
  constructor({ racine = "", geocodage = "" }, departements, identifiant, composants, lire) {
    this.racine = racine;
    this.geocodage = geocodage;
    this.identifiant = identifiant;
    this.composants = composants;
    this.lire = lire;
    this.territoire = ouvrirTerritoire(racine);
    this.#etat.setAttribute("role", "status");
    if (departements.length > 1) this.#choix.append(new Option(textes.choisir, ""));
    for (const [code, nom] of departements) this.#choix.append(new Option(nom, code));
  }

  /** That of the record; empty while nobody said it. */
  get departement() {
    return this.identifiant.split("/")[0] || this.#choix.value;
  }

  /** Where to look for a commune: what was only deduced from another one binds nobody. */
  get #perimetre() {
    return this.departement === this.#deduit ? "" : this.departement;
  }

  /** The control of a fault, null for those of the fields. @param {Faute} faute */
  cible({ chemin: [nom] }) {
    return nom === "departement" ? this.#choix : null;
  }

  /** What stands under the fields of the place, which are there already. */
  elements() {
    for (const nom of DITS) this.#controle(nom)?.addEventListener("change", () => this.#suivre(nom));
    const [latitude, longitude] = [this.#controle("latitude"), this.#controle("longitude")];
    const alentour = { racine: this.racine, donnees: this.territoire.donnees, service: this.geocodage, adresse: () => this.#adresse() };
    const carte = latitude && longitude ? [proposerCarte(latitude, longitude, alentour)] : [];
    const suite = [this.#etat, this.#reponses, ...carte];
    if (this.identifiant || this.#choix.options.length < 2) return suite;
    const aide = el("span", "champ__aide", textes.departementAide);
    return [el("p", "formulaire__champ", el("label", "champ__label", textes.departement, el("br"), this.#choix), aide), ...suite];
  }

  /** @param {string} nom @returns {HTMLInputElement | null} */
  #controle(nom) {
    return this.composants.get(nom)?.element.querySelector("input") ?? null;
  }

  #adresse() {
    const { adresse, code_postal: postal, commune } = this.lire();
    const ville = [postal, commune].filter(Boolean).join(" ");
    return this.geocodage && adresse ? [adresse, ville].filter(Boolean).join(", ") : ville;
  }

  /** @param {string} nom the field that has changed */
  async #suivre(nom) {
    const tour = (this.#tour += 1);
    const fiche = this.lire();
    // Another commune has another code.
    const demandee = nom === "commune" ? { ...fiche, code_insee: undefined } : fiche;
    const constat = await this.territoire.examiner(demandee, this.#perimetre);
    if (!constat || tour !== this.#tour) return;
    this.#reponses.replaceChildren();
    this.#etat.textContent = "";
    const [seule, ...autres] = constat.communes;
    if (nom === "commune" && fiche.code_insee && (!seule || autres.length)) this.#ecrireCode("");
    if (seule && autres.length && !demandee.code_insee) this.#demander(constat.communes);
    else if (seule && !demandee.code_insee) this.#choisir(seule);
    this.montrer(constat.fautes);
  }

  /** @param {Commune[]} communes */
  #demander(communes) {
    this.#etat.textContent = textes.laquelle;
    const nommer = (/** @type {Commune} */ { nom, departement, codesPostaux }) => `${nom} (${codesPostaux[0] || departement})`;
    this.#reponses.replaceChildren(...communes.map((c) => el("li", "", bouton(nommer(c), () => this.#repondre(c)))));
  }

  /** @param {Commune} commune */
  #repondre(commune) {
    this.#reponses.replaceChildren();
    this.#choisir(commune);
    this.montrer([]);
    this.#controle("code_insee")?.focus();
  }

  /** @param {Commune} commune */
  #choisir(commune) {
    if (!this.identifiant && !this.#perimetre) this.#deduit = this.#choix.value = commune.departement;
    this.#ecrireCode(codeDe(commune));
    this.#etat.textContent = textes.communeTrouvee(commune.nom, codeDe(commune));
  }

  /** @param {string} code */
  #ecrireCode(code) {
    const champ = this.#controle("code_insee");
    if (!champ || champ.value === code) return;
    champ.value = code;
    champ.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Beside the fields that the commune tells of. @param {Faute[]} fautes */
  montrer(fautes) {
    for (const nom of A_MONTRER) this.composants.get(nom)?.montrer(sous(fautes, nom));
  }

  /** The code of a commune that was just written, when there was no time to find it. @param {Fiche} base the record before */
  async completer(base) {
    const fiche = this.lire();
    if (fiche.code_insee || fiche.commune === base.commune) return;
    const constat = await this.territoire.examiner(fiche, this.#perimetre);
    const [seule, ...autres] = constat?.communes ?? [];
    if (seule && !autres.length) this.#choisir(seule);
  }

  /** What is wrong with the whereabouts of a record, as far as this site knows. @param {Fiche} fiche @returns {Promise<Faute[]>} */
  async fautes(fiche) {
    const constat = await this.territoire.examiner(fiche, this.departement);
    const nulle = this.departement ? [] : [{ chemin: ["departement"], message: textes.departementManque, regle: "departement" }];
    return [...(constat?.fautes ?? []), ...nulle];
  }
}
